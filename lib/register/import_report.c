#include "register/import_report.h"

/* Findings by kind: what a person reads first. */
static void add_kinds(struct report *r, const struct register_import *i)
{
	static const struct report_column columns[] = {
	    {"finding", "Finding", REPORT_TEXT},
	    {"count", "Times", REPORT_COUNT},
	    {"first_row", "First row", REPORT_COUNT},
	    {"meaning", "What it means", REPORT_TEXT},
	};
	struct report_table *t = report_add_table(r, "kinds", "Findings by kind", REPORT_SHOWN,
	    columns, ARRAY_LEN(columns));
	size_t counts[REGISTER_FAULTS] = {0}, first[REGISTER_FAULTS] = {0};

	for (size_t n = 0; n < i->findings.len; n++) {
		const struct register_finding *f = &i->findings.ptr[n];

		if (counts[f->fault]++ == 0)
			first[f->fault] = f->row;
	}
	for (int f = 0; f < REGISTER_FAULTS; f++) {
		if (counts[f] == 0)
			continue;
		report_add_cell(r, t, "%s", register_fault_name((enum register_fault)f));
		report_add_cell(r, t, "%zu", counts[f]);
		report_add_cell(r, t, "%zu", first[f]);
		report_add_cell(r, t, "%s", register_fault_meaning((enum register_fault)f));
	}
}

static void add_findings(struct report *r, const struct register_import *i)
{
	static const struct report_column columns[] = {
	    {"row", "Row", REPORT_COUNT},
	    {"column", "Column", REPORT_TEXT},
	    {"finding", "Finding", REPORT_TEXT},
	};
	struct report_table *t = report_add_table(r, "findings", "Findings",
	    REPORT_EXPORTED | REPORT_DETAIL, columns, ARRAY_LEN(columns));

	for (size_t n = 0; n < i->findings.len; n++) {
		const struct register_finding *f = &i->findings.ptr[n];

		report_add_cell(r, t, "%zu", f->row);
		report_add_cell(r, t, "%s", f->column);
		report_add_cell(r, t, "%s", register_fault_name(f->fault));
	}
}

struct report *register_import_report(const struct register_import *i, const char *file,
    const size_t counts[REGISTER_OUTCOMES], bool dry)
{
	struct report *r = report_new("Import into the register",
	    dry ? "Nothing was changed: this is what an import would do." : "");

	report_add_fact(r, "file", "File", "%s", file);
	report_add_fact(r, "rows", "Rows", "%zu", i->rows);
	report_add_fact(r, "added", "New sheets", "%zu", counts[REGISTER_ADDED]);
	report_add_fact(r, "changed", "Changed sheets", "%zu", counts[REGISTER_CHANGED]);
	report_add_fact(r, "same", "Sheets as they were", "%zu", counts[REGISTER_SAME]);
	report_add_fact(r, "findings", "Findings", "%zu", i->findings.len);
	add_kinds(r, i);
	add_findings(r, i);
	return r;
}
