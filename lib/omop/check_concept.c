#include "omop/check_concept.h"

#include "base/embed.h"
#include "omop/check_sql.h"
#include "table/query.h"

#include <inttypes.h>

static void add_text(struct str *sql, const char *text)
{
	str_addz(sql, ", ");
	if (text)
		table_quote_text(sql, VIEW(text));
	else
		str_addz(sql, "NULL");
}

/* One row for each concept of a check; one without concept for a check of a field. */
static void add_check_rows(struct str *rows, const struct omop_check_result *result, size_t number)
{
	const struct omop_check *c = &result->checks.ptr[number];
	struct view ids = VIEW(c->concept_ids ? c->concept_ids : "NULL");
	struct view id;

	while (view_next(&ids, ',', &id)) {
		str_addf(rows, "%s(%zu", rows->len ? ", " : "", number);
		add_text(rows, result->types[c->kind].name);
		add_text(rows, c->table);
		add_text(rows, c->field);
		str_addf(rows, ", %.*s", VIEW_ARG(id));
		add_text(rows, c->value);
		str_addc(rows, ')');
	}
}

static bool is_of_concepts(const struct omop_check *c)
{
	enum omop_pass pass = omop_sql_pass(c);

	return pass == OMOP_PASS_CONCEPT || pass == OMOP_PASS_GENDER || pass == OMOP_PASS_UNIT;
}

int omop_concept_begin(struct omop_cdm *cdm, const struct omop_check_result *result,
    struct err *err)
{
	AUTO_STR struct str rows = {0};
	AUTO_STR struct str sql = {0};

	for (size_t i = 0; i < result->checks.len; i++)
		if (is_of_concepts(&result->checks.ptr[i]))
			add_check_rows(&rows, result, i);
	if (table_run_file(cdm->db, "omop/sql/check/concept_tables.sql", TABLE_NO_PARAMS, NULL,
		err) < 0)
		return -1;
	if (rows.len == 0)
		return 0;
	str_addf(&sql, "INSERT INTO concept_check VALUES %s", str_get(&rows));
	return table_run(cdm->db, "concept_check", str_view(&sql), TABLE_NO_PARAMS, NULL, err);
}

/* A field of concepts with values to count. */
static bool is_used(const struct omop_cdm *cdm, const struct omop_check_result *result,
    const struct omop_cdm_table *t, const struct omop_cdm_field *f, enum omop_pass pass)
{
	if (f->filled == 0 || !cdm->facts)
		return false;
	for (size_t i = 0; i < result->checks.len; i++) {
		const struct omop_check *c = &result->checks.ptr[i];

		if (c->field && strcmp(c->table, t->name) == 0 && strcmp(c->field, f->name) == 0 &&
		    omop_sql_pass(c) == pass)
			return true;
	}
	return false;
}

static int run_on(struct omop_cdm *cdm, const char *table, const struct str *sql, struct err *err)
{
	return table_run(cdm->db, omop_cdm_label(cdm, table), str_view(sql), TABLE_NO_PARAMS, NULL,
	    err);
}

static int count_concepts(struct omop_cdm *cdm, const struct omop_check_result *result,
    const struct omop_cdm_table *t, struct err *err)
{
	AUTO_STR struct str cases = {0}, fields = {0}, sets = {0}, sql = {0};
	AUTO_FREE char *view = str_format("cdm_%s", t->name);

	for (size_t i = 0; i < t->fields.len; i++) {
		const char *name = t->fields.ptr[i].name;

		if (!is_used(cdm, result, t, &t->fields.ptr[i], OMOP_PASS_CONCEPT))
			continue;
		omop_sql_field(&cases, "concept_case", t->name, name);
		str_addf(&fields, "%st.\"%s\"", fields.len ? ", " : "", name);
		str_addf(&sets, "%s(t.\"%s\")", sets.len ? ", " : "", name);
	}
	if (sets.len == 0)
		return 0;
	table_fill(&sql, embed_find("omop/sql/check/concept_used.sql"),
	    TABLE_WORDS({"name", t->name}, {"table", view}, {"cases", str_get(&cases)},
		{"fields", str_get(&fields)}, {"sets", str_get(&sets)}));
	return run_on(cdm, t->name, &sql, err);
}

int omop_concept_count(struct omop_cdm *cdm, const struct omop_check_result *result,
    const struct omop_cdm_table *t, struct err *err)
{
	static const struct {
		enum omop_pass pass;
		const char *file;
	} others[] = {{OMOP_PASS_GENDER, "gender_used"}, {OMOP_PASS_UNIT, "unit_used"}};

	if (count_concepts(cdm, result, t, err) < 0)
		return -1;
	for (size_t i = 0; i < t->fields.len; i++) {
		for (size_t k = 0; k < ARRAY_LEN(others); k++) {
			AUTO_STR struct str sql = {0};

			if (!is_used(cdm, result, t, &t->fields.ptr[i], others[k].pass))
				continue;
			omop_sql_field(&sql, others[k].file, t->name, t->fields.ptr[i].name);
			if (run_on(cdm, t->name, &sql, err) < 0)
				return -1;
		}
	}
	return 0;
}

/* Rows of (check, violated[, denominator]) into the checks. */
static int read_result(struct omop_cdm *cdm, const char *file, struct omop_check_result *result,
    struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;
	int rc;

	if (table_query_open(&q, cdm->db, file, embed_find(file), TABLE_NO_PARAMS, err) < 0)
		return -1;
	while ((rc = table_query_next(q, err)) > 0)
		for (size_t i = 0; i < table_query_rows(q); i++) {
			struct omop_check *c = &result->checks.ptr[table_query_i64(q, 0)[i]];

			c->violated = table_query_i64(q, 1)[i];
			if (table_query_columns(q) > 2)
				c->denominator = table_query_i64(q, 2)[i];
		}
	return rc;
}

/* No value, no row in the results: the counts are zero. */
static void begin_at_zero(const struct omop_cdm *cdm, struct omop_check *c)
{
	const struct omop_cdm_table *t = omop_facts_table(cdm->facts, c->table);
	const struct omop_cdm_field *f = omop_facts_field(cdm->facts, c->table, c->field);

	if (!t->found || !f->found)
		return;
	c->violated = 0;
	c->denominator = 0;
	if (omop_sql_pass(c) == OMOP_PASS_CONCEPT)
		c->denominator =
		    c->kind == OMOP_IS_STANDARD_VALID_CONCEPT ? f->filled : t->rows;
}

int omop_concept_end(struct omop_cdm *cdm, struct omop_check_result *result, struct err *err)
{
	static const char *const files[] = {"omop/sql/check/concept_result.sql",
	    "omop/sql/check/gender_result.sql", "omop/sql/check/unit_result.sql"};

	for (size_t i = 0; i < result->checks.len; i++)
		if (is_of_concepts(&result->checks.ptr[i]))
			begin_at_zero(cdm, &result->checks.ptr[i]);
	if (table_run(cdm->db, omop_cdm_label(cdm, "concept"),
		embed_find("omop/sql/check/concept_seen.sql"), TABLE_NO_PARAMS, NULL, err) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		if (read_result(cdm, files[i], result, err) < 0)
			return -1;
	return 0;
}
