#include "guard/csv.h"

#include "guard/row.h"
#include "guard/window.h"

#include "base/hash.h"
#include "base/threads.h"

#include <inttypes.h>

enum {
	SAMPLE = 1 << 18,
	VALUES_MAX = 4096,
	VALUES_MIN = 64,
	WORKERS_COUNTED = 8, /* for memory: not their true number, or results would depend on it */
};

size_t guard_values_max(size_t columns, uint64_t memory_bytes)
{
	uint64_t each = memory_bytes / 2 / WORKERS_COUNTED / MAX(columns, (size_t)1);
	size_t size = sizeof(struct guard_value) + sizeof(struct guard_value_text);
	size_t max = VALUES_MAX;

	/* tables are at least a quarter full */
	while (max > VALUES_MIN && max * 4 * size > each)
		max /= 2;
	return max;
}

/* One thread's part of the result. */
struct worker {
	struct guard_column *columns;
	struct guard_structure found;
	struct str scratch;
};

struct scan_job {
	const struct guard_csv_options *options;
	const struct guard_dialect *dialect;
	const struct guard_missing *missing;
	const struct guard_window *window;
	struct worker *workers;
	int threads;
};

/* A row being read. */
struct row {
	uint64_t number;
	uint64_t at; /* byte of the file where it begins */
	size_t cells;
	bool has_bytes;
};

static void end_row(const struct scan_job *j, struct worker *w, const struct row *row)
{
	size_t columns = j->dialect->names.len;

	if (row->cells == 1 && !row->has_bytes && guard_has_blank_lines(j->dialect))
		guard_places_add(&w->found.blank, row->number, row->at);
	else if (row->cells < columns)
		guard_places_add(&w->found.short_rows, row->number, row->at);
	else if (row->cells > columns)
		guard_places_add(&w->found.long_rows, row->number, row->at);
}

/* Is the row one blank line? Its only cell tells nothing of the first column. */
static bool is_blank_line(const struct scan_job *j, const struct row *row, struct view cell,
    bool is_last)
{
	return is_last && row->cells == 0 && cell.len == 0 && guard_has_blank_lines(j->dialect);
}

static void take_cell(const struct scan_job *j, struct worker *w, struct row *row,
    struct view cell, bool is_last)
{
	if (row->cells < j->dialect->names.len && !j->options->structure_only &&
	    !is_blank_line(j, row, cell, is_last))
		guard_column_add(&w->columns[row->cells],
		    guard_unquote(cell, j->dialect->quote, &w->scratch), row->number, j->missing);
	row->cells++;
	row->has_bytes = row->has_bytes || cell.len;
}

/* Each row once, however many it has. */
static void look_for_nul(const struct scan_job *j, struct worker *w, const struct guard_block *b)
{
	const unsigned char *bytes = j->window->bytes;
	uint64_t row = b->first_row, begin = j->window->before + b->from;
	bool told = false;

	for (size_t i = b->from, end = b->first_end; i < b->to; i++) {
		if (bytes[i] == '\0' && !told) {
			guard_places_add(&w->found.nul, row, begin);
			told = true;
		}
		if (end >= b->last_end || b->ends[end] != i)
			continue;
		end++;
		if (bytes[i] != '\n')
			continue;
		row++;
		begin = j->window->before + i + 1;
		told = false;
	}
}

static int check_cell(const struct scan_job *j, const struct row *row, struct view cell,
    struct err *err)
{
	if (!j->options->cell_max || cell.len <= j->options->cell_max)
		return 0;
	return err_set(err, ERR_LIMIT, "%s: row %" PRIu64 ", column %zu: more than %zu bytes",
	    j->window->path, row->number, row->cells + 1, j->options->cell_max);
}

static int scan_block(void *ctx, size_t item, int worker, struct err *err)
{
	const struct scan_job *j = ctx;
	const struct guard_block *b = &j->window->blocks.ptr[item];
	struct worker *w = &j->workers[worker];
	const char *bytes = (const char *)j->window->bytes;
	struct row row = {.number = b->first_row, .at = j->window->before + b->from};
	size_t from = b->from;

	for (size_t i = b->first_end; i < b->last_end; i++) {
		size_t end = b->ends[i];
		struct view cell = {bytes + from, end - from};
		bool is_last = bytes[end] == '\n';

		if (is_last && cell.len && bytes[end - 1] == '\r') {
			cell.len--;
			w->found.crlf++;
		} else {
			w->found.lf += is_last;
		}
		if (check_cell(j, &row, cell, err) < 0)
			return -1;
		take_cell(j, w, &row, cell, is_last);
		from = end + 1;
		if (!is_last)
			continue;
		end_row(j, w, &row);
		row = (struct row){.number = row.number + 1, .at = j->window->before + from};
	}
	if (b->has_nul)
		look_for_nul(j, w, b);
	return 0;
}

static struct guard_column *new_columns(size_t count, uint64_t memory_bytes)
{
	struct guard_column *columns = mem_zalloc(count + 1, sizeof(*columns));

	for (size_t i = 0; i < count; i++)
		guard_column_init(&columns[i], guard_values_max(count, memory_bytes));
	return columns;
}

static void free_columns(struct guard_column *columns, size_t count)
{
	for (size_t i = 0; columns && i < count; i++)
		guard_column_clear(&columns[i]);
	free(columns);
}

static void merge_structure(struct guard_structure *s, const struct guard_structure *from)
{
	guard_places_merge(&s->blank, &from->blank);
	guard_places_merge(&s->short_rows, &from->short_rows);
	guard_places_merge(&s->long_rows, &from->long_rows);
	guard_places_merge(&s->nul, &from->nul);
	s->crlf += from->crlf;
	s->lf += from->lf;
}

static void merge_workers(struct guard_csv *ret, struct scan_job *j)
{
	size_t columns = ret->dialect.names.len;

	for (int t = 0; t < j->threads; t++) {
		struct worker *w = &j->workers[t];

		for (size_t i = 0; i < columns; i++)
			guard_column_merge(&ret->columns[i], &w->columns[i]);
		merge_structure(&ret->structure, &w->found);
		free_columns(w->columns, columns);
		str_clear(&w->scratch);
	}
	free(j->workers);
}

/* Whether a name comes again as a value of its column. */
static bool is_value(const struct guard_csv *c, size_t column)
{
	const struct guard_distinct *d = &c->columns[column].values;
	uint64_t hash = hash_xxh3(c->dialect.names.ptr[column]);

	for (size_t i = 0; i < d->slot_count; i++)
		if (d->slots[i].hash == hash)
			return true;
	return false;
}

/*
 * A name that is also a value may be the value of a first row without names. All of
 * them: the header stands within the file again.
 */
static void hide_names(struct guard_csv *c)
{
	size_t count = c->dialect.names.len, again = 0;

	for (size_t i = 0; i < count; i++)
		again += is_value(c, i);
	for (size_t i = 0; (again < count || count == 1) && c->dialect.has_header && !c->dialect.is_made && i < count; i++)
		if (is_value(c, i))
			c->dialect.names.ptr[i] =
			    VIEW(arena_format(&c->dialect.arena, "column %zu", i + 1));
}

static void make_workers(struct scan_job *j)
{
	j->workers = mem_zalloc((size_t)j->threads, sizeof(*j->workers));
	for (int t = 0; t < j->threads; t++)
		j->workers[t].columns =
		    new_columns(j->dialect->names.len, j->options->memory_bytes);
}

/* Every window of the file; *ret_job's workers hold what was found. */
static int scan_windows(struct guard_window *window, struct scan_job *j, struct err *err)
{
	int rc;

	while ((rc = guard_window_next(window, err)) > 0) {
		if (threads_for(j->threads, window->blocks.len, scan_block, j, err) < 0)
			return -1;
		progress_add(j->options->progress, window->used);
	}
	return rc;
}

static int scan_file(struct guard_csv *ret, struct guard_window *window,
    const struct guard_csv_options *o, const struct guard_missing *missing, struct err *err)
{
	struct scan_job j = {
	    .options = o,
	    .dialect = &ret->dialect,
	    .missing = missing,
	    .window = window,
	    .threads = o->threads,
	};
	int rc;

	ret->columns = new_columns(ret->dialect.names.len, o->memory_bytes);
	make_workers(&j);
	rc = scan_windows(window, &j, err);
	merge_workers(ret, &j);
	hide_names(ret);
	guard_window_tell(window, &ret->structure);
	ret->kinds = guard_input_kinds(window->input, ret->dialect.names.len);
	return rc;
}

static int find_dialect(struct guard_csv *ret, struct guard_window *window, const char *path,
    const struct guard_csv_options *o, const struct guard_missing *missing, struct err *err)
{
	struct view sample;

	if (guard_window_peek(window, SAMPLE, &sample, err) < 0)
		return -1;
	ret->format = guard_input_format(window->input);
	if (!guard_input_dialect(window->input, &ret->dialect))
		guard_dialect_find(&ret->dialect, sample, sample.len < SAMPLE, o->header, missing);
	if (ret->dialect.encoding == GUARD_UTF16) {
		(void)err_set(err, ERR_FORMAT, "%s: is UTF-16", path);
		return err_hint(err, "convert it: iconv -f UTF-16 -t UTF-8");
	}
	if (ret->dialect.names.len > o->column_max)
		return err_set(err, ERR_LIMIT, "%s: more than %zu columns", path, o->column_max);
	guard_window_start(window, &ret->dialect);
	return 0;
}

int guard_csv_scan(struct guard_csv *ret, const char *path, const struct guard_csv_options *o,
    struct err *err)
{
	AUTO_MISSING struct guard_missing missing = {0};
	AUTO_WINDOW struct guard_window window = {0};

	*ret = (struct guard_csv){0};
	if (guard_missing_load(&missing, err) < 0 ||
	    guard_window_open(&window, path, o, err) < 0 ||
	    find_dialect(ret, &window, path, o, &missing, err) < 0)
		return -1;
	return scan_file(ret, &window, o, &missing, err);
}

void guard_csv_clear(struct guard_csv *c)
{
	free_columns(c->columns, c->dialect.names.len);
	free(c->kinds);
	guard_dialect_clear(&c->dialect);
}
