/*
 * One query a file counts everything that can be said of single cells: for
 * each check the rows for which a condition holds. Where one holds, a second
 * query finds the first row of each.
 */
#include "base/embed.h"
#include "snds/check_inside.h"
#include "table/query.h"

#include <inttypes.h>

struct probe {
	const struct check_column *column; /* NULL: of the whole row */
	const char *rule;
	const char *names; /* what the result calls the column */
	char *condition;   /* true: a violation */
	size_t place;      /* in the query's columns */
	size_t present;    /* there too: cells that are not missing */
	struct snds_checked *found;
};

struct probes {
	struct str counts, marks;
	size_t columns; /* of the query */
	VEC(struct probe) list;
};

#define AUTO_PROBES AUTO(probes_clear)

static void probes_clear(struct probes *p)
{
	for (size_t i = 0; i < p->list.len; i++)
		free(p->list.ptr[i].condition);
	vec_clear(&p->list);
	str_clear(&p->counts);
	str_clear(&p->marks);
}

/* A number that cannot be another type, whatever its value. */
static bool cannot_fail(enum snds_type type, enum check_family family)
{
	switch (type) {
	case SNDS_STRING: return true;
	case SNDS_NUMBER: return family == CHECK_INTEGER || family == CHECK_FLOAT;
	case SNDS_INTEGER: return family == CHECK_INTEGER;
	case SNDS_DATE:
	case SNDS_DATETIME:
	case SNDS_YEARMONTH: return family == CHECK_DAY;
	case SNDS_MONTH:
	case SNDS_YEAR:
	case SNDS_BOOLEAN:
	case SNDS_TYPES: return false;
	}
	return false;
}

/* NULL: no cell can be wrong. */
static char *bad_type(const struct check_column *c)
{
	enum snds_type type = c->schema->type;

	if (cannot_fail(type, c->family))
		return NULL;
	if (c->family == CHECK_INTEGER && type == SNDS_YEAR)
		return str_format("%s NOT BETWEEN 1000 AND 9999", c->raw);
	if (c->family == CHECK_INTEGER && type == SNDS_MONTH)
		return str_format("%s NOT BETWEEN 1 AND 12", c->raw);
	if (c->family == CHECK_INTEGER && type == SNDS_BOOLEAN)
		return str_format("%s NOT IN (0, 1)", c->raw);
	AUTO_FREE char *text = check_text(c);
	return str_format("snds_bad_%s(%s)", snds_type_name(type), text);
}

static char *too_long(const struct check_column *c)
{
	static const int64_t limit = 18; /* digits that fit a BIGINT */
	enum snds_type type = c->schema->type;
	int length = c->schema->length;
	int64_t power = 1;

	if (length == 0 || c->family == CHECK_DAY)
		return NULL;
	AUTO_FREE char *text = check_text(c);
	if (type == SNDS_STRING)
		return str_format("length(%s) > %d", text, length);
	if (type != SNDS_INTEGER && type != SNDS_NUMBER)
		return NULL;
	if (c->family == CHECK_TEXT || length > limit)
		return str_format("CASE WHEN length(%s) > %d THEN snds_digits(%s) > %d END", text,
		    length, text, length);
	for (int i = 0; i < length; i++)
		power *= 10;
	return str_format("(%s >= %" PRId64 " OR %s <= -%" PRId64 ")", c->raw, power, c->raw,
	    power);
}

static struct probe *add(struct probes *p, const struct check_column *c, const char *rule,
    const char *names, char *condition)
{
	struct probe *probe = vec_push(&p->list);

	*probe = (struct probe){.column = c, .rule = rule, .names = names, .condition = condition};
	str_addf(&p->counts, ",\n\tCAST(count(*) FILTER (WHERE %s) AS BIGINT)", condition);
	probe->place = p->columns++;
	return probe;
}

/* Cells that hold something: counted once a column. */
static size_t add_present(struct probes *p, const struct check_column *c)
{
	if (c->family == CHECK_TEXT)
		str_addf(&p->counts, ",\n\tCAST(count(nullif(%s, '')) AS BIGINT)", c->raw);
	else
		str_addf(&p->counts, ",\n\tCAST(count(%s) AS BIGINT)", c->raw);
	return p->columns++;
}

static void add_cell(struct probes *p, const struct check_column *c, const char *rule,
    char *condition, size_t *present)
{
	struct probe *probe;

	if (!condition)
		return;
	if (!*present)
		*present = add_present(p, c);
	probe = add(p, c, rule, c->name, condition);
	probe->present = *present;
}

/* Rows of another year: the PMSI files a stay under the year of its end. */
static char *other_year(const struct check_file *f, const struct check_column *c)
{
	if (!f->year || strcmp(f->table->product, "MCO") != 0 ||
	    strcmp(c->schema->name, "SOR_ANN") != 0)
		return NULL;
	AUTO_FREE char *text = check_text(c);
	return str_format("TRY_CAST(%s AS DOUBLE) <> %d", text, f->year);
}

/*
 * Membership is a mark in the rows that are counted: a subquery cannot stand
 * in an aggregate. A column that is a number, or was stored as one, is compared as one.
 */
static char *no_member(struct probes *p, const struct check_column *c,
    const struct snds_nomenclature *n)
{
	bool number = c->schema->digits || c->schema->type == SNDS_INTEGER ||
	              c->family == CHECK_INTEGER || n->numbers;
	AUTO_FREE char *text = check_text(c);
	AUTO_FREE char *present = check_present(c);
	AUTO_STR struct str name = {0};
	size_t mark = p->columns;

	table_quote_text(&name, VIEW(c->schema->nomenclature));
	if (c->family == CHECK_INTEGER)
		str_addf(&p->marks, ",\n\t%s::VARCHAR", c->raw);
	else
		str_addf(&p->marks, number ? ",\n\tsnds_plain(%s)" : ",\n\t%s", text);
	str_addf(&p->marks, " IN (SELECT %s FROM snds_codes WHERE nomenclature = %s)",
	    number ? "plain" : "code", str_get(&name));
	str_addf(&p->marks, " AS snds_in_%zu", mark);
	return str_format("NOT snds_in_%zu AND %s", mark, present);
}

/* A list none of whose codes fits the column is not its list (IR_EPS_V holds words). */
static bool fits(const struct snds_nomenclature *n, int length)
{
	for (size_t i = 0; length && i < n->codes.len; i++)
		if (strlen(n->codes.ptr[i].code) <= (size_t)length)
			return true;
	return length == 0;
}

static int add_column(struct check *k, const struct check_file *f, struct probes *p,
    const struct check_column *c, struct err *err)
{
	size_t present = 0;
	const struct snds_nomenclature *codes = NULL;

	if (!c->schema)
		return 0;
	add_cell(p, c, "cell.type", bad_type(c), &present);
	add_cell(p, c, "cell.length", too_long(c), &present);
	add_cell(p, c, "cell.year", other_year(f, c), &present);
	if (*c->schema->nomenclature && check_codes(k, c->schema->nomenclature, &codes, err) < 0)
		return -1;
	if (codes && fits(codes, c->schema->length))
		add_cell(p, c, "code.member", no_member(p, c, codes), &present);
	return 0;
}

static void add_key(struct check *k, const struct check_file *f, struct probes *p)
{
	AUTO_STR struct str missing = {0};
	AUTO_STR struct str names = {0};

	for (size_t i = 0; i < f->table->key.len; i++) {
		const struct check_column *c = check_column(k, f, f->table->key.ptr[i]);

		if (!c)
			continue;
		AUTO_FREE char *present = check_present(c);
		if (i < CHECK_KEY_NAMES)
			str_addf(&names, "%s%s", i ? "+" : "", c->name);
		str_addf(&missing, "%s(%s) IS NOT TRUE", missing.len ? " OR " : "", present);
	}
	if (f->table->key.len > CHECK_KEY_NAMES)
		str_addf(&names, "+%zu more", f->table->key.len - CHECK_KEY_NAMES);
	if (missing.len)
		(void)add(p, NULL, "key.missing", arena_strdup(k->arena, str_view(&names)),
		    str_take(&missing));
}

static int count(struct check *k, struct check_file *f, struct probes *p, struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;
	AUTO_STR struct str sql = {0};

	table_fill(&sql, embed_find("snds/sql/check_cells.sql"),
	    TABLE_WORDS({"counts", str_get(&p->counts)}, {"marks", str_get(&p->marks)},
		{"relation", f->relation}));
	if (table_query_open(&q, k->db, f->label, str_view(&sql), TABLE_NO_PARAMS, err) < 0 ||
	    table_query_next(q, err) < 0)
		return -1;
	f->rows = table_query_i64(q, 0)[0];
	vec_reserve(&k->result->checks, k->result->checks.len + p->list.len);
	for (size_t i = 0; i < p->list.len; i++) {
		struct probe *probe = &p->list.ptr[i];

		probe->found = check_add(k, probe->rule, f, probe->names,
		    table_query_i64(q, probe->present)[0], table_query_i64(q, probe->place)[0]);
		if (strcmp(probe->rule, "code.member") == 0)
			probe->found->detail = arena_strdup(k->arena,
			    VIEW(probe->column->schema->nomenclature));
		else if (strcmp(probe->rule, "cell.type") == 0)
			probe->found->detail = snds_type_name(probe->column->schema->type);
	}
	return 0;
}

static int find_first_rows(struct check *k, const struct check_file *f, const struct probes *p,
    struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;
	AUTO_STR struct str firsts = {0};
	AUTO_STR struct str sql = {0};
	size_t at = 0;

	for (size_t i = 0; i < p->list.len; i++)
		if (p->list.ptr[i].found->violations)
			str_addf(&firsts, "%s\n\tCAST(min(snds_row) FILTER (WHERE %s) AS BIGINT)",
			    firsts.len ? "," : "", p->list.ptr[i].condition);
	if (firsts.len == 0)
		return 0;
	table_fill(&sql, embed_find("snds/sql/check_first_rows.sql"),
	    TABLE_WORDS({"firsts", str_get(&firsts)}, {"marks", str_get(&p->marks)},
		{"relation", f->relation}));
	if (table_query_open(&q, k->db, f->label, str_view(&sql), TABLE_NO_PARAMS, err) < 0 ||
	    table_query_next(q, err) < 0)
		return -1;
	for (size_t i = 0; i < p->list.len; i++)
		if (p->list.ptr[i].found->violations)
			p->list.ptr[i].found->first_row = table_query_i64(q, at++)[0];
	return 0;
}

int check_cells(struct check *k, struct check_file *f, struct err *err)
{
	AUTO_PROBES struct probes p = {.columns = 1};

	for (size_t i = 0; i < f->columns.len; i++)
		if (add_column(k, f, &p, &f->columns.ptr[i], err) < 0)
			return -1;
	add_key(k, f, &p);
	if (count(k, f, &p, err) < 0)
		return -1;
	return find_first_rows(k, f, &p, err);
}
