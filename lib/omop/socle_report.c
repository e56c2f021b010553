#include "omop/socle.h"

#include <inttypes.h>

static const char *const statuses[OMOP_SOCLE_STATUSES] = {
    [OMOP_SOCLE_FILLED] = "filled",
    [OMOP_SOCLE_EMPTY] = "empty",
    [OMOP_SOCLE_NOT_CHECKED] = "not checked",
};

static const struct report_column group_columns[] = {
    {"group", "Group", REPORT_TEXT},
    {"variables", "Variables", REPORT_COUNT},
    {"filled", "Filled", REPORT_COUNT},
    {"empty", "Empty", REPORT_COUNT},
    {"not_checked", "Not checked", REPORT_COUNT},
};

static const struct report_column variable_columns[] = {
    {"group", "Group", REPORT_TEXT},
    {"variable", "Variable", REPORT_TEXT},
    {"records", "Records", REPORT_COUNT},
    {"filled", "Filled", REPORT_COUNT},
    {"persons", "Persons", REPORT_COUNT},
    {"share", "Of all", REPORT_PERCENT},
    {"status", "Status", REPORT_TEXT},
};

static const struct report_column source_columns[] = {
    {"id", "Id", REPORT_TEXT},
    {"group", "Groupe", REPORT_TEXT},
    {"variable", "Variable", REPORT_TEXT},
    {"concepts", "Concepts", REPORT_TEXT},
    {"loinc", "LOINC", REPORT_TEXT},
    {"source", "Source", REPORT_TEXT},
};

static void add_group(struct report *doc, struct report_table *t, const struct omop_socle *s,
    const char *group)
{
	int64_t n[OMOP_SOCLE_STATUSES] = {0};
	int64_t all = 0;

	for (size_t i = 0; i < s->variables.len; i++) {
		if (strcmp(s->variables.ptr[i].group, group) != 0)
			continue;
		n[s->variables.ptr[i].status]++;
		all++;
	}
	report_add_cell(doc, t, "%s", group);
	report_add_cell(doc, t, "%" PRId64, all);
	for (int i = 0; i < OMOP_SOCLE_STATUSES; i++)
		report_add_cell(doc, t, "%" PRId64, n[i]);
}

static void add_groups(struct report *doc, const struct omop_socle *s)
{
	struct report_table *t = report_add_table(doc, "groups", "The core by group", REPORT_SHOWN,
	    group_columns, ARRAY_LEN(group_columns));

	for (size_t i = 0; i < s->variables.len; i++)
		if (i == 0 || strcmp(s->variables.ptr[i].group, s->variables.ptr[i - 1].group) != 0)
			add_group(doc, t, s, s->variables.ptr[i].group);
}

static void add_variable(struct report *doc, struct report_table *t, const struct omop_socle *s,
    const struct omop_socle_variable *v)
{
	bool checked = v->status != OMOP_SOCLE_NOT_CHECKED;
	const int64_t counts[] = {v->records, v->filled, v->persons};

	report_add_cell(doc, t, "%s", v->group);
	report_add_cell(doc, t, "%s", v->title);
	for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
		if (checked)
			report_add_cell(doc, t, "%" PRId64, counts[i]);
		else
			report_add_cell(doc, t, "%s", "");
	}
	if (checked && s->persons > 0)
		report_add_cell(doc, t, "%.6f", (double)v->persons / (double)s->persons);
	else
		report_add_cell(doc, t, "%s", "");
	report_add_cell(doc, t, "%s", statuses[v->status]);
}

static void add_variables(struct report *doc, const struct omop_socle *s)
{
	struct report_table *t = report_add_table(doc, "variables", "The variables",
	    REPORT_SHOWN | REPORT_EXPORTED, variable_columns, ARRAY_LEN(variable_columns));

	for (size_t i = 0; i < s->variables.len; i++)
		add_variable(doc, t, s, &s->variables.ptr[i]);
}

static void add_sources(struct report *doc, const struct omop_socle *s)
{
	struct report_table *t = report_add_table(doc, "sources",
	    "Where each is looked for, and why",
	    REPORT_DETAIL, source_columns, ARRAY_LEN(source_columns));

	for (size_t i = 0; i < s->variables.len; i++) {
		const struct omop_socle_variable *v = &s->variables.ptr[i];

		report_add_cell(doc, t, "%s", v->id);
		report_add_cell(doc, t, "%s", v->group_fr);
		report_add_cell(doc, t, "%s", v->title_fr);
		report_add_cell(doc, t, "%s", v->concepts);
		report_add_cell(doc, t, "%s", v->loinc);
		report_add_cell(doc, t, "%s", v->source);
	}
}

struct report *omop_socle_report(const struct omop_socle *s, const char *cdm)
{
	struct report *doc = report_new("The common core of hospital data in an OMOP CDM",
	    "The 51 variables that every French hospital data warehouse should hold, and how far "
	    "they are filled.");

	report_add_fact(doc, "cdm", "CDM", "%s", cdm);
	report_add_fact(doc, "persons", "Persons", "%" PRId64, s->persons);
	report_add_fact(doc, "filled", "Filled", "%" PRId64 " of %zu",
	    s->counts[OMOP_SOCLE_FILLED], s->variables.len);
	add_groups(doc, s);
	add_variables(doc, s);
	add_sources(doc, s);
	report_add_note(doc,
	    "Not checked: OMOP CDM 5.4 has no place for it, or a CDM must not hold it.");
	return doc;
}
