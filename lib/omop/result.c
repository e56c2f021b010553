#include "omop/result.h"

#include "mainbase/filters_report.h"

#include <inttypes.h>

static const struct report_column table_columns[] = {
    {"table", "Table", REPORT_TEXT},
    {"rows", "Rows", REPORT_COUNT},
    {"bytes", "Bytes", REPORT_COUNT},
};

static const struct report_column code_columns[] = {
    {"vocabulary", "Vocabulary", REPORT_TEXT},
    {"codes", "Codes", REPORT_COUNT},
    {"rows", "Rows", REPORT_COUNT},
    {"unknown_codes", "Codes of another form", REPORT_COUNT},
    {"unknown_rows", "Their rows (concept 0)", REPORT_COUNT},
    {"mapped_codes", "With a standard concept", REPORT_COUNT},
    {"mapped_rows", "Their rows", REPORT_COUNT},
};

static void add_tables(struct report *doc, const struct omop_result *r)
{
	struct report_table *t = report_add_table(doc, "tables", "OMOP tables",
	    REPORT_SHOWN | REPORT_EXPORTED, table_columns, ARRAY_LEN(table_columns));

	for (size_t i = 0; i < r->files.len; i++) {
		const struct omop_written *f = &r->files.ptr[i];

		if (f->rows == 0)
			continue;
		report_add_cell(doc, t, "%s", f->table);
		report_add_cell(doc, t, "%" PRId64, f->rows);
		report_add_cell(doc, t, "%" PRIu64, f->bytes);
	}
	report_add_note(doc, "%zu of the %zu tables of OMOP CDM 5.4 hold rows; the others are "
			     "written without any.",
	    report_rows(t), r->files.len);
}

static void add_codes(struct report *doc, const struct omop_result *r)
{
	struct report_table *t = report_add_table(doc, "codes", "Codes made concepts", REPORT_SHOWN,
	    code_columns, ARRAY_LEN(code_columns));

	for (int v = 0; v < OMOP_VOCABULARIES; v++) {
		if (r->codes[v].codes == 0)
			continue;
		report_add_cell(doc, t, "%s", omop_vocabulary_name((enum omop_vocabulary)v));
		report_add_cell(doc, t, "%" PRId64, r->codes[v].codes);
		report_add_cell(doc, t, "%" PRId64, r->codes[v].rows);
		report_add_cell(doc, t, "%" PRId64, r->codes[v].unknown);
		report_add_cell(doc, t, "%" PRId64, r->codes[v].unknown_rows);
		report_add_cell(doc, t, "%" PRId64, r->codes[v].mapped);
		report_add_cell(doc, t, "%" PRId64, r->codes[v].mapped_rows);
	}
}

static int64_t rows_of(const struct omop_result *r, const char *table)
{
	for (size_t i = 0; i < r->files.len; i++)
		if (strcmp(r->files.ptr[i].table, table) == 0)
			return r->files.ptr[i].rows;
	return 0;
}

static void add_notes(struct report *doc, const struct omop_result *r)
{
	const struct mainbase_source *source = &r->base.source;

	if (rows_of(r, "person") == 0)
		report_add_note(doc, "Nobody is left: the CDM has no person. See what the filters "
				     "removed, and whether IR_BEN_R has rows.");
	else if (rows_of(r, "visit_occurrence") + rows_of(r, "drug_exposure") == 0)
		report_add_note(doc, "No care is left: no visit and no drug.");
	if (source->missing.len)
		report_add_note(doc, "Not in the folder, so without rows: %s.",
		    str_get(&source->missing));
	if (r->has_vocabulary)
		report_add_note(doc, "Codes that the vocabulary maps have standard concepts; the "
				     "others are local (ids above 2,000,000,000).");
	else
		report_add_note(doc, "Concepts are local (ids above 2,000,000,000): no Athena "
				     "vocabulary was used, source and concept ids are the same.");
	report_add_note(doc, "A box of drugs counts for 30 days, a large pack (PHA_CND_TOP of "
			     "IR_PHA_R) for 90.");
}

struct report *omop_result_report(const struct omop_result *r, const char *from, const char *out)
{
	struct report *doc = report_new("SNDS to OMOP CDM 5.4",
	    "Each business rule is a named filter; a row counts for the first one that removes "
	    "it.");
	char day[DATE_TEXT_SIZE];

	report_add_fact(doc, "from", "From", "%s", from);
	report_add_fact(doc, "out", "To", "%s", out);
	report_add_fact(doc, "first_day", "First day of the data", "%s",
	    date_format(r->base.first_day, day));
	report_add_fact(doc, "last_day", "Last day of the data", "%s",
	    date_format(r->base.last_day, day));
	report_add_fact(doc, "mco_years", "Years of T_MCO", "%d-%d", r->base.source.first_year,
	    r->base.source.last_year);
	add_tables(doc, r);
	mainbase_report_counts(doc, &r->base.filters);
	add_codes(doc, r);
	mainbase_report_rules(doc, &r->base.filters);
	if (mainbase_source_lacks(&r->base.source, "KI_CCI_R"))
		report_add_note(doc, "KI_CCI_R is missing: deaths come from IR_BEN_R, without a "
				     "cause.");
	add_notes(doc, r);
	return doc;
}
