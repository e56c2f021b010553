#include "health/nir.h"

#include "health/nir_traits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

/*
 * Published vectors: python-stdnum (stdnum/fr/nir.py), the Cnam's validators
 * (assurance-maladie-digital/nir-validation, its tests of NIR, NNP and MIG).
 */
static const struct {
	const char *text;
	enum nir_fault fault;
	enum nir_kind kind;
	unsigned warnings;
} cases[] = {
    {"295109912611193", NIR_SOUND, NIR_REGISTERED, 0},
    {"253072B07300470", NIR_SOUND, NIR_REGISTERED, 0},
    {"253072A07300443", NIR_SOUND, NIR_REGISTERED, 0},
    {"253072a07300443", NIR_SOUND, NIR_REGISTERED, 0},
    {"253072C07300443", NIR_WRONG_CHARACTER, 0, 0},
    {"253072A07300444", NIR_WRONG_KEY, NIR_REGISTERED, 0},
    {"6546546546546703", NIR_WRONG_LENGTH, 0, 0},
    {"255081416802538", NIR_SOUND, NIR_REGISTERED, 0},
    {"284058832102532", NIR_SOUND, NIR_REGISTERED, 0},
    {"2 84 05 88 321 025 32", NIR_SOUND, NIR_REGISTERED, 0},
    {"2 84 05 2A 321 025 52", NIR_SOUND, NIR_REGISTERED, 0},
    {"2-84-05-2B-321-025-79", NIR_SOUND, NIR_REGISTERED, 0},
    {"2840588321025", NIR_SOUND, NIR_REGISTERED, 0},
    {"", NIR_WRONG_LENGTH, 0, 0},
    {"28405883210253", NIR_WRONG_LENGTH, 0, 0},
    {"2840588321025321", NIR_WRONG_LENGTH, 0, 0},
    {"28405883210253O", NIR_WRONG_CHARACTER, 0, 0},
    {"2840588321O2532", NIR_WRONG_CHARACTER, 0, 0},
    {"984058832102523", NIR_WRONG_FIRST, 0, 0},
    {"084058832102523", NIR_WRONG_FIRST, 0, 0},
    {"2840088321025", NIR_WRONG_MONTH, 0, 0},
    {"2841388321025", NIR_WRONG_MONTH, 0, 0},
    {"2844388321025", NIR_WRONG_MONTH, 0, 0},
    {"2842088321025", NIR_SOUND, NIR_REGISTERED, NIR_ODD_MONTH},
    {"2844288321025", NIR_SOUND, NIR_REGISTERED, NIR_ODD_MONTH},
    {"2849988321025", NIR_SOUND, NIR_REGISTERED, NIR_ODD_MONTH},
    {"2840500321025", NIR_WRONG_PLACE, 0, 0},
    {"2840597021025", NIR_WRONG_PLACE, 0, 0},
    {"2840588000025", NIR_SOUND, NIR_REGISTERED, NIR_NO_COMMUNE},
    {"2840599999025", NIR_SOUND, NIR_REGISTERED, NIR_NO_COMMUNE},
    {"2555555751030", NIR_SOUND, NIR_REGISTERED, NIR_ODD_MONTH | NIR_FICTITIOUS},
    {"2840588321000", NIR_SOUND, NIR_REGISTERED, NIR_NO_ORDER},
    {"3840588321025", NIR_SOUND, NIR_AWAITING, 0},
    {"7101012345678", NIR_SOUND, NIR_PROVISIONAL, 0},
    {"8201012345678", NIR_SOUND, NIR_PROVISIONAL, 0},
    {"8001012345678", NIR_SOUND, NIR_PROVISIONAL, NIR_OLD_KIND},
    {"7301012345678", NIR_WRONG_KIND, 0, 0},
    {"5101012345678", NIR_SOUND, NIR_MIGRANT, 0},
    {"6201012345678", NIR_SOUND, NIR_MIGRANT, 0},
    {"5001012345678", NIR_WRONG_KIND, 0, 0},
    {"71010123A5678", NIR_WRONG_CHARACTER, 0, 0},
};

static void published_numbers_are_classed(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct nir n = {0};

		print_message("%s\n", cases[i].text);
		assert_int_equal(nir_parse(&n, VIEW(cases[i].text)), cases[i].fault);
		if (cases[i].fault <= NIR_WRONG_KEY) {
			assert_int_equal(n.kind, cases[i].kind);
			assert_int_equal(n.warnings, cases[i].warnings);
		}
	}
}

static void parts_are_read(void **state)
{
	struct nir n;

	(void)state;
	assert_int_equal(nir_parse(&n, VIEW_LIT("253072b07300470")), NIR_SOUND);
	assert_string_equal(n.digits, "253072B073004");
	assert_int_equal(n.key, 70);
	assert_int_equal(n.sex, 'F');
	assert_int_equal(n.year, 53);
	assert_int_equal(n.month, 7);
	assert_string_equal(n.place, "2B073");
	assert_int_equal(nir_parse(&n, VIEW_LIT("7101012345678")), NIR_SOUND);
	assert_int_equal(n.key, NIR_KEY_NONE);
	assert_int_equal(n.year, -1);
	assert_string_equal(n.place, "");
	assert_int_equal(n.sex, 'M');
}

/* 97 is prime: one wrong digit, or two neighbours exchanged, never keep the key. */
static void every_single_error_is_found(void **state)
{
	static const char sound[] = "255081416802538";
	struct nir n;

	(void)state;
	for (size_t at = 0; at < NIR_LEN; at++) {
		for (int c = '0'; c <= '9'; c++) {
			char text[] = "255081416802538";

			text[at] = (char)c;
			assert_int_equal(nir_parse(&n, VIEW(text)) == NIR_SOUND, c == sound[at]);
		}
	}
	for (size_t at = 0; at + 1 < NIR_LEN; at++) {
		char text[] = "255081416802538";

		text[at] = sound[at + 1];
		text[at + 1] = sound[at];
		assert_int_equal(nir_parse(&n, VIEW(text)) == NIR_SOUND,
		    sound[at] == sound[at + 1]);
	}
}

/* The rule as python-stdnum writes it: letters replaced by two digits. */
static void corsica_is_19_and_18(void **state)
{
	(void)state;
	for (int i = 0; i < 1000; i++) {
		char a[NIR_LEN + 1], b[NIR_LEN + 1];

		snprintf(a, sizeof(a), "253072A%03d%03d", i, 999 - i);
		snprintf(b, sizeof(b), "2530719%03d%03d", i, 999 - i);
		assert_int_equal(nir_key(a), nir_key(b));
		a[6] = 'B';
		b[6] = '8';
		assert_int_equal(nir_key(a), nir_key(b));
	}
}

static void what_was_meant_is_found(void **state)
{
	static const struct {
		const char *text, *meant;
	} repairs[] = {
	    {"2840588321O2532", "2840588321025"},
	    {"28405883210253Z", NULL},
	    {"284O588321O2532", "2840588321025"},
	    {"2550814l6802538", "2550814168025"},
	    {"253072007300470", "253072B073004"},
	    {"253072007300443", "253072A073004"},
	    {"253072007300444", NULL},
	    {"255081416802538", NULL},
	    {"2550814168O25", NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(repairs); i++) {
		struct nir n;
		bool found = nir_repair(&n, VIEW(repairs[i].text));

		assert_int_equal(found, repairs[i].meant != NULL);
		if (found)
			assert_string_equal(n.digits, repairs[i].meant);
	}
}

static unsigned contradict(const char *number, char sex, const char *birth, const char *place)
{
	AUTO_PLACES struct places *p = NULL;
	struct nir_traits t = {.sex = sex, .place = VIEW(place)};
	struct nir n;
	struct err err = {0};

	assert_int_equal(nir_parse(&n, VIEW(number)), NIR_SOUND);
	assert_int_equal(places_load(&p, &err), 0);
	if (birth[0])
		assert_true(birth_date_parse(VIEW(birth), &t.birth));
	return nir_traits_contradict(&n, &t, p);
}

static void traits_are_compared(void **state)
{
	static const char number[] = "284057505602561";
	struct nir n;

	(void)state;
	assert_int_equal(nir_parse(&n, VIEW(number)), NIR_WRONG_KEY);
	assert_int_equal(contradict("2840588321025", 0, "", ""), 0);
	assert_int_equal(contradict("2840588321025", 'F', "19840517", "88321"), 0);
	assert_int_equal(contradict("2840588321025", 'M', "19840517", "88321"), NIR_TRAIT_SEX);
	assert_int_equal(contradict("2840588321025", 'F', "19850517", ""), NIR_TRAIT_YEAR);
	assert_int_equal(contradict("2840588321025", 'F', "19840417", ""), NIR_TRAIT_MONTH);
	assert_int_equal(contradict("2840588321025", 'F', "19840000", ""), 0);
	assert_int_equal(contradict("2842088321025", 'F', "19840417", ""), 0);
	assert_int_equal(contradict("2840588321025", 'F', "", "88322"), NIR_TRAIT_COMMUNE);
	assert_int_equal(contradict("2840588321025", 'F', "", "99139"), NIR_TRAIT_COUNTRY);
	assert_int_equal(contradict("2840599139025", 'F', "", "99134"), NIR_TRAIT_COUNTRY);
	assert_int_equal(contradict("2840599139025", 'F', "", "99999"), 0);
	assert_int_equal(contradict("2840575101025", 'F', "", "75056"), 0);
	assert_int_equal(contradict("2600575050025", 'F', "", "92050"), 0);
	assert_int_equal(contradict("2600520004025", 'F', "", "2A004"), 0);
	assert_int_equal(contradict("2600520004025", 'F', "", "2B004"), NIR_TRAIT_COMMUNE);
	assert_int_equal(contradict("2550592352025", 'F', "", "99352"), 0);
	assert_int_equal(contradict("7101012345678", 'F', "19840517", "88321"), NIR_TRAIT_SEX);
}

static void places_have_their_years(void **state)
{
	AUTO_PLACES struct places *p = NULL;
	struct err err = {0};
	struct nir n;

	(void)state;
	assert_int_equal(places_load(&p, &err), 0);
	assert_int_equal(nir_parse(&n, VIEW_LIT("2840588321025")), NIR_SOUND);
	assert_int_equal(nir_check_place(&n, 0, p), 0);
	assert_int_equal(nir_parse(&n, VIEW_LIT("2600520004025")), NIR_SOUND);
	assert_int_equal(nir_check_place(&n, 0, p), 0);
	assert_int_equal(nir_parse(&n, VIEW_LIT("2900520004025")), NIR_SOUND);
	assert_int_equal(nir_check_place(&n, 0, p), NIR_PLACE_YEAR);
	assert_int_equal(nir_parse(&n, VIEW_LIT("2900588888025")), NIR_SOUND);
	assert_int_equal(nir_check_place(&n, 0, p), NIR_PLACE_UNKNOWN);
	assert_int_equal(nir_parse(&n, VIEW_LIT("7101012345678")), NIR_SOUND);
	assert_int_equal(nir_check_place(&n, 0, p), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(published_numbers_are_classed),
	    cmocka_unit_test(parts_are_read),
	    cmocka_unit_test(every_single_error_is_found),
	    cmocka_unit_test(corsica_is_19_and_18),
	    cmocka_unit_test(what_was_meant_is_found),
	    cmocka_unit_test(traits_are_compared),
	    cmocka_unit_test(places_have_their_years),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
