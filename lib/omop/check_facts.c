#include "omop/check_facts.h"

#include "omop/check_level.h"
#include "omop/wide.h"

static const char *const vocabulary_tables[] = {"concept", "vocabulary", "concept_ancestor",
    "concept_relationship", "concept_class", "concept_synonym", "relationship", "domain"};

struct omop_cdm_table *omop_facts_table(const struct omop_facts *facts, const char *name)
{
	for (size_t i = 0; i < facts->tables.len; i++)
		if (strcmp(facts->tables.ptr[i].name, name) == 0)
			return &facts->tables.ptr[i];
	return NULL;
}

static struct omop_cdm_field *field_of(const struct omop_cdm_table *t, const char *name)
{
	for (size_t i = 0; i < t->fields.len; i++)
		if (strcmp(t->fields.ptr[i].name, name) == 0)
			return &t->fields.ptr[i];
	return NULL;
}

struct omop_cdm_field *omop_facts_field(const struct omop_facts *facts, const char *table,
    const char *field)
{
	const struct omop_cdm_table *t = omop_facts_table(facts, table);

	return t ? field_of(t, field) : NULL;
}

void omop_facts_clear(struct omop_facts *facts)
{
	for (size_t i = 0; i < facts->tables.len; i++)
		vec_clear(&facts->tables.ptr[i].fields);
	vec_clear(&facts->tables);
}

static int load_types(struct omop_facts *facts, struct err *err)
{
	AUTO_WIDE struct wide w = {0};
	struct arena *a = &facts->result->arena;
	int kind = 0, rc;

	if (wide_open(&w, "omop/data/dqd/check.csv", true, err) < 0)
		return -1;
	while ((rc = wide_next(&w, err)) > 0 && kind < OMOP_CHECK_KINDS) {
		struct omop_check_type *t = &facts->result->types[kind++];

		t->name = arena_strdup(a, wide_get(&w, "checkName"));
		t->level = omop_level_parse(wide_get(&w, "checkLevel"));
		t->severity = omop_severity_parse(wide_get(&w, "severity"));
		t->context = arena_strdup(a, wide_get(&w, "kahnContext"));
		t->category = arena_strdup(a, wide_get(&w, "kahnCategory"));
		t->subcategory = arena_strdup(a, wide_get(&w, "kahnSubcategory"));
		t->description = arena_strdup(a, wide_get(&w, "description"));
	}
	return rc;
}

static enum table_type type_of(struct view datatype)
{
	static const struct {
		const char *name;
		enum table_type type;
	} known[] = {
	    {"integer", TABLE_TYPE_I64},
	    {"bigint", TABLE_TYPE_I64},
	    {"float", TABLE_TYPE_DOUBLE},
	    {"date", TABLE_TYPE_DATE},
	    {"datetime", TABLE_TYPE_DATE}, /* every check compares days */
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (view_eq_nocase(datatype, VIEW(known[i].name)))
			return known[i].type;
	return TABLE_TYPE_TEXT;
}

static int add_table(struct omop_facts *facts, const struct wide *w, struct err *err)
{
	const char *name;
	struct omop_cdm_table *t;

	if (omop_level_name(w, &facts->result->arena, "cdmTableName", &name, err) < 0)
		return -1;
	if (!omop_level_translate(facts, name, "*") || omop_facts_table(facts, name))
		return 0;
	t = vec_push(&facts->tables);
	t->name = name;
	t->vocabulary = view_eq_nocase(wide_get(w, "schema"), VIEW_LIT("VOCAB"));
	return 0;
}

static int add_field(struct omop_facts *facts, const struct wide *w, struct err *err)
{
	const char *table, *field;
	struct omop_cdm_table *t;

	if (omop_level_name(w, &facts->result->arena, "cdmTableName", &table, err) < 0 ||
	    omop_level_name(w, &facts->result->arena, "cdmFieldName", &field, err) < 0)
		return -1;
	field = omop_level_translate(facts, table, field);
	if (!field || !omop_level_translate(facts, table, "*"))
		return 0;
	t = omop_facts_table(facts, table);
	if (!t)
		return wide_fail(w, "the table is not in the table level file", err);
	if (!field_of(t, field))
		*vec_push(&t->fields) = (struct omop_cdm_field){
		    .name = field,
		    .type = type_of(wide_get(w, "cdmDatatype")),
		    .required = wide_yes(w, "isRequired"),
		};
	return 0;
}

/* A row of a level file: its tables and fields, or its checks. */
typedef int row_fn(struct omop_facts *facts, const struct wide *w, struct err *err);

static int read_rows(struct omop_facts *facts, const char *path, bool embedded, row_fn *row,
    struct err *err)
{
	AUTO_WIDE struct wide w = {0};
	int rc;

	if (wide_open(&w, path, embedded, err) < 0)
		return -1;
	while ((rc = wide_next(&w, err)) > 0)
		if (row(facts, &w, err) < 0)
			return -1;
	return rc;
}

/* Whether the Dashboard checks this row; the vocabulary it leaves to others. */
static bool is_checked(const struct omop_facts *facts, const struct wide *w)
{
	struct view table = wide_get(w, "cdmTableName");

	if (view_eq_nocase(wide_get(w, "cdmFieldName"), VIEW_LIT("offset")))
		return false; /* a reserved word of some databases, so never checked */
	for (size_t i = 0; !facts->vocabulary && i < ARRAY_LEN(vocabulary_tables); i++)
		if (view_eq_nocase(table, VIEW(vocabulary_tables[i])))
			return false;
	return true;
}

static int check_table(struct omop_facts *facts, const struct wide *w, struct err *err)
{
	return is_checked(facts, w) ? omop_level_add_table(facts, w, err) : 0;
}

static int check_field(struct omop_facts *facts, const struct wide *w, struct err *err)
{
	return is_checked(facts, w) ? omop_level_add_field(facts, w, err) : 0;
}

static int check_concept(struct omop_facts *facts, const struct wide *w, struct err *err)
{
	return is_checked(facts, w) ? omop_level_add_concept(facts, w, err) : 0;
}

static int by_kind(const void *a, const void *b)
{
	const struct omop_check *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

/* Our files make the schema, with what the others add; the others the checks. */
static int load_levels(struct omop_facts *facts, const char *table, const char *field,
    const char *concept, bool embedded, struct err *err)
{
	if (read_rows(facts, "omop/data/dqd/table.csv", true, add_table, err) < 0 ||
	    read_rows(facts, "omop/data/dqd/field.csv", true, add_field, err) < 0 ||
	    read_rows(facts, table, embedded, add_table, err) < 0 ||
	    read_rows(facts, field, embedded, add_field, err) < 0)
		return -1;
	if (read_rows(facts, table, embedded, check_table, err) < 0 ||
	    read_rows(facts, field, embedded, check_field, err) < 0 ||
	    read_rows(facts, concept, embedded, check_concept, err) < 0)
		return -1;
	return 0;
}

int omop_facts_load(struct omop_facts *facts, const char *folder, struct err *err)
{
	AUTO_FREE char *table = NULL;
	AUTO_FREE char *field = NULL;
	AUTO_FREE char *concept = NULL;
	int rc;

	if (load_types(facts, err) < 0)
		return -1;
	if (folder && (omop_level_find(folder, "Table_Level.csv", &table, err) < 0 ||
			  omop_level_find(folder, "Field_Level.csv", &field, err) < 0 ||
			  omop_level_find(folder, "Concept_Level.csv", &concept, err) < 0))
		return -1;
	rc = folder ? load_levels(facts, table, field, concept, false, err)
	            : load_levels(facts, "omop/data/dqd/table.csv", "omop/data/dqd/field.csv",
			  "omop/data/dqd/concept.csv", true, err);
	if (rc < 0)
		return -1;
	if (facts->result->checks.len)
		qsort(facts->result->checks.ptr, facts->result->checks.len,
		    sizeof(*facts->result->checks.ptr), by_kind);
	return 0;
}
