#include "health/birth_date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void every_form_is_read(void **state)
{
	static const struct {
		const char *text, *read; /* AAAAMMJJ, or NULL: refused */
	} cases[] = {
	    {"19500131", "19500131"},
	    {"1950-01-31", "19500131"},
	    {"1950-01-31 00:00:00", "19500131"},
	    {"1950-01-31T12:00", "19500131"},
	    {" 31/01/1950 ", "19500131"},
	    {"31-01-1950", "19500131"},
	    {"31.01.1950", "19500131"},
	    {"1950", "19500000"},
	    {"1950-01", "19500100"},
	    {"01/1950", "19500100"},
	    {"19500000", "19500000"},
	    {"19500100", "19500100"},
	    {"19509999", "19500000"},
	    {"00000131", "00000131"},
	    {"99990131", "00000131"},
	    {"1950-13-42", "19501342"},
	    {"19502042", "19502042"},
	    {"", NULL},
	    {"00000000", NULL},
	    {"99999999", NULL},
	    {"0000", NULL},
	    {"17991231", NULL},
	    {"1950013", NULL},
	    {"195001310", NULL},
	    {"1950-01/31", NULL},
	    {"31/01-1950", NULL},
	    {"1950013A", NULL},
	    {"-9500131", NULL},
	    {"31/01/50", NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct birth_date d;
		char text[BIRTH_TEXT_SIZE];
		bool read = birth_date_parse(VIEW(cases[i].text), &d);

		print_message("'%s'\n", cases[i].text);
		assert_int_equal(read, cases[i].read != NULL);
		if (read)
			assert_string_equal(birth_date_format(d, text), cases[i].read);
	}
}

static struct birth_date of(const char *text)
{
	struct birth_date d = {0};

	assert_true(birth_date_parse(VIEW(text), &d));
	return d;
}

static void kinds_are_told(void **state)
{
	(void)state;
	assert_true(birth_date_is_day(of("20000229")));
	assert_false(birth_date_is_day(of("19000229")));
	assert_false(birth_date_is_day(of("19500200")));
	assert_true(birth_date_is_lunar(of("19501301")));
	assert_true(birth_date_is_lunar(of("19500230")));
	assert_true(birth_date_is_lunar(of("19000229")));
	assert_false(birth_date_is_lunar(of("19500031")));
	assert_false(birth_date_is_lunar(of("19500000")));
}

/* RNIV: day 01, month 01, 31 December when both are missing. */
static void local_rules(void **state)
{
	static const struct {
		const char *written, *local;
	} cases[] = {{"19500517", "1950-05-17"}, {"19500500", "1950-05-01"},
	    {"19500017", "1950-01-17"}, {"19500000", "1950-12-31"}, {"19501317", "1950-01-17"},
	    {"19500245", "1950-02-01"}, {"19501342", "1950-12-31"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[DATE_TEXT_SIZE];

		assert_string_equal(
		    date_format(birth_date_local(of(cases[i].written)), text), cases[i].local);
	}
}

static void agreement_is_graded(void **state)
{
	static const struct {
		const char *a, *b;
		enum birth_agreement expected;
	} cases[] = {
	    {"19500517", "19500517", BIRTH_EQUAL},
	    {"19500517", "19500500", BIRTH_COMPATIBLE},
	    {"19500517", "1950", BIRTH_COMPATIBLE},
	    {"19500517", "19500600", BIRTH_SAME_YEAR},
	    {"19500507", "19500705", BIRTH_SWAPPED},
	    {"19500517", "19500518", BIRTH_ONE_DIGIT},
	    {"19500517", "19050517", BIRTH_ONE_DIGIT},
	    {"19500517", "19600517", BIRTH_ONE_DIGIT},
	    {"19500517", "19501117", BIRTH_SAME_YEAR},
	    {"19500517", "19720311", BIRTH_DIFFERENT},
	    {"19500517", "00000517", BIRTH_UNKNOWN},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		print_message("%s %s\n", cases[i].a, cases[i].b);
		assert_int_equal(birth_date_compare(of(cases[i].a), of(cases[i].b)),
		    cases[i].expected);
		assert_int_equal(birth_date_compare(of(cases[i].b), of(cases[i].a)),
		    cases[i].expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_form_is_read),
	    cmocka_unit_test(kinds_are_told),
	    cmocka_unit_test(local_rules),
	    cmocka_unit_test(agreement_is_graded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
