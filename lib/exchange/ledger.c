#include "exchange/ledger.h"

#include "base/hash.h"
#include "exchange/bytes.h"
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

enum { LEDGER_MAX = 64 << 20 };

static const char zero_hash[] = "0000000000000000000000000000000000000000000000000000000000000000";

struct exchange_ledger {
	char *path;
	int fd;
	VEC(struct exchange_entry) entries;
	char head[SHA256_HEX_SIZE]; /* of the last line */
};

static const char *const events[] = {
    [EXCHANGE_RECEIVED] = "received",
    [EXCHANGE_REPLACED] = "replaced",
    [EXCHANGE_FORWARDED] = "forwarded",
    [EXCHANGE_DONE] = "done",
    [EXCHANGE_PURGED] = "purged",
};

static enum exchange_event find_event(struct view word)
{
	for (size_t i = 1; i < ARRAY_LEN(events); i++)
		if (view_eq(word, VIEW(events[i])))
			return (enum exchange_event)i;
	return 0;
}

static bool take_name(char *ret, struct view piece)
{
	if (piece.len == 0 || piece.len >= EXCHANGE_NAME_SIZE)
		return false;
	memcpy(ret, piece.ptr, piece.len);
	ret[piece.len] = '\0';
	return exchange_name_valid(ret);
}

static bool parse_line(struct exchange_entry *ret, struct view line, size_t number,
    const char *before)
{
	struct view p[8];
	int64_t count;
	int64_t n;
	char step[EXCHANGE_NAME_SIZE];

	for (size_t i = 0; i < ARRAY_LEN(p); i++)
		if (!view_next(&line, '\t', &p[i]))
			return false;
	if (!view_to_i64(p[0], &n) || n != (int64_t)number || !view_to_i64(p[5], &count) ||
	    count < 0 || !take_name(ret->project, p[2]) || !take_name(step, p[3]) ||
	    !take_name(ret->subject, p[4]) || p[6].len != 64 || !view_eq(p[7], VIEW(before)))
		return false;
	ret->event = find_event(p[1]);
	ret->step = exchange_step_find(step);
	ret->count = (uint64_t)count;
	memcpy(ret->hash, p[6].ptr, 64);
	return ret->event && ret->step;
}

/* Whole lines only; where they end into *ret. */
MUST_CHECK static int parse(struct exchange_ledger *l, struct view text, size_t *ret,
    struct err *err)
{
	const char *start = text.ptr;
	const char *end;

	while (text.len && (end = memchr(text.ptr, '\n', text.len))) {
		struct view line = {text.ptr, (size_t)(end - text.ptr)};
		struct exchange_entry entry = {0};

		if (!parse_line(&entry, line, l->entries.len + 1, l->head)) {
			(void)err_set(err, ERR_FORMAT, "%s: line %zu was changed", l->path,
			    l->entries.len + 1);
			return err_hint(err, "bring the ledger back from a copy");
		}
		*vec_push(&l->entries) = entry;
		hash_sha256_hex(line, l->head);
		text.ptr += line.len + 1;
		text.len -= line.len + 1;
	}
	*ret = (size_t)(text.ptr - start);
	return 0;
}

MUST_CHECK static int load(struct exchange_ledger *l, struct err *err)
{
	AUTO_STR struct str text = {0};
	size_t whole = 0;

	if (file_read(l->path, LEDGER_MAX, &text, err) < 0)
		return -1;
	if (text.len && parse(l, str_view(&text), &whole, err) < 0)
		return -1;
	/* A line without its end was never acted upon. */
	if (whole < text.len && ftruncate(l->fd, (off_t)whole) != 0)
		return file_write_error(l->path, errno, err);
	return 0;
}

int exchange_ledger_open(struct exchange_ledger **ret, const char *path, struct err *err)
{
	AUTO_EXCHANGE_LEDGER struct exchange_ledger *l = mem_zalloc(1, sizeof(*l));

	l->path = mem_strdup(path);
	memcpy(l->head, zero_hash, sizeof(zero_hash));
	l->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	if (l->fd < 0)
		return file_write_error(path, errno, err);
	if (flock(l->fd, LOCK_EX | LOCK_NB) != 0)
		return err_set(err, ERR_USAGE, "%s: another run works with it", path);
	if (load(l, err) < 0)
		return -1;
	*ret = TAKE(l);
	return 0;
}

void exchange_ledger_close(struct exchange_ledger **pl)
{
	struct exchange_ledger *l = TAKE(*pl);

	if (!l)
		return;
	if (l->fd >= 0)
		close(l->fd);
	vec_clear(&l->entries);
	free(l->path);
	free(l);
}

int exchange_ledger_add(struct exchange_ledger *l, enum exchange_event event,
    const struct exchange_manifest *m, struct err *err)
{
	AUTO_STR struct str line = {0};
	struct exchange_entry entry = {.event = event, .step = m->step, .count = m->count};

	memcpy(entry.project, m->project, sizeof(entry.project));
	memcpy(entry.subject, m->subject, sizeof(entry.subject));
	exchange_manifest_hash(m, entry.hash);
	str_addf(&line, "%zu\t%s\t%s\t%s\t%s\t%llu\t%s\t%s", l->entries.len + 1, events[event],
	    m->project, exchange_step_name(m->step), m->subject, (unsigned long long)m->count,
	    entry.hash, l->head);
	hash_sha256_hex(str_view(&line), l->head);
	str_addc(&line, '\n');
	if (exchange_write_all(l->fd, line.buf, line.len) < 0 || fsync(l->fd) != 0)
		return file_write_error(l->path, errno, err);
	*vec_push(&l->entries) = entry;
	return 0;
}

const struct exchange_entry *exchange_ledger_last(const struct exchange_ledger *l,
    const char *project, enum exchange_step step, const char *subject)
{
	for (size_t i = l->entries.len; i-- > 0;) {
		const struct exchange_entry *e = &l->entries.ptr[i];

		if (e->step == step && strcmp(e->subject, subject) == 0 &&
		    strcmp(e->project, project) == 0)
			return e;
	}
	return NULL;
}

const struct exchange_entry *exchange_ledger_find(const struct exchange_ledger *l,
    enum exchange_event event, const char *hash)
{
	for (size_t i = l->entries.len; i-- > 0;)
		if (l->entries.ptr[i].event == event &&
		    memcmp(l->entries.ptr[i].hash, hash, 64) == 0)
			return &l->entries.ptr[i];
	return NULL;
}
