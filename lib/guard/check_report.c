#include "guard/check_report.h"

#include "guard/sensitive.h"

#include <inttypes.h>

static const struct report_column columns[] = {
    {"check", "Check", REPORT_TEXT},
    {"table", "Table", REPORT_TEXT},
    {"variable", "Variable", REPORT_TEXT},
    {"status", "Status", REPORT_WORDS},
    {"severity", NULL, REPORT_TEXT},
    {"category", NULL, REPORT_TEXT},
    {"context", NULL, REPORT_TEXT},
    {"dimension", NULL, REPORT_TEXT},
    {"violations", "Times", REPORT_COUNT},
    {"of", "Of", REPORT_COUNT},
    {"percent", NULL, REPORT_NUMBER},
    {"threshold", NULL, REPORT_NUMBER},
    {"rows", "First rows", REPORT_TEXT},
    {"detail", NULL, REPORT_TEXT},
    {"what", "What is wrong", REPORT_WORDS},
};

static void add_check(struct report *doc, struct report_table *t, const struct guard_check *c)
{
	const char *texts[] = {c->id, c->table, c->variable, guard_status_name(c->status),
	    guard_severity_name(c->severity), c->category, c->fact->context, c->fact->dimension};
	struct guard_rows rows = c->rows;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		report_add_cell(doc, t, "%s", texts[i]);
	report_add_cell(doc, t, "%" PRIu64, c->rows.count);
	report_add_cell(doc, t, "%" PRIu64, c->of);
	report_add_cell(doc, t, "%.6g", guard_check_percent(c));
	report_add_cell(doc, t, "%.6g", c->threshold);
	if (rows.first[0] == 0) /* not a matter of rows */
		rows.count = 0;
	guard_report_rows(doc, t, &rows);
	report_add_cell(doc, t, "%s", c->detail);
	if (*c->detail)
		report_add_cell(doc, t, "%s: %s", c->what, c->detail);
	else
		report_add_cell(doc, t, "%s", c->what);
}

static bool is_found(const struct guard_check *c, bool with_faults)
{
	bool is_fault = strncmp(c->id, "file.", 5) == 0;

	return (with_faults || !is_fault) &&
	       (c->status == GUARD_BROKEN || c->status == GUARD_FAIL || c->status == GUARD_WARN);
}

static size_t count_found(const struct guard_checks *c, bool with_faults)
{
	size_t n = 0;

	for (size_t i = 0; i < c->list.len; i++)
		n += is_found(&c->list.ptr[i], with_faults);
	return n;
}

void guard_report_checks(struct report *doc, const struct guard_checks *c, bool with_faults)
{
	static const enum guard_status found[] = {GUARD_BROKEN, GUARD_FAIL, GUARD_WARN};
	struct report_table *t = report_add_table(doc, "findings", "Checks that were not passed",
	    count_found(c, with_faults) ? REPORT_SHOWN : 0, columns, ARRAY_LEN(columns));

	for (size_t i = 0; i < ARRAY_LEN(found); i++)
		for (size_t k = 0; k < c->list.len; k++)
			if (c->list.ptr[k].status == found[i] &&
			    is_found(&c->list.ptr[k], with_faults))
				add_check(doc, t, &c->list.ptr[k]);
	t = report_add_table(doc, "checks", "All checks", REPORT_DETAIL, columns,
	    ARRAY_LEN(columns));
	for (size_t i = 0; i < c->list.len; i++)
		add_check(doc, t, &c->list.ptr[i]);
	report_add_note(doc, "%zu checks: %zu passed, %zu warn, %zu failed, %zu could not be "
			     "judged, %zu do not apply",
	    c->list.len, guard_checks_count(c, GUARD_PASS), guard_checks_count(c, GUARD_WARN),
	    guard_checks_count(c, GUARD_FAIL), guard_checks_count(c, GUARD_BROKEN),
	    guard_checks_count(c, GUARD_NOT_APPLICABLE));
}
