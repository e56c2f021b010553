/* What a cell is, and which identifiers it could be: one line a case. */
#include "guard/detect.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct guard_missing missing;

static void forms(void **state)
{
	static const struct {
		const char *text;
		enum guard_form form;
		double number;
	} cases[] = {
	    {"", GUARD_EMPTY, 0},
	    {"   ", GUARD_BLANK, 0},
	    {"NA", GUARD_MISSING, 0},
	    {"null", GUARD_MISSING, 0},
	    {"Inconnu", GUARD_MISSING, 0},
	    {".", GUARD_MISSING, 0},
	    {"-", GUARD_MISSING, 0},
	    {"0", GUARD_INTEGER, 0},
	    {"12", GUARD_INTEGER, 12},
	    {"-12", GUARD_INTEGER, -12},
	    {"007", GUARD_DIGITS, 0},
	    {"1234567890123456", GUARD_DIGITS, 0},
	    {"3.14", GUARD_DECIMAL, 3.14},
	    {"-0.5", GUARD_DECIMAL, -0.5},
	    {".5", GUARD_DECIMAL, 0.5},
	    {"3,14", GUARD_DECIMAL_COMMA, 3.14},
	    {"1e-5", GUARD_DECIMAL, 1e-5},
	    {"0.30000000000000004", GUARD_DECIMAL, 0.1 + 0.2},
	    {"-1,6789012345678901", GUARD_DECIMAL_COMMA, -1.6789012345678901},
	    {"12345678901234567.5", GUARD_DECIMAL, 12345678901234567.5},
	    {"1234567890123456-7.5", GUARD_TEXT, 0},
	    {"1.2.3", GUARD_TEXT, 0},
	    {"12-", GUARD_TEXT, 0},
	    {"2018-01-31", GUARD_DATE, 0},
	    {"2018-02-30", GUARD_TEXT, 0},
	    {"31/01/2018", GUARD_DATE_FRENCH, 0},
	    {"31.01.2018", GUARD_DATE_FRENCH, 0},
	    {"31/02/2018", GUARD_TEXT, 0},
	    {"20180131", GUARD_DATE_COMPACT, 0},
	    {"20180231", GUARD_INTEGER, 20180231},
	    {"2018-01-31 12:00:00", GUARD_DATE_TIME, 0},
	    {"2018-01-31T12:00", GUARD_DATE_TIME, 0},
	    {"I21.9", GUARD_TEXT, 0},
	    {"MARTIN", GUARD_TEXT, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct guard_cell c;

		guard_cell_read(&c, VIEW(cases[i].text), &missing);
		if (c.form != cases[i].form)
			fail_msg("'%s' is %s, not %s", cases[i].text, guard_form_name(c.form),
			    guard_form_name(cases[i].form));
		if (guard_form_is_number(c.form) && c.number != cases[i].number)
			fail_msg("'%s' is %g", cases[i].text, c.number);
		if (guard_form_is_date(c.form))
			assert_int_equal(c.day, date_from_civil(2018, 1, 31));
	}
}

static const char *const blob =
    "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0NTY3ODkrLwAB"
    "AgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";

/* Numbers made for the purpose: keys right or wrong, nobody's. */
static void detectors(void **state)
{
	static const struct {
		const char *text;
		const char *found; /* names, blanks between */
	} cases[] = {
	    {"255081416802538", "nir fifteen"},
	    {"2 55 08 14 168 025 38", "nir fifteen"},
	    {"255081416802539", "fifteen"},
	    {"999999999999999", "fifteen"},
	    {"2550814168025", "nir_short"},
	    {"750712184", "finess adeli siren"},
	    {"356000000", "finess adeli siren"},
	    {"10003456782", ""},
	    {"0612345678", "phone"},
	    {"06 12 34 56 78", "phone"},
	    {"+33612345678", "phone"},
	    {"0012345678", ""},
	    {"someone@example.org", "email"},
	    {"some one@example.org", "text_email"},
	    {"@example.org", ""},
	    {"https://example.org/x", "url"},
	    {"192.168.1.10", "ip"},
	    {"192.168.1.300", ""},
	    {"FR1420041010050500013M02606", "iban"},
	    {"FR14 2004 1010 0505 0001 3M02 606", "iban"},
	    {"FR1420041010050500013M02607", "pseudonym"},
	    {"12AB34567", "passport"},
	    {"AB-123-CD", "plate"},
	    {"75013", "postcode"},
	    {"00500", ""},
	    {"123e4567-e89b-12d3-a456-426614174000", "uuid"},
	    {"d41d8cd98f00b204e9800998ecf8427e", "hash"},
	    {"48.8566, 2.3522", "coordinate"},
	    {"vu par le Dr Untel ce jour", "text_name words"},
	    {"12 rue des Lilas", "street"},
	    {"rappeler au 06 12 34 56 78 demain", "text_phone"},
	    {"NIR 2 55 08 14 168 025 38 du patient", "text_nir text_fifteen"},
	    {"MARTIN", ""},
	    {"I219", ""},
	    {"3.14", ""},
	    {"2018-01-31", ""},
	};

	(void)state;
	for (size_t i = 0; i <= ARRAY_LEN(cases); i++) {
		const char *text = i < ARRAY_LEN(cases) ? cases[i].text : blob;
		const char *expected = i < ARRAY_LEN(cases) ? cases[i].found : "blob";
		AUTO_STR struct str found = {0};
		struct guard_cell c;
		uint64_t bits;

		guard_cell_read(&c, VIEW(text), &missing);
		for (bits = guard_detect(&c); bits; bits &= bits - 1)
			str_addf(&found, "%s%s", found.len ? " " : "",
			    guard_detector_name((enum guard_detector)__builtin_ctzll(bits)));
		if (strcmp(str_get(&found), expected) != 0)
			fail_msg("'%s': found '%s', not '%s'", text, str_get(&found), expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(forms),
	    cmocka_unit_test(detectors),
	};
	struct err err = {0};
	int failed;

	if (guard_missing_load(&missing, &err) < 0)
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	guard_missing_clear(&missing);
	return failed;
}
