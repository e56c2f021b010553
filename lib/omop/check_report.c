#include "omop/check.h"

#include "base/embed.h"

#include <inttypes.h>

static const char *const categories[] = {"Conformance", "Completeness", "Plausibility"};

static const struct report_column summary_columns[] = {
    {"severity", "Severity", REPORT_TEXT},
    {"category", "Category", REPORT_TEXT},
    {"checks", "Checks", REPORT_COUNT},
    {"passed", "Passed", REPORT_COUNT},
    {"failed", "Failed", REPORT_COUNT},
    {"error", "Error", REPORT_COUNT},
    {"not_applicable", "Not applicable", REPORT_COUNT},
};

static const struct report_column failed_columns[] = {
    {"check", "Check", REPORT_TEXT},
    {"where", "Where", REPORT_TEXT},
    {"violated", "Rows", REPORT_COUNT},
    {"denominator", "Of", REPORT_COUNT},
    {"share", "Share", REPORT_PERCENT},
    {"threshold", "Limit %", REPORT_NUMBER},
};

static const struct report_column error_columns[] = {
    {"severity", "Severity", REPORT_TEXT},
    {"check", "Check", REPORT_TEXT},
    {"where", "Where", REPORT_TEXT},
    {"reason", "Reason", REPORT_TEXT},
};

static const struct report_column check_columns[] = {
    {"check_id", "Id", REPORT_TEXT},
    {"check", "Check", REPORT_TEXT},
    {"level", "Level", REPORT_TEXT},
    {"category", "Category", REPORT_TEXT},
    {"subcategory", "Subcategory", REPORT_TEXT},
    {"context", "Context", REPORT_TEXT},
    {"severity", "Severity", REPORT_TEXT},
    {"table", "Table", REPORT_TEXT},
    {"field", "Field", REPORT_TEXT},
    {"concept_id", "Concept", REPORT_TEXT},
    {"description", "What is counted", REPORT_TEXT},
    {"num_violated_rows", "Rows", REPORT_COUNT},
    {"num_denominator_rows", "Of", REPORT_COUNT},
    {"pct_violated_rows", "Share", REPORT_PERCENT},
    {"threshold", "Limit %", REPORT_NUMBER},
    {"status", "Status", REPORT_TEXT},
    {"reason", "Reason", REPORT_TEXT},
};

static const struct report_column chart_columns[] = {
    {"check", "Check", REPORT_TEXT},
    {"status", "Status", REPORT_TEXT},
    {"checks", "Checks", REPORT_COUNT},
};

/* Number of checks of a severity (or OMOP_SEVERITIES: all), category and status. */
static int64_t count(const struct omop_check_result *r, enum omop_severity severity,
    const char *category, enum omop_check_status status)
{
	int64_t n = 0;

	for (size_t i = 0; i < r->checks.len; i++) {
		const struct omop_check *c = &r->checks.ptr[i];
		const struct omop_check_type *t = &r->types[c->kind];

		n += (severity == OMOP_SEVERITIES || t->severity == severity) &&
		     (!category || strcmp(t->category, category) == 0) &&
		     (status == OMOP_STATUSES || c->status == status);
	}
	return n;
}

static void add_summary_row(struct report *doc, struct report_table *t,
    const struct omop_check_result *r, enum omop_severity severity, const char *category)
{
	static const enum omop_check_status order[] = {OMOP_STATUSES, OMOP_PASS, OMOP_FAIL,
	    OMOP_ERROR, OMOP_NOT_APPLICABLE};

	if (count(r, severity, category, OMOP_STATUSES) == 0)
		return;
	report_add_cell(doc, t, "%s",
	    severity == OMOP_SEVERITIES ? "all" : omop_severity_name(severity));
	report_add_cell(doc, t, "%s", category ? category : "all");
	for (size_t i = 0; i < ARRAY_LEN(order); i++)
		report_add_cell(doc, t, "%" PRId64, count(r, severity, category, order[i]));
}

static void add_summary(struct report *doc, const struct omop_check_result *r)
{
	struct report_table *t = report_add_table(doc, "summary", "Checks", REPORT_SHOWN,
	    summary_columns, ARRAY_LEN(summary_columns));

	for (enum omop_severity s = OMOP_FATAL; s < OMOP_SEVERITIES; s++)
		for (size_t i = 0; i < ARRAY_LEN(categories); i++)
			add_summary_row(doc, t, r, s, categories[i]);
	add_summary_row(doc, t, r, OMOP_SEVERITIES, NULL);
}

/* "PERSON.GENDER_CONCEPT_ID", "CONDITION_OCCURRENCE.CONDITION_CONCEPT_ID = 26662" */
static void add_where(struct report *doc, struct report_table *t, const struct omop_check *c)
{
	report_add_cell(doc, t, "%s%s%s%s%s", c->table, c->field ? "." : "",
	    c->field ? c->field : "", c->concept_ids ? " = " : "",
	    c->concept_ids ? c->concept_ids : "");
}

static void add_number(struct report *doc, struct report_table *t, bool known, int64_t n)
{
	if (known)
		report_add_cell(doc, t, "%" PRId64, n);
	else
		report_add_cell(doc, t, "%s", "");
}

static void add_counts(struct report *doc, struct report_table *t, const struct omop_check *c)
{
	bool known = c->denominator >= 0;

	add_number(doc, t, known, c->violated);
	add_number(doc, t, known, c->denominator);
	if (known)
		report_add_cell(doc, t, "%.6f", omop_check_share(c));
	else
		report_add_cell(doc, t, "%s", "");
	if (c->has_threshold)
		report_add_cell(doc, t, "%.10g", c->threshold);
	else
		report_add_cell(doc, t, "%s", "");
}

/* The failed checks of one severity, if there are any. */
static void add_failed(struct report *doc, const struct omop_check_result *r,
    enum omop_severity severity)
{
	static const struct {
		const char *id, *title;
	} tables[OMOP_SEVERITIES] = {
	    [OMOP_FATAL] = {"failed_fatal", "Failed, fatal"},
	    [OMOP_CONVENTION] = {"failed_convention", "Failed, against a convention of OMOP"},
	    [OMOP_CHARACTERIZATION] = {"failed_characterization",
		"Failed, characterization"},
	};
	struct report_table *t;

	if (count(r, severity, NULL, OMOP_FAIL) == 0)
		return;
	t = report_add_table(doc, tables[severity].id, tables[severity].title, REPORT_SHOWN,
	    failed_columns, ARRAY_LEN(failed_columns));
	for (size_t i = 0; i < r->checks.len; i++) {
		const struct omop_check *c = &r->checks.ptr[i];

		if (c->status != OMOP_FAIL || r->types[c->kind].severity != severity)
			continue;
		report_add_cell(doc, t, "%s", r->types[c->kind].name);
		add_where(doc, t, c);
		add_counts(doc, t, c);
	}
}

static void add_errors(struct report *doc, const struct omop_check_result *r)
{
	struct report_table *t;

	if (r->counts[OMOP_ERROR] == 0)
		return;
	t = report_add_table(doc, "errors", "Could not be checked", REPORT_SHOWN, error_columns,
	    ARRAY_LEN(error_columns));
	for (size_t i = 0; i < r->checks.len; i++) {
		const struct omop_check *c = &r->checks.ptr[i];

		if (c->status != OMOP_ERROR)
			continue;
		report_add_cell(doc, t, "%s", omop_severity_name(r->types[c->kind].severity));
		report_add_cell(doc, t, "%s", r->types[c->kind].name);
		add_where(doc, t, c);
		report_add_cell(doc, t, "%s", c->reason);
	}
}

static void add_check(struct report *doc, struct report_table *t,
    const struct omop_check_result *r, const struct omop_check *c)
{
	const struct omop_check_type *type = &r->types[c->kind];
	AUTO_FREE char *id = omop_check_id(r, c);
	AUTO_FREE char *description = omop_check_description(r, c);
	const char *const texts[] = {id, type->name, omop_check_level_name(type->level),
	    type->category, type->subcategory, type->context, omop_severity_name(type->severity),
	    c->table, c->field ? c->field : "", c->concept_ids ? c->concept_ids : "",
	    description};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		report_add_cell(doc, t, "%s", texts[i]);
	add_counts(doc, t, c);
	report_add_cell(doc, t, "%s", omop_status_name(c->status));
	report_add_cell(doc, t, "%s", c->reason);
}

static void add_checks(struct report *doc, const struct omop_check_result *r)
{
	struct report_table *t = report_add_table(doc, "checks", "Every check",
	    REPORT_DETAIL | REPORT_EXPORTED, check_columns, ARRAY_LEN(check_columns));

	for (size_t i = 0; i < r->checks.len; i++)
		add_check(doc, t, r, &r->checks.ptr[i]);
}

static void add_chart(struct report *doc, const struct omop_check_result *r)
{
	struct report_table *t = report_add_table(doc, "statuses", "Checks by type and status",
	    REPORT_DETAIL, chart_columns, ARRAY_LEN(chart_columns));
	AUTO_FREE char *alt = str_format("%" PRId64 " of %zu checks failed, %" PRId64 " could not "
					 "be run, %" PRId64 " passed; the others do not apply",
	    r->counts[OMOP_FAIL], r->checks.len, r->counts[OMOP_ERROR], r->counts[OMOP_PASS]);
	int64_t n[OMOP_CHECK_KINDS][OMOP_STATUSES] = {{0}};

	for (size_t i = 0; i < r->checks.len; i++)
		n[r->checks.ptr[i].kind][r->checks.ptr[i].status]++;
	for (int k = 0; k < OMOP_CHECK_KINDS; k++)
		for (int s = 0; s < OMOP_STATUSES; s++) {
			if (n[k][s] == 0)
				continue;
			report_add_cell(doc, t, "%s", r->types[k].name);
			report_add_cell(doc, t, "%s", omop_status_name((enum omop_check_status)s));
			report_add_cell(doc, t, "%" PRId64, n[k][s]);
		}
	report_add_chart(doc, "statuses_chart", "Checks by type", alt, "statuses",
	    embed_find("omop/data/chart_checks.json").ptr);
}

static const char *source_name(const struct omop_check_result *r)
{
	for (size_t i = 0; i < r->source.len; i++)
		if (strcmp(r->source.ptr[i].name, "cdm_source_name") == 0)
			return r->source.ptr[i].value;
	return "";
}

struct report *omop_check_report(const struct omop_check_result *r, const char *cdm)
{
	struct report *doc = report_new("Data quality of an OMOP CDM",
	    "The 27 check types of the OHDSI Data Quality Dashboard, with their thresholds.");
	char day[DATE_TEXT_SIZE];

	report_add_fact(doc, "cdm", "CDM", "%s", cdm);
	if (*source_name(r))
		report_add_fact(doc, "source", "Source", "%s", source_name(r));
	report_add_fact(doc, "cdm_version", "CDM version", "%s", omop_cdm_version_name(r->version));
	report_add_fact(doc, "today", "Today is", "%s", date_format(r->today, day));
	add_summary(doc, r);
	for (enum omop_severity s = OMOP_FATAL; s < OMOP_SEVERITIES; s++)
		add_failed(doc, r, s);
	add_errors(doc, r);
	add_chart(doc, r);
	add_checks(doc, r);
	report_add_note(doc, "A check fails when more than its threshold of the rows violate it. "
			     "Not applicable: the table, the field or the concept is absent or "
			     "empty.");
	report_add_note(doc, "--format json or csv lists every check; --results writes the "
			     "Dashboard's own file.");
	return doc;
}
