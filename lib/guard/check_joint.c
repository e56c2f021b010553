#include "guard/check_joint.h"

#include "guard/site.h"
#include "guard/units.h"

#include <stdlib.h>

enum { TOLD = 3 /* runs of months, establishments */ };

struct joint {
	struct guard_checks *checks;
	const struct guard_csv *csv;
	const struct guard_findings *findings;
	const char *table;
};

static struct guard_check *add(const struct joint *j, const char *id, int column, uint64_t of,
    uint64_t count)
{
	struct guard_rows rows = {.count = count};

	return guard_check_add(j->checks, id, j->table, j->csv->dialect.names.ptr[column], of,
	    &rows);
}

static void add_month(struct str *out, const struct guard_group *g)
{
	str_addf(out, "%d-%02d", 1880 + g->month / 12, 1 + g->month % 12);
}

/* The last of the gaps that follow each other from `i` on. */
static size_t run_end(const struct guard_gaps *gaps, size_t i)
{
	while (i + 1 < gaps->count && gaps->is_gap[i + 1])
		i++;
	return i;
}

static void add_run(struct str *out, const struct guard_groups *g, size_t from, size_t to)
{
	bool is_open = to + 1 == g->list.len;

	if (is_open && from > 0)
		str_addz(out, "from ");
	add_month(out, &g->list.ptr[from]);
	if (is_open && from > 0)
		str_addz(out, " on");
	else if (to > from)
		str_addz(out, " to ");
	if (to > from && !(is_open && from > 0))
		add_month(out, &g->list.ptr[to]);
}

static void add_runs(struct str *out, const struct guard_groups *g, const struct guard_gaps *gaps)
{
	size_t runs = 0;

	for (size_t i = 0; i < gaps->count; i++) {
		size_t end;

		if (!gaps->is_gap[i])
			continue;
		end = run_end(gaps, i);
		if (runs < TOLD) {
			str_addz(out, runs ? ", " : "");
			add_run(out, g, i, end);
		}
		runs++;
		i = end;
	}
	if (runs > TOLD)
		str_addf(out, " and %zu times more", runs - TOLD);
}

static void add_sites(struct str *out, const struct joint *j, const struct guard_groups *g,
    const struct guard_gaps *gaps)
{
	size_t told = 0;

	str_addf(out, "%zu of %zu", gaps->gaps, gaps->count);
	for (size_t i = 0; i < gaps->count && told < TOLD; i++) {
		AUTO_STR struct str name = {0};

		if (gaps->is_gap[i])
			guard_site_name(&name, j->csv, j->findings, &g->list.ptr[i]);
		if (name.len)
			str_addf(out, "%s%s", told++ ? ", " : ": ", str_get(&name));
	}
	if (told && told < gaps->gaps)
		str_addz(out, " …");
}

static void check_gaps(const struct joint *j, const char *id, const struct guard_groups *g,
    size_t needed, size_t column)
{
	AUTO_GAPS struct guard_gaps gaps = {0};
	AUTO_STR struct str detail = {0};
	struct guard_check *check;

	guard_gaps_find(&gaps, g, column, needed);
	check = add(j, id, (int)column, gaps.count, gaps.gaps);
	if (!gaps.gaps)
		return;
	if (g->list.ptr[0].month >= 0)
		add_runs(&detail, g, &gaps);
	else
		add_sites(&detail, j, g, &gaps);
	str_addf(&detail, "; %.0f %% missing, else %.0f %%",
	    100 * (double)gaps.gap_missing / (double)gaps.gap_rows, 100 * gaps.usual);
	check->detail = arena_strdup(&j->checks->arena, str_view(&detail));
}

/* All variables but those that make the groups: `by`, and `also`. */
static void check_groups(const struct joint *j, const char *id, const struct guard_groups *g,
    size_t needed, int by, int also)
{
	for (size_t i = 0; i < j->csv->dialect.names.len; i++)
		if ((int)i != by && (int)i != also)
			check_gaps(j, id, g, needed, i);
}

static void check_months(const struct joint *j)
{
	AUTO_GROUPS struct guard_groups g = {0};
	const struct guard_roles *r = &j->csv->roles;
	bool has_day = r->day != GUARD_NO_COLUMN;

	if (!has_day && r->year == GUARD_NO_COLUMN)
		return;
	guard_groups_of_months(&g, &j->csv->joint);
	check_groups(j, "missing.month", &g, GUARD_GAP_MONTHS, has_day ? r->day : r->year,
	    r->month);
}

static void check_sites(const struct joint *j)
{
	AUTO_GROUPS struct guard_groups g = {0};

	if (j->csv->roles.site == GUARD_NO_COLUMN)
		return;
	guard_groups_of_sites(&g, &j->csv->joint);
	check_groups(j, "missing.site", &g, GUARD_GAP_SITES, j->csv->roles.site,
	    GUARD_NO_COLUMN);
}

static void check_units(const struct joint *j)
{
	const struct guard_roles *r = &j->csv->roles;
	size_t count;
	struct guard_tally_slot *slots = guard_tally_sorted(&j->csv->joint.units, &count);

	for (size_t i = 0; i < r->measure_count; i++) {
		AUTO_UNITS struct guard_units u = {0};

		guard_units_find(&u, j->csv, i, slots, count);
		(void)add(j, "unit.missing", r->measures[i].value, u.of_unit + u.without,
		    u.without);
		(void)add(j, "unit.mixed", r->measures[i].value, u.of_unit, u.rare);
		(void)add(j, "unit.range", r->measures[i].value, u.judged, u.far);
		(void)add(j, "unit.wrong", r->measures[i].value, u.judged, u.elsewhere);
	}
	free(slots);
}

void guard_check_joint(struct guard_checks *ret, const struct guard_csv *c,
    const struct guard_findings *f, const char *table)
{
	struct joint j = {ret, c, f, table};

	check_months(&j);
	check_sites(&j);
	check_units(&j);
}
