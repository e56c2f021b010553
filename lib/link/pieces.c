/*
 * A thread interns the cells of one field of a piece into a column of its own,
 * so that numbers are given in the order of the rows and no two threads write
 * side by side; then the columns become rows.
 */
#include "link/pieces.h"

#include "base/threads.h"
#include "io/scan.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { PIECE_BYTES = 4 << 20 };

struct piece {
	const struct link_pieces *p;
	struct link_records *r;
	struct map *raw;
	int fd;
	bool ended;
	unsigned char *bytes; /* PIECE_BYTES + 1 */
	size_t len;           /* of them read */
	size_t used;          /* of them in whole rows */
	uint32_t *ends;
	VEC(uint32_t) rows; /* for each row: the place of its first cell's end in `ends` */
	VEC(uint32_t) values[LINK_FIELDS_MAX];
	struct str scratch[LINK_FIELDS_MAX + 1];
};

static int fill(struct piece *w, struct err *err)
{
	memmove(w->bytes, w->bytes + w->used, w->len - w->used);
	w->len -= w->used;
	w->used = 0;
	while (!w->ended && w->len < PIECE_BYTES) {
		ssize_t n = read(w->fd, w->bytes + w->len, PIECE_BYTES - w->len);

		if (n < 0 && errno != EINTR)
			return err_set(
			    err, ERR_IO, "%s: cannot read: %s", w->p->path, strerror(errno));
		w->ended = n == 0;
		w->len += n > 0 ? (size_t)n : 0;
	}
	/* the last line may lack its end; the buffer has room for it */
	if (w->ended && w->len && w->bytes[w->len - 1] != '\n' && w->bytes[w->len - 1] != '\r')
		w->bytes[w->len++] = '\n';
	return 0;
}

static bool is_blank(const unsigned char *bytes, size_t start, size_t end)
{
	return start == end || (start + 1 == end && bytes[start] == '\r');
}

/* A CR is plain before a line end, and inside a cell. */
static bool has_odd_return(const struct piece *w, size_t ends)
{
	for (size_t i = 0; i < ends; i++) {
		size_t at = w->ends[i];
		bool line = w->bytes[at] == '\n';

		if (at >= 1 + (size_t)line && w->bytes[at - 1] == '\r' &&
		    (!line || w->bytes[at - 2] == '\r'))
			return true;
	}
	return false;
}

/* Whole rows into `rows`; false where one is not as the header. */
static bool find_rows(struct piece *w)
{
	struct scan s = {.separator = (unsigned char)w->p->separator, .quote = '"'};
	size_t n = scan_ends(&s, w->bytes, w->len, w->ends);
	size_t first = 0;

	w->rows.len = 0;
	for (size_t i = 0; i < n; i++) {
		bool blank;

		if (w->bytes[w->ends[i]] != '\n')
			continue;
		blank = i == first && w->p->columns > 1 && is_blank(w->bytes, w->used, w->ends[i]);
		if (!blank && i + 1 - first != w->p->columns)
			return false;
		if (!blank)
			*vec_push(&w->rows) = (uint32_t)first;
		first = i + 1;
		w->used = w->ends[i] + (size_t)1;
	}
	if ((s.seen & SCAN_CR) && has_odd_return(w, n))
		return false;
	return !(s.seen & (SCAN_NUL | SCAN_STRAY_QUOTE)) && w->used &&
	       (!w->ended || w->used == w->len);
}

/* The cell without its quotes; doubled ones become one, in `scratch`. */
static struct view unquote(struct view cell, struct str *scratch)
{
	struct view inside = {cell.ptr + 1, cell.len - 2};

	if (!memchr(inside.ptr, '"', inside.len))
		return inside;
	str_reset(scratch);
	for (size_t i = 0; i < inside.len; i++) {
		str_addc(scratch, inside.ptr[i]);
		i += inside.ptr[i] == '"';
	}
	return str_view(scratch);
}

static struct view cell_of(const struct piece *w, size_t row, size_t column, struct str *scratch)
{
	size_t i = w->rows.ptr[row] + column;
	size_t start = i ? w->ends[i - 1] + (size_t)1 : 0;
	struct view cell = {(const char *)w->bytes + start, w->ends[i] - start};

	if (column + 1 == w->p->columns && cell.len && cell.ptr[cell.len - 1] == '\r')
		cell.len--;
	if (cell.len >= 2 && cell.ptr[0] == '"')
		cell = unquote(cell, scratch);
	return view_trim(cell);
}

static void add_ids(struct piece *w, struct str *scratch)
{
	struct link_records *r = w->r;

	for (size_t i = 0; i < w->rows.len; i++) {
		struct view id = cell_of(w, i, (size_t)w->p->id_column, scratch);

		vec_reserve(&r->id_bytes, r->id_bytes.len + id.len);
		if (id.len)
			memcpy(r->id_bytes.ptr + r->id_bytes.len, id.ptr, id.len);
		r->id_bytes.len += id.len;
		*vec_push(&r->id_ends) = r->id_bytes.len;
	}
}

/* A field, or, behind the fields, the ids. */
static int read_column(void *ctx, size_t f, int worker, struct err *err)
{
	struct piece *w = ctx;
	size_t column = f < w->r->fields ? (size_t)w->p->column[f] : 0;

	(void)worker; /* a field has its own map and column */
	(void)err;    /* reading from memory cannot fail */
	if (f == w->r->fields) {
		add_ids(w, &w->scratch[f]);
		return 0;
	}
	vec_reserve(&w->values[f], w->rows.len);
	for (size_t i = 0; i < w->rows.len; i++) {
		struct view text = cell_of(w, i, column, &w->scratch[f]);

		w->values[f].ptr[i] = text.len ? (uint32_t)map_intern(&w->raw[f], text) + 1 : 0;
	}
	return 0;
}

static int add_rows(struct piece *w, struct err *err)
{
	struct link_records *r = w->r;
	size_t tasks = r->fields + (w->p->id_column >= 0);
	uint32_t *to;

	if (r->count + w->rows.len > LINK_RECORDS_MAX)
		return err_set(err, ERR_LIMIT, "%s: more than %d records", w->p->path,
		    LINK_RECORDS_MAX);
	if (threads_for(w->p->threads, tasks, read_column, w, err) < 0)
		return -1;
	vec_reserve(&r->rows, r->rows.len + w->rows.len * r->fields);
	to = r->rows.ptr + r->rows.len;
	for (size_t i = 0; i < w->rows.len; i++)
		for (size_t f = 0; f < r->fields; f++)
			*to++ = w->values[f].ptr[i];
	r->rows.len += w->rows.len * r->fields;
	r->count += w->rows.len;
	progress_add(w->p->progress, w->rows.len);
	return 0;
}

/* 1: all; 0: not plain; -1. The first row is the header. */
static int read_all(struct piece *w, struct err *err)
{
	static const unsigned char mark[] = {0xEF, 0xBB, 0xBF};
	bool header = true;

	while (!w->ended || w->len > w->used) {
		if (fill(w, err) < 0)
			return -1;
		if (!w->len)
			break;
		if (header && w->len > 3 && memcmp(w->bytes, mark, 3) == 0)
			memmove(w->bytes, w->bytes + 3, w->len -= 3);
		if (!find_rows(w))
			return 0;
		if (header && w->rows.len) {
			memmove(w->rows.ptr, w->rows.ptr + 1, --w->rows.len * sizeof(uint32_t));
			header = false;
		}
		if (add_rows(w, err) < 0)
			return -1;
	}
	return 1;
}

static int read_file(struct piece *w, struct err *err)
{
	struct link_records *r = w->r;
	size_t count = r->count, rows = r->rows.len, ids = r->id_ends.len;
	size_t id_bytes = r->id_bytes.len;
	int rc;

	w->fd = open(w->p->path, O_RDONLY | O_CLOEXEC);
	if (w->fd < 0)
		return err_set(
		    err, ERR_IO, "%s: cannot open: %s", w->p->path, strerror(errno));
	rc = read_all(w, err);
	close(w->fd);
	if (rc == 0) {
		r->count = count;
		r->rows.len = rows;
		r->id_ends.len = ids;
		r->id_bytes.len = id_bytes;
	}
	return rc;
}

int link_pieces_read(
    struct link_records *r, struct map *raw, const struct link_pieces *p, struct err *err)
{
	struct piece w = {.p = p, .r = r, .raw = raw};
	int rc;

	w.bytes = mem_alloc(PIECE_BYTES + 1);
	w.ends = mem_alloc((PIECE_BYTES + 1) * sizeof(*w.ends));
	rc = read_file(&w, err);
	free(w.bytes);
	free(w.ends);
	vec_clear(&w.rows);
	for (size_t f = 0; f < LINK_FIELDS_MAX; f++)
		vec_clear(&w.values[f]);
	for (size_t f = 0; f <= LINK_FIELDS_MAX; f++)
		str_clear(&w.scratch[f]);
	return rc;
}
