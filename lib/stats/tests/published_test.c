/*
 * Every row of the published GiBleed results, recomputed from its counts: persons, outcomes and
 * person-days in; person-years, rate, prevalence and their limits out, equal as doubles.
 */
#include "base/base.h"
#include "base/view.h"
#include "stats/proportion.h"
#include "stats/rate.h"
#include "stats/round.h"

#include "shared_data.h"

#include <string.h>

#define DAYS_PER_YEAR 365.25
#define PER_PERSON_YEARS 1e5

static FILE *open_expected(const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "data/omop/expected/%s", name);
	return fopen(shared_data(path), "re");
}

/* The fields from column `first` on; no field of these files holds a comma. */
static void read_numbers(const char *line, size_t first, size_t count, double *ret)
{
	struct view rest = view_trim(VIEW(line));
	struct view piece;
	size_t column = 0;

	for (; view_next(&rest, ',', &piece); column++) {
		if (column >= first)
			assert_true(view_to_double(piece, &ret[column - first]));
		assert_true(column < first + count);
	}
	assert_int_equal(column, first + count);
}

static void expect(double got, double want, int row, const char *column)
{
	char text[STATS_FORMAT_SIZE];
	double back = 0;

	stats_format(text, sizeof(text), got);
	assert_true(view_to_double(VIEW(text), &back));
	if (back != want)
		fail_msg("row %d, column %s: got %s, want %.17g", row, column, text, want);
}

/* denom, outcome, pd, py, inc, lo, hi */
static void check_incidence(const char *line, int row)
{
	double v[7] = {0};
	struct stats_interval ci;
	double years;

	read_numbers(line, 3, ARRAY_LEN(v), v);
	years = stats_round(v[2] / DAYS_PER_YEAR, 3);
	ci = stats_poisson_exact((int64_t)v[1], 0.95);
	expect(years, v[3], row, "py");
	expect(stats_round(v[1] / years * PER_PERSON_YEARS, 3), v[4], row, "inc");
	expect(stats_round(ci.lower / years * PER_PERSON_YEARS, 3), v[5], row, "lo");
	expect(stats_round(ci.upper / years * PER_PERSON_YEARS, 3), v[6], row, "hi");
}

/* denom, outcome, prev, lo, hi */
static void check_prevalence(const char *line, int row)
{
	double v[5] = {0};
	struct stats_interval ci;

	read_numbers(line, 3, ARRAY_LEN(v), v);
	ci = stats_wilson((int64_t)v[1], (int64_t)v[0], STATS_Z95_OHDSI);
	expect(stats_round(v[1] / v[0], 5), v[2], row, "prev");
	expect(stats_round(ci.lower, 5), v[3], row, "lo");
	expect(stats_round(ci.upper, 5), v[4], row, "hi");
}

static void check_file(const char *name, const char *header, void (*check)(const char *, int))
{
	FILE *in = open_expected(name);
	char line[512];
	int row = 1;

	assert_non_null(in);
	assert_non_null(fgets(line, sizeof(line), in));
	assert_string_equal(strtok(line, "\r\n"), header);
	while (fgets(line, sizeof(line), in))
		check(line, ++row);
	fclose(in);
	print_message("%s: %d rows agree\n", name, row - 1);
	assert_true(row > 1);
}

static void test_incidence(void **state)
{
	(void)state;
	check_file("expected_incidence_gibleed.csv",
	    "\"analysis\",\"start\",\"end\",\"denom\",\"outcome\","
	    "\"pd\",\"py\",\"inc\",\"lo\",\"hi\"",
	    check_incidence);
}

static void test_prevalence(void **state)
{
	(void)state;
	check_file("expected_prevalence_gibleed.csv",
	    "\"analysis\",\"start\",\"end\",\"denom\",\"outcome\",\"prev\",\"lo\",\"hi\"",
	    check_prevalence);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_incidence),
	    cmocka_unit_test(test_prevalence),
	};

	return cmocka_run_group_tests_name("stats/published", tests, NULL, NULL);
}
