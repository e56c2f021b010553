#include "guard/report.h"

#include "guard/fault.h"
#include "guard/joint_report.h"
#include "guard/kinds_report.h"
#include "guard/profile_panel.h"
#include "guard/profile_report.h"
#include "guard/risk_report.h"
#include "guard/sensitive.h"

#include <inttypes.h>

static const struct report_column fault_columns[] = {
    {"fault", "Fault", REPORT_TEXT},
    {"title", "What is wrong", REPORT_WORDS},
    {"count", "Times", REPORT_COUNT},
    {"rows", "First rows", REPORT_TEXT},
    {"bytes", "At byte", REPORT_TEXT},
};

/* Where the rows begin; nothing for what is of the whole file. */
static void add_bytes(struct report *doc, struct report_table *t, const struct guard_places *p)
{
	AUTO_STR struct str text = {0};

	for (size_t i = 0; p->has_bytes && i < MIN(p->rows.count, GUARD_ROWS_TOLD); i++)
		str_addf(&text, "%s%" PRIu64, i ? ", " : "", p->at[i]);
	if (text.len && p->rows.count > GUARD_ROWS_TOLD)
		str_addz(&text, " …");
	report_add_cell(doc, t, "%s", str_get(&text));
}

static void add_faults(struct report *doc, const struct guard_structure *s)
{
	struct report_table *t = report_add_table(doc, "faults", "Faults of the file",
	    REPORT_SHOWN, fault_columns, ARRAY_LEN(fault_columns));

	for (size_t i = 0; i < guard_fault_count; i++) {
		struct guard_places places = {0};

		if (!guard_fault_find(&guard_faults[i], s, &places))
			continue;
		report_add_cell(doc, t, "%s", guard_faults[i].id);
		report_add_cell(doc, t, "%s", guard_faults[i].title);
		report_add_cell(doc, t, "%" PRIu64, places.rows.count);
		guard_report_rows(doc, t, &places.rows);
		add_bytes(doc, t, &places);
	}
	if (report_rows(t) == 0)
		report_add_note(doc, "%s", GUARD_NOTE_SOUND);
}

bool guard_has_faults(const struct guard_structure *s)
{
	for (size_t i = 0; i < guard_fault_count; i++) {
		struct guard_places places = {0};

		if (guard_fault_find(&guard_faults[i], s, &places))
			return true;
	}
	return false;
}

/* They left the table, not the file. */
static void add_deleted(struct report *doc, const struct guard_structure *s)
{
	if (!s->deleted)
		return;
	report_add_counts(doc, "deleted", "Deleted rows", "%" PRIu64, s->deleted);
	report_add_note(doc, "%s",
	    s->left_out ? "SAS marks rows as deleted that still stand in the file: they are not "
			  "counted here, whoever has the file can read them"
			: "SAS marks rows as deleted that still stand in the file: which ones "
			  "could not be told, they are counted with the others");
}

struct report *guard_report(const struct guard_csv *c, const struct guard_findings *f,
    const struct guard_risk *risk, const char *path)
{
	struct report *doc = report_new("What stands in the file",
	    "Every row was read. No value of a person is shown.");
	const struct guard_structure *s = &c->structure;

	report_add_fact(doc, "file", "File", "%s", path);
	report_add_counts(doc, "rows", "Rows", "%" PRIu64, s->rows);
	report_add_counts(doc, "bytes", "Bytes", "%" PRIu64, s->bytes);
	if (c->format != GUARD_DELIMITED)
		report_add_word(doc, "format", "Format", guard_format_name(c->format));
	report_add_word(doc, "encoding", "Encoding",
	    guard_encoding_name(c->dialect.encoding));
	if (!c->dialect.is_made) {
		report_add_word(doc, "separator", "Separator",
		    guard_separator_name(c->dialect.separator));
		report_add_word(doc, "header", "Header",
		    c->dialect.has_header ? "yes" : "no");
	}
	if (!c->dialect.has_header && c->dialect.is_header_doubtful)
		report_add_note(doc, "the first row was read as data: nothing says that its words "
				     "are names of variables (--header yes says so)");
	add_deleted(doc, s);
	if (c->rows.level)
		report_add_note(doc, "repeated rows are estimated from a sample of %zu different "
				     "rows",
		    c->rows.kept);
	guard_report_sensitive(doc, c, f);
	guard_report_risk(doc, c, risk);
	add_faults(doc, s);
	guard_report_kinds(doc, c);
	guard_report_described(doc, c);
	guard_report_variables(doc, c, f);
	guard_report_values(doc, c, f);
	guard_report_joint(doc, c, f);
	guard_report_panels(doc, c, f);
	return doc;
}

void guard_report_order(struct report *doc)
{
	static const char *const first[] = {"verdict", "findings", "faults", "changes", "sensitive",
	    "risk", "diversity"};

	for (size_t i = ARRAY_LEN(first); i-- > 0;)
		for (size_t k = 0; k < doc->tables.len; k++)
			if (strcmp(doc->tables.ptr[k]->id, first[i]) == 0)
				report_put_first(doc, doc->tables.ptr[k]);
}
