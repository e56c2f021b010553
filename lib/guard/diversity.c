/*
 * A key of the tally is 40 bits of the class and 24 of class and value: those of a class
 * stand together once sorted, and the tally's sample is one of classes. Two of a million
 * classes share their 40 bits in one file of two, two values of a class with 100 of them
 * their 24 in one class of 3,000: either lowers a count by one.
 */
#include "guard/diversity.h"

#include "guard/row.h"
#include "guard/tally.h"
#include "guard/window.h"

#include "base/hash.h"
#include "base/threads.h"

#include <math.h>
#include <stdlib.h>

enum { CLASS_SHIFT = 24 };

static const uint64_t MISSING = 1;
static const double THREE = 3;

struct diversity_job {
	const struct guard_diversity *diversity;
	const struct guard_risk *risk;
	const struct guard_dialect *dialect;
	const struct guard_missing *missing;
	const struct guard_window *window;
	uint64_t first_row;
	size_t width;    /* cells kept of a row: variables, attributes, whether it is there */
	uint64_t *cells; /* width a row of the window */
	size_t rows;
	int *place;
	struct guard_tally tallies[GUARD_DIVERSITY_ATTRIBUTES];
};

void guard_diversity_propose(struct guard_diversity *ret, const struct guard_risk *risk,
    const struct guard_findings *f)
{
	*ret = (struct guard_diversity){0};
	for (size_t i = 0; risk->count && i < f->columns.len; i++) {
		const struct guard_evidence *e = &f->columns.ptr[i];

		if (ret->count < GUARD_DIVERSITY_ATTRIBUTES && e->kind &&
		    e->class == GUARD_CLASS_SENSITIVE && e->confidence > GUARD_LOW &&
		    !guard_is_hidden(e))
			ret->attributes[ret->count++].column = i;
	}
}

static uint64_t hash_cell(const struct diversity_job *j, struct view cell, struct str *scratch)
{
	struct view v = view_trim(guard_unquote(cell, j->dialect->quote, scratch));
	uint64_t hash;

	if (!v.len || guard_missing_has(j->missing, v))
		return MISSING;
	hash = hash_xxh3(v);
	return hash > MISSING ? hash : hash + 2;
}

static void start_row(const struct diversity_job *j, uint64_t *cells)
{
	for (size_t i = 0; i < j->width; i++)
		cells[i] = MISSING;
}

static int hash_block(void *ctx, size_t item, int worker, struct err *err)
{
	struct diversity_job *j = ctx;
	const struct guard_block *b = &j->window->blocks.ptr[item];
	const char *bytes = (const char *)j->window->bytes;
	uint64_t *cells = j->cells + (b->first_row - j->first_row) * j->width;
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
		if (is_last && column == 0 && cell.len == 0 && j->dialect->names.len > 1)
			cells[j->width - 1] = 0; /* a blank line */
		from = b->ends[i] + 1;
		column = is_last ? 0 : column + 1;
		cells += is_last ? j->width : 0;
	}
	return 0;
}

/* Every row of the window into the tally of an attribute. */
static int count_attribute(void *ctx, size_t item, int worker, struct err *err)
{
	struct diversity_job *j = ctx;

	(void)worker, (void)err;
	for (size_t row = 0; row < j->rows; row++) {
		const uint64_t *cells = j->cells + row * j->width;
		struct view tuple = {(const char *)cells, j->risk->count * sizeof(*cells)};
		uint64_t pair[2];

		if (!cells[j->width - 1])
			continue;
		pair[0] = hash_xxh3(tuple);
		pair[1] = cells[j->risk->count + item];
		guard_tally_add(&j->tallies[item],
		    pair[0] >> CLASS_SHIFT << CLASS_SHIFT |
			hash_xxh3((struct view){(const char *)pair, sizeof(pair)}) >>
			    (64 - CLASS_SHIFT));
	}
	return 0;
}

static int count_window(struct diversity_job *j, int threads, struct err *err)
{
	const struct guard_window *w = j->window;
	int rc;

	if (w->blocks.len == 0)
		return 0;
	j->first_row = w->blocks.ptr[0].first_row;
	j->rows = (size_t)(w->next_row - j->first_row);
	j->cells = mem_zalloc((j->rows + 1) * j->width, sizeof(*j->cells));
	rc = threads_for(threads, w->blocks.len, hash_block, j, err);
	if (rc == 0)
		rc = threads_for(threads, j->diversity->count, count_attribute, j, err);
	free(j->cells);
	return rc;
}

static int by_key(const void *a, const void *b)
{
	const struct guard_tally_slot *x = a, *y = b;

	return x->key < y->key ? -1 : x->key > y->key;
}

/* One class: slots of the same 40 bits. */
static void read_class(struct guard_diverse *ret, const struct guard_tally_slot *slots,
    size_t values, uint64_t *one, uint64_t *few)
{
	uint64_t rows = 0;
	double entropy = 0;

	for (size_t i = 0; i < values; i++)
		rows += slots[i].count;
	for (size_t i = 0; i < values; i++) {
		double share = (double)slots[i].count / (double)rows;

		entropy -= share * log(share);
	}
	*one += values == 1 ? rows : 0;
	*few += (double)values < THREE ? rows : 0;
	ret->least = ret->classes ? MIN(ret->least, values) : values;
	ret->least_spread = ret->classes ? fmin(ret->least_spread, exp(entropy)) : exp(entropy);
	ret->classes++;
}

static void read_tally(struct guard_diverse *ret, struct guard_tally *t)
{
	size_t n = 0;
	uint64_t rows = 0, one = 0, few = 0;

	for (size_t i = 0; i < t->slot_count; i++)
		if (t->slots[i].key) {
			rows += t->slots[i].count;
			t->slots[n++] = t->slots[i];
		}
	if (n == 0)
		return;
	qsort(t->slots, n, sizeof(*t->slots), by_key);
	for (size_t i = 0, next; i < n; i = next) {
		for (next = i + 1; next < n; next++)
			if (t->slots[next].key >> CLASS_SHIFT != t->slots[i].key >> CLASS_SHIFT)
				break;
		read_class(ret, t->slots + i, next - i, &one, &few);
	}
	ret->one_value = (double)one / (double)rows;
	ret->below_three = (double)few / (double)rows;
	ret->is_exact = t->level == 0;
	ret->classes <<= t->level;
}

static int count_file(struct diversity_job *j, const struct guard_csv *c, const char *path,
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

static void find_places(struct diversity_job *j)
{
	for (size_t i = 0; i < j->dialect->names.len; i++)
		j->place[i] = -1;
	for (size_t i = 0; i < j->risk->count; i++)
		j->place[j->risk->variables[i]] = (int)i;
	for (size_t i = 0; i < j->diversity->count; i++)
		j->place[j->diversity->attributes[i].column] = (int)(j->risk->count + i);
}

/* What is also judged as a variable is no attribute: its class has one value of it. */
static void leave_out_variables(struct guard_diversity *d, const struct guard_risk *risk)
{
	size_t n = 0;

	for (size_t i = 0; i < d->count; i++) {
		bool is_variable = false;

		for (size_t k = 0; k < risk->count; k++)
			is_variable |= risk->variables[k] == d->attributes[i].column;
		if (!is_variable)
			d->attributes[n++] = d->attributes[i];
	}
	d->count = n;
}

int guard_diversity_measure(struct guard_diversity *d, const struct guard_risk *risk,
    const struct guard_csv *c, const char *path, const struct guard_csv_options *o,
    struct err *err)
{
	AUTO_MISSING struct guard_missing missing = {0};
	struct diversity_job j = {
	    .diversity = d, .risk = risk, .dialect = &c->dialect, .missing = &missing};
	int rc;

	leave_out_variables(d, risk);
	if (d->count == 0 || risk->count == 0)
		return 0;
	if (guard_missing_load(&missing, err) < 0)
		return -1;
	j.width = risk->count + d->count + 1;
	j.place = mem_zalloc(c->dialect.names.len, sizeof(*j.place));
	find_places(&j);
	for (size_t i = 0; i < d->count; i++)
		guard_tally_init(&j.tallies[i],
		    guard_risk_classes_max(d->count - 1, o->memory_bytes));
	rc = count_file(&j, c, path, o, err);
	for (size_t i = 0; i < d->count; i++) {
		if (rc == 0)
			read_tally(&d->attributes[i], &j.tallies[i]);
		guard_tally_clear(&j.tallies[i]);
	}
	free(j.place);
	return rc;
}
