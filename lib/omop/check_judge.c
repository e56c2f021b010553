#include "omop/check_judge.h"

#include <inttypes.h>

struct judge {
	const struct omop_facts *facts;
	struct omop_check_result *result;
};

static char *upper(struct arena *arena, const char *name)
{
	char *out = arena_strdup(arena, VIEW(name));

	for (char *p = out; *p; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	return out;
}

static const char *say(const struct judge *j, const char *before, const char *table,
    const char *field, const char *after)
{
	struct arena *a = &j->result->arena;

	return arena_format(a, "%s%s%s%s%s", before, upper(a, table), field ? "." : "",
	    field ? upper(a, field) : "", after);
}

/* What one value, or several, of a type are called. */
static const char *type_words(enum table_type type, bool one)
{
	switch (type) {
	case TABLE_TYPE_I32:
	case TABLE_TYPE_I64: return one ? "is not a whole number" : "are not whole numbers";
	case TABLE_TYPE_DOUBLE: return one ? "is not a number" : "are not numbers";
	case TABLE_TYPE_DATE: return one ? "is not a date" : "are not dates";
	case TABLE_TYPE_TEXT: return one ? "is not text" : "are not text";
	}
	abort();
}

/* The reason why values of this field cannot be compared; NULL when they can. */
static const char *wrong_type(const struct judge *j, const char *table, const char *field)
{
	const struct omop_cdm_field *f = field ? omop_facts_field(j->facts, table, field) : NULL;
	struct arena *a = &j->result->arena;

	if (!f || f->bad == 0)
		return NULL;
	return arena_format(a, "%" PRId64 " value%s of %s.%s %s", f->bad, f->bad == 1 ? "" : "s",
	    upper(a, table), upper(a, field), type_words(f->type, f->bad == 1));
}

static bool needs_type(enum omop_check_kind kind)
{
	return kind != OMOP_CDM_FIELD && kind != OMOP_CDM_DATATYPE && kind != OMOP_IS_REQUIRED &&
	       kind != OMOP_VALUE_COMPLETENESS;
}

/* Fields of other tables that a kind reads. */
static const char *wrong_elsewhere(const struct judge *j, enum omop_check_kind kind)
{
	static const char period[] = "observation_period";
	static const struct {
		enum omop_check_kind kind;
		const char *table, *field;
	} reads[] = {
	    {OMOP_PLAUSIBLE_DURING_LIFE, "death", "death_date"},
	    {OMOP_PLAUSIBLE_BEFORE_DEATH, "death", "death_date"},
	    {OMOP_WITHIN_VISIT_DATES, "visit_occurrence", "visit_start_date"},
	    {OMOP_WITHIN_VISIT_DATES, "visit_occurrence", "visit_end_date"},
	    {OMOP_PLAUSIBLE_AFTER_BIRTH, "person", "birth_datetime"},
	    {OMOP_PLAUSIBLE_AFTER_BIRTH, "person", "year_of_birth"},
	    {OMOP_PLAUSIBLE_GENDER, "person", "gender_concept_id"},
	    {OMOP_PLAUSIBLE_GENDER_DESCENDANTS, "person", "gender_concept_id"},
	    {OMOP_OBSERVATION_PERIOD_OVERLAP, period, "observation_period_start_date"},
	    {OMOP_OBSERVATION_PERIOD_OVERLAP, period, "observation_period_end_date"},
	};
	const char *reason = NULL;

	for (size_t i = 0; !reason && i < ARRAY_LEN(reads); i++)
		if (reads[i].kind == kind)
			reason = wrong_type(j, reads[i].table, reads[i].field);
	return reason;
}

static const char *error_of(const struct judge *j, const struct omop_check *c)
{
	const char *reason;

	if (!needs_type(c->kind))
		return NULL;
	reason = wrong_type(j, c->table, c->field);
	if (!reason && c->other_field)
		reason = wrong_type(j, c->other_table, c->other_field);
	return reason ? reason : wrong_elsewhere(j, c->kind);
}

/* What is not there; NULL when all is. */
static const char *absent(const struct judge *j, const struct omop_check *c)
{
	static const char no_table[] = " does not exist";
	const struct omop_cdm_table *t = omop_facts_table(j->facts, c->table);
	const struct omop_cdm_table *other =
	    c->other_field ? omop_facts_table(j->facts, c->other_table) : NULL;
	const struct omop_cdm_table *vocabulary = NULL;

	if (!t->found)
		return say(j, "table ", c->table, NULL, no_table);
	if (c->kind == OMOP_CDM_FIELD)
		return NULL;
	if (c->field && !omop_facts_field(j->facts, c->table, c->field)->found)
		return say(j, "field ", c->table, c->field, no_table);
	if (other && other == t && !omop_facts_field(j->facts, c->table, c->other_field)->found)
		return say(j, "field ", c->table, c->other_field, no_table);
	if (c->kind == OMOP_IS_STANDARD_VALID_CONCEPT)
		vocabulary = omop_facts_table(j->facts, "concept");
	else if (c->kind == OMOP_PLAUSIBLE_GENDER_DESCENDANTS)
		vocabulary = omop_facts_table(j->facts, "concept_ancestor");
	else if (other && other->vocabulary)
		vocabulary = other;
	if (vocabulary && !vocabulary->found)
		return say(j, "table ", vocabulary->name, NULL, no_table);
	return NULL;
}

/* What is empty; NULL when nothing is. */
static const char *empty(const struct judge *j, const struct omop_check *c)
{
	const struct omop_cdm_table *t = omop_facts_table(j->facts, c->table);
	const struct omop_cdm_field *f =
	    c->field ? omop_facts_field(j->facts, c->table, c->field) : NULL;

	if (c->kind == OMOP_CDM_FIELD || c->kind == OMOP_PERSON_COMPLETENESS)
		return NULL;
	if (c->kind == OMOP_CONDITION_ERA_COMPLETENESS)
		t = omop_facts_table(j->facts, "condition_occurrence");
	if (t->rows == 0)
		return say(j, "table ", t->name, NULL, t->found ? " is empty" : " does not exist");
	if (c->kind == OMOP_VALUE_COMPLETENESS)
		return NULL;
	if (f && f->filled + f->bad == 0)
		return say(j, "field ", c->table, c->field, " is not populated");
	if (j->result->types[c->kind].level == OMOP_LEVEL_CONCEPT && c->denominator == 0)
		return arena_format(&j->result->arena, "concept %s does not occur in %s%s",
		    c->concept_ids, upper(&j->result->arena, c->table),
		    c->kind == OMOP_PLAUSIBLE_UNITS ? " with a value and a unit" : "");
	return NULL;
}

static bool fails(const struct omop_check *c)
{
	if (!c->has_threshold || c->threshold <= 0)
		return c->violated > 0;
	return 100.0 * (double)c->violated > c->threshold * (double)c->denominator;
}

static void judge(const struct judge *j, struct omop_check *c)
{
	if (c->kind != OMOP_CDM_TABLE) {
		const char *reason = absent(j, c);
		const char *error = reason ? NULL : error_of(j, c);

		if (!reason && !error)
			reason = empty(j, c);
		c->reason = error ? error : reason ? reason
		                                   : "";
		c->status = error ? OMOP_ERROR : OMOP_NOT_APPLICABLE;
		if (*c->reason)
			return;
	}
	c->status = fails(c) ? OMOP_FAIL : OMOP_PASS;
}

void omop_check_judge(const struct omop_facts *facts, struct omop_check_result *result)
{
	const struct judge j = {facts, result};

	for (size_t i = 0; i < result->checks.len; i++) {
		judge(&j, &result->checks.ptr[i]);
		result->counts[result->checks.ptr[i].status]++;
	}
}
