/*
 * Whose care a row is, and which rule removes it: asked once for all rows that
 * share what the rules look at, and answered by the same SQL as everywhere.
 */
#include "snds/flatten_plan.h"

#include "base/embed.h"
#include "table/append.h"
#include "table/query.h"

enum { KIND_ID,
	KIND_PSA,
	KIND_RANK,
	KIND_DAY,
	KIND_DPN,
	KIND_QLP,
	KIND_BILLED,
	KIND_COLUMNS };
enum { BATCH_ROWS = 2048 };

static const char *const kind_names[KIND_COLUMNS] = {"id", "BEN_NIR_PSA", "BEN_RNG_GEM",
    "EXE_SOI_DTD", "DPN_QLF", "PRS_DPN_QLP", "ETE_IND_TAA"};

/* What the rules look at: by row. */
struct seen {
	struct table_column columns[KIND_COLUMNS];
	struct value_set sets[KIND_COLUMNS];
	struct flat_values values[KIND_COLUMNS];
	struct value_set kinds[KIND_COLUMNS]; /* codes as one number, anew where it overflows */
};

static void seen_clear(struct seen *s)
{
	for (size_t i = 0; i < KIND_COLUMNS; i++) {
		value_set_clear(&s->sets[i]);
		flat_values_clear(&s->values[i]);
	}
	for (size_t i = 0; i < ARRAY_LEN(s->kinds); i++)
		value_set_clear(&s->kinds[i]);
}

static int read_seen(struct month_plan *p, struct seen *s, struct err *err)
{
	const flat_columns *columns = &p->d->tables.ptr[0].columns;

	for (size_t i = 0; i < ARRAY_LEN(s->kinds); i++)
		value_set_reset(&s->kinds[i], TABLE_TYPE_I64);
	for (size_t c = 0; c < KIND_COLUMNS; c++) {
		bool made = c == KIND_ID || c == KIND_BILLED;

		s->columns[c] = (struct table_column){kind_names[c],
		    made ? TABLE_TYPE_I64 : flat_type(columns, kind_names[c])};
		if (made || c == KIND_DAY)
			continue;
		value_set_reset(&s->sets[c], s->columns[c].type);
		if (plan_read(p, &p->rows, columns, kind_names[c], &s->sets[c], &s->values[c],
			err) < 0)
			return -1;
	}
	return 0;
}

/* Each number becomes that of its first coming, from 1. */
static void renumber(struct value_set *set, uint64_t *numbers, size_t count)
{
	for (size_t row = 0; row < count; row++)
		numbers[row] = value_set_number(set, numbers[row]);
}

/* The kinds of rows, from 1: all codes of a row as digits of one number. */
static void number_kinds(const struct month_plan *p, struct seen *s, const uint32_t *billed,
    uint64_t *ret)
{
	size_t count = p->rows.count;
	uint64_t below = 2; /* all numbers are */

	for (size_t row = 0; row < count; row++)
		ret[row] = billed[row];
	for (size_t c = 0; c < KIND_BILLED; c++) {
		const struct flat_values *v = c == KIND_DAY ? &p->day : &s->values[c];
		uint64_t digits = v->set ? value_set_count(v->set) + 1 : 1;

		if (below > UINT64_MAX / digits) {
			renumber(&s->kinds[c], ret, count);
			below = count + 1;
		}
		for (size_t row = 0; v->set && row < count; row++)
			ret[row] = ret[row] * digits + v->codes.ptr[row];
		below *= digits;
	}
	renumber(&s->kinds[KIND_BILLED], ret, count);
}

static void put_value(struct table_batch *batch, size_t column, const struct value_set *set,
    uint32_t code)
{
	double number;

	if (!code)
		return;
	switch (set->type) {
	case TABLE_TYPE_TEXT:
		table_set_literal(batch, column, set->texts.ptr[code - 1]);
		break;
	case TABLE_TYPE_DOUBLE:
		memcpy(&number, &set->numbers.ptr[code - 1], sizeof(number));
		table_set_double(batch, column, number);
		break;
	case TABLE_TYPE_DATE:
		table_set_date(batch, column, (date_t)(int64_t)set->numbers.ptr[code - 1]);
		break;
	case TABLE_TYPE_I32:
	case TABLE_TYPE_I64:
		table_set_int(batch, column, (int64_t)set->numbers.ptr[code - 1]);
		break;
	}
}

static void put_kind(struct table_batch *batch, const struct month_plan *p, const struct seen *s,
    size_t row, bool billed, uint32_t id)
{
	table_batch_row(batch);
	table_set_int(batch, KIND_ID, id);
	put_value(batch, KIND_DAY, &p->days, p->day.codes.ptr[row]);
	for (size_t c = 0; c < KIND_COLUMNS; c++)
		if (s->values[c].set)
			put_value(batch, c, &s->sets[c], s->values[c].codes.ptr[row]);
	if (billed)
		table_set_int(batch, KIND_BILLED, 1);
}

/* Each kind of row becomes a row of the table. */
static int put_kinds(struct month_plan *p, struct seen *s, const uint32_t *billed,
    struct table_append *a, const struct table_schema *schema, struct err *err)
{
	struct table_batch *batch = table_batch_new(schema);
	uint64_t *kinds = mem_alloc((p->rows.count + 1) * sizeof(*kinds));
	size_t known = 0;
	int rc = 0;

	number_kinds(p, s, billed, kinds);
	for (size_t row = 0; rc == 0 && row < p->rows.count; row++) {
		uint32_t id = (uint32_t)kinds[row];

		p->told_of[row] = id - 1;
		if (id <= known)
			continue;
		known = id;
		put_kind(batch, p, s, row, billed[row], id);
		if (table_batch_rows(batch) < BATCH_ROWS)
			continue;
		rc = table_append_put(a, &batch, err);
		batch = table_batch_new(schema);
	}
	if (rc == 0 && table_batch_rows(batch))
		rc = table_append_put(a, &batch, err);
	table_batch_free(&batch);
	free(kinds);
	vec_reserve(&p->told, known);
	for (size_t i = 0; i < known; i++)
		(void)vec_push(&p->told);
	return rc;
}

static int read_told(struct month_plan *p, const char *kinds, struct err *err)
{
	AUTO_STR struct str day = {0};
	AUTO_STR struct str sql = {0};
	AUTO_QUERY struct table_query *q = NULL;
	int rc;

	table_fill(&day, embed_find("mainbase/sql/shape/day.sql"),
	    TABLE_WORDS({"column", "r.EXE_SOI_DTD"}));
	flat_fill(p->d->f, &sql, "snds/sql/flatten_told.sql",
	    TABLE_WORDS({"kinds", kinds}, {"day", str_get(&day)}));
	if (table_query_open(&q, p->db, "flatten", str_view(&sql), TABLE_NO_PARAMS, err) < 0)
		return -1;
	while ((rc = table_query_next(q, err)) > 0)
		for (size_t i = 0; i < table_query_rows(q); i++) {
			struct plan_told *t = &p->told.ptr[table_query_i64(q, 0)[i] - 1];

			if (!table_query_is_null(q, 1, i))
				t->person = value_set_number(&p->persons,
				    (uint64_t)table_query_i64(q, 1)[i]);
			if (!table_query_is_null(q, 2, i))
				t->filter = value_set_text(&p->filters, table_query_text(q, 2, i));
		}
	return rc;
}

static int ask(struct month_plan *p, struct seen *s, const uint32_t *billed, struct err *err)
{
	AUTO_FREE char *name = str_format("kinds_%d", p->worker);
	AUTO_FREE char *drop = str_format("DROP TABLE %s", name);
	struct table_schema schema = {name, s->columns, KIND_COLUMNS};
	AUTO_APPEND struct table_append *a = NULL;

	if (read_seen(p, s, err) < 0 || table_append_open(&a, p->db, &schema, err) < 0 ||
	    put_kinds(p, s, billed, a, &schema, err) < 0 || table_append_close(&a, err) < 0 ||
	    read_told(p, name, err) < 0)
		return -1;
	return table_run(p->db, "flatten", VIEW(drop), TABLE_NO_PARAMS, NULL, err);
}

int plan_tell(struct month_plan *p, const uint32_t *billed, struct err *err)
{
	struct seen s = {0};
	int rc;

	value_set_reset(&p->persons, TABLE_TYPE_I64);
	value_set_reset(&p->filters, TABLE_TYPE_TEXT);
	p->told_of = mem_alloc((p->rows.count + 1) * sizeof(*p->told_of));
	rc = ask(p, &s, billed, err);
	seen_clear(&s);
	return rc;
}
