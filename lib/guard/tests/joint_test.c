/*
 * What cells of one row say together, against counts made here while the rows are written;
 * and which columns have a role.
 */
#include "guard/gaps.h"
#include "guard/row_months.h"
#include "guard/units.h"

#include "base/rng.h"
#include "base/str.h"
#include "io/file.h"

#include "folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS = 20000,
	MONTHS = 30,
	SITES = 5,
	UNITS = 2 };

static struct progress progress;

/* Rows, then empty cells of column "poids". */
static uint64_t months[MONTHS][2], sites[SITES][2], units[UNITS];

static struct guard_csv_options options(int threads)
{
	return (struct guard_csv_options){
	    .threads = threads,
	    .memory_bytes = 1 << 28,
	    .row_max = 1 << 20,
	    .column_max = 100,
	    .header = GUARD_HEADER_FIND,
	    .progress = &progress,
	};
}

static void scan(struct guard_csv *ret, const char *path, int threads)
{
	struct guard_csv_options o = options(threads);
	struct err err = {0};

	if (guard_csv_scan(ret, path, &o, &err) < 0)
		fail_msg("%s", err.msg);
}

/* Some rows are short, some longer than the header; a month and an establishment are not filled. */
static void add_row(struct str *s, struct rng *r, int row)
{
	unsigned month = rng_below(r, MONTHS), site = rng_below(r, SITES), unit = rng_below(r, 3);
	bool is_empty = month == 7 || site == 3 || rng_below(r, 50) == 0;
	bool is_short = rng_below(r, 100) == 0;

	str_addf(s, "%d;%02u/%02u/%u;H%u;%u.%u;%s", row, 1 + rng_below(r, 28), 1 + month % 12,
	    2018 + month / 12, site, 1 + rng_below(r, 9), rng_below(r, 10),
	    unit < UNITS ? unit ? "mmol/L" : "g/L" : "NA");
	if (!is_short)
		str_addf(s, ";%s%s", is_empty ? rng_below(r, 2) ? "" : "NA" : "70.5",
		    rng_below(r, 100) ? "" : ";more");
	str_addc(s, '\n');
	months[month][0]++;
	sites[site][0]++;
	months[month][1] += is_empty && !is_short;
	sites[site][1] += is_empty && !is_short;
	units[unit % UNITS] += unit < UNITS;
}

static int make_table(void **state)
{
	AUTO_STR struct str s = {0};
	struct err err = {0};

	(void)state;
	if (!folder_enter())
		return -1;
	str_addz(&s, "id;date_soin;centre;creat;creat_unite;poids\n");
	for (int row = 0; row < ROWS; row++) {
		struct rng r = rng_at(41, 0, (uint64_t)row);

		add_row(&s, &r, row);
	}
	return file_write("table.csv", str_view(&s), &err);
}

static int remove_table(void **state)
{
	(void)state;
	return folder_leave() ? 0 : -1;
}

enum { WEIGHT = 5 };

static void missing_cells_are_counted_by_month(void **state)
{
	(void)state;
	for (int threads = 1; threads <= 2; threads++) {
		AUTO_GUARD_CSV struct guard_csv c = {0};
		AUTO_GROUPS struct guard_groups g = {0};
		AUTO_GAPS struct guard_gaps gaps = {0};

		scan(&c, "table.csv", threads);
		assert_int_equal(c.roles.day, 1);
		guard_groups_of_months(&g, &c.joint);
		assert_int_equal(g.list.len, MONTHS);
		guard_gaps_find(&gaps, &g, WEIGHT, GUARD_GAP_MONTHS);
		for (size_t i = 0; i < MONTHS; i++) {
			assert_int_equal(g.list.ptr[i].month, (2018 - 1880) * 12 + (int)i);
			assert_int_equal(g.list.ptr[i].rows, months[i][0]);
			assert_int_equal(guard_groups_missing(&g, i, WEIGHT), months[i][1]);
			assert_int_equal(gaps.is_gap[i], i == 7);
		}
		assert_int_equal(gaps.gap_rows, months[7][0]);
		guard_gaps_clear(&gaps);
		guard_gaps_find(&gaps, &g, 0, GUARD_GAP_MONTHS);
		assert_int_equal(gaps.gaps, 0);
	}
}

static void missing_cells_are_counted_by_site(void **state)
{
	AUTO_GUARD_CSV struct guard_csv c = {0};
	AUTO_GROUPS struct guard_groups g = {0};
	uint64_t rows = 0, missing = 0, wanted = 0;

	(void)state;
	scan(&c, "table.csv", 2);
	assert_int_equal(c.roles.site, 2);
	guard_groups_of_sites(&g, &c.joint);
	assert_int_equal(g.list.len, SITES);
	for (size_t i = 0; i < SITES; i++) {
		rows += g.list.ptr[i].rows;
		missing += guard_groups_missing(&g, i, WEIGHT);
		wanted += sites[i][1];
		assert_true(i == 0 || g.list.ptr[i].rows <= g.list.ptr[i - 1].rows);
	}
	assert_int_equal(rows, ROWS);
	assert_int_equal(missing, wanted);
}

static void numbers_are_counted_by_unit(void **state)
{
	AUTO_GUARD_CSV struct guard_csv c = {0};
	AUTO_UNITS struct guard_units u = {0};
	struct guard_tally_slot *slots;
	size_t count;

	(void)state;
	scan(&c, "table.csv", 2);
	assert_int_equal(c.roles.measure_count, 1);
	assert_int_equal(c.roles.measures[0].value, 3);
	assert_int_equal(c.roles.measures[0].unit, 4);
	slots = guard_tally_sorted(&c.joint.units, &count);
	guard_units_find(&u, &c, 0, slots, count);
	assert_int_equal(u.numbers, ROWS);
	assert_int_equal(u.of_unit, units[0] + units[1]);
	assert_int_equal(u.without, ROWS - units[0] - units[1]);
	assert_int_equal(u.rare, MIN(units[0], units[1]));
	assert_int_equal(u.list.len, 3);
	for (size_t i = 0; i < u.list.len; i++) {
		assert_true(u.list.ptr[i].is_judged);
		assert_true(u.list.ptr[i].p05 >= 0.99 && u.list.ptr[i].p05 < 2);
		assert_true(u.list.ptr[i].p50 > 5 && u.list.ptr[i].p50 < 6);
		assert_int_equal(u.list.ptr[i].far, 0);
	}
	free(slots);
}

struct role_case {
	const char *header, *row;
	int day, site, value, unit, measured; /* of the first measure */
};

/* Each row comes twenty times. */
static const struct role_case role_cases[] = {
    {"id;date_naissance;date_entree", "1;2001-01-01;2018-02-03", 2, -1, -1, -1, -1},
    {"id;ddn;quand", "1;01/02/2001;03/02/2018", 2, -1, -1, -1, -1},
    {"id;date_deces", "1;2018-02-03", -1, -1, -1, -1, -1},
    {"jour;date_soin", "2018-02-03;2018-02-04", 1, -1, -1, -1, -1},
    {"code;montant", "20180203;12", -1, -1, -1, -1, -1},
    {"EXE_SOI_DTD;montant", "20180203;12", 0, -1, -1, -1, -1},
    {"id;ETA_NUM;x", "1;750712184;2", -1, 1, -1, -1, -1},
    {"id;region;finess", "1;11;750712184", -1, 2, -1, -1, -1},
    {"glycemie;glycemie_unite;poids", "5,4;mmol/l;70", -1, -1, 0, 1, -1},
    {"unite_creat;poids;valeur_creat", "mg/L;70;80", -1, -1, 2, 0, -1},
    {"examen;valeur;unite", "GLY;5.4;g/L", -1, -1, 1, 2, 0},
    {"measurement_concept_id;value_as_number;unit_source_value", "3004501;5.4;mg/dL", -1, -1, 1,
	2, 0},
    {"poids;unite", "70;kg", -1, -1, 0, 1, -1},
    {"nb;unite_medicale", "70;UM12", -1, 1, -1, -1, -1},
    {"nb;unite", "70;CARDIO", -1, -1, -1, -1, -1},
};

static void scan_rows(struct guard_csv *ret, const char *header, const char *row)
{
	AUTO_STR struct str s = {0};
	struct err err = {0};

	str_addf(&s, "%s\n", header);
	for (int i = 0; i < 20; i++)
		str_addf(&s, "%s\n", row);
	assert_int_equal(file_write("roles.csv", str_view(&s), &err), 0);
	scan(ret, "roles.csv", 1);
}

static const struct {
	const char *header, *row;
	int day, year, month;
} month_cases[] = {
    {"annee;mois;n", "2018;3;5", -1, 0, 1},
    {"mois;annee;n", "03;2018;5", -1, 1, 0},
    {"SOR_ANN;ENT_MOI;SOR_MOI", "2018;2;3", -1, 0, 2},
    {"SOR_ANN;ENT_MOI", "2018;2", -1, -1, -1},
    {"year_of_visit;month_of_visit", "2018;12", -1, 0, 1},
    {"ETA_NUM;EXE_SOI_AMD", "750712184;201803", -1, 1, 1},
    {"periode", "201813", -1, -1, -1},
    {"code", "201803", -1, -1, -1},
    {"BEN_NAI_ANN;BEN_NAI_MOI", "1950;3", -1, -1, -1},
    {"annee_deces;mois_deces", "2018;3", -1, -1, -1},
    {"annee;mois;date_entree", "2018;3;2018-03-04", 2, -1, -1},
    {"annee;mois;date_naissance", "2018;3;1950-03-04", -1, 0, 1},
    {"annee;mois", "2018;13", -1, -1, -1},
    {"annee;mois", "18;3", -1, -1, -1},
    {"SOR_ANN;SOR_MOI;EXE_SOI_AMD", "2018;3;201804", -1, 2, 2},
    {"SOR_ANN;SOR_MOI;EXE_SOI_AMD", "2018;3;", -1, 0, 1},
};

static void months_are_found_by_name_and_form(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(month_cases); i++) {
		AUTO_GUARD_CSV struct guard_csv c = {0};

		scan_rows(&c, month_cases[i].header, month_cases[i].row);
		if (c.roles.day != month_cases[i].day || c.roles.year != month_cases[i].year ||
		    c.roles.month != month_cases[i].month)
			fail_msg("%s: day %d, year %d, month %d", month_cases[i].header,
			    c.roles.day, c.roles.year, c.roles.month);
	}
}

static void roles_are_found_by_name_and_form(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(role_cases); i++) {
		const struct role_case *k = &role_cases[i];
		AUTO_GUARD_CSV struct guard_csv c = {0};
		struct guard_measure m = {-1, -1, -1};

		scan_rows(&c, k->header, k->row);
		if (c.roles.measure_count)
			m = c.roles.measures[0];
		if (c.roles.day != k->day || c.roles.site != k->site || m.value != k->value ||
		    m.unit != k->unit || m.measured != k->measured)
			fail_msg("%s: day %d, site %d, value %d, unit %d, measured %d", k->header,
			    c.roles.day, c.roles.site, m.value, m.unit, m.measured);
	}
}

/* The same rows, whose month is told in one way or another; what is no month counts for none. */
static void months_are_the_same_however_written(void **state)
{
	static const struct {
		const char *header, *before, *between, *behind; /* of year and month */
		bool is_padded;
		const char *strange;
	} ways[] = {
	    {"jour;poids", "", "-", "-15", true, "2018-13-01"},
	    {"annee;mois;poids", "", ";", "", false, "2018;13"},
	    {"annee;mois;poids", "", ";", "", true, "2018;00"},
	    {"SOR_ANN;SOR_MOI;poids", "\"", "\";\"", "\"", true, ";4"},
	    {"EXE_SOI_AMD;poids", "", "", "", true, "201800"},
	};

	(void)state;
	for (size_t way = 0; way < ARRAY_LEN(ways); way++) {
		AUTO_GUARD_CSV struct guard_csv c = {0};
		AUTO_GROUPS struct guard_groups g = {0};
		AUTO_STR struct str s = {0};
		struct err err = {0};
		uint64_t counts[GUARD_MONTHS], total = 0;
		size_t column = way > 0 && way < 4;

		str_addf(&s, "%s\n", ways[way].header);
		for (int i = 0; i < 5000; i++) {
			int year = 2017 + i % 24 / 12, month = 1 + i % 12;

			if (i % 100 == 99)
				str_addz(&s, ways[way].strange);
			else
				str_addf(&s, "%s%d%s%s%d%s", ways[way].before, year,
				    ways[way].between,
				    ways[way].is_padded && month < 10 ? "0" : "", month,
				    ways[way].behind);
			str_addf(&s, ";%s\n", i % 24 == 5 && i % 7 ? "" : "70");
		}
		assert_int_equal(file_write("ways.csv", str_view(&s), &err), 0);
		scan(&c, "ways.csv", 1 + way % 2);
		guard_groups_of_months(&g, &c.joint);
		assert_int_equal(g.list.len, 24);
		assert_true(guard_months_of(counts, &c, column));
		for (int m = 0; m < GUARD_MONTHS; m++)
			total += counts[m];
		assert_int_equal(total, 5000 - 50);
		for (size_t i = 0; i < 24; i++) {
			uint64_t rows = 0, missing = 0;

			for (size_t k = i; k < 5000; k += 24) {
				rows += k % 100 != 99;
				missing += k % 100 != 99 && i == 5 && k % 7;
			}
			assert_int_equal(g.list.ptr[i].month, (2017 - 1880) * 12 + (int)i);
			assert_int_equal(g.list.ptr[i].rows, rows);
			assert_int_equal(counts[g.list.ptr[i].month], rows);
			assert_int_equal(
			    guard_groups_missing(&g, i, c.dialect.names.len - 1), missing);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(missing_cells_are_counted_by_month),
	    cmocka_unit_test(missing_cells_are_counted_by_site),
	    cmocka_unit_test(numbers_are_counted_by_unit),
	    cmocka_unit_test(roles_are_found_by_name_and_form),
	    cmocka_unit_test(months_are_found_by_name_and_form),
	    cmocka_unit_test(months_are_the_same_however_written),
	};

	return cmocka_run_group_tests(tests, make_table, remove_table);
}
