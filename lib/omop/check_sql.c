#include "omop/check_sql.h"

#include "base/embed.h"

/* "name" as an identifier; names of tables and fields were checked when they were read. */
static char *quoted(const char *prefix, const char *name)
{
	AUTO_FREE char *whole = str_format("%s%s", prefix, name ? name : "");
	struct str out = {0};

	table_quote_name(&out, VIEW(whole));
	return str_take(&out);
}

static struct view file(const char *name)
{
	AUTO_FREE char *path = str_format("omop/sql/check/%s.sql", name);

	return embed_find(path);
}

static bool is_concept_key(const struct omop_check *c)
{
	return strcmp(c->other_table, "concept") == 0 && strcmp(c->other_field, "concept_id") == 0;
}

enum omop_pass omop_sql_pass(const struct omop_check *c)
{
	switch (c->kind) {
	case OMOP_STANDARD_CONCEPT_COMPLETENESS:
	case OMOP_SOURCE_CONCEPT_COMPLETENESS:
	case OMOP_PLAUSIBLE_VALUE_LOW:
	case OMOP_PLAUSIBLE_VALUE_HIGH:
	case OMOP_PLAUSIBLE_START_BEFORE_END: return OMOP_PASS_TABLE;
	case OMOP_PLAUSIBLE_TEMPORAL_AFTER:
		return strcmp(c->table, c->other_table) == 0 ? OMOP_PASS_TABLE : OMOP_PASS_BIRTH;
	case OMOP_PLAUSIBLE_AFTER_BIRTH: return OMOP_PASS_BIRTH;
	case OMOP_PLAUSIBLE_DURING_LIFE:
	case OMOP_PLAUSIBLE_BEFORE_DEATH: return OMOP_PASS_DEATH;
	case OMOP_WITHIN_VISIT_DATES: return OMOP_PASS_VISIT;
	case OMOP_PERSON_COMPLETENESS:
	case OMOP_CONDITION_ERA_COMPLETENESS:
	case OMOP_OBSERVATION_PERIOD_OVERLAP:
	case OMOP_IS_PRIMARY_KEY:
	case OMOP_SOURCE_VALUE_COMPLETENESS: return OMOP_PASS_ALONE;
	case OMOP_IS_FOREIGN_KEY: return is_concept_key(c) ? OMOP_PASS_CONCEPT : OMOP_PASS_ALONE;
	case OMOP_FK_DOMAIN:
	case OMOP_FK_CLASS:
	case OMOP_IS_STANDARD_VALID_CONCEPT: return OMOP_PASS_CONCEPT;
	case OMOP_PLAUSIBLE_GENDER:
	case OMOP_PLAUSIBLE_GENDER_DESCENDANTS: return OMOP_PASS_GENDER;
	case OMOP_PLAUSIBLE_UNITS: return OMOP_PASS_UNIT;
	case OMOP_CDM_TABLE:
	case OMOP_CDM_FIELD:
	case OMOP_IS_REQUIRED:
	case OMOP_CDM_DATATYPE:
	case OMOP_VALUE_COMPLETENESS:
	case OMOP_CHECK_KINDS: return OMOP_PASS_NONE;
	}
	abort();
}

void omop_sql_frame(struct str *sql, enum omop_pass pass, const char *table, const char *counts)
{
	static const char *const frames[OMOP_PASSES] = {
	    [OMOP_PASS_TABLE] = "frame_table",
	    [OMOP_PASS_BIRTH] = "frame_birth",
	    [OMOP_PASS_DEATH] = "frame_death",
	    [OMOP_PASS_VISIT] = "frame_visit",
	};
	AUTO_FREE char *view = quoted("cdm_", table);

	table_fill(sql, file(frames[pass]), TABLE_WORDS({"counts", counts}, {"table", view}));
}

/* x_concept_id and x_source_concept_id have x_source_value beside them, when the table has. */
static char *source_value_of(const struct omop_facts *facts, const struct omop_check *c)
{
	static const struct {
		const char *suffix;
	} suffixes[] = {{"_source_concept_id"}, {"_concept_id"}};
	struct view field = VIEW(c->field);

	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
		struct view suffix = VIEW(suffixes[i].suffix);

		if (!view_ends(field, suffix))
			continue;
		AUTO_FREE char *name = str_format("%.*s_source_value",
		    (int)(field.len - suffix.len), field.ptr);

		return omop_facts_field(facts, c->table, name) ? quoted("", name) : NULL;
	}
	return NULL;
}

static const char *file_of(const struct omop_check *c, bool optional)
{
	switch ((int)c->kind) {
	case OMOP_STANDARD_CONCEPT_COMPLETENESS:
	case OMOP_SOURCE_CONCEPT_COMPLETENESS: return optional ? "unmapped_optional" : "unmapped";
	case OMOP_PLAUSIBLE_VALUE_LOW: return "below";
	case OMOP_PLAUSIBLE_VALUE_HIGH: return "above";
	case OMOP_PLAUSIBLE_START_BEFORE_END: return "start_after_end";
	case OMOP_PLAUSIBLE_TEMPORAL_AFTER:
		return strcmp(c->table, c->other_table) == 0 ? "before_other" : "before_mid_year";
	case OMOP_PLAUSIBLE_AFTER_BIRTH: return "before_birth";
	case OMOP_PLAUSIBLE_BEFORE_DEATH: return "after_death";
	case OMOP_PLAUSIBLE_DURING_LIFE: return "after_death_rows";
	case OMOP_WITHIN_VISIT_DATES: return "outside_visit";
	case OMOP_PERSON_COMPLETENESS: return "person_completeness";
	case OMOP_CONDITION_ERA_COMPLETENESS: return "condition_era";
	case OMOP_OBSERVATION_PERIOD_OVERLAP: return "observation_overlap";
	case OMOP_IS_PRIMARY_KEY: return "primary_key";
	case OMOP_IS_FOREIGN_KEY: return "foreign_key";
	case OMOP_SOURCE_VALUE_COMPLETENESS: return "source_value";
	default: abort();
	}
}

void omop_sql_check(struct str *sql, const struct omop_facts *facts, const struct omop_check *c)
{
	const struct omop_cdm_field *f =
	    c->field ? omop_facts_field(facts, c->table, c->field) : NULL;
	AUTO_FREE char *view = quoted("cdm_", c->table);
	AUTO_FREE char *field = quoted("", c->field);
	AUTO_FREE char *other_view = quoted("cdm_", c->other_table);
	AUTO_FREE char *other = quoted("", c->other_field);
	AUTO_FREE char *source_value = f && !f->required ? source_value_of(facts, c) : NULL;
	AUTO_FREE char *value = f && f->type == TABLE_TYPE_DATE
	                            ? str_format("DATE '%s'", c->value ? c->value : "")
	                            : str_format("%s", c->value ? c->value : "");

	table_fill(sql, file(file_of(c, source_value != NULL)),
	    TABLE_WORDS({"table", view}, {"field", field}, {"other_table", other_view},
		{"other", other}, {"value", value},
		{"source_value", source_value ? source_value : ""}));
}

void omop_sql_field(struct str *sql, const char *name, const char *table, const char *field)
{
	AUTO_FREE char *view = quoted("cdm_", table);
	AUTO_FREE char *column = quoted("", field);
	AUTO_FREE char *bad = quoted("bad_", field);

	table_fill(sql, file(name),
	    TABLE_WORDS({"table", view}, {"name", table}, {"field", column}, {"field_name", field},
		{"bad", bad}));
}
