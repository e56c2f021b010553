#include "health/nir_check.h"

#include "base/embed.h"

#include <inttypes.h>

static const char *const class_words[NIR_CLASSES] = {
    [NIR_CLASS_EMPTY] = "empty",
    [NIR_CLASS_MALFORMED] = "malformed",
    [NIR_CLASS_WRONG_KEY] = "wrong key",
    [NIR_CLASS_PROVISIONAL] = "provisional (NNP)",
    [NIR_CLASS_MIGRANT] = "migrant (MIG)",
    [NIR_CLASS_AWAITING] = "being registered (NIA)",
    [NIR_CLASS_WARNING] = "valid with warning",
    [NIR_CLASS_KEYLESS] = "valid without key",
    [NIR_CLASS_VALID] = "valid",
};

static const struct report_column class_columns[] = {
    {"column", "Column", REPORT_TEXT},
    {"class", "Class", REPORT_TEXT},
    {"values", "Values", REPORT_COUNT},
    {"share", "Share", REPORT_PERCENT},
};

static const struct report_column reason_columns[] = {
    {"column", "Column", REPORT_TEXT},
    {"kind", "Kind", REPORT_TEXT},
    {"reason", "Reason", REPORT_TEXT},
    {"values", "Values", REPORT_COUNT},
    {"first_row", "First row", REPORT_TEXT},
};

static const struct report_column also_columns[] = {
    {"column", "Column", REPORT_TEXT},
    {"abroad", "Born abroad", REPORT_COUNT},
    {"repairable", "Mistyped, and what was meant is clear", REPORT_COUNT},
    {"compared", "Compared with traits", REPORT_COUNT},
};

static const struct report_column finding_columns[] = {
    {"row", "Row", REPORT_TEXT},
    {"column", "Column", REPORT_TEXT},
    {"kind", "Kind", REPORT_TEXT},
    {"reason", "Reason", REPORT_TEXT},
};

static const char *kind_of(size_t reason)
{
	if (reason < NIR_FAULTS)
		return "fault";
	return reason < NIR_FAULTS + NIR_WARNING_BITS ? "warning" : "contradiction";
}

/* In the order of the enum backwards: valid first. */
static void add_classes(struct report *doc, const struct nir_check_result *r)
{
	struct report_table *t = report_add_table(doc, "classes", "Classes",
	    REPORT_SHOWN | REPORT_EXPORTED, class_columns, ARRAY_LEN(class_columns));

	for (size_t i = 0; i < r->columns.len; i++) {
		const struct nir_check_column *c = &r->columns.ptr[i];

		for (int class = NIR_CLASSES - 1; class >= 0; class --) {
			report_add_cell(doc, t, "%s", c->name);
			report_add_cell(doc, t, "%s", class_words[class]);
			report_add_cell(doc, t, "%" PRId64, c->classes[class]);
			report_add_cell(doc, t, "%.6f",
			    r->rows ? (double)c->classes[class] / (double)r->rows : 0);
		}
	}
}

static void add_reasons(struct report *doc, const struct nir_check_result *r)
{
	struct report_table *t = report_add_table(doc, "reasons", "Why", REPORT_SHOWN,
	    reason_columns, ARRAY_LEN(reason_columns));

	for (size_t i = 0; i < r->columns.len; i++) {
		const struct nir_check_column *c = &r->columns.ptr[i];

		for (size_t reason = 0; reason < NIR_CHECK_REASONS; reason++) {
			if (c->reasons[reason].values == 0)
				continue;
			report_add_cell(doc, t, "%s", c->name);
			report_add_cell(doc, t, "%s", kind_of(reason));
			report_add_cell(doc, t, "%s", nir_check_reason_name(reason));
			report_add_cell(doc, t, "%" PRId64, c->reasons[reason].values);
			report_add_cell(doc, t, "%" PRId64, c->reasons[reason].first_row);
		}
	}
}

static void add_also(struct report *doc, const struct nir_check_result *r)
{
	struct report_table *t = report_add_table(doc, "also", "Also counted", REPORT_SHOWN,
	    also_columns, ARRAY_LEN(also_columns));

	for (size_t i = 0; i < r->columns.len; i++) {
		const struct nir_check_column *c = &r->columns.ptr[i];

		report_add_cell(doc, t, "%s", c->name);
		report_add_cell(doc, t, "%" PRId64, c->abroad);
		report_add_cell(doc, t, "%" PRId64, c->repairable);
		report_add_cell(doc, t, "%" PRId64, c->compared);
	}
}

static void add_findings(struct report *doc, const struct nir_check_result *r)
{
	struct report_table *t = report_add_table(doc, "findings", "Rows of findings",
	    REPORT_DETAIL, finding_columns, ARRAY_LEN(finding_columns));

	for (size_t i = 0; i < r->listed.len; i++) {
		const struct nir_check_finding *f = &r->listed.ptr[i];

		report_add_cell(doc, t, "%" PRId64, f->row);
		report_add_cell(doc, t, "%s", r->columns.ptr[f->column].name);
		report_add_cell(doc, t, "%s", kind_of(f->reason));
		report_add_cell(doc, t, "%s", nir_check_reason_name(f->reason));
	}
	if (r->findings > (int64_t)r->listed.len)
		report_add_note(doc, "%" PRId64 " more findings are counted and not listed; "
				     "--list N lists more.",
		    r->findings - (int64_t)r->listed.len);
}

struct report *nir_check_report(const struct nir_check_result *r, const char *path)
{
	struct report *doc = report_new("NIR check",
	    "Every value is classed; rows are numbered from 1, without the header.");

	report_add_fact(doc, "file", "File", "%s", path);
	report_add_fact(doc, "rows", "Rows", "%" PRId64, r->rows);
	report_add_fact(doc, "findings", "Findings", "%" PRId64, r->findings);
	report_add_fact(doc, "columns", "Columns", "%s", r->found ? "found" : "named");
	add_classes(doc, r);
	add_reasons(doc, r);
	add_also(doc, r);
	add_findings(doc, r);
	report_add_chart(doc, "classes_chart", "Classes",
	    "How many values of each column are valid, provisional, or wrong", "classes",
	    embed_find("health/data/nir_check_chart.json").ptr);
	report_add_note(doc, "Malformed values, wrong keys and contradictions are findings. "
			     "Warnings and provisional numbers are not.");
	return doc;
}
