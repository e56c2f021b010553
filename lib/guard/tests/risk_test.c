/* Classes of rows against a slow model: every row compared with every other. */
#include "guard/classes.h"

#include "base/rng.h"
#include "base/str.h"
#include "io/file.h"

#include "folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { ROWS = 3000,
	VARIABLES = 3 };

static struct progress progress;
static unsigned values[ROWS][VARIABLES];

static void write_rows(void)
{
	static const unsigned different[VARIABLES] = {2, 40, 30};
	AUTO_STR struct str text = {0};
	struct err err = {0};

	str_addz(&text, "\xef\xbb\xbfsex;noise;age;area\n");
	for (unsigned row = 0; row < ROWS; row++) {
		struct rng r = rng_at(3, 0, row);

		for (int i = 0; i < VARIABLES; i++)
			values[row][i] = rng_below(&r, different[i]) *
			                 (rng_below(&r, 4) > 0 || i == 0);
		str_addf(&text, "%u;%u;", values[row][0], row);
		/* 0 is written as what is missing, in two ways */
		str_addf(&text, values[row][1] ? "%u" : row % 2 ? ""
								: "NA",
		    values[row][1]);
		str_addf(&text, ";\"%u\"\n%s", values[row][2], row % 100 == 7 ? "\n" : "");
	}
	assert_int_equal(file_write("risk.csv", str_view(&text), &err), 0);
}

static bool are_alike(unsigned a, unsigned b, size_t without)
{
	for (size_t i = 0; i < VARIABLES; i++)
		if (i != without && values[a][i] != values[b][i])
			return false;
	return true;
}

static struct guard_risk_set model(size_t without)
{
	struct guard_risk_set s = {.without = without, .k_min = ROWS};
	unsigned unique = 0, below = 0;

	for (unsigned a = 0; a < ROWS; a++) {
		unsigned alike = 0, first = ROWS;

		for (unsigned b = 0; b < ROWS; b++)
			if (are_alike(a, b, without)) {
				alike++;
				first = MIN(first, b);
			}
		s.classes += first == a;
		s.k_min = MIN(s.k_min, alike);
		unique += alike == 1;
		below += alike < GUARD_RISK_CELL;
	}
	s.unique = (double)unique / ROWS;
	s.below = (double)below / ROWS;
	return s;
}

static void measure(struct guard_risk *r, const char *names, int threads, uint64_t memory)
{
	AUTO_GUARD_CSV struct guard_csv c = {0};
	struct guard_diversity none = {0};
	struct err err = {0};
	struct guard_csv_options o = {
	    .threads = threads,
	    .memory_bytes = memory,
	    .row_max = 1 << 24,
	    .column_max = 100,
	    .progress = &progress,
	};

	if (guard_csv_scan(&c, "risk.csv", &o, &err) < 0 ||
	    guard_risk_name(r, &c, names, &err) < 0 ||
	    guard_classes_measure(r, &none, &c, "risk.csv", &o, &err) < 0)
		fail_msg("%s", err.msg);
}

static void as_the_model_has_it(void **state)
{
	(void)state;
	write_rows();
	for (int threads = 1; threads <= 3; threads++) {
		struct guard_risk r;

		measure(&r, "SEX, age,area", threads, 1 << 28);
		assert_int_equal(r.rows, ROWS);
		for (size_t i = 0; i <= VARIABLES; i++) {
			struct guard_risk_set s = model(i ? i - 1 : VARIABLES);

			assert_int_equal(r.sets[i].without, s.without);
			assert_int_equal(r.sets[i].classes, s.classes);
			assert_int_equal(r.sets[i].k_min, s.k_min);
			assert_true(r.sets[i].unique == s.unique);
			assert_true(r.sets[i].below == s.below);
			assert_true(r.sets[i].is_exact);
		}
		assert_int_equal(r.sets[guard_risk_costliest(&r)].without, 1);
	}
}

/* 1,024 classes of 3,000 fit: shares are near, and the same with any threads. */
static void little_memory_is_a_sample(void **state)
{
	struct guard_risk r, again;

	(void)state;
	write_rows();
	measure(&r, "sex,noise", 1, 1);
	measure(&again, "sex,noise", 2, 1);
	assert_false(r.sets[0].is_exact);
	assert_true(r.sets[0].classes > ROWS * 0.85 && r.sets[0].classes < ROWS * 1.15);
	assert_true(r.sets[0].unique == 1);
	assert_int_equal(r.sets[0].classes, again.sets[0].classes);
}

static void names_must_be_there(void **state)
{
	AUTO_GUARD_CSV struct guard_csv c = {0};
	struct guard_csv_options o = {
	    .threads = 1,
	    .memory_bytes = 1 << 28,
	    .row_max = 1 << 24,
	    .column_max = 100,
	    .progress = &progress,
	};
	struct guard_risk r;
	struct err err = {0};

	(void)state;
	write_rows();
	assert_int_equal(guard_csv_scan(&c, "risk.csv", &o, &err), 0);
	assert_int_equal(guard_risk_name(&r, &c, "sex,nothing", &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	assert_int_equal(guard_risk_name(&r, &c, "sex,SEX", &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(as_the_model_has_it),
	    cmocka_unit_test(little_memory_is_a_sample),
	    cmocka_unit_test(names_must_be_there),
	};

	int failed;

	if (!folder_enter())
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	return folder_leave() ? failed : 1;
}
