#include "health/ins.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* The vector of Mediboard's test: an OID of 20 characters needs no GS. */
static const char mediboard[] =
    "IS010000000000000000000000S1123549685274612S225978456325481569525S3TEST1 TEST2 TEST\x1D"
    "S4DATAMATRIXTEST\x1DS5MS631-08-2021S717000";
/* ZXing's, with fields in another order. */
static const char zxing[] =
    "IS010000000000000000000000S1118058599124123S21.2.250.1.213.1.4.8\x1DS3FIRST NAMETEST\x1D"
    "S5MS618-06-1985S713201S4LASTNAMETEST";

static void vectors_are_read(void **state)
{
	struct ins ins;
	struct err err = {0};
	enum ins_authority authority;

	(void)state;
	assert_int_equal(ins_parse(&ins, VIEW(zxing), &err), 0);
	assert_true(view_eq(ins.matricule, VIEW_LIT("118058599124123")));
	assert_true(ins_find_oid(ins.oid, &authority));
	assert_int_equal(authority, INS_NIR);
	assert_true(view_eq(ins.given_names, VIEW_LIT("FIRST NAMETEST")));
	assert_true(view_eq(ins.birth_name, VIEW_LIT("LASTNAMETEST")));
	assert_int_equal(ins.sex, 'M');
	assert_int_equal(ins.birth.year * 10000 + ins.birth.month * 100 + ins.birth.day, 19850618);
	assert_true(view_eq(ins.place, VIEW_LIT("13201")));
}

static void writing_gives_the_vector(void **state)
{
	AUTO_STR struct str out = {0};
	struct ins ins = {
	    .matricule = VIEW_LIT("123549685274612"),
	    .oid = VIEW_LIT("25978456325481569525"),
	    .given_names = VIEW_LIT("TEST TEST TEST"),
	    .birth_name = VIEW_LIT("DATAMATRIXTEST"),
	    .sex = 'M',
	    .birth = {2021, 8, 31},
	    .place = VIEW_LIT("17000"),
	};

	(void)state;
	ins_format(&ins, &out);
	assert_string_equal(str_get(&out),
	    "IS010000000000000000000000S1123549685274612S225978456325481569525S3TEST TEST TEST\x1D"
	    "S4DATAMATRIXTEST\x1DS5MS631-08-2021S717000");
}

/* Mediboard's given names hold digits, which names of civil status do not: refused. */
static void wrong_payloads_are_refused(void **state)
{
	static const struct {
		const char *tail, *message;
	} cases[] = {
	    {"S1", "datamatrix: S1 is too short"},
	    {"S112354968527461", "datamatrix: S1 is too short"},
	    {"S5M", "datamatrix: no S1"},
	    {"", "datamatrix: no S1"},
	    {"S8M", "datamatrix: a field that is none of S1 to S7"},
	    {"S", "datamatrix: a field that is none of S1 to S7"},
	    {"xx", "datamatrix: a field that is none of S1 to S7"},
	    {"S1123549685274612S1123549685274612", "datamatrix: S1 stands there twice"},
	    {"S1123549685274612S5X", "datamatrix: S5 is not M, F or I"},
	    {"S1123549685274612S631/08/2021", "datamatrix: S6 has a character it cannot have"},
	    {"S1123549685274612S62021-08-31", "datamatrix: S6 is not JJ-MM-AAAA"},
	    {"S1123549685274612S3Jean", "datamatrix: S3 has a character it cannot have"},
	    {"S1123549685274612S3\x1D", "datamatrix: S3 is too short"},
	    {"S1123549685274612S2123456789012345678901", "datamatrix: a field that is none of S1 "
							 "to S7"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_STR struct str payload = {0};
		struct err err = {0};
		struct ins ins;

		str_addf(&payload, "IS010000000000000000000000%s", cases[i].tail);
		assert_int_equal(ins_parse(&ins, str_view(&payload), &err), -1);
		assert_string_equal(err.msg, cases[i].message);
	}
}

static void foreign_bytes_are_refused(void **state)
{
	AUTO_STR struct str payload = {0};
	struct err err = {0};
	struct ins ins;

	(void)state;
	assert_int_equal(ins_parse(&ins, VIEW_LIT("DC04"), &err), -1);
	assert_int_equal(ins_parse(&ins, VIEW(mediboard), &err), -1);
	str_pad(&payload, 'A', INS_PAYLOAD_MAX + 1);
	assert_int_equal(ins_parse(&ins, str_view(&payload), &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
}

static void oids_are_those_of_the_ans(void **state)
{
	static const char *const oids[] = {"1.2.250.1.213.1.4.8", "1.2.250.1.213.1.4.9",
	    "1.2.250.1.213.1.4.10", "1.2.250.1.213.1.4.11"};
	static const char *const types[] = {"INS-NIR", "INS-NIA", "INS-NIR-TEST", "INS-NIR-DEMO"};
	enum ins_authority found;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(oids); i++) {
		assert_true(ins_find_oid(VIEW(oids[i]), &found));
		assert_string_equal(ins_type(found), types[i]);
		assert_string_equal(ins_oid(found), oids[i]);
	}
	assert_false(ins_find_oid(VIEW_LIT("1.2.250.1.213.1.4"), &found));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(vectors_are_read),
	    cmocka_unit_test(writing_gives_the_vector),
	    cmocka_unit_test(wrong_payloads_are_refused),
	    cmocka_unit_test(foreign_bytes_are_refused),
	    cmocka_unit_test(oids_are_those_of_the_ans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
