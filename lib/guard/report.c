#include "guard/report.h"

#include "guard/fault.h"
#include "guard/risk_report.h"
#include "guard/sensitive.h"

#include <inttypes.h>

static const struct report_column fault_columns[] = {
    {"fault", "Fault", REPORT_TEXT},
    {"title", "What is wrong", REPORT_TEXT},
    {"count", "Times", REPORT_COUNT},
    {"rows", "First rows", REPORT_TEXT},
    {"bytes", "At byte", REPORT_TEXT},
};

static const struct report_column variable_columns[] = {
    {"variable", "Variable", REPORT_TEXT},
    {"type", "Type", REPORT_TEXT},
    {"cells", NULL, REPORT_COUNT},
    {"missing", "Missing", REPORT_PERCENT},
    {"distinct", "Different", REPORT_COUNT},
    {"distinct_exact", NULL, REPORT_TEXT},
    {"p05", "5 %", REPORT_TEXT},
    {"p50", "Median", REPORT_TEXT},
    {"p95", "95 %", REPORT_TEXT},
    {"length", "Length", REPORT_TEXT},
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
		report_add_note(doc, "the file is sound: no fault of its form");
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

static uint64_t missing_of(const struct guard_column *c)
{
	return c->forms[GUARD_EMPTY] + c->forms[GUARD_BLANK] + c->forms[GUARD_MISSING];
}

/* Beyond the outer two lie 11 values then: the lowest and the highest are those of a person. */
enum { QUANTILES_FROM = 220 };

static const double shares[] = {0.05, 0.5, 0.95};

/* The month in which a share of all days has passed. */
static void add_month(struct report *doc, struct report_table *t, const struct guard_column *c,
    uint64_t days, double share)
{
	uint64_t rank = (uint64_t)(share * (double)(days - 1)), seen = 0;
	int month = 0;

	while ((seen += c->months[month]) <= rank)
		month++;
	report_add_cell(doc, t, "%d-%02d", 1880 + month / 12, 1 + month % 12);
}

static void add_range(struct report *doc, struct report_table *t, const struct guard_column *c,
    enum guard_type type, bool is_hidden)
{
	uint64_t days = 0;

	for (int i = GUARD_DATE; i <= GUARD_DATE_TIME; i++)
		days += c->forms[i];
	for (size_t i = 0; i < ARRAY_LEN(shares); i++) {
		if (is_hidden)
			report_add_cell(doc, t, "%s", "");
		else if (guard_type_is_date(type) && days >= QUANTILES_FROM)
			add_month(doc, t, c, days, shares[i]);
		else if (guard_type_is_number(type) && c->numbers.count >= QUANTILES_FROM)
			report_add_cell(doc, t, "%.3g", guard_quantiles_at(&c->numbers, shares[i]));
		else
			report_add_cell(doc, t, "%s", "");
	}
}

static void add_variable(struct report *doc, struct report_table *t, struct view name,
    const struct guard_column *c, const struct guard_evidence *e)
{
	enum guard_type type = guard_column_type(c);
	uint64_t missing = missing_of(c);

	report_add_cell(doc, t, "%.*s", VIEW_ARG(name));
	report_add_cell(doc, t, "%s", guard_type_name(type));
	report_add_cell(doc, t, "%" PRIu64, c->cells);
	report_add_cell(doc, t, "%.6f", c->cells ? (double)missing / (double)c->cells : 0.0);
	report_add_cell(doc, t, "%" PRIu64, guard_distinct_count(&c->values));
	report_add_cell(doc, t, "%s", c->values.level == 0 ? "yes" : "no");
	add_range(doc, t, c, type, guard_is_hidden(e));
	if (c->cells == missing)
		report_add_cell(doc, t, "%s", "");
	else if (c->length_min == c->length_max)
		report_add_cell(doc, t, "%zu", c->length_min);
	else
		report_add_cell(doc, t, "%zu to %zu", c->length_min, c->length_max);
}

struct report *guard_report(const struct guard_csv *c, const struct guard_findings *f,
    const struct guard_risk *risk, const char *path)
{
	struct report *doc = report_new("What stands in the file",
	    "Every row was read. No value of a person is shown.");
	const struct guard_structure *s = &c->structure;
	struct report_table *t;

	report_add_fact(doc, "file", "File", "%s", path);
	report_add_fact(doc, "rows", "Rows", "%" PRIu64, s->rows);
	report_add_fact(doc, "bytes", "Bytes", "%" PRIu64, s->bytes);
	if (c->format != GUARD_DELIMITED)
		report_add_fact(doc, "format", "Format", "%s", guard_format_name(c->format));
	report_add_fact(doc, "encoding", "Encoding", "%s",
	    guard_encoding_name(c->dialect.encoding));
	if (!c->dialect.is_made) {
		report_add_fact(doc, "separator", "Separator", "%s",
		    guard_separator_name(c->dialect.separator));
		report_add_fact(doc, "header", "Header", "%s",
		    c->dialect.has_header ? "yes" : "no");
	}
	if (!c->dialect.has_header && c->dialect.is_header_doubtful)
		report_add_note(doc, "the first row was read as data: nothing says that its words "
				     "are names of variables (--header yes says so)");
	guard_report_sensitive(doc, c, f);
	guard_report_risk(doc, c, risk);
	add_faults(doc, s);
	t = report_add_table(doc, "variables", "Variables", REPORT_SHOWN | REPORT_EXPORTED,
	    variable_columns, ARRAY_LEN(variable_columns));
	for (size_t i = 0; i < c->dialect.names.len; i++)
		add_variable(doc, t, c->dialect.names.ptr[i], &c->columns[i],
		    &f->columns.ptr[i]);
	return doc;
}
