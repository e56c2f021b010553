#include "guard/sensitive.h"

#include <inttypes.h>

static const struct report_column columns[] = {
    {"variable", "Variable", REPORT_TEXT},
    {"class", "Class", REPORT_WORDS},
    {"kind", NULL, REPORT_TEXT},
    {"title", "Holds", REPORT_WORDS},
    {"confidence", "Sure", REPORT_WORDS},
    {"reason", "Why", REPORT_WORDS},
    {"matches", NULL, REPORT_COUNT},
    {"of", NULL, REPORT_COUNT},
    {"chance", NULL, REPORT_NUMBER},
    {"rows", "First rows", REPORT_TEXT},
};

void guard_report_rows(struct report *doc, struct report_table *t, const struct guard_rows *r)
{
	AUTO_STR struct str text = {0};

	for (size_t i = 0; i < MIN(r->count, GUARD_ROWS_TOLD); i++)
		str_addf(&text, "%s%" PRIu64, i ? ", " : "", r->first[i]);
	if (r->count > GUARD_ROWS_TOLD)
		str_addz(&text, " …");
	report_add_cell(doc, t, "%s", str_get(&text));
}

static void add_finding(struct report *doc, struct report_table *t, struct view name,
    const struct guard_evidence *e)
{
	report_add_cell(doc, t, "%.*s", VIEW_ARG(name));
	report_add_cell(doc, t, "%s", guard_class_name(e->class));
	report_add_cell(doc, t, "%s", e->kind->id);
	report_add_cell(doc, t, "%s", e->kind->title);
	report_add_cell(doc, t, "%s", guard_confidence_name(e->confidence));
	report_add_cell(doc, t, "%s", e->reason);
	if (e->matches.count)
		report_add_cell(doc, t, "%" PRIu64, e->matches.count);
	else
		report_add_cell(doc, t, "%s", "");
	report_add_cell(doc, t, "%" PRIu64, e->of);
	if (e->matches.count)
		report_add_cell(doc, t, "%.3g", e->chance);
	else
		report_add_cell(doc, t, "%s", "");
	guard_report_rows(doc, t, &e->matches);
}

void guard_report_sensitive(struct report *doc, const struct guard_csv *c,
    const struct guard_findings *f)
{
	struct report_table *t = report_add_table(doc, "sensitive", "What it says of persons",
	    REPORT_SHOWN, columns, ARRAY_LEN(columns));

	for (int class = GUARD_CLASSES; class -- > GUARD_CLASS_SENSITIVE;)
		for (size_t i = 0; i < f->columns.len; i++)
			if (f->columns.ptr[i].kind && (int)f->columns.ptr[i].class == class)
				add_finding(doc, t, c->dialect.names.ptr[i], &f->columns.ptr[i]);
	if (report_rows(t))
		report_add_note(doc, "%s", GUARD_NOTE_CLASSES);
	else
		report_add_note(doc, "%s", GUARD_NOTE_NOBODY);
}
