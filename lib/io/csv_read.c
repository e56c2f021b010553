/*
 * One pass over a sliding buffer: a record's fields are unescaped in place (what
 * is written never passes what is read) and remembered as offsets from the
 * record's begin, since the buffer moves when it is filled.
 */
#include "io/csv.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { BUFFER_START = 64 << 10 };

struct field {
	size_t at; /* from the record's begin */
	size_t len;
};

struct csv_reader {
	char *name;
	int fd; /* -1: from memory */
	struct view memory;
	char separator;
	bool ended; /* the source has no more bytes */

	char *buf;
	size_t cap;
	size_t len;   /* end of the bytes read */
	size_t begin; /* of the current record */
	size_t pos;   /* next byte to look at */
	size_t out;   /* end of the unescaped bytes */

	size_t line; /* of pos */
	size_t record_line;
	VEC(struct field)
	fields;
};

static struct csv_reader *reader_new(const char *name, int fd, struct view memory, char separator)
{
	struct csv_reader *r = mem_zalloc(1, sizeof(*r));

	assert(separator && !strchr("\"\r\n", separator));
	r->name = mem_strdup(name);
	r->fd = fd;
	r->memory = memory;
	r->separator = separator;
	r->cap = BUFFER_START;
	r->buf = mem_alloc(r->cap);
	r->line = 1;
	return r;
}

int csv_open(struct csv_reader **ret, const char *path, char separator, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return err_set(err, ERR_IO, "%s: cannot open: %s", path, strerror(errno));
	*ret = reader_new(path, fd, VIEW_NONE, separator);
	return 0;
}

struct csv_reader *csv_open_view(const char *name, struct view bytes, char separator)
{
	return reader_new(name, -1, bytes, separator);
}

void csv_close(struct csv_reader **r)
{
	if (!*r)
		return;
	if ((*r)->fd >= 0)
		close((*r)->fd);
	vec_clear(&(*r)->fields);
	free((*r)->buf);
	free((*r)->name);
	free(TAKE(*r));
}

static ssize_t take_bytes(struct csv_reader *r, char *to, size_t room)
{
	size_t n = MIN(room, r->memory.len);
	ssize_t got;

	if (r->fd >= 0) {
		do
			got = read(r->fd, to, room);
		while (got < 0 && errno == EINTR);
		return got;
	}
	if (n == 0) /* a view of nothing may have no address */
		return 0;
	memcpy(to, r->memory.ptr, n);
	r->memory.ptr += n;
	r->memory.len -= n;
	return (ssize_t)n;
}

static int too_long(const struct csv_reader *r, struct err *err)
{
	return err_set(err, ERR_LIMIT, "%s: line %zu: record longer than the limit of %d bytes",
	    r->name, r->record_line, (int)CSV_RECORD_MAX);
}

/* Make room behind the current record, which moves to the buffer's begin. */
static int make_room(struct csv_reader *r, struct err *err)
{
	if (r->begin) {
		memmove(r->buf, r->buf + r->begin, r->len - r->begin);
		r->len -= r->begin;
		r->pos -= r->begin;
		r->out -= r->begin;
		r->begin = 0;
	}
	if (r->len < r->cap)
		return 0;
	if (r->cap > CSV_RECORD_MAX)
		return too_long(r, err);
	r->cap = MIN(r->cap * 2, (size_t)CSV_RECORD_MAX + 1);
	r->buf = mem_realloc(r->buf, r->cap, 1);
	return 0;
}

/* 1: there is a byte at pos; 0: the end; -1: failed. */
static int more(struct csv_reader *r, struct err *err)
{
	ssize_t n;

	if (r->pos < r->len)
		return 1;
	if (r->ended)
		return 0;
	if (make_room(r, err) < 0)
		return -1;
	n = take_bytes(r, r->buf + r->len, r->cap - r->len);
	if (n < 0)
		return err_set(err, ERR_IO, "%s: cannot read: %s", r->name, strerror(errno));
	r->ended = n == 0;
	r->len += (size_t)n;
	return n > 0;
}

static int bad(const struct csv_reader *r, size_t line, const char *what, struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s: line %zu: %s", r->name, line, what);
}

/* Keep the bytes from..pos-1 as part of the field. */
static void keep(struct csv_reader *r, size_t from)
{
	size_t n = r->pos - from;

	if (r->out != from)
		memmove(r->buf + r->out, r->buf + from, n);
	r->out += n;
}

/*
 * Unquoted: up to a separator or a line end, which stays at pos. The CR of a
 * CRLF is kept here and dropped where the record ends.
 */
static int scan_plain(struct csv_reader *r, struct err *err)
{
	int rc;

	while ((rc = more(r, err)) > 0) {
		size_t from = r->pos;
		char c = 0;

		while (r->pos < r->len) {
			c = r->buf[r->pos];
			if (c == r->separator || c == '\n' || c == '\0')
				break;
			r->pos++;
		}
		keep(r, from);
		if (r->pos == r->len)
			continue;
		return c == '\0' ? bad(r, r->line, "NUL byte", err) : 0;
	}
	return rc;
}

/* What may stand behind a closing quote: the end, a separator, LF, CRLF. */
static int check_behind_quote(struct csv_reader *r, struct err *err)
{
	int rc = more(r, err);

	if (rc > 0 && r->buf[r->pos] == '\r') {
		r->pos++;
		rc = more(r, err);
		if (rc == 0 || (rc > 0 && r->buf[r->pos] != '\n'))
			return bad(r, r->line, "text behind a closing quote", err);
	}
	if (rc <= 0)
		return rc;
	if (r->buf[r->pos] != r->separator && r->buf[r->pos] != '\n')
		return bad(r, r->line, "text behind a closing quote", err);
	return 0;
}

/* Quoted, pos behind the opening quote. */
static int scan_quoted(struct csv_reader *r, struct err *err)
{
	size_t opened = r->line;
	int rc;

	while ((rc = more(r, err)) > 0) {
		size_t from = r->pos;
		char c = 0;

		while (r->pos < r->len) {
			c = r->buf[r->pos];
			if (c == '"' || c == '\0')
				break;
			r->line += c == '\n';
			r->pos++;
		}
		keep(r, from);
		if (r->pos == r->len)
			continue;
		if (c == '\0')
			return bad(r, r->line, "NUL byte", err);
		r->pos++;
		rc = more(r, err);
		if (rc <= 0 || r->buf[r->pos] != '"')
			return rc < 0 ? -1 : check_behind_quote(r, err);
		r->buf[r->out++] = '"';
		r->pos++;
	}
	return rc < 0 ? -1 : bad(r, opened, "a quote that is never closed", err);
}

/* One field; what ended it stays at pos. */
static int scan_field(struct csv_reader *r, struct err *err)
{
	size_t start = r->out - r->begin;
	bool quoted;
	int rc = more(r, err);

	if (rc < 0)
		return -1;
	quoted = rc > 0 && r->buf[r->pos] == '"';
	r->pos += quoted;
	if ((quoted ? scan_quoted(r, err) : scan_plain(r, err)) < 0)
		return -1;
	if (!quoted && r->pos < r->len && r->buf[r->pos] == '\n' && r->out - r->begin > start &&
	    r->buf[r->out - 1] == '\r')
		r->out--;
	if (r->fields.len == CSV_FIELDS_MAX)
		return err_set(err, ERR_LIMIT, "%s: line %zu: more than %d fields", r->name,
		    r->record_line, (int)CSV_FIELDS_MAX);
	*vec_push(&r->fields) = (struct field){start, r->out - r->begin - start};
	return 0;
}

static int scan_record(struct csv_reader *r, struct err *err)
{
	int rc;

	while (scan_field(r, err) == 0) {
		rc = more(r, err);
		if (rc < 0)
			return -1;
		if (rc > 0)
			r->pos++;
		if (r->pos - r->begin > CSV_RECORD_MAX)
			return too_long(r, err);
		if (rc > 0 && r->buf[r->pos - 1] == r->separator)
			continue;
		r->line += rc > 0;
		return 1;
	}
	return -1;
}

static int skip_mark(struct csv_reader *r, struct err *err)
{
	static const char mark[] = "\xEF\xBB\xBF";
	int rc = 1;

	for (size_t i = 0; i < 3; i++) {
		r->pos = r->begin + i;
		rc = more(r, err);
		if (rc < 0)
			return -1;
		if (rc == 0 || r->buf[r->pos] != mark[i]) {
			r->pos = r->begin;
			return 0;
		}
	}
	r->pos++;
	return 0;
}

static int next(struct csv_reader *r, struct err *err)
{
	bool first = r->record_line == 0;
	int rc;

	r->begin = r->out = r->pos;
	r->fields.len = 0;
	r->record_line = r->line;
	if (first && skip_mark(r, err) < 0)
		return -1;
	r->begin = r->out = r->pos;
	rc = more(r, err);
	return rc > 0 ? scan_record(r, err) : rc;
}

int csv_next(struct csv_reader *r, struct err *err)
{
	int rc = next(r, err);

	if (rc < 0) {
		r->ended = true;
		r->pos = r->len;
		r->fields.len = 0;
	}
	return rc;
}

size_t csv_count(const struct csv_reader *r)
{
	return r->fields.len;
}

struct view csv_field(const struct csv_reader *r, size_t index)
{
	const struct field *f;

	if (index >= r->fields.len)
		return VIEW_NONE;
	f = &r->fields.ptr[index];
	return (struct view){r->buf + r->begin + f->at, f->len};
}

size_t csv_line(const struct csv_reader *r)
{
	return r->record_line;
}

/* Index of `name` in the current record, or the error that says it is not there just once. */
static int find_column(const struct csv_reader *r, const char *name, size_t *ret, struct err *err)
{
	size_t seen = 0;

	for (size_t i = 0; i < r->fields.len; i++) {
		if (view_eq_nocase(csv_field(r, i), VIEW(name))) {
			*ret = i;
			seen++;
		}
	}
	if (seen == 1)
		return 0;
	(void)err_set(err, ERR_FORMAT, "%s: line %zu: column '%s' %s", r->name, r->record_line,
	    name, seen ? "stands there twice" : "is missing");
	return err_hint(err, "the first line must name each column once");
}

int csv_header(struct csv_reader *r, const char *const *names, size_t count, size_t *ret_index,
    struct err *err)
{
	int rc = csv_next(r, err);

	if (rc < 0)
		return -1;
	if (rc == 0)
		return err_set(err, ERR_FORMAT, "%s: is empty", r->name);
	for (size_t i = 0; i < count; i++)
		if (find_column(r, names[i], &ret_index[i], err) < 0)
			return -1;
	return 0;
}
