#include "guard/kinds_report.h"

#include <inttypes.h>

static const struct report_column columns[] = {
    {"variable", "Variable", REPORT_TEXT},
    {"null", "Null", REPORT_COUNT},
    {"boolean", "True or false", REPORT_COUNT},
    {"number", "Number", REPORT_COUNT},
    {"text", "Text", REPORT_COUNT},
    {"list", "List", REPORT_COUNT},
    {"absent", "Not named", REPORT_COUNT},
};

void guard_report_kinds(struct report *doc, const struct guard_csv *c)
{
	struct report_table *t;

	if (!c->kinds)
		return;
	t = report_add_table(doc, "kinds", "Kinds of JSON values", REPORT_SHOWN, columns,
	    ARRAY_LEN(columns));
	for (size_t i = 0; i < c->dialect.names.len; i++) {
		uint64_t named = 0, rows = guard_data_rows(&c->structure);

		report_add_cell(doc, t, "%.*s", VIEW_ARG(c->dialect.names.ptr[i]));
		for (int k = 0; k < JSON_LINE_KINDS; k++) {
			named += c->kinds[i].count[k];
			report_add_cell(doc, t, "%" PRIu64, c->kinds[i].count[k]);
		}
		report_add_cell(doc, t, "%" PRIu64, rows - MIN(rows, named));
	}
}

static const struct report_column described_columns[] = {
    {"variable", "Variable", REPORT_TEXT},
    {"description", "Description", REPORT_TEXT},
    {"format", "Format", REPORT_TEXT},
    {"labels", "Values with a label", REPORT_COUNT},
};

void guard_report_described(struct report *doc, const struct guard_csv *c)
{
	struct report_table *t;

	if (c->dialect.described.len == 0)
		return;
	t = report_add_table(doc, "described", "What the file says of its variables", REPORT_DETAIL,
	    described_columns, ARRAY_LEN(described_columns));
	for (size_t i = 0; i < c->dialect.described.len; i++) {
		const struct guard_described *d = &c->dialect.described.ptr[i];

		report_add_cell(doc, t, "%.*s", VIEW_ARG(c->dialect.names.ptr[i]));
		report_add_cell(doc, t, "%.*s", VIEW_ARG(d->description));
		report_add_cell(doc, t, "%.*s", VIEW_ARG(d->format));
		report_add_cell(doc, t, "%" PRIu64, d->labels);
	}
}
