#include "health/place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static int load(void **state)
{
	struct places *p = NULL;
	struct err err = {0};

	if (places_load(&p, &err) < 0)
		return -1;
	*state = p;
	return 0;
}

static int unload(void **state)
{
	struct places *p = *state;

	places_free(&p);
	return 0;
}

/* Events of the Code officiel géographique, each known from its decree. */
static void codes_have_years(void **state)
{
	static const struct {
		const char *code;
		int year;
		enum place_state expected;
	} cases[] = {
	    {"75056", 1950, PLACE_KNOWN},
	    {"75118", 1950, PLACE_KNOWN},
	    {"75050", 1967, PLACE_KNOWN}, /* Nanterre, Seine */
	    {"75050", 1968, PLACE_ENDED},
	    {"92050", 1968, PLACE_KNOWN},
	    {"92050", 1965, PLACE_NOT_YET},
	    {"20004", 1975, PLACE_KNOWN}, /* Ajaccio */
	    {"20004", 1976, PLACE_ENDED},
	    {"2A004", 1976, PLACE_KNOWN},
	    {"2A004", 1975, PLACE_NOT_YET},
	    {"74011", 2016, PLACE_KNOWN}, /* Annecy-le-Vieux */
	    {"74011", 2017, PLACE_ENDED},
	    {"74010", 2017, PLACE_KNOWN},
	    {"60696", 1943, PLACE_KNOWN}, /* Voisinlieu, until 19 February 1943 */
	    {"60696", 1944, PLACE_ENDED},
	    {"69123", 1920, PLACE_KNOWN},
	    {"97105", 1990, PLACE_KNOWN},
	    {"98818", 1990, PLACE_KNOWN}, /* Nouméa */
	    {"01999", 0, PLACE_UNKNOWN},
	    {"00001", 0, PLACE_UNKNOWN},
	    {"2C004", 0, PLACE_UNKNOWN},
	    {"7505", 0, PLACE_UNKNOWN},
	    {"", 0, PLACE_UNKNOWN},
	    {"91352", 1955, PLACE_KNOWN}, /* Algeria before independence */
	    {"93300", 1990, PLACE_UNKNOWN},
	    {"95300", 1950, PLACE_KNOWN}, /* Morocco */
	    {"96001", 0, PLACE_KNOWN},    /* Tunisia */
	    {"96001", 1980, PLACE_UNKNOWN},
	    {"99139", 1950, PLACE_KNOWN},
	    {"99115", 1992, PLACE_KNOWN}, /* Czechoslovakia */
	    {"99115", 1993, PLACE_ENDED},
	    {"99000", 0, PLACE_UNKNOWN},
	    {"99999", 0, PLACE_UNKNOWN},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		print_message("%s in %d\n", cases[i].code, cases[i].year);
		assert_int_equal(places_find(*state, VIEW(cases[i].code), cases[i].year),
		    cases[i].expected);
	}
}

static void heirs_are_followed(void **state)
{
	static const struct {
		const char *code, *heir;
	} cases[] = {{"75050", "92050"}, {"20004", "2A004"}, {"20033", "2B033"},
	    {"74011", "74010"}, {"69123", "69123"}, {"50602", "50129"}, {"99139", "99139"}};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char heir[PLACE_LEN + 1];

		places_heir(*state, VIEW(cases[i].code), heir);
		assert_string_equal(heir, cases[i].heir);
	}
}

static void the_same_place_has_several_codes(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
	    {"75101", "75056", true},
	    {"75101", "75102", false},
	    {"13216", "13055", true},
	    {"69385", "69123", true},
	    {"75050", "92050", true},
	    {"20004", "2A004", true},
	    {"20004", "2B033", false},
	    {"74011", "74010", true},
	    {"93352", "99352", true},
	    {"95001", "99350", true},
	    {"93352", "99350", false},
	    {"99139", "99134", false},
	    {"??", "??", true},
	    {"??", "75056", false},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		print_message("%s %s\n", cases[i].a, cases[i].b);
		assert_int_equal(places_same(*state, VIEW(cases[i].a), VIEW(cases[i].b)),
		    cases[i].same);
		assert_int_equal(places_same(*state, VIEW(cases[i].b), VIEW(cases[i].a)),
		    cases[i].same);
	}
}

static void countries_have_names(void **state)
{
	assert_true(view_eq(places_country_name(*state, VIEW_LIT("99139")), VIEW_LIT("Portugal")));
	assert_int_equal(places_country_name(*state, VIEW_LIT("99998")).len, 0);
	assert_int_equal(places_country_name(*state, VIEW_LIT("75056")).len, 0);
}

/* INSEE: 34 969 communes and 45 wards in 2026; some 38 000 communes in 1943. */
static void as_many_as_insee_counts(void **state)
{
	size_t now = 0, then = 0;

	for (int d = 1; d <= 98; d++) {
		for (int i = 1; i < 1000; i++) {
			const char code[] = {(char)('0' + d / 10), (char)('0' + d % 10),
			    (char)('0' + i / 100), (char)('0' + i / 10 % 10), (char)('0' + i % 10)};
			struct view v = {code, sizeof(code)};

			now += places_find(*state, v, 2026) == PLACE_KNOWN;
			then += d < 91 && places_find(*state, v, 1943) == PLACE_KNOWN;
		}
	}
	assert_int_equal(now + 360, 34969 + 45); /* 2A and 2B are not counted above: 124 + 236 */
	assert_in_range(then, 37500, 39000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(codes_have_years),
	    cmocka_unit_test(heirs_are_followed),
	    cmocka_unit_test(the_same_place_has_several_codes),
	    cmocka_unit_test(countries_have_names),
	    cmocka_unit_test(as_many_as_insee_counts),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
