#include "guard/feed.h"

#include "guard/row.h"
#include "guard/window.h"

#include "base/threads.h"
#include "io/file.h"

#include <ctype.h>

enum { SAMPLE = 1 << 18 };

static const char *const packed[] = {".gz", ".zst"};
static const char *const suffixes[] = {".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".parquet",
    ".sas7bdat", ".xpt", ".sav", ".zsav", ".por", ".dta"};

static bool ends_nocase(struct view name, const char *suffix)
{
	size_t len = strlen(suffix);

	return name.len > len &&
	       view_eq_nocase((struct view){name.ptr + name.len - len, len}, VIEW(suffix));
}

static struct view unpacked(struct view name)
{
	for (size_t i = 0; i < ARRAY_LEN(packed); i++)
		if (ends_nocase(name, packed[i]))
			name.len -= strlen(packed[i]);
	return name;
}

bool guard_feed_knows(struct view name)
{
	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++)
		if (ends_nocase(unpacked(name), suffixes[i]))
			return name.ptr[0] != '.';
	return false;
}

struct view guard_feed_table(const char *path)
{
	struct view name = unpacked(VIEW(path_base(path)));

	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++)
		if (ends_nocase(name, suffixes[i]))
			name.len -= strlen(suffixes[i]);
	return name;
}

void guard_feed_close(struct guard_feed *f)
{
	guard_dialect_clear(&f->dialect);
}

static void add_lower(struct str *out, struct view v)
{
	str_reset(out);
	for (size_t i = 0; i < v.len; i++)
		str_addc(out, (char)tolower((unsigned char)v.ptr[i]));
}

/* Whether most cells of a row are names that a header would have. */
static bool has_names(const struct guard_row_reader *r, const char *const *first, size_t count)
{
	AUTO_MAP struct map names = {0};
	AUTO_STR struct str lower = {0};
	size_t same = 0;

	for (size_t i = 0; i < count; i++) {
		add_lower(&lower, VIEW(first[i]));
		(void)map_intern(&names, str_view(&lower));
	}
	for (size_t i = 0; i < r->cells.len; i++) {
		add_lower(&lower, view_trim(r->cells.ptr[i]));
		same += map_find(&names, str_view(&lower)) != NULL;
	}
	return same * 2 > r->cells.len;
}

/* Names that look like numbers are names where the schema says so. */
static void take_header(struct guard_dialect *d, struct view sample, const char *const *first,
    size_t count)
{
	struct guard_row_reader r;

	if (d->is_made || d->has_header)
		return;
	sample = (struct view){sample.ptr + d->mark, sample.len - d->mark};
	guard_row_begin(&r, sample, d->separator, d->quote);
	if (guard_row_next(&r, true) && has_names(&r, first, count)) {
		d->has_header = true;
		for (size_t i = 0; i < MIN(d->names.len, r.cells.len); i++)
			d->names.ptr[i] =
			    guard_dialect_utf8(d, view_trim(r.cells.ptr[i]), &d->arena);
	}
	guard_row_end(&r);
}

static int open_window(struct guard_feed *f, struct guard_window *w, struct view *ret_sample,
    struct err *err)
{
	return guard_window_open(w, f->path, f->options, err) < 0 ||
	               guard_window_peek(w, SAMPLE, ret_sample, err) < 0
	           ? -1
	           : 0;
}

static int open_text(struct guard_feed *f, const char *const *first, size_t count, struct err *err)
{
	AUTO_MISSING struct guard_missing missing = {0};
	AUTO_WINDOW struct guard_window window = {0};
	struct view sample;

	if (guard_missing_load(&missing, err) < 0 || open_window(f, &window, &sample, err) < 0)
		return -1;
	if (!guard_input_dialect(window.input, &f->dialect))
		guard_dialect_find(&f->dialect, sample, sample.len < SAMPLE, f->options->header,
		    &missing);
	if (f->dialect.encoding == GUARD_UTF16) {
		(void)err_set(err, ERR_FORMAT, "%s: is UTF-16", f->path);
		return err_hint(err, "convert it: iconv -f UTF-16 -t UTF-8");
	}
	if (f->dialect.names.len > f->options->column_max)
		return err_set(err, ERR_LIMIT, "%s: more than %zu columns", f->path,
		    f->options->column_max);
	if (f->options->header == GUARD_HEADER_FIND)
		take_header(&f->dialect, sample, first, count);
	return 0;
}

int guard_feed_open(struct guard_feed *ret, const char *path, const struct guard_csv_options *o,
    const char *const *first, size_t first_count, struct err *err)
{
	*ret = (struct guard_feed){.path = path, .options = o};
	return open_text(ret, first, first_count, err);
}

/* What each thread keeps: the cells of the row it reads, put together where they must be. */
struct reader {
	VEC(struct view) cells;
	struct str scratch;
	struct arena arena;
};

struct feed_job {
	const struct guard_feed *feed;
	const struct guard_window *window;
	const bool *wanted;
	guard_row_fn *fn;
	void *ctx;
	bool recode;
	struct reader *readers;
};

static bool has_high(struct view v)
{
	for (size_t i = 0; i < v.len; i++)
		if ((unsigned char)v.ptr[i] >= 0x80)
			return true;
	return false;
}

static void add_cell(const struct feed_job *j, struct reader *r, struct view cell)
{
	const struct guard_dialect *d = &j->feed->dialect;
	size_t index = r->cells.len;
	struct view *to = vec_push(&r->cells);

	if (index >= d->names.len || (j->wanted && !j->wanted[index]))
		return;
	*to = guard_unquote(cell, d->quote, &r->scratch);
	if (to->len && to->ptr == str_get(&r->scratch))
		*to = arena_view(&r->arena, *to);
	if (j->recode && has_high(*to))
		*to = guard_dialect_utf8(d, *to, &r->arena);
}

static bool is_blank(const struct feed_job *j, const struct reader *r, struct view last)
{
	return r->cells.len == 1 && last.len == 0 && guard_has_blank_lines(&j->feed->dialect);
}

static int feed_block(void *ctx, size_t item, int worker, struct err *err)
{
	const struct feed_job *j = ctx;
	const struct guard_block *b = &j->window->blocks.ptr[item];
	const char *bytes = (const char *)j->window->bytes;
	struct reader *r = &j->readers[worker];
	uint64_t row = b->first_row;
	size_t from = b->from;

	(void)err;
	r->cells.len = 0;
	for (size_t i = b->first_end; i < b->last_end; i++) {
		struct view cell = {bytes + from, b->ends[i] - from};
		bool is_last = bytes[b->ends[i]] == '\n';

		if (is_last && cell.len && bytes[b->ends[i] - 1] == '\r')
			cell.len--;
		add_cell(j, r, cell);
		from = b->ends[i] + 1;
		if (!is_last)
			continue;
		if (!is_blank(j, r, cell))
			j->fn(j->ctx, worker, row, r->cells.ptr, r->cells.len);
		row++;
		r->cells.len = 0;
		arena_reset(&r->arena);
	}
	return 0;
}

static int run_text(struct guard_feed *f, struct feed_job *j, struct err *err)
{
	AUTO_WINDOW struct guard_window window = {0};
	struct view sample;
	int rc;

	if (open_window(f, &window, &sample, err) < 0)
		return -1;
	guard_window_start(&window, &f->dialect);
	/* cppcheck-suppress autoVariables ; unset below */
	j->window = &window;
	while ((rc = guard_window_next(&window, err)) > 0) {
		rc = threads_for(f->options->threads, window.blocks.len, feed_block, j, err);
		if (rc < 0)
			break;
		progress_add(f->options->progress, window.used);
	}
	j->window = NULL;
	return rc;
}

int guard_feed_run(struct guard_feed *f, const bool *wanted, guard_row_fn *fn, void *ctx,
    struct err *err)
{
	struct feed_job j = {
	    .feed = f,
	    .wanted = wanted,
	    .fn = fn,
	    .ctx = ctx,
	    .recode = f->dialect.encoding == GUARD_LATIN1 || f->dialect.encoding == GUARD_CP1252,
	    .readers = mem_zalloc((size_t)f->options->threads, sizeof(struct reader)),
	};
	int rc = run_text(f, &j, err);

	for (int t = 0; t < f->options->threads; t++) {
		vec_clear(&j.readers[t].cells);
		str_clear(&j.readers[t].scratch);
		arena_clear(&j.readers[t].arena);
	}
	free(j.readers);
	return rc;
}
