/* A row a variable. */
#include "guard/profile_report.h"

#include "guard/shape.h"

#include <inttypes.h>
#include <math.h>

static const struct report_column columns[] = {
    {"variable", "Variable", REPORT_TEXT},
    {"type", "Type", REPORT_WORDS},
    {"cells", NULL, REPORT_COUNT},
    {"missing", "Missing", REPORT_PERCENT},
    {"empty", NULL, REPORT_COUNT},
    {"blank", NULL, REPORT_COUNT},
    {"missing_words", NULL, REPORT_COUNT},
    {"sentinel", NULL, REPORT_TEXT},
    {"sentinel_rows", NULL, REPORT_COUNT},
    {"distinct", "Different", REPORT_COUNT},
    {"distinct_exact", NULL, REPORT_TEXT},
    {"singles", NULL, REPORT_COUNT},
    {"p05", "5 %", REPORT_WORDS},
    {"p50", "Median", REPORT_WORDS},
    {"p95", "95 %", REPORT_WORDS},
    {"precision", NULL, REPORT_TEXT},
    {"length", "Length", REPORT_WORDS},
    {"length_mean", NULL, REPORT_NUMBER},
    {"padded", NULL, REPORT_COUNT},
    {"control", NULL, REPORT_COUNT},
    {"not_utf8", NULL, REPORT_COUNT},
};

static const double shares[] = {0.05, 0.5, 0.95};

static uint64_t missing_of(const struct guard_column *c)
{
	return c->cells - guard_present(c);
}

void guard_add_number(struct str *out, double x, bool whole)
{
	double size = fabs(x);
	int decimals = size < 10 ? 2 : 1;

	if (size >= 1e9 || (size < 0.01 && size > 0))
		str_addf(out, "%.3g", x);
	else if (whole || size >= 100)
		str_addf(out, "%.0f", x);
	else
		str_addf(out, "%.*f", decimals, x);
}

/* The month in which a share of all days has passed. */
static void add_month(struct str *out, const struct guard_column *c, uint64_t days, double share)
{
	uint64_t rank = (uint64_t)(share * (double)(days - 1)), seen = 0;
	int month = 0;

	while ((seen += c->months[month]) <= rank)
		month++;
	str_addf(out, "%d-%02d", 1880 + month / 12, 1 + month % 12);
}

static void add_range(struct report *doc, struct report_table *t, const struct guard_column *c,
    const struct guard_telling *telling)
{
	enum guard_type type = guard_column_type(c);
	uint64_t days = 0;

	for (int i = GUARD_DATE; i <= GUARD_DATE_TIME; i++)
		days += c->forms[i];
	for (size_t i = 0; i < ARRAY_LEN(shares); i++) {
		AUTO_STR struct str out = {0};

		if (guard_type_is_date(type) && guard_tells_quantiles(telling, days))
			add_month(&out, c, days, shares[i]);
		else if (guard_type_is_number(type) &&
			 guard_tells_quantiles(telling, c->numbers.count))
			guard_add_number(&out, guard_quantiles_at(&c->numbers, shares[i]),
			    type == GUARD_TYPE_INTEGER);
		report_add_cell(doc, t, "%s", str_get(&out));
	}
}

/* The most decimals that one number of a hundred has. */
static int decimals_of(const struct guard_column *c)
{
	uint64_t all = 0, seen = 0;
	int n = GUARD_DECIMALS_MAX;

	for (int i = 0; i <= GUARD_DECIMALS_MAX; i++)
		all += c->decimals[i];
	for (; n > 0; n--) {
		seen += c->decimals[n];
		if (seen * 100 >= all)
			break;
	}
	return n;
}

const char *guard_precision(const struct guard_column *c, struct arena *arena)
{
	enum guard_type type = guard_column_type(c);
	int decimals = decimals_of(c);

	if (type == GUARD_TYPE_DATE_TIME)
		return "time";
	if (guard_type_is_date(type))
		return "day";
	if (type == GUARD_TYPE_INTEGER)
		return "whole numbers";
	if (guard_type_is_number(type))
		return arena_format(arena, "%d decimal%s", decimals, decimals == 1 ? "" : "s");
	return "";
}

static void add_length(struct report *doc, struct report_table *t, const struct guard_column *c)
{
	uint64_t present = guard_present(c);

	if (present == 0)
		report_add_cell(doc, t, "%s", "");
	else if (c->length_min == c->length_max)
		report_add_cell(doc, t, "%zu", c->length_min);
	else
		report_add_cell(doc, t, "%zu to %zu", c->length_min, c->length_max);
	if (present == 0)
		report_add_cell(doc, t, "%s", "");
	else
		report_add_cell(doc, t, "%.1f", (double)c->bytes / (double)present);
}

static void add_count(struct report *doc, struct report_table *t, uint64_t n)
{
	report_add_cell(doc, t, "%" PRIu64, n);
}

static void add_missing(struct report *doc, struct report_table *t, const struct guard_column *c,
    const struct guard_telling *telling)
{
	char sentinel[16];
	uint64_t rows;

	guard_sentinel_find(c, sentinel, &rows);
	if (rows < telling->rows_min || !telling->is_open)
		rows = 0;
	report_add_cell(doc, t, "%.6f",
	    c->cells ? (double)missing_of(c) / (double)c->cells : 0.0);
	add_count(doc, t, c->forms[GUARD_EMPTY]);
	add_count(doc, t, c->forms[GUARD_BLANK]);
	add_count(doc, t, c->forms[GUARD_MISSING]);
	report_add_cell(doc, t, "%s", rows ? sentinel : "");
	add_count(doc, t, rows);
}

static void add_variable(struct report *doc, struct report_table *t, struct view name,
    const struct guard_column *c, const struct guard_telling *telling)
{
	report_add_cell(doc, t, "%.*s", VIEW_ARG(name));
	report_add_cell(doc, t, "%s", guard_type_name(guard_column_type(c)));
	add_count(doc, t, c->cells);
	add_missing(doc, t, c, telling);
	add_count(doc, t, guard_distinct_count(&c->values));
	report_add_cell(doc, t, "%s", c->values.level == 0 ? "yes" : "no");
	add_count(doc, t, guard_distinct_singles(&c->values));
	add_range(doc, t, c, telling);
	report_add_cell(doc, t, "%s", guard_precision(c, &doc->arena));
	add_length(doc, t, c);
	add_count(doc, t, c->padded);
	add_count(doc, t, c->control);
	add_count(doc, t, c->invalid_utf8);
}

void guard_report_variables(struct report *doc, const struct guard_csv *c,
    const struct guard_findings *f)
{
	struct report_table *t = report_add_table(doc, "variables", "Variables",
	    REPORT_SHOWN | REPORT_EXPORTED, columns, ARRAY_LEN(columns));
	struct guard_told told = guard_told_from(c, f);

	for (size_t i = 0; i < c->dialect.names.len; i++) {
		struct guard_telling telling = guard_telling_of(&f->columns.ptr[i], told);

		add_variable(doc, t, c->dialect.names.ptr[i], &c->columns[i], &telling);
	}
}
