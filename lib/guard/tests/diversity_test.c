/* Diversity against counts made by hand, and by a slow model over random rows. */
#include "guard/classes.h"

#include "base/rng.h"
#include "io/file.h"

#include "folder.h"
#include <math.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static struct progress progress;

static struct guard_diverse measure(const char *text, int threads)
{
	struct guard_csv_options o = {.threads = threads,
	    .memory_bytes = 1 << 26,
	    .row_max = 1 << 20,
	    .column_max = 100,
	    .progress = &progress};
	AUTO_GUARD_CSV struct guard_csv c = {0};
	struct guard_risk risk = {.variables = {0, 1}, .count = 2};
	struct guard_diversity d = {.attributes = {{.column = 2}}, .count = 1};
	struct err err = {0};

	assert_int_equal(file_write("diversity.csv", VIEW(text), &err), 0);
	assert_int_equal(guard_csv_scan(&c, "diversity.csv", &o, &err), 0);
	assert_int_equal(guard_classes_measure(&risk, &d, &c, "diversity.csv", &o, &err), 0);
	unlink("diversity.csv");
	return d.attributes[0];
}

/* F 30: two of x, one of y; M 30: four of x; M 31: x, y, z, and a blank line. */
static void classes_are_counted_by_hand(void **state)
{
	struct guard_diverse a = measure("sexe,age,code\nF,30,x\nF,30,x\nF,30,y\nM,30,x\nM,30,x\n"
					 "\nM,30,x\nM,30,x\nM,31,x\nM,31,y\nM,31,z\n",
	    2);

	(void)state;
	assert_int_equal(a.classes, 3);
	assert_int_equal(a.least, 1);
	assert_true(fabs(a.least_spread - 1) < 1e-12);
	assert_true(fabs(a.one_value - 0.4) < 1e-12);
	assert_true(fabs(a.below_three - 0.7) < 1e-12);
	assert_true(a.is_exact);
	a = measure("sexe,age,code\nF,30,x\nF,30,x\nF,30,y\n", 1);
	assert_true(fabs(a.least_spread - exp(2 / 3.0 * log(1.5) + log(3) / 3)) < 1e-12);
}

enum { SEXES = 2,
	AGES = 20,
	CODES = 5 };

static void a_slow_model_says_the_same(void **state)
{
	static uint64_t counts[SEXES * AGES][CODES];
	AUTO_STR struct str text = {0};
	struct rng r = rng_at(3, 1, 0);
	uint64_t one = 0, few = 0, least = CODES, rows = 600;
	struct guard_diverse a, again;

	(void)state;
	str_addz(&text, "sexe,age,code\n");
	for (uint64_t i = 0; i < rows; i++) {
		uint64_t class = rng_below(&r, SEXES * AGES);
		uint64_t code = rng_below(&r, 1 + class % CODES);

		counts[class][code]++;
		str_addf(&text, "%c,%d,C%d\n", class % 2 ? 'F' : 'M', (int)(class / 2), (int)code);
	}
	for (size_t i = 0; i < SEXES * AGES; i++) {
		uint64_t values = 0, n = 0;

		for (size_t k = 0; k < CODES; k++) {
			values += counts[i][k] > 0;
			n += counts[i][k];
		}
		one += values == 1 ? n : 0;
		few += values < 3 ? n : 0;
		least = n ? MIN(least, values) : least;
	}
	a = measure(str_get(&text), 1);
	again = measure(str_get(&text), 2);
	assert_int_equal(a.least, least);
	assert_true(fabs(a.one_value - (double)one / (double)rows) < 1e-12);
	assert_true(fabs(a.below_three - (double)few / (double)rows) < 1e-12);
	assert_memory_equal(&a.least_spread, &again.least_spread, sizeof(double));
	assert_true(fabs(a.one_value - again.one_value) < 1e-15);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(classes_are_counted_by_hand),
	    cmocka_unit_test(a_slow_model_says_the_same),
	};

	int failed;

	if (!folder_enter())
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	return folder_leave() ? failed : 1;
}
