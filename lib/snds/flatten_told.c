/*
 * Whose care a row is, and which rule removes it. Both are asked of the database,
 * by the same SQL as everywhere: persons once for each pseudonym of the month,
 * rules once for all rows that agree in what they look at: the days under
 * observation, the day of care, and what marks care that the PMSI has too.
 */
#include "snds/flatten_plan.h"

#include "base/embed.h"
#include "table/append.h"
#include "table/query.h"

enum { BATCH_ROWS = 2048,
	COLUMNS_MAX = 8 };

/* Rows by a number: those of one number are asked about once. */
struct asking {
	struct month_plan *p;
	const char *table;
	struct table_column columns[COLUMNS_MAX];
	size_t column_count;
	struct value_set sets[COLUMNS_MAX]; /* of those that stand in ER_PRS_F */
	struct flat_values values[COLUMNS_MAX];
	struct value_set numbers;
	uint64_t *number; /* by row, from 1 */
	uint64_t below;   /* all numbers are */
};

/* A person of the month, by the number of the pseudonym. */
struct owner {
	uint32_t person; /* code; 0: nobody */
	uint32_t life;   /* code: days under observation */
	date_t obs_start, obs_end;
};

struct telling {
	struct month_plan *p;
	const uint32_t *billed;
	VEC(struct owner) owners;
	struct value_set lives;
};

static void asking_clear(struct asking *a)
{
	for (size_t i = 0; i < COLUMNS_MAX; i++) {
		value_set_clear(&a->sets[i]);
		flat_values_clear(&a->values[i]);
	}
	value_set_clear(&a->numbers);
	free(a->number);
}

static void asking_init(struct asking *a, struct month_plan *p, const char *table)
{
	*a = (struct asking){.p = p, .table = table, .below = 1};
	a->columns[a->column_count++] = (struct table_column){"id", TABLE_TYPE_I64};
	value_set_reset(&a->numbers, TABLE_TYPE_I64);
	a->number = mem_zalloc(p->rows.count + 1, sizeof(*a->number));
}

/* Each number becomes that of its first coming, from 1. */
static void renumber(struct asking *a)
{
	size_t rows = a->p->rows.count;

	value_set_reset(&a->numbers, TABLE_TYPE_I64);
	for (size_t row = 0; row < rows; row++)
		a->number[row] = value_set_number(&a->numbers, a->number[row]);
	a->below = rows + 1;
}

/* One digit more for each row, below `count`. */
static void add_digit(struct asking *a, const uint32_t *digit, size_t count)
{
	if (a->below > UINT64_MAX / count)
		renumber(a);
	for (size_t row = 0; row < a->p->rows.count; row++)
		a->number[row] = a->number[row] * count + digit[row];
	a->below *= count;
}

/* A column of ER_PRS_F is looked at. */
static int look_at(struct asking *a, const char *column, struct err *err)
{
	const flat_columns *columns = &a->p->d->tables.ptr[0].columns;
	size_t c = a->column_count++;

	a->columns[c] = (struct table_column){column, flat_type(columns, column)};
	value_set_reset(&a->sets[c], a->columns[c].type);
	if (plan_read(a->p, &a->p->rows, columns, column, &a->sets[c], &a->values[c], err) < 0)
		return -1;
	add_digit(a, a->values[c].codes.ptr, value_set_count(&a->sets[c]) + 1);
	return 0;
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

typedef void put_fn(const struct telling *t, struct table_batch *batch, size_t row);

/* A row of the table for the first row of each number; what stands behind ER_PRS_F by `more`. */
static int put_rows(struct asking *a, struct table_append *to, const struct table_schema *schema,
    const struct telling *t, put_fn *more, struct err *err)
{
	struct table_batch *batch = table_batch_new(schema);
	uint64_t known = 0;
	int rc = 0;

	for (size_t row = 0; rc == 0 && row < a->p->rows.count; row++) {
		if (a->number[row] <= known)
			continue;
		known = a->number[row];
		table_batch_row(batch);
		table_set_int(batch, 0, (int64_t)known);
		for (size_t c = 1; c < a->column_count; c++)
			if (a->values[c].set)
				put_value(batch, c, a->values[c].set, a->values[c].codes.ptr[row]);
		if (more)
			more(t, batch, row);
		if (table_batch_rows(batch) < BATCH_ROWS)
			continue;
		rc = table_append_put(to, &batch, err);
		batch = table_batch_new(schema);
	}
	if (rc == 0 && table_batch_rows(batch))
		rc = table_append_put(to, &batch, err);
	table_batch_free(&batch);
	return rc;
}

/* Ask `file` about the numbers; `take` has each answer. */
typedef void take_fn(struct telling *t, const struct table_query *q, size_t i);

static int ask(struct asking *a, struct telling *t, put_fn *more, const char *file,
    const struct table_word *words, size_t count, take_fn *take, struct err *err)
{
	AUTO_FREE char *drop = str_format("DROP TABLE %s", a->table);
	struct table_schema schema = {a->table, a->columns, a->column_count};
	AUTO_APPEND struct table_append *to = NULL;
	AUTO_QUERY struct table_query *q = NULL;
	AUTO_STR struct str sql = {0};
	int rc;

	renumber(a);
	flat_fill(a->p->d->f, &sql, file, words, count);
	if (table_append_open(&to, a->p->db, &schema, err) < 0 ||
	    put_rows(a, to, &schema, t, more, err) < 0 || table_append_close(&to, err) < 0 ||
	    table_query_open(&q, a->p->db, "flatten", str_view(&sql), TABLE_NO_PARAMS, err) < 0)
		return -1;
	while ((rc = table_query_next(q, err)) > 0)
		for (size_t i = 0; i < table_query_rows(q); i++)
			take(t, q, i);
	table_query_close(&q);
	return rc < 0 ? -1 : table_run(a->p->db, "flatten", VIEW(drop), TABLE_NO_PARAMS, NULL, err);
}

static date_t day_of(const struct table_query *q, size_t column, size_t i)
{
	return table_query_is_null(q, column, i) ? DATE_NONE : table_query_date(q, column)[i];
}

static void take_owner(struct telling *t, const struct table_query *q, size_t i)
{
	struct owner *o = &t->owners.ptr[table_query_i64(q, 0)[i]];

	o->person = value_set_number(&t->p->persons, (uint64_t)table_query_i64(q, 1)[i]);
	o->obs_start = day_of(q, 2, i);
	o->obs_end = day_of(q, 3, i);
	o->life = value_set_number(&t->lives,
	    (uint64_t)(uint32_t)o->obs_start << 32 | (uint32_t)o->obs_end);
}

/* p->filter holds the owner of each row until the rules are asked. */
static int find_persons(struct telling *t, struct err *err)
{
	struct month_plan *p = t->p;
	AUTO_FREE char *table = str_format("owners_%d", p->worker);
	struct asking a;
	int rc = -1;

	asking_init(&a, p, table);
	if (look_at(&a, "BEN_NIR_PSA", err) == 0 && look_at(&a, "BEN_RNG_GEM", err) == 0) {
		renumber(&a);
		for (size_t i = 0; i <= value_set_count(&a.numbers); i++)
			(void)vec_push(&t->owners);
		rc = ask(&a, t, NULL, "snds/sql/flatten_owners.sql",
		    TABLE_WORDS({"owners", table}), take_owner, err);
	}
	for (size_t row = 0; rc == 0 && row < p->rows.count; row++) {
		p->filter[row] = (uint32_t)a.number[row];
		p->person[row] = t->owners.ptr[a.number[row]].person;
	}
	asking_clear(&a);
	return rc;
}

enum { KIND_DAY = 3, /* places of the columns that are not read here */
	KIND_PERSON,
	KIND_START,
	KIND_END,
	KIND_BILLED };

static void put_kind(const struct telling *t, struct table_batch *batch, size_t row)
{
	const struct month_plan *p = t->p;
	const struct owner *o = &t->owners.ptr[p->filter[row]];

	put_value(batch, KIND_DAY, &p->days, p->day.codes.ptr[row]);
	if (t->billed[row])
		table_set_int(batch, KIND_BILLED, 1);
	if (!o->person)
		return;
	table_set_int(batch, KIND_PERSON, (int64_t)p->persons.numbers.ptr[o->person - 1]);
	if (o->obs_start != DATE_NONE)
		table_set_date(batch, KIND_START, o->obs_start);
	if (o->obs_end != DATE_NONE)
		table_set_date(batch, KIND_END, o->obs_end);
}

static void take_filter(struct telling *t, const struct table_query *q, size_t i)
{
	*vec_push(&t->p->told) = (struct plan_told){
	    .kind = (uint64_t)table_query_i64(q, 0)[i],
	    .filter = value_set_text(&t->p->filters, table_query_text(q, 1, i)),
	};
}

/* Digits that are not columns of ER_PRS_F, and their columns. */
static void add_kinds(struct asking *a, const struct telling *t)
{
	static const struct table_column more[] = {{"EXE_SOI_DTD", TABLE_TYPE_DATE},
	    {"person_id", TABLE_TYPE_I64}, {"obs_start", TABLE_TYPE_DATE},
	    {"obs_end", TABLE_TYPE_DATE}, {"ETE_IND_TAA", TABLE_TYPE_I64}};
	const struct month_plan *p = t->p;
	uint32_t *life = mem_alloc((p->rows.count + 1) * sizeof(*life));

	for (size_t i = 0; i < ARRAY_LEN(more); i++)
		a->columns[a->column_count++] = more[i];
	for (size_t row = 0; row < p->rows.count; row++)
		life[row] = t->owners.ptr[p->filter[row]].life;
	add_digit(a, life, value_set_count(&t->lives) + 1);
	add_digit(a, p->day.codes.ptr, value_set_count(&p->days) + 1);
	add_digit(a, t->billed, 2);
	free(life);
}

static void set_filters(struct month_plan *p, const struct asking *a)
{
	uint32_t *of = mem_zalloc(value_set_count(&a->numbers) + 1, sizeof(*of));

	for (size_t i = 0; i < p->told.len; i++)
		of[p->told.ptr[i].kind] = p->told.ptr[i].filter;
	for (size_t row = 0; row < p->rows.count; row++)
		p->filter[row] = of[a->number[row]];
	free(of);
}

static int find_filters(struct telling *t, struct err *err)
{
	struct month_plan *p = t->p;
	AUTO_FREE char *table = str_format("kinds_%d", p->worker);
	AUTO_STR struct str day = {0};
	struct asking a;
	int rc = -1;

	table_fill(&day, embed_find("mainbase/sql/shape/day.sql"),
	    TABLE_WORDS({"column", "r.EXE_SOI_DTD"}));
	asking_init(&a, p, table);
	if (look_at(&a, "DPN_QLF", err) == 0 && look_at(&a, "PRS_DPN_QLP", err) == 0) {
		add_kinds(&a, t);
		rc = ask(&a, t, put_kind, "snds/sql/flatten_told.sql",
		    TABLE_WORDS({"kinds", table}, {"day", str_get(&day)}), take_filter, err);
	}
	if (rc == 0)
		set_filters(p, &a);
	asking_clear(&a);
	return rc;
}

int plan_tell(struct month_plan *p, const uint32_t *billed, struct err *err)
{
	struct telling t = {.p = p, .billed = billed};
	int rc;

	value_set_reset(&p->persons, TABLE_TYPE_I64);
	value_set_reset(&p->filters, TABLE_TYPE_TEXT);
	value_set_reset(&t.lives, TABLE_TYPE_I64);
	p->person = mem_zalloc(p->rows.count + 1, sizeof(*p->person));
	p->filter = mem_zalloc(p->rows.count + 1, sizeof(*p->filter));
	rc = find_persons(&t, err);
	if (rc == 0)
		rc = find_filters(&t, err);
	vec_clear(&t.owners);
	value_set_clear(&t.lives);
	return rc;
}
