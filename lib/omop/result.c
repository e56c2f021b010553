#include "omop/result.h"

#include "base/embed.h"

#include <inttypes.h>

static const struct report_column table_columns[] = {
    {"table", "Table", REPORT_TEXT},
    {"rows", "Rows", REPORT_COUNT},
    {"bytes", "Bytes", REPORT_COUNT},
};

static const struct report_column filter_columns[] = {
    {"source", "Source", REPORT_TEXT},
    {"filter", "Filter", REPORT_TEXT},
    {"title", "What goes", REPORT_TEXT},
    {"rows_in", "Rows in", REPORT_COUNT},
    {"removed", "Removed", REPORT_COUNT},
    {"share", "Share", REPORT_PERCENT},
};

static const struct report_column rule_columns[] = {
    {"filter", "Filter", REPORT_TEXT},
    {"title_fr", "En français", REPORT_TEXT},
    {"rule", "Rule", REPORT_TEXT},
    {"source", "Source", REPORT_TEXT},
};

static const struct report_column code_columns[] = {
    {"vocabulary", "Vocabulary", REPORT_TEXT},
    {"codes", "Codes", REPORT_COUNT},
    {"rows", "Rows", REPORT_COUNT},
    {"unknown_codes", "Codes of another form", REPORT_COUNT},
    {"unknown_rows", "Their rows (concept 0)", REPORT_COUNT},
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

static void add_filter(struct report *doc, struct report_table *t, const struct omop_filter *f)
{
	report_add_cell(doc, t, "%s", f->table);
	report_add_cell(doc, t, "%s", f->id);
	report_add_cell(doc, t, "%s", f->title);
	report_add_cell(doc, t, "%" PRId64, f->rows_in);
	report_add_cell(doc, t, "%" PRId64, f->removed);
	if (f->rows_in > 0)
		report_add_cell(doc, t, "%.6f", (double)f->removed / (double)f->rows_in);
	else
		report_add_cell(doc, t, "%s", "");
}

/* Filters with nothing to remove are of interest to few: they fold away. */
static void add_filters(struct report *doc, const struct omop_result *r)
{
	struct report_table *some = report_add_table(doc, "removed", "What the filters removed",
	    REPORT_SHOWN, filter_columns, ARRAY_LEN(filter_columns));
	struct report_table *all = report_add_table(doc, "filters", "Every filter and its count",
	    REPORT_DETAIL, filter_columns, ARRAY_LEN(filter_columns));

	for (size_t i = 0; i < r->filters.items.len; i++) {
		const struct omop_filter *f = &r->filters.items.ptr[i];

		if (f->removed > 0)
			add_filter(doc, some, f);
		add_filter(doc, all, f);
	}
	report_add_note(doc, "%zu filters removed nothing; --format json lists all %zu",
	    r->filters.items.len - report_rows(some), r->filters.items.len);
}

static bool told_before(const struct omop_filters *f, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(f->items.ptr[i].id, f->items.ptr[index].id) == 0)
			return true;
	return false;
}

static void add_rules(struct report *doc, const struct omop_result *r)
{
	struct report_table *t = report_add_table(doc, "rules", "The rules and their sources",
	    REPORT_DETAIL, rule_columns, ARRAY_LEN(rule_columns));

	for (size_t i = 0; i < r->filters.items.len; i++) {
		const struct omop_filter *f = &r->filters.items.ptr[i];

		if (told_before(&r->filters, i))
			continue;
		report_add_cell(doc, t, "%s", f->id);
		report_add_cell(doc, t, "%s", f->title_fr);
		report_add_cell(doc, t, "%s", f->rule);
		report_add_cell(doc, t, "%s", f->source);
	}
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
	}
}

static void add_chart(struct report *doc, const struct omop_result *r)
{
	AUTO_STR struct str alt = {0};
	const struct omop_filter *most = NULL;

	for (size_t i = 0; i < r->filters.items.len; i++)
		if (!most || r->filters.items.ptr[i].removed > most->removed)
			most = &r->filters.items.ptr[i];
	if (!most || most->removed == 0)
		return;
	str_addf(&alt, "the most, %" PRId64 ", by '%s' of %s",
	    most->removed, most->title, most->table);
	report_add_chart(doc, "removed_rows", "Rows removed by each filter", str_get(&alt),
	    "removed", embed_find("omop/data/chart_removed.json").ptr);
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
	    date_format(r->first_day, day));
	report_add_fact(doc, "last_day", "Last day of the data", "%s",
	    date_format(r->last_day, day));
	report_add_fact(doc, "mco_years", "Years of T_MCO", "%d-%d", r->source.first_year,
	    r->source.last_year);
	add_tables(doc, r);
	add_filters(doc, r);
	add_chart(doc, r);
	add_codes(doc, r);
	add_rules(doc, r);
	if (!r->source.has_causes)
		report_add_note(doc, "KI_CCI_R is missing: deaths come from IR_BEN_R, without a "
				     "cause.");
	report_add_note(doc, "Concepts are local (ids above 2,000,000,000): no Athena "
			     "vocabulary was "
			     "used, source and concept ids are the same.");
	report_add_note(doc, "A box of drugs counts for 30 days unless data/days_supply.csv "
			     "knows it.");
	return doc;
}
