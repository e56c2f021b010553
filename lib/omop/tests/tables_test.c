/*
 * What care becomes in OMOP, on cases counted by hand: where it took place, who
 * did it, what it cost, how long it lasted, and its standard concept.
 */
#include "snds_fixture.h"

#include "omop/result.h"

#define ASPIRIN "3400930013953" /* CIP7 3001395 */

static void put(const char *path, const char *text)
{
	struct err err = {0};

	if (file_write(path, VIEW(text), &err) < 0)
		fail_msg("%s", err.msg);
}

/* Build "in" into "cdm", with files of its own beside those of the fixture. */
static int build(const struct snds *s, const char *vocabulary, struct omop_result *ret,
    struct err *err)
{
	struct omop_build_options o = {
	    .from = "in",
	    .out = "cdm",
	    .replace = true,
	    .first_day = s->first_day,
	    .last_day = s->last_day,
	    .vocabulary = vocabulary,
	    .threads = 2,
	};

	return omop_build(&o, ret, err);
}

static void start(struct snds *s)
{
	struct err err = {0};

	assert_int_equal(path_remove("in", &err), 0);
	snds_init(s);
	snds_person(s, "psa-1");
}

static void finish(const struct snds *s, struct omop_result *ret)
{
	struct err err = {0};

	snds_write(s, "in");
	if (build(s, NULL, ret, &err) < 0)
		fail_msg("%s", err.msg);
}

static void a_visit_for_each_field(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	start(&s);
	snds_stay(&s, "1", "psa-1", "2018-03-01", "2018-03-04", "S720");
	snds_row(&s, SNDS_SSR_B, "010000123,1,001,Z508,S720,,0803A0,0,6,8");
	snds_row(&s, SNDS_SSR_C, "010000123,1,psa-1,2018-03-04,2018-03-20," RETURN_OK);
	snds_row(&s, SNDS_HAD_B, "010000123,1,0001,0001,C509,04,7,9");
	snds_row(&s, SNDS_HAD_C, "010000123,1,psa-1,2018-04-01,2018-04-20," RETURN_OK);
	snds_row(&s, SNDS_RIP_RSA, "010000123,1,001,F322,01,P,0,8,8");
	snds_row(&s, SNDS_RIP_C, "010000123,1,psa-1,2018-05-01,2018-05-20," RETURN_OK);
	snds_row(&s, SNDS_CSTC, "010000123,1,psa-1,1,2018-06-01,,0,0,0,0,0");
	snds_row(&s, SNDS_FMSTC, "010000123,1,DEQP003,0");
	snds_care(&s, 1, "psa-1", "2018-07-01", 1111, 1, "gp");
	finish(&s, &r);

	assert_rows("visit_occurrence", "true", 6);
	assert_rows("visit_occurrence", "visit_concept_id = 9201", 3);
	assert_rows("visit_occurrence",
	    "visit_concept_id = 581476 AND visit_start_date = DATE '2018-04-01' AND "
	    "discharged_to_source_value = '9'",
	    1);
	assert_rows("visit_occurrence", "visit_concept_id = 9202", 2);
	assert_rows("visit_occurrence AS v JOIN care_site AS c USING (care_site_id)",
	    "c.care_site_source_value = '010000123'",
	    5);
	assert_rows("condition_occurrence",
	    "condition_status_concept_id = 32902 AND condition_status_source_value "
	    "IN ('MOR_PRP', 'DGN_PAL')",
	    4);
	assert_rows("condition_occurrence",
	    "condition_status_source_value = 'FP_PEC' AND "
	    "condition_status_concept_id = 32908",
	    1);
	assert_rows("procedure_occurrence AS p JOIN visit_occurrence AS v USING "
		    "(visit_occurrence_id)",
	    "v.visit_source_value = 'T_MCO18CSTC'",
	    1);
}

static void acts_in_town_belong_to_their_consultation(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	start(&s);
	snds_care(&s, 1, "psa-1", "2018-07-01", 1111, 1, "gp");
	snds_care(&s, 2, "psa-1", "2018-07-01", 1352, 2, "gp");
	snds_row(&s, SNDS_CAM, KEYS_FORMAT ",DEQP003", 2);
	snds_care(&s, 3, "psa-1", "2018-07-01", 1352, 1, "other");
	snds_row(&s, SNDS_CAM, KEYS_FORMAT ",DEQP003", 3);
	snds_care(&s, 4, "psa-1", "2018-07-02", 3211, 1, "lab");
	snds_row(&s, SNDS_BIO, KEYS_FORMAT ",1104,1", 4);
	snds_care(&s, 5, "psa-1", "2018-07-03", 3331, 3, "shop");
	snds_row(&s, SNDS_TIP, KEYS_FORMAT ",1128105,3", 5);
	snds_care(&s, 6, "psa-1", "2018-07-04", 3318, 1, "hospital");
	snds_row(&s, SNDS_UCD, KEYS_FORMAT ",9261117,4", 6);
	finish(&s, &r);

	assert_rows("procedure_occurrence",
	    "quantity = 2 AND visit_occurrence_id = 1 AND procedure_type_concept_id "
	    "= 32871",
	    1);
	assert_rows("procedure_occurrence", "quantity = 1 AND visit_occurrence_id IS NULL", 1);
	assert_rows("procedure_occurrence AS p JOIN provider AS q USING (provider_id)",
	    "q.provider_source_value = 'other'",
	    1);
	/* 2,143,000,000 + NABM; no result */
	assert_rows("measurement",
	    "measurement_concept_id = 2143001104 AND value_as_number IS NULL AND "
	    "value_as_concept_id IS NULL AND measurement_date = DATE '2018-07-02'",
	    1);
	assert_rows("device_exposure", "device_concept_id = 2031128105 AND quantity = 3", 1);
	assert_rows("drug_exposure",
	    "drug_concept_id = 2029261117 AND quantity = 4 AND days_supply IS NULL "
	    "AND drug_exposure_end_date = DATE '2018-07-04'",
	    1);
}

static void units_are_details_of_their_visit(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	start(&s);
	snds_stay(&s, "1", "psa-1", "2018-03-01", "2018-03-08", "I219");
	snds_row(&s, SNDS_UM, "010000123,1,1,01A,R072,,2");
	snds_row(&s, SNDS_UM, "010000123,1,2,02A,I219,I10,5");
	snds_row(&s, SNDS_MED, "010000123,1,9261117,2,1");
	snds_row(&s, SNDS_DMIP, "010000123,1,3460990,1,3");
	finish(&s, &r);

	assert_rows("visit_detail",
	    "visit_occurrence_id = 1 AND visit_detail_source_value = 'UM 02A' AND "
	    "preceding_visit_detail_id = 1 AND visit_detail_start_date = DATE "
	    "'2018-03-03'",
	    1);
	assert_rows("condition_occurrence",
	    "visit_detail_id = 2 AND condition_source_value = 'I10' AND "
	    "condition_status_concept_id = 32908",
	    1);
	assert_rows("condition_occurrence", "condition_status_concept_id = 32902", 1);
	assert_rows("drug_exposure",
	    "visit_occurrence_id = 1 AND quantity = 2 AND drug_exposure_start_date "
	    "= DATE '2018-03-02' AND drug_type_concept_id = 32853",
	    1);
	assert_rows("device_exposure",
	    "visit_occurrence_id = 1 AND device_exposure_start_date = DATE "
	    "'2018-03-04'",
	    1);
}

/* ER_PRS_F with its amounts: asked, refunded, supplement. */
static void amounts_follow_their_care(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	start(&s);
	str_reset(&s.text[SNDS_PRS]);
	str_addz(&s.text[SNDS_PRS], KEYS_HEADER
	    ",BEN_NIR_PSA,BEN_RNG_GEM,EXE_SOI_DTD,PRS_NAT_REF,PRS_ACT_QTE,DPN_QLF,PRS_DPN_QLP,"
	    "CPL_MAJ_TOP,PFS_EXE_NUM,PFS_PRE_NUM,PRS_PAI_MNT,BSE_REM_MNT,CPL_REM_MNT\n");
	snds_row(&s, SNDS_PRS, KEYS_FORMAT ",psa-1,1,2018-03-01,1111,1,0,0,0,gp,,25,16.5,0.1", 1);
	/* a box, taken back, sold again: once */
	snds_row(&s, SNDS_PRS, KEYS_FORMAT ",psa-1,1,2018-03-02,3313,1,0,0,0,ph,gp,4.2,2.1,0", 2);
	snds_row(&s, SNDS_PRS,
	    KEYS_FORMAT ",psa-1,1,2018-03-02,3313,-1,0,0,0,ph,gp,-4.2,-2.1,0", 3);
	snds_row(&s, SNDS_PRS, KEYS_FORMAT ",psa-1,1,2018-03-02,3313,1,0,0,0,ph,gp,4.2,2.1,0", 4);
	for (int line = 2; line < 5; line++)
		snds_row(&s, SNDS_PHA, KEYS_FORMAT "," ASPIRIN ",%d", line, line == 3 ? -1 : 1);
	snds_stay(&s, "1", "psa-1", "2018-03-01", "2018-03-08", "I219");
	snds_write(&s, "in");
	put("in/T_MCO18VALO.csv", "ETA_NUM,RSA_NUM,MNT_TOT_AM,MNT_RAC\n10000123,1,1500.5,20\n");
	finish(&s, &r);

	assert_rows("cost",
	    "total_charge = 25 AND paid_by_payer = 16.6 AND cost_domain_id = "
	    "'Visit' AND currency_concept_id = 44818568",
	    1);
	assert_rows("cost AS c JOIN drug_exposure AS d ON d.drug_exposure_id = "
		    "c.cost_event_id",
	    "c.cost_domain_id = 'Drug' AND c.total_paid = 4.2 AND c.paid_by_payer = "
	    "2.1",
	    1);
	assert_rows("cost", "total_paid = 1520.5 AND paid_by_payer = 1500.5", 1);
	assert_rows("cost", "true", 3);
}

static void people_and_hospitals_have_their_places(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	start(&s);
	str_reset(&s.text[SNDS_BEN]);
	str_addz(&s.text[SNDS_BEN],
	    "BEN_NIR_PSA,BEN_RNG_GEM,BEN_NAI_ANN,BEN_SEX_COD,BEN_DCD_DTE,BEN_RES_DPT,BEN_RES_COM\n"
	    "psa-1,1,1950,1,1600-01-01,075,056\npsa-2,1,1950,1,1600-01-01,,\n");
	snds_stay(&s, "1", "psa-1", "2018-03-01", "2018-03-08", "I219");
	snds_care(&s, 1, "psa-1", "2018-07-01", 1111, 1, "75100001");
	snds_care(&s, 2, "psa-1", "2018-07-02", 1111, 1, "00000000"); /* nobody */
	snds_write(&s, "in");
	put("in/BE_IDE_R.csv", "IDE_ETA_NUM,IDE_CPT_RSC,IDE_INS_COM,IDE_PSH_CAT\n"
			       "010000123,HOPITAL,75056,355\n990000000,OTHER,01001,355\n");
	put("in/DA_PRA_R.csv", "PFS_PFS_NUM,DTE_ANN_TRT,DTE_MOI_FIN,IPP_SEX_COD,IPP_ANN_NAI,"
			       "PFS_PRA_SPE\n75100001,2017,12,2,1970,22\n"
			       "75100001,2018,12,2,1970,1\n");
	finish(&s, &r);

	assert_rows("person AS p JOIN location AS l USING (location_id) JOIN care_site AS c "
		    "USING (location_id)",
	    "l.location_source_value = '075056' AND c.care_site_name = 'HOPITAL'",
	    1);
	assert_rows("person", "location_id IS NULL", 1);
	assert_rows("care_site", "true", 1);
	/* the last year counts */
	assert_rows("provider",
	    "specialty_source_value = '01' AND specialty_concept_id = 2143100001 "
	    "AND gender_concept_id = 8532 AND year_of_birth = 1970",
	    1);
	assert_rows("provider", "true", 1);
	assert_rows("visit_occurrence", "visit_concept_id = 9202 AND provider_id IS NULL", 1);
}

static void a_large_pack_lasts_ninety_days(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	start(&s);
	snds_drug(&s, 1, "psa-1", "2018-03-01", ASPIRIN, 1);
	snds_drug(&s, 2, "psa-1", "2018-03-01", "3400930065068", 1);
	snds_write(&s, "in");
	put("in/IR_PHA_R.csv", "PHA_CIP_C13,PHA_PRS_IDE,PHA_ATC_C07,PHA_CND_TOP\n" ASPIRIN
			       ",3001395,B01AC06,GC\n3400930065068,3006506,C10AA01,NGC\n");
	finish(&s, &r);
	assert_rows("drug_exposure",
	    "days_supply = 90 AND drug_exposure_end_date = DATE '2018-05-29' AND "
	    "drug_source_value = '" ASPIRIN "'",
	    1);
	assert_rows("drug_exposure", "days_supply = 30", 1);
}

/* 30 days between the end of one and the start of the next are still one era. */
static void eras_bridge_thirty_days(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	start(&s);
	snds_drug(&s, 1, "psa-1", "2018-01-01", ASPIRIN, 1); /* to 01-30 */
	snds_drug(&s, 2, "psa-1", "2018-01-10", ASPIRIN, 1); /* to 02-08 */
	snds_drug(&s, 3, "psa-1", "2018-03-10", ASPIRIN, 1); /* 30 days later, to 04-08 */
	snds_drug(&s, 4, "psa-1", "2018-05-10", ASPIRIN, 1); /* 32 days later */
	snds_stay(&s, "1", "psa-1", "2018-03-01", "2018-03-08", "I219");
	snds_stay(&s, "2", "psa-1", "2018-04-07", "2018-04-08", "I219");
	snds_stay(&s, "3", "psa-1", "2018-05-09", "2018-05-10", "I219");
	finish(&s, &r);

	assert_rows("drug_era", "true", 2);
	assert_rows("drug_era",
	    "drug_era_start_date = DATE '2018-01-01' AND drug_era_end_date = DATE "
	    "'2018-04-08' AND drug_exposure_count = 3 AND gap_days = 29",
	    1);
	assert_rows("condition_era",
	    "condition_era_end_date = DATE '2018-04-08' AND "
	    "condition_occurrence_count = 2",
	    1);
	assert_rows("condition_era", "true", 2);
	assert_rows("dose_era", "true", 0);
}

/* Which of several rows of one day is looked at first must not matter. */
static void rows_of_one_day_open_one_era(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};
	char rsa[2] = "2";

	(void)state;
	start(&s);
	snds_stay(&s, "1", "psa-1", "2018-01-01", "2018-01-02", "I219");
	for (; *rsa < '9'; (*rsa)++)
		snds_stay(&s, rsa, "psa-1", "2018-05-01", "2018-05-02", "I219");
	finish(&s, &r);

	assert_rows("condition_era", "true", 2);
	assert_rows("condition_era",
	    "condition_era_start_date = DATE '2018-05-01' AND condition_occurrence_count = 7", 1);
}

static void causes_of_death_are_observations(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	start(&s);
	snds_row(&s, SNDS_BEN, "psa-2,1,ano-2,idt-2,00,1930,1,1,2018-06-01,");
	snds_row(&s, SNDS_ECD, "idt-2,,2018-06-01,I219");
	finish(&s, &r);
	assert_rows("observation",
	    "observation_source_value = 'I219' AND observation_type_concept_id = "
	    "32815 AND observation_date = DATE '2018-06-01'",
	    1);
	assert_rows("condition_occurrence", "true", 0);
}

#define CONCEPT_HEADER                                                                    \
	"concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\tstandard_" \
	"concept\tconcept_code\tvalid_start_date\tvalid_end_date\tinvalid_reason\n"
#define CONCEPT(id, domain, vocabulary, standard, code)                                       \
#id "\ta \"name\" of " #id "\t" domain "\t" vocabulary "\tClass\t" standard "\t" code \
	    "\t20200102\t20991231\t\n"
#define IS_A_LINE "101\t999\tIs a\t19700101\t20991231\t\n"
#define MAPS(from, to, reason) #from "\t" #to "\tMaps to\t19700101\t20991231\t" reason "\n"

/* An infarction with two names, a box by its CIP7, a box by its ATC, an act. */
static void put_vocabulary(void)
{
	struct err err = {0};

	assert_int_equal(path_make_folder("vocab", &err), 0);
	put("vocab/CONCEPT.csv",
	    CONCEPT_HEADER CONCEPT(100, "Condition", "ICD10", "", "I21.9")
		CONCEPT(101, "Condition", "CIM10", "", "I21.9")
		    CONCEPT(312327, "Condition", "SNOMED", "S", "57054005")
			CONCEPT(999, "Condition", "SNOMED", "S", "1")
			    CONCEPT(102, "Condition", "ICD10", "", "Z51.1")
				CONCEPT(103, "Observation", "SNOMED", "S", "2")
				    CONCEPT(104, "Drug", "BDPM", "", "3001395")
					CONCEPT(1112807, "Drug", "RxNorm", "S", "1191")
					    CONCEPT(105, "Drug", "ATC", "C", "C10AA01")
						CONCEPT(1539403, "Drug", "RxNorm", "S", "36567")
						    CONCEPT(106, "Procedure", "CCAM", "", "DDAF006")
							CONCEPT(4020653, "Procedure", "SNOMED",
							    "S", "3")
							    CONCEPT(107, "Condition", "SNOMED",
								"", "4"));
	put("vocab/CONCEPT_RELATIONSHIP.csv",
	    "concept_id_1\tconcept_id_2\trelationship_id\tvalid_start_date\tvalid_end_date\t"
	    "invalid_reason\n" MAPS(100, 999, "") MAPS(101, 312327, "") MAPS(101, 999, "D")
		MAPS(102, 103, "") MAPS(104, 1112807, "") MAPS(105, 1539403, "")
		    MAPS(106, 4020653, "") MAPS(101, 107, "") IS_A_LINE);
}

static void fill_for_vocabulary(struct snds *s)
{
	start(s);
	snds_row(s, SNDS_B, "010000123,1,I219,Z511,05M042,1234,,8,8");
	snds_row(s, SNDS_C, "010000123,1,psa-1,,2018-03-01,2018-03-04," RETURN_OK);
	snds_row(s, SNDS_D, "010000123,1,E119");
	snds_row(s, SNDS_A, "010000123,1,DDAF006,1,1");
	snds_drug(s, 1, "psa-1", "2018-03-01", ASPIRIN, 1);
	snds_drug(s, 2, "psa-1", "2018-03-01", "3400930065068", 1);
	snds_write(s, "in");
	put("in/IR_PHA_R.csv", "PHA_CIP_C13,PHA_PRS_IDE,PHA_ATC_C07\n" ASPIRIN
			       ",3001395,B01AC06\n3400930065068,3006506,C10AA01\n");
}

static void codes_that_athena_knows_have_standard_concepts(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};
	struct err err = {0};

	(void)state;
	fill_for_vocabulary(&s);
	put_vocabulary();
	if (build(&s, "vocab", &r, &err) < 0)
		fail_msg("%s", err.msg);

	/* CIM10 goes before ICD10; what is invalid or not standard does not count */
	assert_rows("condition_occurrence",
	    "condition_concept_id = 312327 AND condition_source_concept_id = "
	    "2001420128",
	    1);
	/* maps to another domain, or is not known: stays local */
	assert_rows("condition_occurrence",
	    "condition_source_value IN ('Z511', 'E119') AND condition_concept_id = "
	    "condition_source_concept_id",
	    2);
	assert_rows("drug_exposure",
	    "drug_concept_id = 1112807 AND drug_source_value = '" ASPIRIN "'",
	    1);
	assert_rows("drug_exposure", "drug_concept_id = 1539403", 1);
	assert_rows("procedure_occurrence", "procedure_concept_id = 4020653", 1);
	assert_rows("concept",
	    "concept_id = 312327 AND standard_concept = 'S' AND concept_name = 'a "
	    "\"name\" of 312327' AND valid_start_date = DATE '2020-01-02'",
	    1);
	assert_rows("concept", "concept_id IN (100, 101, 999, 103, 107)", 0);
	assert_rows("concept_relationship",
	    "concept_id_1 = 2001420128 AND concept_id_2 = 312327",
	    1);
	assert_rows("drug_era", "drug_concept_id = 1539403", 1);
	assert_int_equal(r.codes[OMOP_CIM10].mapped, 1);
	assert_int_equal(r.codes[OMOP_CIP13].mapped, 2);
	assert_int_equal(r.codes[OMOP_CCAM].mapped_rows, 1);
}

static void a_wrong_vocabulary_is_refused(void **state)
{
	static const struct {
		const char *concept, *relationship, *words;
	} cases[] = {
	    {NULL, "a\tb\n", "CONCEPT.csv: no such file"},
	    {CONCEPT_HEADER, NULL, "CONCEPT_RELATIONSHIP.csv: no such file"},
	    {"a\tb\n1\t2\n", "c\td\n3\t4\n", "not a vocabulary of Athena"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_SNDS struct snds s = {0};
		AUTO_OMOP_RESULT struct omop_result r = {0};
		struct err err = {0};

		fill_for_vocabulary(&s);
		assert_int_equal(path_remove("wrong", &err), 0);
		assert_int_equal(path_make_folder("wrong", &err), 0);
		if (cases[i].concept)
			put("wrong/CONCEPT.csv", cases[i].concept);
		if (cases[i].relationship)
			put("wrong/CONCEPT_RELATIONSHIP.csv", cases[i].relationship);
		assert_int_equal(build(&s, "wrong", &r, &err), -1);
		assert_int_equal(err_exit_status(err.code), 3);
		if (!strstr(err.msg, cases[i].words))
			fail_msg("%s", err.msg);
	}
}

/* Headers without rows: a CDM without persons, which says so. */
static void an_empty_base_says_that_it_is_empty(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};
	AUTO_REPORT struct report *doc = NULL;
	AUTO_STR struct str text = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(path_remove("in", &err), 0);
	snds_init(&s);
	finish(&s, &r);
	assert_rows("person", "true", 0);
	doc = omop_result_report(&r, "in", "cdm");
	report_to_json(doc, &text);
	assert_non_null(strstr(str_get(&text), "Nobody is left"));
}

static int run(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_visit_for_each_field),
	    cmocka_unit_test(acts_in_town_belong_to_their_consultation),
	    cmocka_unit_test(units_are_details_of_their_visit),
	    cmocka_unit_test(amounts_follow_their_care),
	    cmocka_unit_test(people_and_hospitals_have_their_places),
	    cmocka_unit_test(a_large_pack_lasts_ninety_days),
	    cmocka_unit_test(eras_bridge_thirty_days),
	    cmocka_unit_test(rows_of_one_day_open_one_era),
	    cmocka_unit_test(causes_of_death_are_observations),
	    cmocka_unit_test(codes_that_athena_knows_have_standard_concepts),
	    cmocka_unit_test(a_wrong_vocabulary_is_refused),
	    cmocka_unit_test(an_empty_base_says_that_it_is_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(void)
{
	return snds_run_in_temp(run);
}
