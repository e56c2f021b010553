/*
 * A window of rows becomes a hash a cell of the variables and attributes, on all threads by
 * blocks; then each set of variables and each attribute is a thread's own tally.
 */
#include "guard/classes.h"

#include "guard/row.h"
#include "guard/window.h"

#include "base/hash.h"
#include "base/threads.h"

/* Of a row that is a blank line; of a missing cell. */
static const uint64_t BLANK = 0;
static const uint64_t MISSING = 1;

/* 2^64 over the golden ratio, odd. */
static const uint64_t GOLDEN = 0x9E3779B97F4A7C15u;

enum { AHEAD = 256 }; /* rows whose places in memory are fetched together */

struct classes_job {
	size_t variables, attributes;
	const struct guard_dialect *dialect;
	const struct guard_missing *missing;
	struct guard_window *window;
	uint64_t first_row;  /* of the window */
	size_t width;        /* cells of a row: its variables, then its attributes */
	VEC(uint64_t) cells; /* of the window's rows */
	size_t rows;         /* of it */
	int *place;          /* a column's place among the cells, or -1 */
	struct guard_tally *sets, *pairs;
};

static uint64_t hash_cell(const struct classes_job *j, struct view cell, struct str *scratch)
{
	struct view v = view_trim(guard_unquote(cell, j->dialect->quote, scratch));
	uint64_t hash;

	if (!v.len || guard_missing_has(j->missing, v))
		return MISSING;
	hash = hash_xxh3(v);
	return hash > MISSING ? hash : hash + 2;
}

static void start_row(const struct classes_job *j, uint64_t *cells)
{
	for (size_t i = 0; i < j->width; i++)
		cells[i] = MISSING;
}

static int hash_block(void *ctx, size_t item, int worker, struct err *err)
{
	struct classes_job *j = ctx;
	const struct guard_block *b = &j->window->blocks.ptr[item];
	const char *bytes = (const char *)j->window->bytes;
	uint64_t *cells = j->cells.ptr + (b->first_row - j->first_row) * j->width;
	AUTO_STR struct str scratch = {0};
	size_t from = b->from, column = 0;

	(void)worker, (void)err;
	for (size_t i = b->first_end; i < b->last_end; i++) {
		struct view cell = {bytes + from, b->ends[i] - from};
		bool is_last = bytes[b->ends[i]] == '\n';

		if (column == 0)
			start_row(j, cells);
		if (is_last && cell.len && cell.ptr[cell.len - 1] == '\r')
			cell.len--;
		if (column < j->dialect->names.len && j->place[column] >= 0)
			cells[j->place[column]] = hash_cell(j, cell, &scratch);
		if (is_last && column == 0 && cell.len == 0 && guard_has_blank_lines(j->dialect))
			cells[0] = BLANK;
		from = b->ends[i] + 1;
		column = is_last ? 0 : column + 1;
		cells += is_last ? j->width : 0;
	}
	return 0;
}

/*
 * The class of a row by its variables but `without`. Random numbers (the cells are hashes)
 * times odd ones of their own, added: then well mixed.
 */
static uint64_t class_of(const struct classes_job *j, const uint64_t *cells, size_t without)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < j->variables; i++)
		sum += i == without ? 0 : cells[i] * (2 * i + 1) * GOLDEN;
	sum = (sum ^ sum >> 32) * GOLDEN;
	return sum ^ sum >> 29;
}

/* The class, and the class with an attribute's value: diversity.h says how many bits of each. */
static uint64_t pair_of(const struct classes_job *j, const uint64_t *cells, size_t attribute)
{
	uint64_t class = class_of(j, cells, j->variables);
	uint64_t pair = (class ^ cells[j->variables + attribute]) * GOLDEN;

	pair = (pair ^ pair >> 32) * GOLDEN;
	return class >> GUARD_CLASS_SHIFT << GUARD_CLASS_SHIFT | pair >> (64 - GUARD_CLASS_SHIFT);
}

/*
 * Item 0 is the set of all variables, item i without the i-th; behind the sets come the
 * attributes. A key of each of the n rows from `row` on that are not blank.
 */
static size_t make_keys(const struct classes_job *j, size_t row, size_t n, size_t item,
    uint64_t *ret)
{
	size_t made = 0;

	for (size_t r = row; r < row + n; r++) {
		const uint64_t *cells = j->cells.ptr + r * j->width;

		if (cells[0] == BLANK)
			continue;
		ret[made++] = item > j->variables ? pair_of(j, cells, item - j->variables - 1)
		                                  : class_of(j, cells, item - 1);
	}
	return made;
}

/* Every row of the window into the tally of an item. */
static int count_item(void *ctx, size_t item, int worker, struct err *err)
{
	struct classes_job *j = ctx;
	struct guard_tally *t = item > j->variables ? &j->pairs[item - j->variables - 1]
	                                            : &j->sets[item];
	uint64_t keys[AHEAD];

	(void)worker, (void)err;
	for (size_t row = 0, n; row < j->rows; row += AHEAD) {
		n = make_keys(j, row, MIN(j->rows - row, (size_t)AHEAD), item, keys);
		for (size_t i = 0; i < n; i++)
			guard_tally_prefetch(t, keys[i]);
		for (size_t i = 0; i < n; i++)
			guard_tally_add(t, keys[i]);
	}
	return 0;
}

static int count_window(struct classes_job *j, int threads, struct err *err)
{
	const struct guard_window *w = j->window;

	if (w->blocks.len == 0)
		return 0;
	j->first_row = w->blocks.ptr[0].first_row;
	j->rows = (size_t)(w->next_row - j->first_row);
	vec_reserve(&j->cells, (j->rows + 1) * j->width);
	if (threads_for(threads, w->blocks.len, hash_block, j, err) < 0)
		return -1;
	return threads_for(threads, j->variables + 1 + j->attributes, count_item, j, err);
}

static int count_file(struct classes_job *j, const struct guard_csv *c, const char *path,
    const struct guard_csv_options *o, struct err *err)
{
	AUTO_WINDOW struct guard_window window = {0};
	int rc;

	if (guard_window_open_again(&window, path, &c->dialect, o, err) < 0)
		return -1;
	/* cppcheck-suppress autoVariables ; unset below */
	j->window = &window;
	while ((rc = guard_window_next(&window, err)) > 0 &&
	       (rc = count_window(j, o->threads, err)) == 0)
		;
	j->window = NULL;
	return rc;
}

static void find_places(struct classes_job *j, const struct guard_risk *r,
    const struct guard_diversity *d)
{
	for (size_t i = 0; i < j->dialect->names.len; i++)
		j->place[i] = -1;
	for (size_t i = 0; i < j->variables; i++)
		j->place[r->variables[i]] = (int)i;
	for (size_t i = 0; i < j->attributes; i++)
		j->place[d->attributes[i].column] = (int)(j->variables + i);
}

int guard_classes_count(const struct guard_risk *r, const struct guard_diversity *d,
    const struct guard_csv *c, const char *path, const struct guard_csv_options *o,
    struct guard_tally *ret_sets, struct guard_tally *ret_pairs, struct err *err)
{
	AUTO_MISSING struct guard_missing missing = {0};
	struct classes_job j = {.variables = r->count,
	    .attributes = d->count,
	    .dialect = &c->dialect,
	    .missing = &missing,
	    .sets = ret_sets,
	    .pairs = ret_pairs};
	int rc;

	if (guard_missing_load(&missing, err) < 0)
		return -1;
	j.width = j.variables + j.attributes;
	j.place = mem_zalloc(c->dialect.names.len, sizeof(*j.place));
	find_places(&j, r, d);
	for (size_t i = 0; i <= j.variables; i++)
		guard_tally_init(&ret_sets[i], guard_risk_classes_max(r->count, o->memory_bytes));
	for (size_t i = 0; i < j.attributes; i++)
		guard_tally_init(&ret_pairs[i],
		    guard_risk_classes_max(d->count - 1, o->memory_bytes / 4 * 3));
	rc = count_file(&j, c, path, o, err);
	vec_clear(&j.cells);
	free(j.place);
	return rc;
}

int guard_classes_measure(struct guard_risk *r, struct guard_diversity *d,
    const struct guard_csv *c, const char *path, const struct guard_csv_options *o,
    struct err *err)
{
	struct guard_tally sets[GUARD_RISK_VARIABLES + 1] = {0};
	struct guard_tally pairs[GUARD_DIVERSITY_ATTRIBUTES] = {0};
	int rc;

	if (r->count == 0)
		return 0;
	rc = guard_classes_count(r, d, c, path, o, sets, pairs, err);
	if (rc == 0) {
		guard_risk_judge(r, c, sets);
		guard_diversity_judge(d, pairs);
	}
	for (size_t i = 0; i <= r->count; i++)
		guard_tally_clear(&sets[i]);
	for (size_t i = 0; i < d->count; i++)
		guard_tally_clear(&pairs[i]);
	return rc;
}
