/*
 * Lines in the order of flatten_dcir.sql: persons, days, the nine keys, the
 * number of the line; NULL last. Values become ranks, rows are put in order
 * rank by rank from the last to the first, each time keeping what was before.
 */
#include "snds/flatten_plan.h"

enum { DIGIT_BITS = 11,
	DIGITS = 1 << DIGIT_BITS };

struct ordering {
	uint32_t *rows, *other; /* rows in their order so far; room for as many */
	size_t count;
	uint32_t *rank; /* by code */
};

/* By one digit of the rank of codes[row]. */
static void sort_by_digit(struct ordering *o, const uint32_t *codes, int shift)
{
	uint32_t places[DIGITS] = {0};
	uint32_t sum = 0;
	uint32_t *swap = o->rows;

	for (size_t i = 0; i < o->count; i++)
		places[o->rank[codes[o->rows[i]]] >> shift & (DIGITS - 1)]++;
	for (size_t d = 0; d < DIGITS; d++) {
		uint32_t n = places[d];

		places[d] = sum;
		sum += n;
	}
	for (size_t i = 0; i < o->count; i++) {
		uint32_t row = o->rows[i];

		o->other[places[o->rank[codes[row]] >> shift & (DIGITS - 1)]++] = row;
	}
	o->rows = o->other;
	o->other = swap;
}

static bool are_same(const struct ordering *o, const uint32_t *codes)
{
	size_t i = 1;

	while (i < o->count && codes[o->rows[i]] == codes[o->rows[0]])
		i++;
	return i >= o->count;
}

static void sort_by(struct ordering *o, const struct value_set *set, const uint32_t *codes)
{
	size_t count = value_set_count(set);

	if (are_same(o, codes))
		return;
	o->rank = mem_realloc(o->rank, count + 1, sizeof(*o->rank));
	value_set_rank(set, o->rank);
	for (int shift = 0; (count + 1) >> shift; shift += DIGIT_BITS)
		sort_by_digit(o, codes, shift);
}

/* One after the other, by all its columns: from the last, each keeping the order before. */
static int sort_child(struct month_plan *p, size_t at, struct ordering *o, struct err *err)
{
	const flat_columns *columns = &p->d->tables.ptr[at + 1].columns;
	struct value_set set = {0};
	struct flat_values values = {.set = &set};
	int rc = 0;

	for (size_t c = columns->len; rc == 0 && c-- > 0;) {
		if (dcir_is_key(columns->ptr[c].name))
			continue; /* rows of one row of ER_PRS_F share them */
		value_set_reset(&set, columns->ptr[c].type);
		rc = flat_rows_read(&p->children[at].rows, c, p->reader, &values, err);
		if (rc == 0)
			sort_by(o, &set, values.codes.ptr);
	}
	value_set_clear(&set);
	flat_values_clear(&values);
	return rc;
}

/* The rows of each row of ER_PRS_F, anew in their order. */
static int number_child(struct month_plan *p, size_t at, struct err *err)
{
	struct plan_child *c = &p->children[at];
	struct ordering o = {0};
	uint32_t *rows = mem_alloc(2 * (c->rows.count + 1) * sizeof(*rows));
	int rc;

	o.rows = rows;
	o.other = rows + c->rows.count;
	for (size_t row = 0; row < c->rows.count; row++)
		if (c->of[row] != FLAT_NONE &&
		    (c->next[row] != FLAT_NONE || c->head[c->of[row]] != row))
			o.rows[o.count++] = (uint32_t)row;
	rc = sort_child(p, at, &o, err);
	for (size_t i = 0; rc == 0 && i < o.count; i++)
		c->head[c->of[o.rows[i]]] = FLAT_NONE;
	for (size_t i = o.count; rc == 0 && i-- > 0;) {
		uint32_t row = o.rows[i];

		c->next[row] = c->head[c->of[row]];
		c->head[c->of[row]] = row;
	}
	free(rows);
	free(o.rank);
	return rc;
}

/* Rows of ER_PRS_F that are written, in their order; to be freed. */
static uint32_t *sort_rows(const struct month_plan *p, size_t *ret_count)
{
	struct ordering o = {0};
	uint32_t *rows = mem_alloc(2 * (p->rows.count + 1) * sizeof(*rows));

	o.rows = rows;
	o.other = rows + p->rows.count;
	for (size_t row = 0; row < p->rows.count; row++)
		if (p->d->f->options->keep_filtered || !p->filter[row])
			o.rows[o.count++] = (uint32_t)row;
	for (size_t i = FLAT_KEYS; i-- > 0;)
		sort_by(&o, &p->keys[i], p->key[i].codes.ptr);
	sort_by(&o, &p->days, p->day.codes.ptr);
	sort_by(&o, &p->persons, p->person);
	if (o.rows != rows)
		memcpy(rows, o.rows, o.count * sizeof(*rows));
	*ret_count = o.count;
	free(o.rank);
	return rows;
}

/* Lines of a row: as many as its longest child has. */
static uint32_t lines_of(const struct month_plan *p, uint32_t row)
{
	uint32_t most = 1;

	for (size_t i = 0; i < p->child_count; i++) {
		const struct plan_child *c = &p->children[i];
		uint32_t n = 0;

		if (!c->several)
			continue;
		for (uint32_t at = c->head[row]; at != FLAT_NONE; at = c->next[at])
			n++;
		most = MAX(most, n);
	}
	return most;
}

static void add_lines(struct month_plan *p, const uint32_t *rows, size_t count)
{
	size_t line = 0;

	for (size_t i = 0; i < count; i++)
		for (uint32_t n = lines_of(p, rows[i]), k = 1; k <= n; k++) {
			p->line_of[line] = rows[i];
			p->number[line++] = k;
		}
}

static void add_child_lines(const struct month_plan *p, struct plan_child *c)
{
	uint32_t at = FLAT_NONE;

	for (size_t line = 0; line < p->lines; line++) {
		if (p->number[line] == 1)
			at = c->head[p->line_of[line]];
		c->line[line] = at;
		if (at != FLAT_NONE)
			at = c->next[at];
	}
}

int plan_order(struct month_plan *p, struct err *err)
{
	uint32_t *rows;
	size_t count;

	for (size_t i = 0; i < p->child_count; i++)
		if (p->children[i].several && number_child(p, i, err) < 0)
			return -1;
	rows = sort_rows(p, &count);
	for (size_t i = 0; i < count; i++)
		p->lines += lines_of(p, rows[i]);
	p->line_of = mem_alloc((p->lines + 1) * sizeof(*p->line_of));
	p->number = mem_alloc((p->lines + 1) * sizeof(*p->number));
	add_lines(p, rows, count);
	for (size_t i = 0; i < p->child_count; i++) {
		p->children[i].line = mem_alloc((p->lines + 1) * sizeof(uint32_t));
		add_child_lines(p, &p->children[i]);
	}
	free(rows);
	return 0;
}
