/* One spelling for what is written in many ways. */
#include "link/standard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

struct spelling {
	enum link_kind kind;
	const char *raw, *want;
};

static const struct spelling spellings[] = {
    {LINK_SURNAME, "Lefèbvre-d'Œuvray", "LEFEBVRE D OEUVRAY"},
    {LINK_SURNAME, "  NGUYỄN   THỊ ", "NGUYEN THI"},
    {LINK_SURNAME, "ÆGIDIUS Straße", "AEGIDIUS STRASSE"},
    {LINK_SURNAME, "Ǽlfric", "AELFRIC"},
    {LINK_SURNAME, "Łukasz Øster", "LUKASZ OSTER"},
    {LINK_SURNAME, "Mme Saint-Exupéry", "SAINT EXUPERY"},
    {LINK_SURNAME, "Иванов", "ИВАНОВ"},
    {LINK_GIVEN, "M. Jean Pierre", "JEAN PIERRE"},
    {LINK_GIVEN, "M", "M"},
    {LINK_GIVEN, "...", ""},
    {LINK_PLACE, "St-Étienne", "SAINT ETIENNE"},
    {LINK_PLACE, "Ste Foy", "SAINTE FOY"},
    {LINK_DATE, "1971-06-24", "19710624"},
    {LINK_DATE, "24/06/1971", "19710624"},
    {LINK_DATE, "19710624", "19710624"},
    {LINK_DATE, "24061971", "19710624"},
    {LINK_DATE, "1971", "19710000"},
    {LINK_DATE, "1971-06", "19710600"},
    {LINK_DATE, "06/1971", "19710600"},
    {LINK_DATE, "1971-00-00", "19710000"},
    {LINK_DATE, "19604299", "19604299"}, /* lunar: as written */
    {LINK_DATE, "1971-06-24 00:00:00", ""},
    {LINK_DATE, "00000000", ""},
    {LINK_DATE, "unknown", ""},
    {LINK_DATE, "99999999999999999999", ""},
    {LINK_SEX, "féminin", "F"},
    {LINK_SEX, "1", "M"},
    {LINK_SEX, "x", ""},
    {LINK_POSTCODE, "tq13 8df", "TQ138DF"},
    {LINK_IDENTIFIER, "2 84 05 2A 321 025", "284052A321025"},
    {LINK_EMAIL, " a.B@c.org ", "A.B@C.ORG"},
};

static void test_spellings(void **state)
{
	AUTO_STR struct str out = {0};

	(void)state; /* cmocka's */
	for (size_t i = 0; i < ARRAY_LEN(spellings); i++) {
		link_standard(spellings[i].kind, VIEW(spellings[i].raw), &out);
		if (strcmp(str_get(&out), spellings[i].want) != 0)
			fail_msg("\"%s\" became \"%s\", not \"%s\"", spellings[i].raw,
			    str_get(&out), spellings[i].want);
	}
}

/* What is standard stays. */
static void test_standard_is_its_own(void **state)
{
	AUTO_STR struct str again = {0};

	(void)state; /* cmocka's */
	for (size_t i = 0; i < ARRAY_LEN(spellings); i++) {
		link_standard(spellings[i].kind, VIEW(spellings[i].want), &again);
		assert_string_equal(str_get(&again), spellings[i].want);
	}
}

static void test_sounds(void **state)
{
	static const char *const alike[][2] = {{"DUPONT", "DUPOND"}, {"PHILIPPE", "FILIPE"},
	    {"MARTIN", "MARTAIN"}, {"CELINE", "SELINE"}};

	(void)state; /* cmocka's */
	for (size_t i = 0; i < ARRAY_LEN(alike); i++)
		assert_int_equal(link_sound(VIEW(alike[i][0])), link_sound(VIEW(alike[i][1])));
	assert_int_not_equal(link_sound(VIEW("DUPONT")), link_sound(VIEW("MARTIN")));
	assert_int_equal(link_sound(VIEW("123")), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_spellings),
	    cmocka_unit_test(test_standard_is_its_own),
	    cmocka_unit_test(test_sounds),
	};

	return cmocka_run_group_tests_name("standard", tests, NULL, NULL);
}
