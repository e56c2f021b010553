#include "exchange/state.h"

#include "exchange/bytes.h"
#include "exchange/sink.h"
#include "io/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { BLOCK = 1 << 20 };

struct exchange_state {
	char *envelopes;
	struct exchange_ledger *ledger;
};

/* A file no line speaks of: the line would have been the next thing. */
static bool is_leftover(const struct exchange_state *s, const char *name)
{
	return strlen(name) != 64 ||
	       !exchange_ledger_find(s->ledger, EXCHANGE_RECEIVED, name) ||
	       exchange_ledger_find(s->ledger, EXCHANGE_REPLACED, name) ||
	       exchange_ledger_find(s->ledger, EXCHANGE_PURGED, name);
}

MUST_CHECK static int sweep(const struct exchange_state *s, struct err *err)
{
	DIR *dir = opendir(s->envelopes);
	struct dirent *entry;

	if (!dir)
		return err_set(err, ERR_IO, "%s: cannot read: %s", s->envelopes, strerror(errno));
	/* cppcheck-suppress readdirCalled ; a stream of our own */
	while ((entry = readdir(dir)))
		if (entry->d_type == DT_REG && is_leftover(s, entry->d_name))
			unlinkat(dirfd(dir), entry->d_name, 0);
	closedir(dir);
	return 0;
}

int exchange_state_open(struct exchange_state **ret, const char *folder, struct err *err)
{
	AUTO_EXCHANGE_STATE struct exchange_state *s = mem_zalloc(1, sizeof(*s));
	AUTO_FREE char *ledger = path_join(folder, "ledger");

	s->envelopes = path_join(folder, "envelopes");
	if (path_make_folder(s->envelopes, err) < 0 ||
	    exchange_ledger_open(&s->ledger, ledger, err) < 0 || sweep(s, err) < 0)
		return -1;
	*ret = TAKE(s);
	return 0;
}

void exchange_state_close(struct exchange_state **s)
{
	if (!*s)
		return;
	exchange_ledger_close(&(*s)->ledger);
	free((*s)->envelopes);
	free(TAKE(*s));
}

MUST_CHECK static int copy_bytes(int fd, const char *from, struct exchange_sink *to,
    struct err *err)
{
	AUTO_FREE char *block = mem_alloc(BLOCK);
	ssize_t n;

	while ((n = exchange_read_all(fd, block, BLOCK)) > 0)
		if (exchange_sink_add(to, block, (size_t)n, err) < 0)
			return -1;
	return n < 0 ? err_set(err, ERR_IO, "%s: cannot read: %s", from, strerror(errno)) : 0;
}

MUST_CHECK static int copy(const char *from, const char *to, struct err *err)
{
	struct exchange_sink *sink = NULL;
	int fd = open(from, O_RDONLY | O_CLOEXEC);
	int rc;

	if (fd < 0)
		return err_set(err, ERR_IO, "%s: cannot open: %s", from, strerror(errno));
	rc = exchange_sink_open(&sink, to, false, err);
	if (rc == 0)
		rc = copy_bytes(fd, from, sink, err);
	if (rc == 0)
		rc = exchange_sink_close(&sink, err);
	exchange_sink_discard(&sink);
	close(fd);
	return rc;
}

/* What the ledger says of this step and subject decides; 1: these bytes are here already. */
MUST_CHECK static int check_ledger(const struct exchange_state *s, const char *path,
    const struct exchange_manifest *m, bool replace, struct err *err)
{
	const struct exchange_entry *last =
	    exchange_ledger_last(s->ledger, m->project, m->step, m->subject);
	char hash[65];

	exchange_manifest_hash(m, hash);
	if (exchange_ledger_find(s->ledger, EXCHANGE_FORWARDED, hash))
		return err_set(err, ERR_DENIED, "%s: was handed on before: a replay", path);
	if (exchange_ledger_find(s->ledger, EXCHANGE_REPLACED, hash))
		return err_set(err, ERR_DENIED, "%s: was replaced by a newer one: a replay", path);
	if (!last || last->event == EXCHANGE_REPLACED)
		return 0;
	if (memcmp(last->hash, hash, 64) == 0)
		return 1;
	/* pseudonyms are renewed again and again; everything else passes once */
	if ((last->event == EXCHANGE_FORWARDED || last->event == EXCHANGE_PURGED) &&
	    (m->step == EXCHANGE_PSEUDONYMS || m->step == EXCHANGE_REKEYED))
		return 0;
	if (last->event == EXCHANGE_FORWARDED || last->event == EXCHANGE_PURGED)
		return err_set(err, ERR_DENIED,
		    "%s: %s has deposited the step '%s' before, and it was handed on", path,
		    m->subject, exchange_step_name(m->step));
	if (replace)
		return 0;
	(void)err_set(err, ERR_DENIED, "%s: %s has deposited the step '%s' before", path,
	    m->subject, exchange_step_name(m->step));
	return err_hint(err, "to take this one instead of it: --replace");
}

/* The envelope that `m` takes the place of leaves the ledger, then the disk. */
MUST_CHECK static int drop_old(struct exchange_state *s, const struct exchange_manifest *m,
    struct err *err)
{
	const struct exchange_entry *last =
	    exchange_ledger_last(s->ledger, m->project, m->step, m->subject);
	struct exchange_manifest old = *m;
	AUTO_FREE char *file = NULL;

	if (!last || last->event != EXCHANGE_RECEIVED)
		return 0;
	file = path_join(s->envelopes, last->hash);
	old.count = last->count;
	sodium_hex2bin(old.hash, sizeof(old.hash), last->hash, 64, NULL, NULL, NULL);
	if (exchange_ledger_add(s->ledger, EXCHANGE_REPLACED, &old, err) < 0)
		return -1;
	unlink(file);
	return 0;
}

/* The bytes that lie here are those that were checked: so the copy is checked. */
MUST_CHECK static int keep(struct exchange_state *s, const char *path,
    const struct exchange_manifest *m, const struct exchange_project *project,
    const struct exchange_directory *directory, struct err *err)
{
	AUTO_EXCHANGE_ENVELOPE struct exchange_envelope *copied = NULL;
	AUTO_FREE char *file = NULL;
	char hash[65];

	exchange_manifest_hash(m, hash);
	file = path_join(s->envelopes, hash);
	if (copy(path, file, err) < 0)
		return -1;
	if (exchange_envelope_open(&copied, file, project, directory, err) < 0 ||
	    !exchange_manifest_same(exchange_envelope_manifest(copied), m)) {
		unlink(file);
		return err_set(err, ERR_FORMAT, "%s: was changed while it was read", path);
	}
	if (drop_old(s, m, err) < 0)
		return -1;
	return exchange_ledger_add(s->ledger, EXCHANGE_RECEIVED, m, err);
}

int exchange_state_receive(struct exchange_state *s, const char *path,
    const struct exchange_project *project, const struct exchange_directory *directory,
    bool replace, enum exchange_receipt *ret, struct exchange_manifest *ret_manifest,
    struct err *err)
{
	AUTO_EXCHANGE_ENVELOPE struct exchange_envelope *e = NULL;
	int known;

	if (exchange_envelope_open(&e, path, project, directory, err) < 0)
		return -1;
	*ret_manifest = *exchange_envelope_manifest(e);
	known = check_ledger(s, path, ret_manifest, replace, err);
	if (known < 0 || (!known && keep(s, path, ret_manifest, project, directory, err) < 0))
		return -1;
	*ret = known ? EXCHANGE_KNOWN : EXCHANGE_NEW;
	return 0;
}

MUST_CHECK static int add_status(const struct exchange_state *s,
    const struct exchange_project *p, enum exchange_step step, const char *subject,
    struct exchange_status_list *ret, struct err *err)
{
	struct exchange_status item = {.step = step, .subject = subject};
	const struct exchange_entry *last = exchange_ledger_last(s->ledger, p->name, step, subject);
	struct exchange_route route;

	if (exchange_route(&route, p, step, subject, err) < 0)
		return -1;
	item.sender = route.sender;
	item.recipient = route.recipient;
	if (last && last->event != EXCHANGE_REPLACED) {
		item.is_purged = last->event == EXCHANGE_PURGED;
		item.progress = last->event == EXCHANGE_RECEIVED ? EXCHANGE_HERE
		                                                 : EXCHANGE_HANDED_ON;
		item.count = last->count;
		memcpy(item.hash, last->hash, sizeof(item.hash));
	}
	*vec_push(&ret->items) = item;
	return 0;
}

/* A renewal is part of a project only once the controller has asked for it. */
static bool was_asked(const struct exchange_state *s, const struct exchange_project *p)
{
	return exchange_ledger_last(s->ledger, p->name, EXCHANGE_PSEUDONYMS, p->controller);
}

static void mark_waiting(const struct exchange_project *p, struct exchange_status_list *list)
{
	for (size_t i = 0; i < list->items.len; i++) {
		struct exchange_status *item = &list->items.ptr[i];

		if (item->progress != EXCHANGE_HERE || !exchange_waits_for_all(p, item->step))
			continue;
		for (size_t k = 0; k < list->items.len && !item->is_waiting; k++) {
			const struct exchange_status *other = &list->items.ptr[k];
			bool deposit = other->step == EXCHANGE_NIR ||
			               other->step == EXCHANGE_TRAITS;
			bool counts = item->step == EXCHANGE_TOKENS
			                  ? other->step == EXCHANGE_TOKENS
			                  : deposit && strcmp(other->sender, other->subject) == 0;

			item->is_waiting = counts && other->progress == EXCHANGE_AWAITED;
		}
	}
}

int exchange_state_status(const struct exchange_state *s, const struct exchange_project *p,
    struct exchange_status_list *ret, struct err *err)
{
	static const enum exchange_step of_centres[] = {
	    EXCHANGE_TRAITS, EXCHANGE_OUTCOMES, EXCHANGE_NIR, EXCHANGE_TOKENS};
	static const enum exchange_step of_controller[] = {
	    EXCHANGE_RESULT, EXCHANGE_PSEUDONYMS, EXCHANGE_REKEYED};

	for (size_t k = 0; k < ARRAY_LEN(of_centres); k++) {
		for (size_t i = 0; i < p->centres.len; i++) {
			const struct exchange_centre *c = &p->centres.ptr[i];
			bool only_traits = of_centres[k] == EXCHANGE_TRAITS ||
			                   of_centres[k] == EXCHANGE_OUTCOMES;

			if (only_traits && c->deposits != EXCHANGE_TRAITS)
				continue;
			if (add_status(s, p, of_centres[k], c->name, ret, err) < 0)
				return -1;
		}
	}
	for (size_t k = 0; k < ARRAY_LEN(of_controller); k++)
		if ((k == 0 || was_asked(s, p)) &&
		    add_status(s, p, of_controller[k], p->controller, ret, err) < 0)
			return -1;
	mark_waiting(p, ret);
	return 0;
}

MUST_CHECK static int hand_on(struct exchange_state *s, const struct exchange_status *item,
    const struct exchange_project *project, const struct exchange_directory *directory,
    const char *out, size_t *count, struct err *err)
{
	AUTO_EXCHANGE_ENVELOPE struct exchange_envelope *e = NULL;
	AUTO_FREE char *file = path_join(s->envelopes, item->hash);
	AUTO_FREE char *folder = path_join(out, item->recipient);
	AUTO_FREE char *target = str_format("%s/%s-%s-%s.envelope", folder, project->name,
	    exchange_step_name(item->step), item->subject);

	if (item->is_purged || (item->progress == EXCHANGE_HANDED_ON && path_exists(target)))
		return 0;
	if (exchange_envelope_open(&e, file, project, directory, err) < 0 ||
	    path_make_folder(folder, err) < 0 || copy(file, target, err) < 0)
		return -1;
	if (item->progress == EXCHANGE_HANDED_ON)
		return 0;
	*count += 1;
	return exchange_ledger_add(s->ledger, EXCHANGE_FORWARDED, exchange_envelope_manifest(e),
	    err);
}

int exchange_state_forward(struct exchange_state *s, const struct exchange_project *project,
    const struct exchange_directory *directory, const char *out, size_t *ret_count,
    struct err *err)
{
	struct exchange_status_list list = {0};
	size_t waiting = 0;
	int rc = exchange_state_status(s, project, &list, err);

	*ret_count = 0;
	for (size_t i = 0; i < list.items.len && rc == 0; i++) {
		const struct exchange_status *item = &list.items.ptr[i];

		waiting += item->is_waiting;
		if (item->progress != EXCHANGE_AWAITED && !item->is_waiting)
			rc = hand_on(s, item, project, directory, out, ret_count, err);
	}
	vec_clear(&list.items);
	if (rc == 0 && waiting && *ret_count == 0) {
		(void)err_set(err, ERR_DENIED,
		    "project %s: %zu envelope%s until every centre has deposited",
		    project->name, waiting, waiting == 1 ? " waits" : "s wait");
		return err_hint(err,
		    "the circuit %s hands them on at once; see hygie exchange status",
		    exchange_circuit_name(project->circuit));
	}
	return rc;
}

/* The line first: a file without a right to be is swept by the next opening. */
MUST_CHECK static int purge_one(struct exchange_state *s, const struct exchange_project *project,
    const struct exchange_status *item, struct err *err)
{
	AUTO_FREE char *file = path_join(s->envelopes, item->hash);
	struct exchange_manifest m = {
	    .circuit = project->circuit, .step = item->step, .count = item->count};

	memcpy(m.project, project->name, sizeof(m.project));
	memcpy(m.subject, item->subject, strlen(item->subject));
	sodium_hex2bin(m.hash, sizeof(m.hash), item->hash, 64, NULL, NULL, NULL);
	if (exchange_ledger_add(s->ledger, EXCHANGE_PURGED, &m, err) < 0)
		return -1;
	unlink(file);
	return 0;
}

static bool has_result(const struct exchange_status_list *list)
{
	for (size_t i = 0; i < list->items.len; i++)
		if (list->items.ptr[i].step == EXCHANGE_RESULT)
			return list->items.ptr[i].progress == EXCHANGE_HANDED_ON;
	return false;
}

int exchange_state_purge(struct exchange_state *s, const struct exchange_project *project,
    size_t *ret_count, struct err *err)
{
	struct exchange_status_list list = {0};
	int rc = exchange_state_status(s, project, &list, err);

	*ret_count = 0;
	if (rc == 0 && !has_result(&list))
		rc = err_set(err, ERR_DENIED, "project %s: its result was not handed on yet",
		    project->name);
	for (size_t i = 0; i < list.items.len && rc == 0; i++) {
		const struct exchange_status *item = &list.items.ptr[i];

		if (item->progress != EXCHANGE_HANDED_ON || item->is_purged)
			continue;
		rc = purge_one(s, project, item, err);
		*ret_count += rc == 0;
	}
	vec_clear(&list.items);
	return rc;
}
