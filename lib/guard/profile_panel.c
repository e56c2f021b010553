#include "guard/profile_panel.h"

#include "guard/profile_report.h"
#include "guard/row_months.h"
#include "guard/shape.h"
#include "report/html.h"

#include <math.h>
#include <stdlib.h>

enum {
	WIDE = 260,
	HIGH = 64,  /* of bars */
	LABEL = 14, /* a line of text */
	NAMED = 6,  /* values with a bar */
	NAME_WIDE = 92,
	NAME_CUT = 14, /* bytes of a value in sight */
};

struct panel {
	struct report *doc;
	const struct guard_dialect *dialect;
	const struct guard_csv *csv;
	const struct guard_column *column;
	size_t index; /* of the column */
	struct guard_telling telling;
	struct str svg, alt;
};

static void begin(struct panel *p, int height)
{
	str_addf(&p->svg, "<svg viewBox=\"0 0 %d %d\">\n", WIDE, height);
}

static void add_bar(struct panel *p, double x, double y, double width, double height)
{
	str_addf(&p->svg,
	    "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n", x, y,
	    width, height);
}

/* `is_value`: of the data, and as it is in all languages. */
static void add_label(struct panel *p, double x, double y, const char *anchor, const char *text,
    bool is_value)
{
	str_addf(&p->svg, "<text%s x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">",
	    is_value ? " class=\"value\"" : "", x, y, anchor);
	report_add_html(&p->svg, text);
	str_addz(&p->svg, "</text>\n");
}

/* The line below bars, and what stands at its ends. */
static void end_with(struct panel *p, const char *left, const char *right)
{
	str_addf(&p->svg, "<line class=\"axis\" x1=\"0\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", HIGH,
	    WIDE, HIGH);
	add_label(p, 0, HIGH + LABEL - 2, "start", left, false);
	add_label(p, WIDE, HIGH + LABEL - 2, "end", right, false);
	str_addz(&p->svg, "</svg>");
}

/* Bars as high as their rows are dense: bins are not all as wide. */
static void draw_bins(struct panel *p, const struct guard_bins *b)
{
	bool whole = guard_column_type(p->column) == GUARD_TYPE_INTEGER;
	double least = b->low - (whole ? 0.5 : 0), last = b->high + (whole ? 0.5 : 0);
	double range = last - least, most = 0, height[GUARD_BINS_MAX];
	AUTO_STR struct str low = {0}, high = {0};

	for (size_t i = 0; i < b->count; i++) {
		double width = fmin(b->bins[i].to, last) - fmax(b->bins[i].from, least);

		height[i] = width > 0 ? (double)b->bins[i].count / width : 0;
		most = fmax(most, height[i]);
	}
	begin(p, HIGH + LABEL);
	for (size_t i = 0; i < b->count && most > 0; i++) {
		double from = (fmax(b->bins[i].from, least) - least) / range * WIDE;
		double to = (fmin(b->bins[i].to, last) - least) / range * WIDE;
		double high_of = height[i] / most * HIGH;

		if (to > from && high_of > 0)
			add_bar(p, from, HIGH - high_of, fmax(to - from - 1, 0.5), high_of);
	}
	guard_add_number(&low, b->low, whole);
	guard_add_number(&high, b->high, whole);
	end_with(p, str_get(&low), str_get(&high));
	str_addf(&p->alt, "histogram from %s to %s", str_get(&low), str_get(&high));
}

static bool draw_numbers(struct panel *p)
{
	struct guard_quantiles numbers;
	struct guard_bins bins;

	if (!guard_type_is_number(guard_column_type(p->column)))
		return false;
	guard_numbers_copy(&numbers, p->column);
	guard_bins_make(&bins, &numbers, &p->telling,
	    guard_column_type(p->column) == GUARD_TYPE_INTEGER);
	guard_quantiles_clear(&numbers);
	if (bins.count < 2)
		return false;
	draw_bins(p, &bins);
	return true;
}

/* Months, or as many of them in a bar as leave each some pixels; few of them are no bar. */
static bool draw_months(struct panel *p)
{
	uint64_t months[GUARD_MONTHS];
	int first, last, step;
	double most = 0, width;
	AUTO_STR struct str left = {0}, right = {0};

	if (!guard_has_months(p->csv, p->index) || !guard_months_of(months, p->csv, p->index) ||
	    !guard_months_told(months, &p->telling, &first, &last))
		return false;
	step = (last - first) / 120 + 1;
	width = (double)WIDE * step / (last - first + step);
	for (int pass = 0; pass < 2; pass++) {
		if (pass == 1)
			begin(p, HIGH + LABEL);
		for (int i = first; i <= last; i += step) {
			double rows = 0;

			for (int k = i; k < MIN(i + step, last + 1); k++)
				rows += months[k] >= p->telling.rows_min ? (double)months[k] : 0;
			if (pass == 0)
				most = fmax(most, rows);
			else if (rows > 0)
				add_bar(p, (i - first) / step * width,
				    HIGH - rows / most * HIGH, fmax(width - 1, 0.5),
				    rows / most * HIGH);
		}
	}
	str_addf(&left, "%d-%02d", 1880 + first / 12, 1 + first % 12);
	str_addf(&right, "%d-%02d", 1880 + last / 12, 1 + last % 12);
	end_with(p, str_get(&left), str_get(&right));
	str_addf(&p->alt, "rows by month from %s to %s", str_get(&left), str_get(&right));
	return true;
}

static struct view shorten(struct view v)
{
	size_t n = MIN(v.len, (size_t)NAME_CUT);

	while (n < v.len && n > 0 && ((unsigned char)v.ptr[n] & 0xc0) == 0x80)
		n--;
	return (struct view){v.ptr, n};
}

static void draw_value(struct panel *p, const struct guard_value *v, size_t line, double most)
{
	AUTO_ARENA struct arena arena = {0};
	struct view text = guard_dialect_utf8(p->dialect,
	    guard_distinct_text(&p->column->values, v), &arena);
	struct view name = shorten(text);
	double share = 100 * (double)v->count / (double)guard_present(p->column);
	double y = (double)line * (LABEL + 2);

	add_label(p, 0, y + LABEL - 3, "start",
	    arena_format(&arena, "%.*s%s", VIEW_ARG(name), name.len < text.len ? "…" : ""), true);
	add_bar(p, NAME_WIDE, y + 3, fmax((double)v->count / most * (WIDE - NAME_WIDE - 48), 1),
	    LABEL - 4);
	add_label(p, WIDE, y + LABEL - 3, "end", arena_format(&arena, "%.1f %%", share), false);
}

static bool draw_values(struct panel *p)
{
	const struct guard_distinct *d = &p->column->values;
	const struct guard_value **sorted;
	size_t n = 0;

	if (!guard_tells_values(&p->telling, p->column))
		return false;
	sorted = guard_distinct_sorted(d);
	while (n < MIN(d->kept, (size_t)NAMED) && sorted[n]->count >= p->telling.rows_min)
		n++;
	if (n)
		begin(p, (int)n * (LABEL + 2));
	for (size_t i = 0; i < n; i++)
		draw_value(p, sorted[i], i, (double)sorted[0]->count);
	if (n) {
		str_addz(&p->svg, "</svg>");
		str_addf(&p->alt, "the %zu most frequent values", n);
	}
	free(sorted);
	return n > 0;
}

static void tell(struct str *out, const struct panel *p, struct arena *arena)
{
	const struct guard_column *c = p->column;
	const char *precision = guard_precision(c, arena);
	double missing = c->cells ? 1 - (double)guard_present(c) / (double)c->cells : 0;

	str_addf(out, "%.1f %% missing · %s%s different", 100 * missing,
	    c->values.level ? "about " : "",
	    report_grouped(p->doc, guard_distinct_count(&c->values)));
	if (*precision && !guard_type_is_date(guard_column_type(c)))
		str_addf(out, " · %s", precision);
}

static void add_panel(struct panel *p, struct view name, const struct guard_evidence *e)
{
	AUTO_STR struct str text = {0};
	const char *type = guard_type_name(guard_column_type(p->column));
	struct report_panel panel = {.tag = type};

	if (e->kind)
		panel.tag = arena_format(&p->doc->arena, "%s · %s: %s", *type ? type : "empty",
		    guard_class_name(e->class), e->kind->title);
	if (guard_present(p->column) && !draw_months(p) && !draw_numbers(p))
		(void)draw_values(p); /* nothing may be drawn */
	tell(&text, p, &p->doc->arena);
	panel.title = arena_strdup(&p->doc->arena, name);
	panel.text = str_get(&text);
	panel.svg = str_get(&p->svg);
	panel.alt = str_get(&p->alt);
	report_add_panel(p->doc, "Each variable", &panel);
}

void guard_report_panels(struct report *doc, const struct guard_csv *c,
    const struct guard_findings *f)
{
	struct guard_told told = guard_told_from(c, f);

	for (size_t i = 0; i < c->dialect.names.len; i++) {
		struct panel p = {
		    .doc = doc,
		    .dialect = &c->dialect,
		    .csv = c,
		    .column = &c->columns[i],
		    .index = i,
		    .telling = guard_telling_of(&f->columns.ptr[i], told),
		};

		add_panel(&p, c->dialect.names.ptr[i], &f->columns.ptr[i]);
		str_clear(&p.svg);
		str_clear(&p.alt);
	}
}
