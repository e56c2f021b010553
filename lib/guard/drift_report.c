#include "guard/drift.h"

#include "guard/profile_report.h"
#include "guard/shape.h"

#include <inttypes.h>
#include <math.h>

static const struct report_column change_columns[] = {
    {"change", NULL, REPORT_TEXT},
    {"variable", "Variable", REPORT_TEXT},
    {"status", "Status", REPORT_WORDS},
    {"what", "What changed", REPORT_WORDS},
    {"before", "Before", REPORT_TEXT},
    {"after", "Now", REPORT_TEXT},
    {"size", "Size", REPORT_NUMBER},
    {"warn", NULL, REPORT_NUMBER},
    {"fail", NULL, REPORT_NUMBER},
};

static const struct report_column drift_columns[] = {
    {"variable", "Variable", REPORT_TEXT},
    {"status", "Status", REPORT_WORDS},
    {"type_before", "Type before", REPORT_WORDS},
    {"type", "Now", REPORT_WORDS},
    {"missing_before", "Missing before", REPORT_PERCENT},
    {"missing", "Now", REPORT_PERCENT},
    {"distinct_before", "Different before", REPORT_COUNT},
    {"distinct", "Now", REPORT_COUNT},
    {"psi", "Stability index", REPORT_NUMBER},
};

static const char *status_name(enum guard_drift_status s)
{
	static const char *const names[] = {"same", "warn", "fail"};

	return names[s];
}

static void add_number(struct report *doc, struct report_table *t, double x, const char *fmt)
{
	if (isfinite(x))
		report_add_cell(doc, t, *fmt == '3' ? "%.3f" : "%.6g", x);
	else
		report_add_cell(doc, t, "%s", "");
}

/* What it was or is: a value, a name, or our words for it. */
static void add_side(struct report *doc, struct report_table *t, const struct guard_change *c,
    const char *text)
{
	bool is_data = c->kind == GUARD_DRIFT_VALUE_NEW || c->kind == GUARD_DRIFT_VALUE_GONE ||
	               c->kind == GUARD_DRIFT_VARIABLE_NEW || c->kind == GUARD_DRIFT_VARIABLE_GONE;

	if (is_data)
		report_add_cell(doc, t, "%s", text);
	else
		report_add_words(doc, t, text);
}

static void add_change(struct report *doc, struct report_table *t, const struct guard_drift *d,
    const struct guard_change *c)
{
	const struct guard_drift_rule *rule = &d->rules[c->kind];
	const char *texts[] = {rule->id, c->variable, status_name(c->status), rule->what};
	AUTO_STR struct str size = {0};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		report_add_cell(doc, t, "%s", texts[i]);
	add_side(doc, t, c, c->before);
	add_side(doc, t, c, c->after);
	guard_add_number(&size, c->size, false);
	report_add_cell(doc, t, "%s", str_get(&size));
	add_number(doc, t, rule->warn, "g");
	add_number(doc, t, rule->fail, "g");
}

static void add_changes(struct report *doc, const struct guard_drift *d)
{
	struct report_table *t = report_add_table(doc, "changes", "Changes since the last delivery",
	    REPORT_SHOWN, change_columns, ARRAY_LEN(change_columns));

	for (int status = GUARD_DRIFT_FAIL; status > GUARD_DRIFT_NONE; status--)
		for (size_t i = 0; i < d->changes.len; i++)
			if ((int)d->changes.ptr[i].status == status)
				add_change(doc, t, d, &d->changes.ptr[i]);
	if (report_rows(t) == 0)
		report_add_note(doc, "nothing changed much since the last delivery");
}

void guard_report_drift(struct report *doc, const struct guard_drift *d, const struct guard_csv *c)
{
	struct report_table *t;

	add_changes(doc, d);
	t = report_add_table(doc, "drift", "Compared with the last delivery", REPORT_DETAIL,
	    drift_columns, ARRAY_LEN(drift_columns));
	for (size_t i = 0; i < d->compared.len; i++) {
		const struct guard_compared *v = &d->compared.ptr[i];
		const struct guard_column *column = &c->columns[v->column];

		report_add_cell(doc, t, "%.*s", VIEW_ARG(c->dialect.names.ptr[v->column]));
		report_add_cell(doc, t, "%s", status_name(v->status));
		report_add_cell(doc, t, "%s", guard_row_text(v->before, "type"));
		report_add_cell(doc, t, "%s", guard_type_name(guard_column_type(column)));
		add_number(doc, t, guard_row_number(v->before, "missing"), "g");
		report_add_cell(doc, t, "%.6f",
		    column->cells
			? 1 - (double)guard_present(column) / (double)column->cells
			: 0.0);
		add_number(doc, t, guard_row_number(v->before, "distinct"), "g");
		report_add_cell(doc, t, "%" PRIu64, guard_distinct_count(&column->values));
		add_number(doc, t, v->psi, "3");
	}
}
