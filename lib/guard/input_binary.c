/* Binary formats: their reader runs in a child, its frames become the text. */
#include "guard/reader.h"

#include "io/csv.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	HEAD_MAX = 64 << 20,
	SILENT_SECONDS = 60,
	RATIO_DEFAULT = 1000,
};
#define RATIO_FROM ((uint64_t)64 << 20)
#define MEMORY_LEAST ((uint64_t)1 << 30)

struct binary_source {
	const struct guard_csv_options *options;
	enum guard_format format;
	char *path;
	uint64_t size; /* of the file */
	uint64_t made; /* bytes of text so far */
	struct child *child;
	struct str head, labels;
	struct guard_dialect dialect;
	struct view rows; /* of the frame that is being read */
	bool at_end;
	bool said_end; /* by its last frame */
	uint64_t deleted, left_out;
	enum guard_end end;
};

static void close_binary(void *state)
{
	struct binary_source *b = state;

	child_free(&b->child);
	str_clear(&b->head);
	str_clear(&b->labels);
	guard_dialect_clear(&b->dialect);
	free(b->path);
	free(b);
}

static enum guard_end end_of(const struct binary_source *b, enum child_end end)
{
	switch (end) {
	case CHILD_DONE: return b->said_end ? b->end : GUARD_DAMAGED;
	case CHILD_FAILED: return GUARD_DAMAGED;
	case CHILD_CRASHED: return GUARD_CRASHED;
	case CHILD_ENDLESS: break;
	}
	return GUARD_ENDLESS;
}

static void take_deleted(struct binary_source *b, struct view bytes)
{
	struct view word;
	int64_t n[2] = {0};

	for (size_t i = 0; i < 2; i++)
		if (!view_next(&bytes, ' ', &word) || !view_to_i64(word, &n[i]) || n[i] < 0)
			return;
	b->deleted = (uint64_t)n[0];
	b->left_out = (uint64_t)n[1];
}

static void take_frame(struct binary_source *b, uint32_t kind, struct view bytes)
{
	if (kind == GUARD_FRAME_HEAD)
		str_add(&b->head, bytes);
	else if (kind == GUARD_FRAME_LABELS)
		str_add(&b->labels, bytes);
	else if (kind == GUARD_FRAME_ROWS)
		b->rows = bytes;
	else if (kind == GUARD_FRAME_DELETED)
		take_deleted(b, bytes);
	else if (kind == GUARD_FRAME_END && bytes.len == 1 &&
		 (unsigned char)bytes.ptr[0] <= GUARD_TOO_WIDE) {
		b->end = (enum guard_end)bytes.ptr[0];
		b->said_end = true;
	}
}

/* Up to the next rows or the end. */
static int next_rows(struct binary_source *b, struct err *err)
{
	while (b->rows.len == 0 && !b->at_end) {
		uint32_t kind = 0;
		struct view bytes;
		int rc = child_next(b->child, &kind, &bytes, err);

		if (rc < 0)
			return -1;
		b->at_end = rc == 0;
		if (rc > 0)
			take_frame(b, kind, bytes);
	}
	if (b->at_end)
		b->end = end_of(b, child_stop(b->child));
	b->made += b->rows.len;
	if (b->made > RATIO_FROM && b->made / MAX(b->size, (uint64_t)1) >
					(b->options->limits.ratio ? b->options->limits.ratio
								  : RATIO_DEFAULT))
		return err_set(err, ERR_LIMIT, "%s: holds more than %" PRIu64 " times its size",
		    b->path, b->options->limits.ratio);
	return 0;
}

static void add_variable(struct binary_source *b, const struct csv_reader *r)
{
	struct arena *a = &b->dialect.arena;

	guard_made_name(&b->dialect, csv_field(r, 0));
	*vec_push(&b->dialect.described) = (struct guard_described){
	    .description = arena_view(a, csv_field(r, 1)),
	    .format = arena_view(a, csv_field(r, 2)),
	    .label_set = arena_view(a, csv_field(r, 3)),
	};
}

static int read_head(struct binary_source *b, struct err *err)
{
	AUTO_CSV struct csv_reader *r = NULL;
	struct err odd = {0};

	if (b->at_end && b->end == GUARD_TOO_WIDE)
		return err_set(err, ERR_LIMIT, "%s: more than %zu columns", b->path,
		    b->options->column_max);
	guard_made_dialect(&b->dialect, GUARD_UTF8);
	r = csv_open_view("head", str_view(&b->head), ',');
	while (b->dialect.names.len <= b->options->column_max && csv_next(r, &odd) > 0)
		if (csv_count(r) == 4)
			add_variable(b, r);
	return 0;
}

static int open_file(struct binary_source *b, const struct stream *s, struct err *err)
{
	struct stat st;
	int fd;

	if (stream_format(s) != STREAM_PLAIN) {
		(void)err_set(err, ERR_FORMAT, "%s: %s, compressed as a whole", b->path,
		    guard_format_name(b->format));
		return err_hint(err, "decompress it: its reader needs to jump in it");
	}
	fd = open(b->path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		b->size = (uint64_t)st.st_size;
		return fd;
	}
	if (fd >= 0)
		(void)close(fd);
	return err_set(err, ERR_IO, "%s: %s needs a file, not a pipe", b->path,
	    guard_format_name(b->format));
}

static int start_reader(struct binary_source *b, int fd, struct err *err)
{
	const struct guard_csv_options *o = b->options;
	AUTO_ARENA struct arena arena = {0};
	const char *args[8];
	struct child_limits limits = {
	    .memory_bytes = MAX(o->memory_bytes, MEMORY_LEAST),
	    .cpu_seconds = o->reader_seconds ? o->reader_seconds : GUARD_READER_SECONDS,
	    .silent_seconds = SILENT_SECONDS,
	};

	if (b->format == GUARD_PARQUET)
		limits.memory_bytes *= 2; /* DuckDB reserves more than it uses */
	guard_reader_args(args, "hygie", b->format, o->column_max, limits, &arena);
	return child_start(&b->child, o->reader ? o->reader : "/proc/self/exe", args, fd, limits,
	    err);
}

static int open_binary(void **ret, struct stream **s, const char *path,
    const struct guard_csv_options *o, enum guard_format format, struct err *err)
{
	struct binary_source *b = mem_zalloc(1, sizeof(*b));
	int rc, fd;

	b->options = o;
	b->format = format;
	b->path = mem_strdup(path);
	b->head.max = b->labels.max = HEAD_MAX;
	rc = fd = open_file(b, *s, err);
	if (fd >= 0) {
		rc = start_reader(b, fd, err);
		(void)close(fd);
	}
	if (rc < 0 || next_rows(b, err) < 0 || read_head(b, err) < 0) {
		close_binary(b);
		return -1;
	}
	*ret = b;
	return 0;
}

static int read_binary(void *state, unsigned char *ret, size_t size, size_t *ret_len,
    struct err *err)
{
	struct binary_source *b = state;

	*ret_len = 0;
	while (*ret_len < size) {
		size_t n;

		if (b->rows.len == 0 && next_rows(b, err) < 0)
			return -1;
		if (b->rows.len == 0)
			break;
		n = MIN(size - *ret_len, b->rows.len);
		memcpy(ret + *ret_len, b->rows.ptr, n);
		b->rows.ptr += n;
		b->rows.len -= n;
		*ret_len += n;
	}
	return 0;
}

static bool tell_binary_dialect(const void *state, struct guard_dialect *ret)
{
	const struct binary_source *b = state;

	guard_made_dialect(ret, GUARD_UTF8);
	for (size_t i = 0; i < b->dialect.names.len; i++) {
		const struct guard_described *d = &b->dialect.described.ptr[i];

		guard_made_name(ret, b->dialect.names.ptr[i]);
		*vec_push(&ret->described) = (struct guard_described){
		    .description = arena_view(&ret->arena, d->description),
		    .format = arena_view(&ret->arena, d->format),
		    .label_set = arena_view(&ret->arena, d->label_set),
		};
	}
	return true;
}

static void tell_binary(const void *state, struct guard_structure *s)
{
	const struct binary_source *b = state;

	s->bytes = s->cut_at = b->size;
	s->end = b->end;
	s->deleted = b->deleted;
	s->left_out = b->left_out;
	s->nul.has_bytes = s->short_rows.has_bytes = s->long_rows.has_bytes = false;
}

static void add_labels(struct guard_dialect *d, struct view set, int64_t count)
{
	for (size_t i = 0; i < d->described.len; i++)
		if (view_eq(d->described.ptr[i].label_set, set))
			d->described.ptr[i].labels = (uint64_t)count;
}

static void tell_binary_labels(const void *state, struct guard_dialect *d)
{
	const struct binary_source *b = state;
	AUTO_CSV struct csv_reader *r = csv_open_view("labels", str_view(&b->labels), ',');
	struct err odd = {0};
	int64_t count;

	while (csv_next(r, &odd) > 0)
		if (csv_count(r) == 2 && csv_field(r, 0).len &&
		    view_to_i64(csv_field(r, 1), &count) && count > 0)
			add_labels(d, csv_field(r, 0), count);
}

const struct guard_source guard_source_binary = {
    .open = open_binary,
    .close = close_binary,
    .read = read_binary,
    .tell_dialect = tell_binary_dialect,
    .tell = tell_binary,
    .tell_labels = tell_binary_labels,
};
