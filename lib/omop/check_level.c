#include "omop/check_level.h"

#include "omop/check_value.h"

#include <dirent.h>
#include <errno.h>

enum { NAME_MAX_LEN = 63 };

/* How a row of the field level file becomes a check of each kind. */
static const struct field_rule {
	enum omop_check_kind kind;
	const char *when;  /* this column says Yes; NULL: always */
	const char *value; /* and this one holds something, which is the check's value */
	const char *other_table, *other_field;
} field_rules[] = {
    {OMOP_CDM_FIELD, NULL, NULL, NULL, NULL},
    {OMOP_IS_REQUIRED, "isRequired", NULL, NULL, NULL},
    {OMOP_IS_PRIMARY_KEY, "isPrimaryKey", NULL, NULL, NULL},
    {OMOP_IS_FOREIGN_KEY, "isForeignKey", NULL, "fkTableName", "fkFieldName"},
    {OMOP_FK_DOMAIN, "isForeignKey", "fkDomain", "fkTableName", "fkFieldName"},
    {OMOP_FK_CLASS, "isForeignKey", "fkClass", "fkTableName", "fkFieldName"},
    {OMOP_IS_STANDARD_VALID_CONCEPT, "isStandardValidConcept", NULL, NULL, NULL},
    {OMOP_VALUE_COMPLETENESS, "measureValueCompleteness", NULL, NULL, NULL},
    {OMOP_STANDARD_CONCEPT_COMPLETENESS, "standardConceptRecordCompleteness", NULL, NULL, NULL},
    {OMOP_SOURCE_CONCEPT_COMPLETENESS, "sourceConceptRecordCompleteness", NULL, NULL, NULL},
    {OMOP_SOURCE_VALUE_COMPLETENESS, "sourceValueCompleteness", NULL, NULL,
	"standardConceptFieldName"},
    {OMOP_PLAUSIBLE_VALUE_LOW, NULL, "plausibleValueLow", NULL, NULL},
    {OMOP_PLAUSIBLE_VALUE_HIGH, NULL, "plausibleValueHigh", NULL, NULL},
    {OMOP_PLAUSIBLE_TEMPORAL_AFTER, "plausibleTemporalAfter", NULL,
	"plausibleTemporalAfterTableName", "plausibleTemporalAfterFieldName"},
    {OMOP_PLAUSIBLE_DURING_LIFE, "plausibleDuringLife", NULL, NULL, NULL},
    {OMOP_WITHIN_VISIT_DATES, "withinVisitDates", NULL, NULL, NULL},
    {OMOP_PLAUSIBLE_AFTER_BIRTH, "plausibleAfterBirth", NULL, NULL, NULL},
    {OMOP_PLAUSIBLE_BEFORE_DEATH, "plausibleBeforeDeath", NULL, NULL, NULL},
    {OMOP_PLAUSIBLE_START_BEFORE_END, "plausibleStartBeforeEnd", NULL, NULL,
	"plausibleStartBeforeEndFieldName"},
};

enum omop_check_level omop_level_parse(struct view name)
{
	if (view_eq(name, VIEW_LIT("TABLE")))
		return OMOP_LEVEL_TABLE;
	return view_eq(name, VIEW_LIT("FIELD")) ? OMOP_LEVEL_FIELD : OMOP_LEVEL_CONCEPT;
}

enum omop_severity omop_severity_parse(struct view name)
{
	if (view_eq(name, VIEW_LIT("fatal")))
		return OMOP_FATAL;
	return view_eq(name, VIEW_LIT("convention")) ? OMOP_CONVENTION : OMOP_CHARACTERIZATION;
}

int omop_level_find(const char *folder, const char *suffix, char **ret, struct err *err)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	size_t count = 0;

	if (!dir)
		return err_set(err, ERR_IO, "%s: cannot open: %s", folder, strerror(errno));
	while ((entry = readdir(dir))) {
		if (!view_ends(VIEW(entry->d_name), VIEW(suffix)))
			continue;
		free(*ret);
		*ret = str_format("%s/%s", folder, entry->d_name);
		count++;
	}
	closedir(dir);
	if (count == 1)
		return 0;
	(void)err_set(err, ERR_IO, "%s: %s file ...%s", folder, count ? "more than one" : "no",
	    suffix);
	return err_hint(err, "expected the Dashboard's Table_Level, Field_Level and Concept_Level");
}

int omop_level_name(const struct wide *w, struct arena *arena, const char *column,
    const char **ret, struct err *err)
{
	struct view cell = wide_get(w, column);
	AUTO_FREE char *what = str_format("%s is no name", column);
	bool ok = cell.len > 0 && cell.len <= NAME_MAX_LEN;
	char *name;

	for (size_t i = 0; ok && i < cell.len; i++) {
		char c = cell.ptr[i];

		ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
		     (i > 0 && c >= '0' && c <= '9');
	}
	if (!ok)
		return wide_fail(w, what, err);
	name = arena_strdup(arena, cell);
	for (char *p = name; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	*ret = name;
	return 0;
}

const char *omop_level_translate(struct omop_facts *facts, const char *table, const char *field)
{
	AUTO_WIDE struct wide w = {0};
	struct err err;

	if (facts->version != OMOP_CDM_53 ||
	    wide_open(&w, "omop/data/dqd/cdm53.csv", true, &err) < 0)
		return field;
	while (wide_next(&w, &err) > 0) {
		struct view was = wide_get(&w, "field53");

		if (view_eq(wide_get(&w, "table"), VIEW(table)) &&
		    view_eq(wide_get(&w, "field"), VIEW(field)))
			return was.len ? arena_strdup(&facts->result->arena, was) : NULL;
	}
	return field;
}

/* The threshold and notes of a check, by the columns named after it. */
static int add_check(struct omop_facts *facts, const struct wide *w, struct omop_check check,
    struct err *err)
{
	const char *name = facts->result->types[check.kind].name;
	AUTO_FREE char *threshold_column = str_format("%sThreshold", name);
	AUTO_FREE char *notes_column = str_format("%sNotes", name);
	AUTO_FREE char *what = str_format("%s is no percentage", threshold_column);
	struct view threshold = wide_get(w, threshold_column);

	if (threshold.len && !view_eq(threshold, VIEW_LIT("NA"))) {
		check.has_threshold = true;
		if (!view_to_double(threshold, &check.threshold) || check.threshold < 0 ||
		    check.threshold > 100)
			return wide_fail(w, what, err);
	}
	check.notes = arena_strdup(&facts->result->arena, wide_get(w, notes_column));
	check.order = facts->order++;
	check.violated = check.denominator = -1;
	check.reason = "";
	*vec_push(&facts->result->checks) = check;
	return 0;
}

int omop_level_add_table(struct omop_facts *facts, const struct wide *w, struct err *err)
{
	static const struct {
		enum omop_check_kind kind;
		const char *when;
	} rules[] = {
	    {OMOP_CDM_TABLE, NULL},
	    {OMOP_PERSON_COMPLETENESS, "measurePersonCompleteness"},
	    {OMOP_CONDITION_ERA_COMPLETENESS, "measureConditionEraCompleteness"},
	    {OMOP_OBSERVATION_PERIOD_OVERLAP, "measureObservationPeriodOverlap"},
	};
	struct omop_check check = {0};

	if (omop_level_name(w, &facts->result->arena, "cdmTableName", &check.table, err) < 0)
		return -1;
	if (!omop_level_translate(facts, check.table, "*"))
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
		if (rules[i].when && !wide_yes(w, rules[i].when))
			continue;
		check.kind = rules[i].kind;
		if (add_check(facts, w, check, err) < 0)
			return -1;
	}
	return 0;
}

/* The field that a rule compares with must be one of the CDM. *ret_gone: not of this version. */
static int find_other(struct omop_facts *facts, const struct wide *w,
    const struct field_rule *rule, struct omop_check *c, bool *ret_gone, struct err *err)
{
	struct arena *arena = &facts->result->arena;

	*ret_gone = false;
	c->other_table = c->table;
	if (!rule->other_field)
		return 0;
	if ((rule->other_table &&
		omop_level_name(w, arena, rule->other_table, &c->other_table, err) < 0) ||
	    omop_level_name(w, arena, rule->other_field, &c->other_field, err) < 0)
		return -1;
	if (rule->kind == OMOP_SOURCE_VALUE_COMPLETENESS ||
	    rule->kind == OMOP_PLAUSIBLE_START_BEFORE_END)
		c->other_table = c->table;
	c->other_field = omop_level_translate(facts, c->other_table, c->other_field);
	*ret_gone = !c->other_field || !omop_level_translate(facts, c->other_table, "*");
	if (!*ret_gone && !omop_facts_field(facts, c->other_table, c->other_field))
		return wide_fail(w, "it names a field that the CDM does not have", err);
	if (rule->kind == OMOP_PLAUSIBLE_TEMPORAL_AFTER &&
	    strcmp(c->other_table, c->table) != 0 && strcmp(c->other_table, "person") != 0)
		return wide_fail(w, "plausibleTemporalAfterTableName is not the table, nor PERSON",
		    err);
	return 0;
}

static int add_field_check(struct omop_facts *facts, const struct wide *w,
    const struct field_rule *rule, struct omop_check c, struct err *err)
{
	const struct omop_cdm_field *f = omop_facts_field(facts, c.table, c.field);
	bool gone;

	if (rule->when && !wide_yes(w, rule->when))
		return 0;
	if (rule->value && wide_get(w, rule->value).len == 0)
		return 0;
	c.kind = rule->kind;
	if (find_other(facts, w, rule, &c, &gone, err) < 0)
		return -1;
	if (gone)
		return 0;
	if (rule->kind == OMOP_PLAUSIBLE_VALUE_LOW || rule->kind == OMOP_PLAUSIBLE_VALUE_HIGH) {
		if (!omop_value_bound(facts, wide_get(w, rule->value), f->type, &c.value))
			return wide_fail(w, "a bound does not fit the type of its field", err);
	} else if (rule->value) {
		c.value = arena_strdup(&facts->result->arena, wide_get(w, rule->value));
	}
	return add_check(facts, w, c, err);
}

int omop_level_add_field(struct omop_facts *facts, const struct wide *w, struct err *err)
{
	struct arena *arena = &facts->result->arena;
	struct omop_check c = {0};

	if (omop_level_name(w, arena, "cdmTableName", &c.table, err) < 0 ||
	    omop_level_name(w, arena, "cdmFieldName", &c.field, err) < 0)
		return -1;
	c.field = omop_level_translate(facts, c.table, c.field);
	if (!c.field || !omop_level_translate(facts, c.table, "*"))
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(field_rules); i++)
		if (add_field_check(facts, w, &field_rules[i], c, err) < 0)
			return -1;
	c.kind = OMOP_CDM_DATATYPE;
	c.other_table = c.table;
	if (view_eq_nocase(wide_get(w, "cdmDatatype"), VIEW_LIT("integer")))
		return add_check(facts, w, c, err);
	return 0;
}

static int add_concept_check(struct omop_facts *facts, const struct wide *w, struct omop_check c,
    enum omop_check_kind kind, struct err *err)
{
	const char *column = facts->result->types[kind].name;
	AUTO_FREE char *threshold = str_format("%sThreshold", column);
	struct view value = wide_get(w, column);
	bool units = kind == OMOP_PLAUSIBLE_UNITS;

	c.kind = kind;
	if ((units ? wide_get(w, threshold) : value).len == 0)
		return 0;
	if (units && !omop_value_ids(facts, value, &c.value))
		return wide_fail(w, "plausibleUnitConceptIds are no concept ids", err);
	if (!units && !omop_value_gender(value, &c.value))
		return wide_fail(w, "a gender is neither Male nor Female", err);
	return add_check(facts, w, c, err);
}

int omop_level_add_concept(struct omop_facts *facts, const struct wide *w, struct err *err)
{
	struct arena *arena = &facts->result->arena;
	struct omop_check c = {0};

	if (omop_level_name(w, arena, "cdmTableName", &c.table, err) < 0 ||
	    omop_level_name(w, arena, "cdmFieldName", &c.field, err) < 0)
		return -1;
	if (!omop_facts_field(facts, c.table, c.field))
		return wide_fail(w, "it names a field that the CDM does not have", err);
	c.other_table = c.table;
	c.concept_name = arena_strdup(arena, wide_get(w, "conceptName"));
	if (!omop_value_ids(facts, wide_get(w, "conceptId"), &c.concept_ids) || !*c.concept_ids)
		return wide_fail(w, "conceptId is no concept id", err);
	if (add_concept_check(facts, w, c, OMOP_PLAUSIBLE_GENDER, err) < 0 ||
	    add_concept_check(facts, w, c, OMOP_PLAUSIBLE_GENDER_DESCENDANTS, err) < 0)
		return -1;
	return add_concept_check(facts, w, c, OMOP_PLAUSIBLE_UNITS, err);
}
