#include "omop/check_cdm.h"

#include "base/embed.h"
#include "table/query.h"

static const struct table_need version_need[] = {
    {.name = "cdm_version", .type = TABLE_TYPE_TEXT, .optional = true},
};

static const char *const source_columns[] = {"cdm_source_name", "cdm_source_abbreviation",
    "cdm_holder", "source_description", "source_documentation_reference", "cdm_etl_reference",
    "source_release_date", "cdm_release_date", "cdm_version", "vocabulary_version"};

int omop_cdm_open(struct omop_cdm *cdm, struct table_db *db, const char *path, struct err *err)
{
	cdm->db = db;
	return table_source_open(&cdm->source, db, path, err);
}

void omop_cdm_close(struct omop_cdm *cdm)
{
	table_source_close(&cdm->source);
}

const char *omop_cdm_label(const struct omop_cdm *cdm, const char *table)
{
	if (!table_source_has(cdm->source, table))
		return table;
	return table_source_label(cdm->source, table);
}

int omop_cdm_version(struct omop_cdm *cdm, enum omop_cdm_version *ret, struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;
	const char *label = omop_cdm_label(cdm, "cdm_source");
	int rc;

	*ret = OMOP_CDM_54;
	if (!table_source_has(cdm->source, "cdm_source"))
		return 0;
	if (table_source_view(cdm->source, "cdm_version", "cdm_source", version_need, 1, err) < 0 ||
	    table_query_open(&q, cdm->db, label, embed_find("omop/sql/check/version.sql"),
		TABLE_NO_PARAMS, err) < 0 ||
	    (rc = table_query_next(q, err)) < 0)
		return -1;
	if (rc > 0 && !table_query_is_null(q, 0, 0) && strstr(table_query_text(q, 0, 0).ptr, "5.3"))
		*ret = OMOP_CDM_53;
	return 0;
}

static const char *type_name(enum table_type type)
{
	switch (type) {
	case TABLE_TYPE_I32:
	case TABLE_TYPE_I64: return "BIGINT";
	case TABLE_TYPE_DOUBLE: return "DOUBLE";
	case TABLE_TYPE_DATE: return "DATE";
	case TABLE_TYPE_TEXT: return "VARCHAR";
	}
	abort();
}

static int view_absent(struct omop_cdm *cdm, const struct omop_cdm_table *t, const char *view,
    struct err *err)
{
	AUTO_STR struct str columns = {0};
	AUTO_STR struct str sql = {0};

	for (size_t i = 0; i < t->fields.len; i++)
		str_addf(&columns, "%sCAST(NULL AS %s) AS \"%s\", false AS \"bad_%s\"",
		    i ? ", " : "", type_name(t->fields.ptr[i].type), t->fields.ptr[i].name,
		    t->fields.ptr[i].name);
	table_fill(&sql, embed_find("omop/sql/check/absent_table.sql"),
	    TABLE_WORDS({"view", view}, {"columns", str_get(&columns)}));
	return table_run(cdm->db, t->name, str_view(&sql), TABLE_NO_PARAMS, NULL, err);
}

static int view_table(struct omop_cdm *cdm, struct omop_cdm_table *t, struct err *err)
{
	AUTO_FREE char *view = str_format("cdm_%s", t->name);
	AUTO_ARENA struct arena arena = {0};
	struct table_need *needs = arena_zalloc(&arena, t->fields.len + 1, sizeof(*needs));
	bool *found = arena_zalloc(&arena, t->fields.len + 1, sizeof(*found));

	t->found = table_source_has(cdm->source, t->name);
	if (!t->found)
		return view_absent(cdm, t, view, err);
	for (size_t i = 0; i < t->fields.len; i++) {
		needs[i].name = t->fields.ptr[i].name;
		needs[i].type = t->fields.ptr[i].type;
	}
	if (table_source_view_tolerant(cdm->source, view, t->name, needs, t->fields.len, found,
		err) < 0)
		return -1;
	for (size_t i = 0; i < t->fields.len; i++)
		t->fields.ptr[i].found = found[i];
	return 0;
}

int omop_cdm_view(struct omop_cdm *cdm, struct omop_facts *facts, struct err *err)
{
	bool any = false;

	cdm->facts = facts;
	for (size_t i = 0; i < facts->tables.len; i++) {
		if (view_table(cdm, &facts->tables.ptr[i], err) < 0)
			return -1;
		any |= facts->tables.ptr[i].found;
	}
	if (any)
		return 0;
	(void)err_set(err, ERR_FORMAT, "no table of the OMOP CDM is there");
	return err_hint(err, "tables are files such as person.parquet or person.csv");
}

static int run_file(struct omop_cdm *cdm, const char *file, const char *table, struct err *err)
{
	AUTO_FREE char *view = str_format("cdm_%s", table);
	AUTO_FREE char *kept = str_format("kept_%s", table);
	AUTO_STR struct str sql = {0};

	table_fill(&sql, embed_find(file), TABLE_WORDS({"view", view}, {"kept", kept}));
	return table_run(cdm->db, omop_cdm_label(cdm, table), str_view(&sql), TABLE_NO_PARAMS, NULL,
	    err);
}

int omop_cdm_keep(struct omop_cdm *cdm, struct omop_cdm_table *t, bool *ret_kept,
    struct err *err)
{
	*ret_kept = false;
	if (!t->found || !table_source_is_csv(cdm->source, t->name))
		return 0;
	if (run_file(cdm, "omop/sql/check/keep.sql", t->name, err) < 0)
		return err->code == ERR_LIMIT ? 0 : -1;
	*ret_kept = true;
	return 0;
}

int omop_cdm_release(struct omop_cdm *cdm, struct omop_cdm_table *t, struct err *err)
{
	if (view_table(cdm, t, err) < 0)
		return -1;
	return run_file(cdm, "omop/sql/check/release.sql", t->name, err);
}

int omop_cdm_describe(struct omop_cdm *cdm, struct omop_check_result *result, struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;
	int rc;

	if (table_query_open(&q, cdm->db, omop_cdm_label(cdm, "cdm_source"),
		embed_find("omop/sql/check/source.sql"), TABLE_NO_PARAMS, err) < 0 ||
	    (rc = table_query_next(q, err)) < 0)
		return -1;
	for (size_t i = 0; rc > 0 && i < ARRAY_LEN(source_columns); i++)
		if (!table_query_is_null(q, i, 0))
			*vec_push(&result->source) = (struct omop_source_fact){source_columns[i],
			    arena_strdup(&result->arena, table_query_text(q, i, 0))};
	return 0;
}
