#include "omop/check_run.h"

#include "base/cancel.h"
#include "omop/check_concept.h"
#include "omop/check_sql.h"
#include "table/query.h"

struct run {
	struct omop_cdm *cdm;
	struct omop_facts *facts;
	struct omop_check_result *result;
};

/* Something to count: the table has rows and the field, if it names one, values. */
static bool is_countable(const struct run *r, const struct omop_check *c)
{
	const struct omop_cdm_table *t = omop_facts_table(r->facts, c->table);
	const struct omop_cdm_field *f =
	    c->field ? omop_facts_field(r->facts, c->table, c->field) : NULL;

	if (!t || !t->found)
		return false;
	return f ? f->found && t->rows > 0 : true;
}

static int open_counts(struct table_query **q, struct run *r, const char *table,
    const struct str *sql, struct err *err)
{
	int rc;

	if (table_query_open(q, r->cdm->db, omop_cdm_label(r->cdm, table), str_view(sql),
		TABLE_NO_PARAMS, err) < 0)
		return -1;
	rc = table_query_next(*q, err);
	if (rc == 0)
		return err_set(err, ERR_INTERNAL, "%s: no counts", table);
	return rc < 0 ? -1 : 0;
}

/* Rows, and of every field how many values there are, of its type and of others. */
static int count_values(struct run *r, struct omop_cdm_table *t, struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;
	AUTO_STR struct str counts = {0};
	AUTO_STR struct str sql = {0};
	size_t at = 0;

	omop_sql_field(&counts, "rows", t->name, "");
	for (size_t i = 0; i < t->fields.len; i++) {
		if (!t->fields.ptr[i].found)
			continue;
		str_addz(&counts, ", ");
		omop_sql_field(&counts, "field", t->name, t->fields.ptr[i].name);
	}
	omop_sql_frame(&sql, OMOP_PASS_TABLE, t->name, str_get(&counts));
	if (open_counts(&q, r, t->name, &sql, err) < 0)
		return -1;
	t->rows = table_query_i64(q, at++)[0];
	for (size_t i = 0; i < t->fields.len; i++) {
		if (!t->fields.ptr[i].found)
			continue;
		t->fields.ptr[i].filled = table_query_i64(q, at++)[0];
		t->fields.ptr[i].bad = table_query_i64(q, at++)[0];
	}
	return 0;
}

/* Every check of the table that belongs into this pass. */
static int count_pass(struct run *r, const struct omop_cdm_table *t, enum omop_pass pass,
    struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;
	AUTO_STR struct str counts = {0};
	AUTO_STR struct str sql = {0};
	VEC(struct omop_check *)
	members = {0};
	int rc = 0;

	for (size_t i = 0; i < r->result->checks.len; i++) {
		struct omop_check *c = &r->result->checks.ptr[i];

		if (strcmp(c->table, t->name) != 0 || omop_sql_pass(c) != pass ||
		    !is_countable(r, c))
			continue;
		if (members.len)
			str_addz(&counts, ", ");
		omop_sql_check(&counts, r->facts, c);
		*vec_push(&members) = c;
	}
	if (members.len) {
		omop_sql_frame(&sql, pass, t->name, str_get(&counts));
		rc = open_counts(&q, r, t->name, &sql, err);
	}
	for (size_t i = 0; rc == 0 && i < members.len; i++) {
		members.ptr[i]->violated = table_query_i64(q, 2 * i)[0];
		members.ptr[i]->denominator = table_query_i64(q, 2 * i + 1)[0];
	}
	vec_clear(&members);
	return rc;
}

static int count_alone(struct run *r, struct omop_check *c, struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;
	AUTO_STR struct str sql = {0};

	omop_sql_check(&sql, r->facts, c);
	if (open_counts(&q, r, c->table, &sql, err) < 0)
		return -1;
	c->violated = table_query_i64(q, 0)[0];
	c->denominator = table_query_i64(q, 1)[0];
	return 0;
}

/* What count_values has counted already. */
static void take_counts(const struct run *r, struct omop_check *c)
{
	const struct omop_cdm_table *t = omop_facts_table(r->facts, c->table);
	const struct omop_cdm_field *f =
	    c->field ? omop_facts_field(r->facts, c->table, c->field) : NULL;

	if (c->kind == OMOP_CDM_TABLE) {
		c->violated = !t->found;
		c->denominator = 1;
	}
	if (!f || !t->found)
		return;
	if (c->kind == OMOP_CDM_FIELD) {
		c->violated = !f->found;
		c->denominator = 1;
	}
	if (!f->found)
		return;
	if (c->kind == OMOP_IS_REQUIRED || c->kind == OMOP_VALUE_COMPLETENESS) {
		c->violated = t->rows - f->filled - f->bad;
		c->denominator = t->rows;
	} else if (c->kind == OMOP_CDM_DATATYPE) {
		c->violated = f->bad;
		c->denominator = t->rows;
	}
}

static int count_kept(struct run *r, struct omop_cdm_table *t, struct err *err)
{
	if (t->found && count_values(r, t, err) < 0)
		return -1;
	for (enum omop_pass pass = OMOP_PASS_TABLE; t->rows > 0 && pass < OMOP_PASSES; pass++)
		if (count_pass(r, t, pass, err) < 0)
			return -1;
	for (size_t i = 0; i < r->result->checks.len; i++) {
		struct omop_check *c = &r->result->checks.ptr[i];

		if (strcmp(c->table, t->name) != 0)
			continue;
		take_counts(r, c);
		if (omop_sql_pass(c) == OMOP_PASS_ALONE && is_countable(r, c) &&
		    count_alone(r, c, err) < 0)
			return -1;
	}
	return t->rows > 0 ? omop_concept_count(r->cdm, r->result, t, err) : 0;
}

static int count_table(struct run *r, struct omop_cdm_table *t, struct err *err)
{
	bool kept;

	if (cancel_check(err) < 0 || omop_cdm_keep(r->cdm, t, &kept, err) < 0 ||
	    count_kept(r, t, err) < 0)
		return -1;
	return kept ? omop_cdm_release(r->cdm, t, err) : 0;
}

int omop_check_run(struct omop_cdm *cdm, struct omop_check_result *result,
    struct progress *progress, struct err *err)
{
	struct run r = {cdm, cdm->facts, result};
	int rc = table_run_file(cdm->db, "omop/sql/check/birth.sql", TABLE_NO_PARAMS, NULL, err);

	if (rc < 0 || omop_concept_begin(cdm, result, err) < 0)
		return -1;
	progress_start(progress, "checking", "tables", cdm->facts->tables.len);
	for (size_t i = 0; rc == 0 && i < cdm->facts->tables.len; i++) {
		rc = count_table(&r, &cdm->facts->tables.ptr[i], err);
		progress_add(progress, 1);
	}
	if (rc == 0)
		rc = omop_concept_end(cdm, result, err);
	progress_end(progress);
	return rc;
}
