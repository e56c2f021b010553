#include "guard/csv.h"

#include "guard/block.h"

#include "base/hash.h"
#include "base/threads.h"

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

struct scan_job {
	const struct guard_csv_options *options;
	const struct guard_dialect *dialect;
	const struct guard_missing *missing;
	const struct guard_window *window;
	const struct guard_roles *roles;
	struct guard_block_reader *workers;
	int threads;
};

static int scan_block(void *ctx, size_t item, int worker, struct err *err)
{
	const struct scan_job *j = ctx;

	return guard_block_read(&j->workers[worker], &j->window->blocks.ptr[item], j->window,
	    &(struct guard_block_options){
		.dialect = j->dialect,
		.missing = j->options->structure_only ? NULL : j->missing,
		.cell_max = j->options->cell_max,
	    },
	    err);
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
		struct guard_block_reader *w = &j->workers[t];

		guard_block_reader_end(w);
		guard_tally_merge(&ret->rows, &w->rows);
		guard_tally_clear(&w->rows);
		guard_joint_settle(&w->joint);
		guard_joint_merge(&ret->joint, &w->joint);
		guard_joint_clear(&w->joint);
		for (size_t i = 0; i < columns; i++)
			guard_column_merge(&ret->columns[i], &w->columns[i]);
		merge_structure(&ret->structure, &w->found);
		free_columns(w->columns, columns);
	}
	free(j->workers);
}

uint64_t guard_csv_repeated(const struct guard_csv *c)
{
	uint64_t rows = 0;

	for (size_t i = 0; i < c->rows.slot_count; i++)
		rows += c->rows.slots[i].count;
	return (rows - c->rows.kept) << c->rows.level;
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

void guard_csv_hide_names(struct guard_csv *c)
{
	size_t count = c->dialect.names.len, again = 0;

	for (size_t i = 0; i < count; i++)
		again += is_value(c, i);
	if (!c->dialect.has_header || c->dialect.is_made || (again == count && count > 1))
		return;
	for (size_t i = 0; i < count; i++)
		if (is_value(c, i))
			c->dialect.names.ptr[i] =
			    VIEW(arena_format(&c->dialect.arena, "column %zu", i + 1));
}

static void make_workers(struct scan_job *j)
{
	j->workers = mem_zalloc((size_t)j->threads, sizeof(*j->workers));
	for (int t = 0; t < j->threads; t++)
		guard_block_reader_begin(&j->workers[t],
		    new_columns(j->dialect->names.len, j->options->memory_bytes),
		    j->dialect->names.len, j->roles, j->options->memory_bytes);
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
	    .roles = &ret->roles,
	    .threads = o->threads,
	};
	int rc;

	guard_tally_init(&ret->rows, GUARD_ROWS_TALLIED);
	guard_joint_init(&ret->joint, o->memory_bytes);
	ret->columns = new_columns(ret->dialect.names.len, o->memory_bytes);
	make_workers(&j);
	rc = scan_windows(window, &j, err);
	merge_workers(ret, &j);
	guard_csv_hide_names(ret);
	guard_window_tell(window, &ret->structure);
	guard_input_labels(window->input, &ret->dialect);
	ret->kinds = guard_input_kinds(window->input, ret->dialect.names.len);
	return rc;
}

static int find_roles(struct guard_csv *ret, struct view sample, bool is_later,
    const struct guard_csv_options *o, const struct guard_missing *missing, struct err *err)
{
	guard_roles_init(&ret->roles);
	return o->structure_only || ret->dialect.encoding == GUARD_UTF16
	           ? 0
	           : guard_roles_find(&ret->roles, &ret->dialect, sample, is_later, missing, err);
}

/* That of another file, of which this one is a part. */
static int borrow_dialect(struct guard_csv *ret, const struct guard_csv_options *o,
    const struct guard_missing *missing, struct err *err)
{
	AUTO_WINDOW struct guard_window window = {0};
	struct view sample;

	if (guard_window_open(&window, o->dialect_of, o, err) < 0 ||
	    guard_window_peek(&window, SAMPLE, &sample, err) < 0)
		return -1;
	if (ret->format != GUARD_DELIMITED || guard_input_format(window.input) != GUARD_DELIMITED)
		return err_set(err, ERR_USAGE, "%s: only delimited text has a dialect to give",
		    o->dialect_of);
	guard_dialect_find(&ret->dialect, sample, sample.len < SAMPLE, o->header, missing);
	return find_roles(ret, sample, false, o, missing, err);
}

static int find_dialect(struct guard_csv *ret, struct guard_window *window,
    const struct guard_csv_options *o, const struct guard_missing *missing, struct err *err)
{
	struct view sample;

	if (guard_window_peek(window, SAMPLE, &sample, err) < 0)
		return -1;
	ret->format = guard_input_format(window->input);
	if (o->dialect_of)
		return borrow_dialect(ret, o, missing, err);
	if (!guard_input_dialect(window->input, &ret->dialect))
		guard_dialect_find(&ret->dialect, sample, sample.len < SAMPLE, o->header, missing);
	return find_roles(ret, sample, o->is_later_part, o, missing, err);
}

static int check_dialect(const struct guard_csv *ret, struct guard_window *window,
    const char *path, const struct guard_csv_options *o, struct err *err)
{
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
	    find_dialect(ret, &window, o, &missing, err) < 0 ||
	    check_dialect(ret, &window, path, o, err) < 0)
		return -1;
	return scan_file(ret, &window, o, &missing, err);
}

void guard_csv_clear(struct guard_csv *c)
{
	free_columns(c->columns, c->dialect.names.len);
	free(c->kinds);
	guard_tally_clear(&c->rows);
	guard_joint_clear(&c->joint);
	guard_dialect_clear(&c->dialect);
}
