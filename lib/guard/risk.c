/*
 * A window of rows becomes a hash a cell of the variables, on all threads by
 * blocks; then each set of variables is a thread's own tally.
 */
#include "guard/risk.h"

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

struct risk_job {
	const struct guard_risk *risk;
	const struct guard_dialect *dialect;
	const struct guard_missing *missing;
	struct guard_window *window;
	uint64_t first_row;          /* of the window */
	uint64_t *cells;             /* risk->count a row of the window */
	size_t rows;                 /* of it */
	int *place;                  /* a column's place among the variables, or -1 */
	struct guard_tally *tallies; /* risk->count + 1 */
};

void guard_risk_propose(struct guard_risk *ret, const struct guard_findings *f)
{
	*ret = (struct guard_risk){0};
	for (size_t i = 0; i < f->columns.len && ret->count < GUARD_RISK_VARIABLES; i++) {
		const struct guard_evidence *e = &f->columns.ptr[i];

		if (e->kind && e->class == GUARD_CLASS_QUASI && e->confidence > GUARD_LOW)
			ret->variables[ret->count++] = i;
	}
}

static bool has_variable(const struct guard_risk *r, size_t column)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->variables[i] == column)
			return true;
	return false;
}

static int add_name(struct guard_risk *ret, const struct guard_csv *c, struct view name,
    struct err *err)
{
	if (ret->count == GUARD_RISK_VARIABLES)
		return err_set(err, ERR_USAGE, "more than %d variables to judge together",
		    GUARD_RISK_VARIABLES);
	for (size_t i = 0; i < c->dialect.names.len; i++) {
		if (!view_eq_nocase(c->dialect.names.ptr[i], name))
			continue;
		if (has_variable(ret, i))
			return err_set(err, ERR_USAGE, "variable '%.*s' is named twice",
			    VIEW_ARG(name));
		ret->variables[ret->count++] = i;
		return 0;
	}
	return err_set(err, ERR_USAGE, "the file has no variable '%.*s'", VIEW_ARG(name));
}

int guard_risk_name(struct guard_risk *ret, const struct guard_csv *c, const char *names,
    struct err *err)
{
	struct view rest = VIEW(names), name;

	*ret = (struct guard_risk){0};
	while (view_next(&rest, ',', &name))
		if (add_name(ret, c, view_trim(name), err) < 0)
			return -1;
	return 0;
}

size_t guard_risk_classes_max(size_t variables, uint64_t memory_bytes)
{
	/* tables are a quarter full at least, and while one grows there are two of it */
	return MAX(memory_bytes / 2 / (variables + 1) / (6 * sizeof(struct guard_tally_slot)),
	    (uint64_t)1024);
}

static uint64_t hash_cell(const struct risk_job *j, struct view cell, struct str *scratch)
{
	struct view v = view_trim(guard_unquote(cell, j->dialect->quote, scratch));
	uint64_t hash;

	if (!v.len || guard_missing_has(j->missing, v))
		return MISSING;
	hash = hash_xxh3(v);
	return hash > MISSING ? hash : hash + 2;
}

static void start_row(const struct risk_job *j, uint64_t *cells)
{
	for (size_t i = 0; i < j->risk->count; i++)
		cells[i] = MISSING;
}

static int hash_block(void *ctx, size_t item, int worker, struct err *err)
{
	struct risk_job *j = ctx;
	const struct guard_block *b = &j->window->blocks.ptr[item];
	const char *bytes = (const char *)j->window->bytes;
	uint64_t *cells = j->cells + (b->first_row - j->first_row) * j->risk->count;
	AUTO_STR struct str scratch = {0};
	size_t from = b->from, column = 0;

	(void)worker, (void)err;
	start_row(j, cells);
	for (size_t i = b->first_end; i < b->last_end; i++) {
		struct view cell = {bytes + from, b->ends[i] - from};
		bool is_last = bytes[b->ends[i]] == '\n';

		if (is_last && cell.len && cell.ptr[cell.len - 1] == '\r')
			cell.len--;
		if (column < j->dialect->names.len && j->place[column] >= 0)
			cells[j->place[column]] = hash_cell(j, cell, &scratch);
		from = b->ends[i] + 1;
		column++;
		if (!is_last)
			continue;
		if (column == 1 && cell.len == 0 && guard_has_blank_lines(j->dialect))
			cells[0] = BLANK;
		cells += j->risk->count;
		column = 0;
		if (i + 1 < b->last_end)
			start_row(j, cells);
	}
	return 0;
}

/*
 * A key of each of `n` rows that are not blank, from `row` on, without variable item - 1.
 * Random numbers (the cells are hashes) times odd ones of their own, added: then well mixed.
 */
static size_t make_keys(const struct risk_job *j, size_t row, size_t n, size_t item, uint64_t *ret)
{
	size_t count = j->risk->count, made = 0;

	for (size_t r = row; r < row + n; r++) {
		const uint64_t *cells = j->cells + r * count;
		uint64_t sum = 0;

		if (cells[0] == BLANK)
			continue;
		for (size_t i = 0; i < count; i++)
			sum += i + 1 == item ? 0 : cells[i] * (2 * i + 1) * GOLDEN;
		sum = (sum ^ sum >> 32) * GOLDEN;
		ret[made++] = sum ^ sum >> 29;
	}
	return made;
}

/* Every row of the window into the tally of set `item`, which leaves out variable item - 1. */
static int count_set(void *ctx, size_t item, int worker, struct err *err)
{
	struct risk_job *j = ctx;

	struct guard_tally *t = &j->tallies[item];
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

static int count_window(struct risk_job *j, int threads, struct err *err)
{
	const struct guard_window *w = j->window;
	int rc;

	if (w->blocks.len == 0)
		return 0;
	j->first_row = w->blocks.ptr[0].first_row;
	j->rows = (size_t)(w->next_row - j->first_row);
	j->cells = mem_alloc((j->rows + 1) * j->risk->count * sizeof(*j->cells));
	rc = threads_for(threads, w->blocks.len, hash_block, j, err);
	if (rc == 0)
		rc = threads_for(threads, j->risk->count + 1, count_set, j, err);
	free(j->cells);
	return rc;
}

static void read_tally(struct guard_risk_set *ret, const struct guard_tally *t)
{
	uint64_t rows = 0, unique = 0, below = 0;

	ret->k_min = UINT64_MAX;
	for (size_t i = 0; i < t->slot_count; i++) {
		uint64_t n = t->slots[i].count;

		if (!n)
			continue;
		rows += n;
		unique += n == 1;
		below += n < GUARD_RISK_CELL ? n : 0;
		ret->k_min = MIN(ret->k_min, n);
	}
	ret->k_min = rows ? ret->k_min : 0;
	ret->unique = rows ? (double)unique / (double)rows : 0;
	ret->below = rows ? (double)below / (double)rows : 0;
	ret->classes = (uint64_t)t->kept << t->level;
	ret->is_exact = t->level == 0;
}

static int count_file(struct risk_job *j, const struct guard_csv *c, const char *path,
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

static void find_places(struct risk_job *j)
{
	for (size_t i = 0; i < j->dialect->names.len; i++)
		j->place[i] = -1;
	for (size_t i = 0; i < j->risk->count; i++)
		j->place[j->risk->variables[i]] = (int)i;
}

int guard_risk_count(const struct guard_risk *r, const struct guard_csv *c, const char *path,
    const struct guard_csv_options *o, struct guard_tally *ret_tallies, struct err *err)
{
	AUTO_MISSING struct guard_missing missing = {0};
	struct risk_job j = {
	    .risk = r, .dialect = &c->dialect, .missing = &missing, .tallies = ret_tallies};
	int rc;

	if (guard_missing_load(&missing, err) < 0)
		return -1;
	j.place = mem_zalloc(c->dialect.names.len, sizeof(*j.place));
	find_places(&j);
	for (size_t i = 0; i <= r->count; i++)
		guard_tally_init(&ret_tallies[i],
		    guard_risk_classes_max(r->count, o->memory_bytes));
	rc = count_file(&j, c, path, o, err);
	free(j.place);
	return rc;
}

void guard_risk_judge(struct guard_risk *r, const struct guard_csv *c,
    const struct guard_tally *tallies)
{
	r->rows = guard_data_rows(&c->structure);
	for (size_t i = 0; r->count && i <= r->count; i++) {
		r->sets[i].without = i ? i - 1 : r->count;
		read_tally(&r->sets[i], &tallies[i]);
	}
}

int guard_risk_measure(struct guard_risk *r, const struct guard_csv *c, const char *path,
    const struct guard_csv_options *o, struct err *err)
{
	struct guard_tally tallies[GUARD_RISK_VARIABLES + 1] = {0};
	int rc;

	if (r->count == 0)
		return 0;
	rc = guard_risk_count(r, c, path, o, tallies, err);
	if (rc == 0)
		guard_risk_judge(r, c, tallies);
	for (size_t i = 0; i <= r->count; i++)
		guard_tally_clear(&tallies[i]);
	return rc;
}

size_t guard_risk_costliest(const struct guard_risk *r)
{
	size_t best = 1;

	for (size_t i = 2; i <= r->count; i++)
		if (r->sets[i].below < r->sets[best].below ||
		    (r->sets[i].below == r->sets[best].below &&
			r->sets[i].unique < r->sets[best].unique))
			best = i;
	return best;
}
