/* Ids: hand-computed, injective, and whole over the published nomenclatures. */
#include "base/map.h"
#include "base/rng.h"
#include "io/csv.h"
#include "io/file.h"
#include "omop/concept_id.h"

#include "shared_data.h"

static int32_t id_of(enum omop_vocabulary v, const char *code)
{
	return omop_concept_id(v, VIEW(code));
}

static void ids_are_the_formulas(void **state)
{
	(void)state;
	/* I21: letter 8, so root 821; suffix 9 is the value 10 of the first place */
	assert_int_equal(id_of(OMOP_CIM10, "I21"), 2000000000 + 821 * 1728);
	assert_int_equal(id_of(OMOP_CIM10, "I219"), 2000000000 + 821 * 1728 + 10 * 144);
	assert_int_equal(id_of(OMOP_CIM10, "I21.9"), id_of(OMOP_CIM10, "I219"));
	assert_int_equal(id_of(OMOP_CIM10, "A00"), 2000000000);
	assert_int_equal(id_of(OMOP_CIM10,
			     "Z99+99"),
	    2000000000 + 2599 * 1728 + 11 * 144 + 10 * 12 + 10);
	assert_int_equal(id_of(OMOP_CIM10, "E725B"), 2004492800 + (472 * 10 + 5) * 26 + 1);
	assert_int_equal(id_of(OMOP_CIP13, "3400930013953"), 2013001395);
	assert_int_equal(id_of(OMOP_CIP13, "3001395"), 2013001395);
	assert_int_equal(id_of(OMOP_UCD, "9261117"), 2029261117);
	assert_int_equal(id_of(OMOP_LPP, "1128105"), 2031128105);
	assert_int_equal(id_of(OMOP_NABM, "1104"), 2143001104);
	assert_int_equal(id_of(OMOP_SPECIALTY, "03"), 2143100003);
	assert_int_equal(id_of(OMOP_CCAM, "AAAA000"), 2040000000);
	assert_int_equal(id_of(OMOP_CCAM, "ZZYY999"), 2040000000 + 17 * 21 * 18 * 16 * 1000 - 1);
	/* D is 3, D is 3, A is 0, F is 5 */
	assert_int_equal(id_of(OMOP_CCAM, "DDAF006"),
	    2040000000 + (((3 * 21 + 3) * 18 + 0) * 16 + 5) * 1000 + 6);
	assert_int_equal(id_of(OMOP_UCD, "9231824"), 2029231824);
	assert_int_equal(id_of(OMOP_LPP, "1100028"), 2031100028);
}

static void other_forms_have_no_id(void **state)
{
	static const struct {
		enum omop_vocabulary v;
		const char *code;
	} cases[] = {
	    {OMOP_CIM10, ""},
	    {OMOP_CIM10, "I"},
	    {OMOP_CIM10, "I2"},
	    {OMOP_CIM10, "121"},
	    {OMOP_CIM10, "XXXXXX"},
	    {OMOP_CIM10, "I21 9"},
	    {OMOP_CIM10, "I2199999"},
	    {OMOP_CIM10, "I2.19"},
	    {OMOP_CIM10, "I21-"},
	    {OMOP_CIP13, "3400930013954"}, /* wrong check digit */
	    {OMOP_CIP13, "3400830013953"},
	    {OMOP_CIP13, "300139"},
	    {OMOP_CIP13, "300139X"},
	    {OMOP_UCD, "0000009261117"},
	    {OMOP_LPP, "112810"},
	    {OMOP_LPP, "11281O5"},
	    {OMOP_NABM, "104"},
	    {OMOP_NABM, "01104"},
	    {OMOP_SPECIALTY, "1"},
	    {OMOP_CCAM, "DDAF00"},
	    {OMOP_CCAM, "DDAF00A"},
	    {OMOP_CCAM, "DIAF006"}, /* no I in second place */
	    {OMOP_CCAM, "ddaf006"},
	    {OMOP_UCD, "0000009231824"},
	    {OMOP_LPP, ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (id_of(cases[i].v, cases[i].code) != 0)
			fail_msg("'%s' has an id", cases[i].code);
}

/* Any id either belongs to no code, or to one that has exactly this id. */
static void ids_and_codes_are_one_to_one(void **state)
{
	int found = 0;

	(void)state;
	for (uint64_t i = 0; i < 2000000; i++) {
		struct rng r = rng_at(20181, 1, i);
		int32_t id = (int32_t)(OMOP_CONCEPT_MIN + rng_below(&r, 147483647));
		enum omop_vocabulary v;
		char code[OMOP_CODE_SIZE];

		if (!omop_concept_code(id, &v, code))
			continue;
		found++;
		if (omop_concept_id(v, VIEW(code)) != id)
			fail_msg("seed 20181: id %d is code %s, whose id is %d", id, code,
			    omop_concept_id(v, VIEW(code)));
	}
	assert_true(found > 1000000);
}

/* Every id of the smallest vocabulary, so that no corner is left to luck. */
static void every_cim10_id_is_one_to_one(void **state)
{
	int found = 0;

	(void)state;
	for (int32_t id = OMOP_CONCEPT_MIN; id < 2010000000; id++) {
		enum omop_vocabulary v;
		char code[OMOP_CODE_SIZE];

		if (!omop_concept_code(id, &v, code))
			continue;
		found++;
		if (v != OMOP_CIM10 || omop_concept_id(v, VIEW(code)) != id)
			fail_msg("id %d is code %s", id, code);
	}
	/* 2,600 roots with 0 to 3 of 11 signs, and 26,000 stems with a letter */
	assert_int_equal(found, 2600 * (1 + 11 + 121 + 1331) + 26000 * 26);
}

/* As lib/mainbase shapes them: zeros in front up to the width, or the last of it. */
static struct view shaped(struct view code, enum omop_vocabulary v, char buf[OMOP_CODE_SIZE])
{
	size_t width = v == OMOP_NABM ? 4 : v == OMOP_UCD ? 7
	                                                  : code.len;
	size_t n = MIN(code.len, width);

	assert_true(width < OMOP_CODE_SIZE);
	memset(buf, '0', width);
	memcpy(buf + width - n, code.ptr + code.len - n, n);
	return (struct view){buf, width};
}

/* Codes of a nomenclature with an id of their own; `ret_bad` those without. */
static int64_t ids_of(const char *file, const char *column, enum omop_vocabulary v, int *ret_bad)
{
	char name[256];
	const char *path;
	AUTO_CSV struct csv_reader *r = NULL;
	AUTO_MAP struct map ids = {0};
	struct err err = {0};
	size_t at;
	int rc;

	*ret_bad = 0;
	snprintf(name, sizeof(name), "data/snds/nomenclatures/%s", file);
	path = shared_data(name);
	assert_int_equal(csv_open(&r, path, ';', &err), 0);
	assert_int_equal(csv_header(r, &column, 1, &at, &err), 0);
	while ((rc = csv_next(r, &err)) > 0) {
		char buf[OMOP_CODE_SIZE];
		int32_t id = omop_concept_id(v, shaped(csv_field(r, at), v, buf));
		size_t before = ids.entries.len;

		if (!id) {
			*ret_bad += 1;
			continue;
		}
		map_add(&ids, (struct view){(const char *)&id, sizeof(id)}, 0);
		if (ids.entries.len == before)
			fail_msg("%s: two codes have id %d", file, id);
	}
	assert_int_equal(rc, 0);
	return (int64_t)ids.entries.len;
}

static void every_ccam_act_has_its_id(void **state)
{
	int bad;

	(void)state;
	/* five rows are no bare act: NT_09 and four with an extension */
	assert_int_equal(ids_of("ATIH/IR_CCAM_V63.csv", "CAM_PRS_IDE_COD", OMOP_CCAM, &bad),
	    8156);
	assert_int_equal(bad, 5);
}

static void every_cim10_code_has_its_id(void **state)
{
	int bad;

	(void)state;
	/* III, XXX, ZZZ, and K07A to K07X: subgroups of the insurance, no codes of a record */
	assert_int_equal(ids_of("ORAVAL/IR_CIM_V.csv", "CIM_COD", OMOP_CIM10, &bad), 18307);
	assert_int_equal(bad, 27);
	assert_int_equal(ids_of("ORAVAL/MS_CIM_V.csv", "CIM_COD", OMOP_CIM10, &bad), 19270);
	assert_int_equal(bad, 2);
}

static void every_product_and_analysis_has_its_id(void **state)
{
	int bad;

	(void)state;
	assert_int_equal(ids_of("ORAREF/NT_LPP.csv", "LPP_PRS_IDE", OMOP_LPP, &bad), 19717);
	assert_int_equal(bad, 0);
	assert_int_equal(ids_of("ORAREF/NU_UCD_R.csv", "UCD_UCD_COD", OMOP_UCD, &bad), 1812);
	assert_int_equal(bad, 0);
	assert_int_equal(ids_of("ORAREF/IR_BIO_R.csv", "BIO_PRS_IDE", OMOP_NABM, &bad), 1076);
	assert_int_equal(bad, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ids_are_the_formulas),
	    cmocka_unit_test(other_forms_have_no_id),
	    cmocka_unit_test(ids_and_codes_are_one_to_one),
	    cmocka_unit_test(every_cim10_id_is_one_to_one),
	    cmocka_unit_test(every_ccam_act_has_its_id),
	    cmocka_unit_test(every_cim10_code_has_its_id),
	    cmocka_unit_test(every_product_and_analysis_has_its_id),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
