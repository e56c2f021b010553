#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk/route.h"
#include "desk/source.h"

static void check(const char *source, enum desk_language language, const char *wanted)
{
	AUTO_STR struct str text = {0};

	desk_source_text(VIEW(source), language, &text);
	assert_string_equal(str_get(&text), wanted);
}

static void marks_go_and_words_turn(void **state)
{
	(void)state;
	check("Décret 2019-536 of 29 May 2019 art. 88 [V] and 90 [V, initial version]",
	    DESK_ENGLISH, "Décret 2019-536 of 29 May 2019 art. 88 and 90");
	check("Décret 2019-536 of 29 May 2019 art. 88 [V] and 90 [V, initial version]",
	    DESK_FRENCH, "Décret 2019-536 du 29 mai 2019 art. 88 et 90");
	check("Loi 78-17 art. 66 V: renewable once [R]", DESK_FRENCH,
	    "Loi 78-17 art. 66 V : renouvelable une fois");
	check("[V", DESK_ENGLISH, "[V");
	check("[Via]x", DESK_ENGLISH, "[Via]x");
	check("", DESK_FRENCH, "");
}

/* Words that no French text of law has. */
static void check_french(const char *source)
{
	static const char *const english[] = {
	    " of ", " and ", " the ", " is ", "policy", "Regulation", " May ", "[V", "[R", "[P"};
	AUTO_STR struct str text = {0};

	desk_source_text(VIEW(source), DESK_FRENCH, &text);
	for (size_t i = 0; i < ARRAY_LEN(english); i++)
		if (strstr(str_get(&text), english[i]))
			fail_msg("%s", str_get(&text));
}

static void every_source_of_a_route_is_french_in_french(void **state)
{
	AUTO_DESK_LAW struct desk_law *law = NULL;
	struct err err = {0};
	size_t n = 0;

	(void)state;
	assert_int_equal(desk_law_new(&law, &err), 0);
	for (size_t i = 0; i < desk_law_count(law); i++) {
		const struct desk_route *r = desk_law_route(law, i);

		for (size_t k = 0; k < r->step_count; k++, n++)
			check_french(r->steps[k].source);
		for (size_t k = 0; k < r->clock_count; k++, n++) {
			check_french(r->clocks[k].source);
			for (size_t e = 0; e < r->clocks[k].expiry_count; e++)
				check_french(r->clocks[k].expiry[e].source);
		}
	}
	assert_true(n > 300);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(marks_go_and_words_turn),
	    cmocka_unit_test(every_source_of_a_route_is_french_in_french),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
