/* What is told of values: a table a kind of it, all variables one after the other. */
#include "guard/profile_report.h"

#include "guard/row_months.h"
#include "guard/shape.h"

#include "base/map.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

enum {
	FREQUENT = 50, /* values told of a variable */
	PATTERNS = 10,
	YEARS_BY_MONTH = 20, /* longer ones are told by year */
};

static const struct report_column frequent_columns[] = {
    {"variable", "Variable", REPORT_TEXT},
    {"value", "Value", REPORT_TEXT},
    {"rows", "Rows", REPORT_COUNT},
    {"share", "Share", REPORT_PERCENT},
};

static const struct report_column pattern_columns[] = {
    {"variable", "Variable", REPORT_TEXT},
    {"pattern", "Written as", REPORT_TEXT},
    {"rows", "Rows", REPORT_COUNT},
    {"share", "Share", REPORT_PERCENT},
};

static const struct report_column histogram_columns[] = {
    {"variable", "Variable", REPORT_TEXT},
    {"from", "From", REPORT_NUMBER},
    {"to", "Below", REPORT_NUMBER},
    {"rows", "Rows", REPORT_COUNT},
    {"share", "Share", REPORT_PERCENT},
};

static const struct report_column period_columns[] = {
    {"variable", "Variable", REPORT_TEXT},
    {"period", "Month or year", REPORT_WORDS},
    {"rows", "Rows", REPORT_COUNT},
};

/* One variable of the document. */
struct variable {
	struct report *doc;
	const struct guard_dialect *dialect;
	struct view name;
	const struct guard_csv *csv;
	const struct guard_column *column;
	size_t index; /* of the column */
	struct guard_telling telling;
};

static void add_share(const struct variable *v, struct report_table *t, uint64_t rows)
{
	report_add_cell(v->doc, t, "%" PRIu64, rows);
	report_add_cell(v->doc, t, "%.6f", (double)rows / (double)guard_present(v->column));
}

static void add_frequent(const struct variable *v, struct report_table *t)
{
	const struct guard_distinct *d = &v->column->values;
	const struct guard_value **sorted;
	AUTO_ARENA struct arena arena = {0};

	if (!guard_tells_values(&v->telling, v->column))
		return;
	sorted = guard_distinct_sorted(d);
	for (size_t i = 0; i < MIN(d->kept, (size_t)FREQUENT); i++) {
		struct view value = guard_distinct_text(d, sorted[i]);

		if (sorted[i]->count < v->telling.rows_min)
			break;
		report_add_cell(v->doc, t, "%.*s", VIEW_ARG(v->name));
		if (guard_distinct_is_masked(d, sorted[i]))
			report_add_words(v->doc, t, GUARD_MASKED);
		else
			report_add_cell(v->doc, t, "%.*s",
			    VIEW_ARG(guard_dialect_utf8(v->dialect, value, &arena)));
		add_share(v, t, sorted[i]->count);
	}
	free(sorted);
}

static int by_rows(const void *a, const void *b)
{
	const struct map_entry *x = a, *y = b;

	if (x->value != y->value)
		return x->value < y->value ? 1 : -1;
	return view_cmp(x->key, y->key);
}

/* Of the different values that are kept: all of them, or a sample. */
static void count_patterns(struct map *ret, const struct guard_distinct *d)
{
	for (size_t i = 0; i < d->slot_count; i++) {
		const struct guard_value *value = &d->slots[i];
		char pattern[GUARD_PATTERN_MAX];

		if (value->hash && guard_pattern_of(pattern, guard_distinct_text(d, value)))
			*map_add(ret, VIEW(pattern), 0) += (int64_t)value->count;
	}
}

static bool has_patterns(const struct variable *v)
{
	enum guard_type type = guard_column_type(v->column);

	return v->telling.is_open && (type == GUARD_TYPE_TEXT || type == GUARD_TYPE_DIGITS) &&
	       v->column->detected[GUARD_WORDS].count == 0;
}

static void add_patterns(const struct variable *v, struct report_table *t)
{
	AUTO_MAP struct map patterns = {0};
	uint64_t kept = 0;

	if (!has_patterns(v))
		return;
	count_patterns(&patterns, &v->column->values);
	if (patterns.entries.len)
		qsort(patterns.entries.ptr, patterns.entries.len, sizeof(struct map_entry),
		    by_rows);
	for (size_t i = 0; i < v->column->values.slot_count; i++)
		kept += v->column->values.slots[i].count;
	for (size_t i = 0; i < MIN(patterns.entries.len, (size_t)PATTERNS); i++) {
		const struct map_entry *e = &patterns.entries.ptr[i];

		if ((uint64_t)e->value < v->telling.rows_min)
			break;
		report_add_cell(v->doc, t, "%.*s", VIEW_ARG(v->name));
		report_add_cell(v->doc, t, "%.*s", VIEW_ARG(e->key));
		report_add_cell(v->doc, t, "%" PRId64, e->value);
		report_add_cell(v->doc, t, "%.6f", (double)e->value / (double)kept);
	}
}

static void add_edge(const struct variable *v, struct report_table *t, double x)
{
	if (isinf(x))
		report_add_cell(v->doc, t, "%s", "");
	else
		report_add_cell(v->doc, t, "%.6g", x);
}

static void add_histogram(const struct variable *v, struct report_table *t)
{
	struct guard_quantiles numbers;
	struct guard_bins bins;

	if (!guard_type_is_number(guard_column_type(v->column)))
		return;
	guard_numbers_copy(&numbers, v->column);
	guard_bins_make(&bins, &numbers, &v->telling,
	    guard_column_type(v->column) == GUARD_TYPE_INTEGER);
	guard_quantiles_clear(&numbers);
	for (size_t i = 0; i < bins.count; i++) {
		report_add_cell(v->doc, t, "%.*s", VIEW_ARG(v->name));
		add_edge(v, t, bins.bins[i].from);
		add_edge(v, t, bins.bins[i].to);
		add_share(v, t, bins.bins[i].count);
	}
}

/* Of a year since 1880; `month` from 0, or -1: the whole year. */
static void add_period(const struct variable *v, struct report_table *t, int year, int month,
    uint64_t rows)
{
	report_add_cell(v->doc, t, "%.*s", VIEW_ARG(v->name));
	if (month < 0)
		report_add_cell(v->doc, t, "%d", 1880 + year);
	else
		report_add_cell(v->doc, t, "%d-%02d", 1880 + year, 1 + month);
	if (rows && rows < v->telling.rows_min)
		report_add_cell(v->doc, t, "<%" PRIu64, v->telling.rows_min);
	else
		report_add_cell(v->doc, t, "%" PRIu64, rows);
}

static void add_periods(const struct variable *v, struct report_table *t)
{
	uint64_t months[GUARD_MONTHS];
	int first, last;

	if (!guard_has_months(v->csv, v->index) || !guard_months_of(months, v->csv, v->index) ||
	    !guard_months_told(months, &v->telling, &first, &last))
		return;
	if (last / 12 - first / 12 < YEARS_BY_MONTH) {
		for (int i = first; i <= last; i++)
			add_period(v, t, i / 12, i % 12, months[i]);
		return;
	}
	for (int year = first / 12; year <= last / 12; year++) {
		uint64_t rows = 0;

		for (int i = 0; i < 12; i++)
			rows += months[year * 12 + i];
		add_period(v, t, year, -1, rows);
	}
}

typedef void add_fn(const struct variable *v, struct report_table *t);

static void add_of_all(struct report *doc, const struct guard_csv *c,
    const struct guard_findings *f, struct report_table *t, add_fn *add)
{
	struct guard_told told = guard_told_from(c, f);

	for (size_t i = 0; i < c->dialect.names.len; i++) {
		struct variable v = {
		    .doc = doc,
		    .dialect = &c->dialect,
		    .name = c->dialect.names.ptr[i],
		    .csv = c,
		    .column = &c->columns[i],
		    .index = i,
		    .telling = guard_telling_of(&f->columns.ptr[i], told),
		};

		if (guard_present(v.column))
			add(&v, t);
	}
}

void guard_report_values(struct report *doc, const struct guard_csv *c,
    const struct guard_findings *f)
{
	static const struct {
		const char *id, *title;
		const struct report_column *columns;
		size_t count;
		add_fn *add;
	} tables[] = {
	    {"frequent", "Frequent values", frequent_columns, ARRAY_LEN(frequent_columns),
		add_frequent},
	    {"patterns", "How codes are written", pattern_columns, ARRAY_LEN(pattern_columns),
		add_patterns},
	    {"histogram", "Numbers", histogram_columns, ARRAY_LEN(histogram_columns),
		add_histogram},
	    {"periods", "Dates", period_columns, ARRAY_LEN(period_columns), add_periods},
	};

	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		struct report_table *t = report_add_table(doc, tables[i].id, tables[i].title,
		    REPORT_DETAIL, tables[i].columns, tables[i].count);

		add_of_all(doc, c, f, t, tables[i].add);
	}
}
