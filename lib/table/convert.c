/*
 * Each needed column gets an SQL expression over the file's column. Where the
 * file's own type cannot be wrong (an integer for an integer) that is a cast.
 * Elsewhere (text, or floating point for an integer) the expression is NULL
 * when the value does not convert, and one pass over the file counts the rows
 * in which something stood and NULL came out. Text that is written everywhere as
 * the cast would write it (12, not "12.0") needs no more than the cast, several
 * times as quick for every later reader; that is counted first.
 */
#include "table/convert.h"

#include "base/embed.h"
#include "table/query.h"

struct column {
	const struct table_need *need;
	char *raw;        /* the quoted column; NULL when absent */
	char *expression; /* its converted form */
	char *plain;      /* a simpler one, for text that needs no care; NULL: none */
	bool checked;     /* may fail row by row */
};

struct plan {
	struct column *columns;
	size_t count;
	bool any_checked;
};

#define AUTO_PLAN AUTO(plan_clear)

static void plan_clear(struct plan *p)
{
	for (size_t i = 0; i < p->count; i++) {
		free(p->columns[i].raw);
		free(p->columns[i].expression);
		free(p->columns[i].plain);
	}
	free(p->columns);
}

enum family {
	FAMILY_INTEGER,
	FAMILY_FLOAT,
	FAMILY_DATE,
	FAMILY_TIMESTAMP,
	FAMILY_TEXT,
	FAMILY_OTHER,
};

static enum family family_of(struct view type)
{
	static const struct {
		const char *prefix;
		enum family family;
	} known[] = {
	    {"TINYINT", FAMILY_INTEGER},
	    {"SMALLINT", FAMILY_INTEGER},
	    {"INTEGER", FAMILY_INTEGER},
	    {"BIGINT", FAMILY_INTEGER},
	    {"UTINYINT", FAMILY_INTEGER},
	    {"USMALLINT", FAMILY_INTEGER},
	    {"UINTEGER", FAMILY_INTEGER},
	    {"UBIGINT", FAMILY_FLOAT},
	    {"HUGEINT", FAMILY_FLOAT},
	    {"FLOAT", FAMILY_FLOAT},
	    {"DOUBLE", FAMILY_FLOAT},
	    {"DECIMAL", FAMILY_FLOAT},
	    {"TIMESTAMP", FAMILY_TIMESTAMP},
	    {"DATE", FAMILY_DATE},
	    {"VARCHAR", FAMILY_TEXT},
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (view_starts(type, VIEW(known[i].prefix)))
			return known[i].family;
	return FAMILY_OTHER;
}

static const char *type_name(enum table_type type)
{
	switch (type) {
	case TABLE_TYPE_I32: return "INTEGER";
	case TABLE_TYPE_I64: return "BIGINT";
	case TABLE_TYPE_DOUBLE: return "DOUBLE";
	case TABLE_TYPE_DATE: return "DATE";
	case TABLE_TYPE_TEXT: return "VARCHAR";
	}
	abort();
}

static const char *type_words(enum table_type type)
{
	switch (type) {
	case TABLE_TYPE_I32:
	case TABLE_TYPE_I64: return "a whole number";
	case TABLE_TYPE_DOUBLE: return "a number";
	case TABLE_TYPE_DATE: return "a date";
	case TABLE_TYPE_TEXT: return "text";
	}
	abort();
}

/* %1$s the raw column, %2$s the wanted type. NULL: a plain cast that cannot fail. */
static const char *pattern_of(enum table_type wanted, enum family have)
{
	switch (wanted) {
	case TABLE_TYPE_TEXT: return NULL;
	case TABLE_TYPE_DOUBLE:
		if (have == FAMILY_INTEGER || have == FAMILY_FLOAT)
			return NULL;
		return "TRY_CAST(trim(%1$s::VARCHAR) AS %2$s)";
	case TABLE_TYPE_I32:
	case TABLE_TYPE_I64:
		if (have == FAMILY_INTEGER && wanted == TABLE_TYPE_I64)
			return NULL;
		if (have == FAMILY_INTEGER)
			return "TRY_CAST(%1$s AS %2$s)";
		if (have == FAMILY_FLOAT)
			return "CASE WHEN %1$s = trunc(%1$s) THEN TRY_CAST(%1$s AS %2$s) END";
		/* What reads back equal needs no look at its signs, ten times as costly. */
		return "CASE WHEN TRY_CAST(%1$s AS %2$s)::VARCHAR = %1$s::VARCHAR "
		       "THEN TRY_CAST(%1$s AS %2$s) "
		       "WHEN regexp_full_match(trim(%1$s::VARCHAR), '[+-]?[0-9]+([.]0*)?') "
		       "THEN TRY_CAST(split_part(trim(%1$s::VARCHAR), '.', 1) AS %2$s) END";
	case TABLE_TYPE_DATE:
		if (have == FAMILY_DATE || have == FAMILY_TIMESTAMP)
			return NULL;
		return "CASE WHEN TRY_CAST(%1$s AS %2$s)::VARCHAR = %1$s::VARCHAR "
		       "AND length(%1$s::VARCHAR) = 10 THEN TRY_CAST(%1$s AS %2$s) "
		       "WHEN regexp_full_match(trim(%1$s::VARCHAR), "
		       "'[0-9]{4}-[0-9]{2}-[0-9]{2}([ T].*)?') "
		       "THEN TRY_CAST(left(trim(%1$s::VARCHAR), 10) AS %2$s) "
		       "WHEN regexp_full_match(trim(%1$s::VARCHAR), '[0-9]{8}') "
		       "THEN TRY_CAST(try_strptime(trim(%1$s::VARCHAR), '%%Y%%m%%d') AS %2$s) END";
	}
	abort();
}

/* Fill in %1$s and %2$s; %% is a per cent sign. */
static char *fill(const char *pattern, const char *raw, const char *type)
{
	struct str out = {0};

	for (const char *p = pattern; *p; p++) {
		if (*p != '%') {
			str_addc(&out, *p);
		} else if (p[1] == '%') {
			str_addc(&out, '%');
			p++;
		} else {
			str_addz(&out, p[1] == '1' ? raw : type);
			p += 3;
		}
	}
	return str_take(&out);
}

static void plan_column(struct plan *plan, struct column *c, struct view name, struct view type)
{
	const char *wanted = type_name(c->need->type);
	const char *pattern = pattern_of(c->need->type, family_of(type));
	struct str raw = {0};

	table_quote_name(&raw, name);
	c->raw = str_take(&raw);
	if (pattern) {
		c->expression = fill(pattern, c->raw, wanted);
		c->checked = plan->any_checked = true;
		if (family_of(type) == FAMILY_TEXT)
			c->plain = str_format("TRY_CAST(%s AS %s)", c->raw, wanted);
	} else if (c->need->type == TABLE_TYPE_TEXT) {
		c->expression = str_format("nullif(%s::VARCHAR, '')", c->raw);
	} else {
		c->expression = str_format("%s::%s", c->raw, wanted);
	}
}

/* An absent column is NULL, where it may be absent. */
static int plan_absent(struct plan *plan, const char *label, bool tolerant, struct err *err)
{
	for (size_t i = 0; i < plan->count; i++) {
		struct column *c = &plan->columns[i];

		if (c->raw)
			continue;
		if (!tolerant && !c->need->optional)
			return err_set(err, ERR_FORMAT, "%s: column %s is missing", label,
			    c->need->name);
		c->expression = str_format("NULL::%s", type_name(c->need->type));
	}
	return 0;
}

static int plan_make(struct plan *plan, struct table_db *db, const char *relation,
    const char *label, const struct table_need *needs, size_t count, bool tolerant,
    struct err *err)
{
	AUTO_STR struct str sql = {0};
	AUTO_QUERY struct table_query *q = NULL;
	int rc;

	table_fill(&sql, embed_find("table/sql/describe.sql"), TABLE_WORDS({"relation", relation}));
	plan->columns = mem_zalloc(count, sizeof(*plan->columns));
	plan->count = count;
	for (size_t i = 0; i < count; i++)
		plan->columns[i].need = &needs[i];
	if (table_query_open(&q, db, label, str_view(&sql), TABLE_NO_PARAMS, err) < 0)
		return -1;
	while ((rc = table_query_next(q, err)) > 0) {
		for (size_t r = 0; r < table_query_rows(q); r++) {
			struct view name = table_query_text(q, 0, r);

			for (size_t i = 0; i < count; i++)
				if (!plan->columns[i].raw &&
				    view_eq_nocase(name, VIEW(needs[i].name)))
					plan_column(plan, &plan->columns[i], name,
					    table_query_text(q, 1, r));
		}
	}
	return rc < 0 ? -1 : plan_absent(plan, label, tolerant, err);
}

/* Something stands there, and nothing comes out. */
static void add_bad(struct str *sql, const struct column *c)
{
	str_addf(sql,
	    "(CASE WHEN (%s) IS NULL THEN %s IS NOT NULL AND trim(%s::VARCHAR) <> '' "
	    "ELSE false END)",
	    c->expression, c->raw, c->raw);
}

static int tell_bad(struct table_db *db, const char *relation, const char *label,
    const struct column *c, struct err *err)
{
	AUTO_STR struct str bad = {0};
	int64_t row;

	add_bad(&bad, c);
	if (table_first_row(db, label, relation, str_get(&bad), &row, err) < 0)
		return -1;
	return err_set(err, ERR_FORMAT, "%s: column %s: row %lld is not %s", label, c->need->name,
	    (long long)row, type_words(c->need->type));
}

/* Something stands there that the plain form does not give back, or that is bad. */
static void add_odd(struct str *sql, const struct column *c)
{
	if (!c->plain)
		add_bad(sql, c);
	else if (c->need->type == TABLE_TYPE_DOUBLE)
		str_addf(sql, "(%s <> '' AND %s IS NULL)", c->raw, c->plain);
	else
		str_addf(sql, "(%s <> '' AND coalesce(%s::VARCHAR <> %s, true))", c->raw, c->plain,
		    c->raw);
	if (c->plain && c->need->type == TABLE_TYPE_DATE) /* not the year 12024, not infinity */
		str_addf(sql, " OR length(%s) NOT IN (0, 10)", c->raw);
}

/* Columns for which no row holds need no check any more; *ret: the first of the others, or NULL. */
static int count_rows(struct plan *plan, struct table_db *db, const char *relation,
    const char *label, void (*add)(struct str *, const struct column *),
    const struct column **ret, struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;
	AUTO_STR struct str sql = {0};
	size_t at = 0;

	str_addz(&sql, "SELECT ");
	for (size_t i = 0; i < plan->count; i++) {
		if (!plan->columns[i].checked)
			continue;
		str_addz(&sql, at++ ? ", count(*) FILTER (WHERE " : "count(*) FILTER (WHERE ");
		add(&sql, &plan->columns[i]);
		str_addz(&sql, ")::BIGINT");
	}
	str_addf(&sql, " FROM %s", relation);
	if (table_query_open(&q, db, label, str_view(&sql), TABLE_NO_PARAMS, err) < 0 ||
	    table_query_next(q, err) < 0)
		return -1;
	*ret = NULL;
	at = 0;
	for (size_t i = 0; i < plan->count; i++) {
		struct column *c = &plan->columns[i];

		if (c->checked)
			c->checked = table_query_i64(q, at++)[0] > 0;
		if (c->checked && !*ret)
			*ret = c;
	}
	return 0;
}

static void use_plain(struct column *c)
{
	if (!c->plain || c->checked)
		return;
	free(c->expression);
	c->expression = TAKE(c->plain);
}

static int check(struct plan *plan, struct table_db *db, const char *relation, const char *label,
    struct err *err)
{
	const struct column *first = NULL;

	if (!plan->any_checked)
		return 0;
	if (count_rows(plan, db, relation, label, add_odd, &first, err) < 0)
		return -1;
	for (size_t i = 0; i < plan->count; i++)
		use_plain(&plan->columns[i]);
	if (first && count_rows(plan, db, relation, label, add_bad, &first, err) < 0)
		return -1;
	return first ? tell_bad(db, relation, label, first, err) : 0;
}

int table_first_row(struct table_db *db, const char *label, const char *relation,
    const char *condition, int64_t *ret, struct err *err)
{
	AUTO_STR struct str sql = {0};

	table_fill(&sql, embed_find("table/sql/first_row.sql"),
	    TABLE_WORDS({"relation", relation}, {"condition", condition}));
	return table_run(db, label, str_view(&sql), TABLE_NO_PARAMS, ret, err);
}

static void begin_view(struct str *sql, const char *view)
{
	str_addz(sql, "CREATE OR REPLACE VIEW ");
	table_quote_name(sql, VIEW(view));
	str_addz(sql, " AS SELECT ");
}

int table_convert_view(struct table_db *db, const char *view, const char *relation,
    const char *label, const struct table_need *needs, size_t count, struct err *err)
{
	AUTO_PLAN struct plan plan = {0};
	AUTO_STR struct str sql = {0};

	if (plan_make(&plan, db, relation, label, needs, count, false, err) < 0 ||
	    check(&plan, db, relation, label, err) < 0)
		return -1;
	begin_view(&sql, view);
	for (size_t i = 0; i < count; i++) {
		str_addf(&sql, "%s%s AS ", i ? ", " : "", plan.columns[i].expression);
		table_quote_name(&sql, VIEW(needs[i].name));
	}
	str_addf(&sql, " FROM %s", relation);
	return table_run(db, label, str_view(&sql), TABLE_NO_PARAMS, NULL, err);
}

static void add_tolerant(struct str *sql, const struct column *c)
{
	AUTO_FREE char *bad = str_format("bad_%s", c->need->name);

	str_addf(sql, "%s AS ", c->expression);
	table_quote_name(sql, VIEW(c->need->name));
	str_addz(sql, ", ");
	if (c->checked)
		add_bad(sql, c);
	else
		str_addz(sql, "false");
	str_addz(sql, " AS ");
	table_quote_name(sql, VIEW(bad));
}

int table_convert_tolerant(struct table_db *db, const char *view, const char *relation,
    const char *label, const struct table_need *needs, size_t count, bool *ret_found,
    struct err *err)
{
	AUTO_PLAN struct plan plan = {0};
	AUTO_STR struct str sql = {0};

	if (plan_make(&plan, db, relation, label, needs, count, true, err) < 0)
		return -1;
	begin_view(&sql, view);
	for (size_t i = 0; i < count; i++) {
		if (i)
			str_addz(&sql, ", ");
		add_tolerant(&sql, &plan.columns[i]);
		ret_found[i] = plan.columns[i].raw != NULL;
	}
	str_addf(&sql, " FROM %s", relation);
	return table_run(db, label, str_view(&sql), TABLE_NO_PARAMS, NULL, err);
}
