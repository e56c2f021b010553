#include "guard/joint_report.h"

#include "guard/gaps.h"
#include "guard/profile.h"
#include "guard/profile_report.h"
#include "guard/site.h"
#include "guard/units.h"

#include "base/embed.h"

#include <inttypes.h>
#include <stdlib.h>

static const struct report_column fill_columns[] = {
    {"variable", "Variable", REPORT_TEXT},
    {"by", "By", REPORT_WORDS},
    {"group", "Month or establishment", REPORT_TEXT},
    {"rows", "Rows", REPORT_COUNT},
    {"missing", "Missing", REPORT_PERCENT},
    {"usual", "Usually", REPORT_PERCENT},
    {"gap", "Gap", REPORT_WORDS},
};

static const struct report_column unit_columns[] = {
    {"variable", "Variable", REPORT_TEXT},
    {"measured", "Measured", REPORT_TEXT},
    {"unit", "Unit", REPORT_TEXT},
    {"numbers", "Numbers", REPORT_COUNT},
    {"p05", "5 %", REPORT_WORDS},
    {"p50", "Median", REPORT_WORDS},
    {"p95", "95 %", REPORT_WORDS},
    {"far", "Far outside", REPORT_COUNT},
    {"elsewhere", "As another unit", REPORT_COUNT},
};

struct joint {
	struct report *doc;
	struct report_table *table; /* NULL: nothing to tell yet */
	const struct guard_csv *csv;
	const struct guard_findings *findings;
	struct guard_told told;
};

static struct guard_telling telling_of(const struct joint *j, int column)
{
	return guard_telling_of(&j->findings->columns.ptr[column], j->told);
}

/* Groups of too few rows to be told are left out. */
static void add_group(struct joint *j, size_t column, const struct guard_groups *g,
    const struct guard_gaps *gaps, size_t i)
{
	const struct guard_group *group = &g->list.ptr[i];
	bool is_month = group->month >= 0;
	AUTO_STR struct str name = {0};

	if (is_month)
		str_addf(&name, "%d-%02d", 1880 + group->month / 12, 1 + group->month % 12);
	else
		guard_site_name(&name, j->csv, j->findings, group);
	if (group->rows < j->told.rows_min || !name.len)
		return;
	if (!j->table)
		j->table = report_add_table(j->doc, "filling",
		    "Where variables are not filled as usually", REPORT_DETAIL, fill_columns,
		    ARRAY_LEN(fill_columns));
	report_add_cell(j->doc, j->table, "%.*s", VIEW_ARG(j->csv->dialect.names.ptr[column]));
	report_add_cell(j->doc, j->table, "%s", is_month ? "month" : "establishment");
	if (is_month)
		report_add_words(j->doc, j->table, str_get(&name));
	else
		report_add_cell(j->doc, j->table, "%s", str_get(&name));
	report_add_cell(j->doc, j->table, "%" PRIu64, group->rows);
	report_add_cell(j->doc, j->table, "%.6f",
	    (double)gaps->missing[i] / (double)group->rows);
	report_add_cell(j->doc, j->table, "%.6f", gaps->usual);
	report_add_cell(j->doc, j->table, "%s", gaps->is_gap[i] ? "yes" : "no");
}

/* All groups of the variables that have a gap. */
static void add_groups(struct joint *j, const struct guard_groups *g, size_t needed)
{
	for (size_t c = 0; c < j->csv->dialect.names.len; c++) {
		AUTO_GAPS struct guard_gaps gaps = {0};

		guard_gaps_find(&gaps, g, c, needed);
		for (size_t i = 0; gaps.gaps && i < gaps.count; i++)
			add_group(j, c, g, &gaps, i);
	}
}

static void report_filling(struct joint *j)
{
	AUTO_GROUPS struct guard_groups months = {0};
	AUTO_GROUPS struct guard_groups sites = {0};

	guard_groups_of_months(&months, &j->csv->joint);
	guard_groups_of_sites(&sites, &j->csv->joint);
	add_groups(j, &months, GUARD_GAP_MONTHS);
	if (j->table)
		report_add_chart(j->doc, "filling_chart", "Missing by month",
		    "The share missing in each month, of variables that have months filled less "
		    "than usually",
		    "filling", embed_find("guard/data/filling_chart.json").ptr);
	add_groups(j, &sites, GUARD_GAP_SITES);
	if (months.is_sample || sites.is_sample)
		report_add_note(j->doc, "missing cells by month and establishment are those of a "
					"sample of them");
}

/* "" where nothing was measured apart, or nothing may be told of it. */
static void add_value(const struct joint *j, int column, const struct guard_value *v,
    uint64_t rows)
{
	AUTO_ARENA struct arena arena = {0};
	struct view text = VIEW_LIT("");

	if (v) {
		struct guard_telling t = telling_of(j, column);
		const struct guard_column *c = &j->csv->columns[column];
		bool is_told = guard_tells_values(&t, c) && rows >= t.rows_min;

		if (is_told && guard_distinct_is_masked(&c->values, v)) {
			report_add_words(j->doc, j->table, GUARD_MASKED);
			return;
		}
		if (is_told)
			text = guard_dialect_utf8(&j->csv->dialect,
			    guard_distinct_text(&c->values, v), &arena);
	}
	report_add_cell(j->doc, j->table, "%.*s", VIEW_ARG(text));
}

static void add_number(const struct joint *j, bool is_told, double x)
{
	AUTO_STR struct str out = {0};

	if (is_told)
		guard_add_number(&out, x, false);
	report_add_cell(j->doc, j->table, "%s", str_get(&out));
}

static void add_unit(const struct joint *j, const struct guard_measure *m,
    const struct guard_unit *u)
{
	struct guard_telling t = telling_of(j, m->value);
	bool is_told = u->is_judged && guard_tells_quantiles(&t, u->count);

	if (u->count < t.rows_min)
		return;
	report_add_cell(j->doc, j->table, "%.*s", VIEW_ARG(j->csv->dialect.names.ptr[m->value]));
	add_value(j, m->measured, u->measured, u->count);
	add_value(j, m->unit, u->unit, u->count);
	report_add_cell(j->doc, j->table, "%" PRIu64, u->count);
	add_number(j, is_told, u->p05);
	add_number(j, is_told, u->p50);
	add_number(j, is_told, u->p95);
	report_add_cell(j->doc, j->table, "%" PRIu64, u->far);
	report_add_cell(j->doc, j->table, "%" PRIu64, u->elsewhere);
}

static void report_units(struct joint *j)
{
	const struct guard_roles *r = &j->csv->roles;
	struct guard_tally_slot *slots;
	size_t count;

	if (r->measure_count == 0)
		return;
	slots = guard_tally_sorted(&j->csv->joint.units, &count);
	j->table = report_add_table(j->doc, "units", "Numbers by their unit", REPORT_DETAIL,
	    unit_columns, ARRAY_LEN(unit_columns));
	for (size_t i = 0; i < r->measure_count; i++) {
		AUTO_UNITS struct guard_units u = {0};

		guard_units_find(&u, j->csv, i, slots, count);
		for (size_t k = 0; k < u.list.len; k++)
			add_unit(j, &r->measures[i], &u.list.ptr[k]);
	}
	free(slots);
}

void guard_report_joint(struct report *doc, const struct guard_csv *c,
    const struct guard_findings *f)
{
	struct joint j = {.doc = doc, .csv = c, .findings = f, .told = guard_told_from(c, f)};

	if (c->roles.differ)
		report_add_note(doc, "the parts were looked at alone and do not agree which "
				     "variables are day, establishment and unit: nothing is told "
				     "of cells by month, establishment and unit (--dialect)");
	if (c->roles.day != GUARD_NO_COLUMN || c->roles.year != GUARD_NO_COLUMN ||
	    c->roles.site != GUARD_NO_COLUMN)
		report_filling(&j);
	report_units(&j);
}
