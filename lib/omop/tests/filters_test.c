/*
 * Every business rule on a case counted by hand: what it removes, of how many
 * rows, and what then stands in the OMOP tables.
 */
#include "snds_fixture.h"

#define ASPIRIN "3400930013953"

static void the_person_is_ano_else_psa_and_rank(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	snds_init(&s);
	/* one woman under two pseudonyms, her later row knows the sex */
	snds_row(&s, SNDS_BEN, "psa-1,1,ano-1,idt-1,00,1980,3,0,1600-01-01,2018-01-01");
	snds_row(&s, SNDS_BEN, "psa-2,1,ano-1,idt-1,00,1980,3,2,1600-01-01,2018-06-01");
	/* twins without BEN_NIR_ANO: the rank tells them apart */
	snds_row(&s, SNDS_BEN, "psa-3,1,,,00,2010,7,1,1600-01-01,");
	snds_row(&s, SNDS_BEN, "psa-3,2,xxxxxxxxxxxxxxxxx,,00,2010,7,2,1600-01-01,");
	snds_care(&s, 1, "psa-1", "2018-02-01", 1111, 1, "gp");
	snds_care(&s, 2, "psa-2", "2018-07-01", 1111, 1, "gp");
	snds_build(&s, &r);

	assert_filter(&r, "ben", "merged_pseudonym", 1, 4);
	assert_rows("person", "true", 3);
	assert_rows("person", "person_source_value = 'ano-1' AND gender_concept_id = 8532 AND "
			      "year_of_birth = 1980",
	    1);
	assert_int_equal(ask("SELECT count(DISTINCT person_id) FROM visit_occurrence"), 1);
	assert_rows("visit_occurrence", "true", 2);
}

static void fictive_and_missing_identities_go_provisional_ones_stay(void **state)
{
	static const char *const codes[] = {
	    "00", "01", "1", "03", "04", "05", "06", "08", "09", "11", "12"};
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	snds_init(&s);
	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		snds_row(&s, SNDS_BEN, "psa-%zu,1,ano-%zu,,%s,1970,1,1,1600-01-01,", i, i,
		    codes[i]);
	snds_row(&s, SNDS_BEN, ",1,,,00,1970,1,1,1600-01-01,");
	snds_care(&s, 1, "psa-0", "2018-02-01", 1111, 1, "gp");
	snds_care(&s, 2, "psa-1", "2018-02-01", 1111, 1, "gp");
	snds_build(&s, &r);

	assert_filter(&r, "ben", "missing_identity", 1, 12);
	assert_filter(&r, "ben", "fictive_nir", 8, 11); /* 01 1 05 06 08 09 11 12 */
	assert_filter(&r, "prs", "unknown_person", 1, 2);
	assert_rows("person", "true", 3);
}

static void persons_need_a_birth_and_a_day_of_observation(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	snds_init(&s);
	snds_person(&s, "psa-1");
	snds_row(&s, SNDS_BEN, "psa-2,1,ano-2,,00,1600,1,1,1600-01-01,");
	snds_row(&s, SNDS_BEN, "psa-3,1,ano-3,,00,,,1,1600-01-01,");
	snds_row(&s, SNDS_BEN, "psa-4,1,ano-4,,00,1930,1,1,2017-12-31,");
	snds_row(&s, SNDS_BEN, "psa-5,1,ano-5,,00,1930,1,1,2018-01-01,");
	snds_row(&s, SNDS_BEN, "psa-6,1,ano-6,,00,2018,9,2,1600-01-01,");
	snds_row(&s, SNDS_BEN, "psa-7,1,ano-7,,00,2019,1,2,1600-01-01,");
	snds_build(&s, &r);

	assert_filter(&r, "person", "unknown_birth", 2, 7);
	assert_filter(&r, "person", "no_observation_time", 2, 5);
	assert_filter(&r, "death", "death_sentinel", 5, 7);
	assert_rows("person", "true", 3);
	assert_rows("observation_period",
	    "observation_period_start_date = DATE '2018-01-01' AND observation_period_end_date "
	    "= DATE '2018-12-31'",
	    1);
	assert_rows("observation_period", "observation_period_end_date = DATE '2018-01-01'", 1);
	assert_rows("observation_period", "observation_period_start_date = DATE '2018-09-01'", 1);
}

static void a_death_is_told_once_with_its_cause(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	snds_init(&s);
	snds_row(&s, SNDS_BEN, "psa-1,1,ano-1,idt-1,00,1930,1,1,2018-06-02,");
	snds_row(&s, SNDS_BEN, "psa-2,1,ano-1,idt-1,00,1930,1,1,2018-06-03,");
	snds_row(&s, SNDS_BEN, "psa-3,1,ano-3,idt-3,00,1930,1,2,2018-07-01,");
	snds_row(&s, SNDS_BEN, "psa-4,1,ano-4,idt-4,00,1930,1,2,1600-01-01,");
	snds_row(&s, SNDS_CCI, "idt-1,,2018-06-01,I219");
	snds_row(&s, SNDS_CCI, ",ano-4,2018-08-01,C34.9");
	snds_row(&s, SNDS_CCI, "idt-9,,2018-08-01,C349");
	snds_build(&s, &r);

	assert_filter(&r, "death", "death_sentinel", 1, 7);
	assert_filter(&r, "death", "unknown_person", 1, 6);
	assert_filter(&r, "death", "one_death", 2, 5);
	assert_rows("death", "true", 3);
	assert_rows("death", "death_date = DATE '2018-06-01' AND cause_source_value = 'I219' "
			     "AND death_type_concept_id = 32815",
	    1);
	assert_rows("death", "death_date = DATE '2018-07-01' AND cause_concept_id IS NULL AND "
			     "death_type_concept_id = 32813",
	    1);
	assert_int_equal(ask("SELECT count(*) FROM death AS d JOIN concept AS c "
			     "ON c.concept_id = d.cause_concept_id WHERE c.concept_code = 'C349'"),
	    1);
}

static void reimbursed_care_is_kept_once_and_in_time(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	snds_init(&s);
	snds_person(&s, "psa-1");
	snds_row(&s, SNDS_BEN, "psa-2,1,ano-2,idt-2,00,1930,1,1,2018-06-01,");
	snds_care(&s, 1, "psa-1", "2018-01-01", 1111, 1, "gp"); /* first day */
	snds_care(&s, 2, "psa-1", "2018-12-31", 1111, 1, "gp"); /* last day */
	snds_care(&s, 3, "psa-1", "2017-12-31", 1111, 1, "gp"); /* before */
	snds_care(&s, 4, "psa-1", "2019-01-01", 1111, 1, "gp"); /* after */
	snds_care(&s, 5, "psa-1", "", 1111, 1, "gp");           /* when? */
	snds_care(&s, 6, "psa-2", "2018-06-01", 1111, 1, "gp"); /* day of death */
	snds_care(&s, 7, "psa-2", "2018-06-02", 1111, 1, "gp"); /* after death */
	snds_care(&s, 8, "psa-9", "2018-03-01", 1111, 1, "gp"); /* whose? */
	snds_row(&s, SNDS_PRS, KEYS_FORMAT ",psa-1,1,2018-03-02,1111,1,71,0,0,gp,", 9);
	snds_row(&s, SNDS_PRS, KEYS_FORMAT ",psa-1,1,2018-03-02,1111,1,0,71,0,gp,", 10);
	snds_row(&s, SNDS_PRS, KEYS_FORMAT ",psa-1,1,2018-03-02,1111,1,,,0,gp,", 11); /* stays */
	snds_build(&s, &r);

	assert_filter(&r, "prs", "hospital_expense", 2, 11);
	assert_filter(&r, "prs", "unknown_person", 1, 9);
	assert_filter(&r, "prs", "outside_observation", 4, 8);
	assert_rows("visit_occurrence", "true", 4);
}

static void a_visit_is_a_person_a_day_and_a_professional(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	snds_init(&s);
	snds_person(&s, "psa-1");
	snds_care(&s, 1, "psa-1", "2018-03-01", 1111, 1, "gp");
	snds_care(&s, 2, "psa-1", "2018-03-01", 1112, 1, "gp");     /* the same visit */
	snds_care(&s, 3, "psa-1", "2018-03-01", 1112, 1, "other");  /* another */
	snds_care(&s, 4, "psa-1", "2018-03-01", 3125, 9, "physio"); /* no consultation */
	snds_row(&s, SNDS_PRS, KEYS_FORMAT ",psa-1,1,2018-04-01,1111,1,0,0,2,gp,", 5);
	snds_row(&s, SNDS_PRS, KEYS_FORMAT ",psa-1,1,2018-04-02,1111,1,0,0,1,gp,", 6);
	/* billed, taken back, billed again: one; billed and taken back: none */
	snds_care(&s, 7, "psa-1", "2018-05-01", 1111, 1, "gp");
	snds_care(&s, 8, "psa-1", "2018-05-01", 1111, -1, "gp");
	snds_care(&s, 9, "psa-1", "2018-05-01", 1111, 1, "gp");
	snds_care(&s, 10, "psa-1", "2018-06-01", 1111, 1, "gp");
	snds_care(&s, 11, "psa-1", "2018-06-01", 1111, -1, "gp");
	snds_build(&s, &r);

	/* ten consultations, one of them a complement; nine rows become five */
	assert_filter(&r, "consultation", "complement", 1, 10);
	assert_filter(&r, "consultation", "regularisation", 4, 9);
	assert_rows("visit_occurrence", "true", 4);
	assert_rows("visit_occurrence",
	    "visit_concept_id = 9202 AND visit_type_concept_id = 32871 AND visit_source_value = "
	    "'PRS_NAT_REF 1111'",
	    3);
	assert_rows("visit_occurrence",
	    "preceding_visit_occurrence_id = visit_occurrence_id - 1", 3);
}

static void boxes_are_summed_and_last_thirty_days(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	snds_init(&s);
	snds_person(&s, "psa-1");
	snds_drug(&s, 1, "psa-1", "2018-03-01", ASPIRIN, 3);
	snds_drug(&s, 2, "psa-1", "2018-03-01", ASPIRIN, -1); /* two boxes stay */
	snds_drug(&s, 3, "psa-1", "2018-04-01", ASPIRIN, 1);
	snds_drug(&s, 4, "psa-1", "2018-04-01", ASPIRIN, -1);     /* nothing stays */
	snds_drug(&s, 5, "psa-1", "2018-12-30", ASPIRIN, 1);      /* ends with the data */
	snds_drug(&s, 6, "psa-9", "2018-03-01", ASPIRIN, 1);      /* whose? */
	snds_drug(&s, 7, "psa-1", "2018-05-01", "", 1);           /* what? */
	snds_row(&s, SNDS_PHA, KEYS_FORMAT "," ASPIRIN ",1", 99); /* no line */
	snds_build(&s, &r);

	assert_filter(&r, "pha", "no_reimbursement", 1, 8);
	assert_filter(&r, "pha", "removed_reimbursement", 1, 7);
	assert_filter(&r, "pha", "missing_code", 1, 6);
	assert_filter(&r, "pha", "regularisation", 3, 5);
	assert_rows("drug_exposure", "true", 2);
	assert_rows("drug_exposure", "quantity = 2 AND days_supply = 60 AND "
				     "drug_exposure_start_date = DATE '2018-03-01' AND "
				     "drug_exposure_end_date = DATE '2018-04-29' AND "
				     "drug_concept_id = 2013001395",
	    1);
	assert_rows("drug_exposure", "days_supply = 30 AND drug_exposure_end_date = DATE "
				     "'2018-12-31'",
	    1);
}

static void each_rule_of_the_stays_removes_its_stay(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};
	int rsa = 100;

	(void)state;
	snds_init(&s);
	snds_person(&s, "psa-1");
	snds_stay(&s, "1", "psa-1", "2018-03-01", "2018-03-04", "I21.9");
	/* in one table only */
	snds_row(&s, SNDS_B, "010000123,2,I219,,05M042,1234,,8,8");
	snds_row(&s, SNDS_C, "010000123,3,psa-1,,2018-03-01,2018-03-04," RETURN_OK);
	/* each return code once */
	for (int i = 0; i < 9; i++, rsa++) {
		char codes[] = RETURN_OK;

		codes[(size_t)2 * (size_t)i] = '1';
		snds_row(&s, SNDS_B, "010000123,%d,I219,,05M042,1234,,8,8", rsa);
		snds_row(&s, SNDS_C, "010000123,%d,psa-1,,2018-03-01,2018-03-04,%s", rsa, codes);
	}
	/* before 2013 the last two did not exist */
	snds_row(&s, SNDS_B, "010000123,4,I219,,05M042,1234,,8,8");
	snds_row(&s, SNDS_C, "010000123,4,psa-1,,2018-04-01,2018-04-04,0,0,0,0,0,0,0,,");
	snds_row(&s, SNDS_B, "010000123,5,I219,,90Z00Z,1234,,8,8");
	snds_row(&s, SNDS_C, "010000123,5,psa-1,,2018-03-01,2018-03-04," RETURN_OK);
	snds_stay(&s, "6", "xxxxxxxxxxxxxxxxx", "2018-03-01", "2018-03-04", "I219");
	snds_stay(&s, "7", "XXXXXXXXXXXXXXXXD", "2018-03-01", "2018-03-04", "I219");
	snds_row(&s, SNDS_B, "010000123,8,I219,,05M042,1234,B,8,8");
	snds_row(&s, SNDS_C, "010000123,8,psa-1,,2018-03-01,2018-03-04," RETURN_OK);
	snds_row(&s, SNDS_B, "010000123,9,Z511,,28Z07Z,1234,B,8,8"); /* stays */
	snds_row(&s, SNDS_C, "010000123,9,psa-1,,2018-05-01,2018-05-01," RETURN_OK);
	snds_row(&s, SNDS_B, "010000123,10,Z511,,28Z14Z,1234,B,8,8");
	snds_row(&s, SNDS_C, "010000123,10,psa-1,,2018-05-01,2018-05-01," RETURN_OK);
	snds_row(&s, SNDS_B, "010000123,11,O049,,14Z08Z,1234,,8,8");
	snds_row(&s, SNDS_C, "010000123,11,psa-1,,2018-05-01,2018-05-01," RETURN_OK);
	snds_row(&s, SNDS_B, "010000123,12,I219,,05M042,9999,,8,8");
	snds_row(&s, SNDS_C, "010000123,12,psa-1,,2018-05-01,2018-05-01," RETURN_OK);
	snds_stay(&s, "13", "psa-9", "2018-03-01", "2018-03-04", "I219");
	snds_stay(&s, "14", "psa-1", "2018-03-04", "2018-03-01", "I219"); /* disorder */
	snds_stay(&s, "15", "psa-1", "", "2018-03-01", "I219");
	snds_stay(&s, "16", "psa-1", "2017-12-20", "2017-12-31", "I219");
	snds_stay(&s, "17", "psa-1", "2017-12-20", "2018-01-01", "I219"); /* stays */
	snds_stay(&s, "18", "psa-1", "2019-01-01", "2019-01-02", "I219");
	snds_build(&s, &r);

	assert_filter(&r, "stay", "unlinked_stay", 2, 27);
	assert_filter(&r, "stay", "return_code", 9, 25);
	assert_filter(&r, "stay", "grouping_error", 1, 16);
	assert_filter(&r, "stay", "placeholder_nir", 2, 15);
	assert_filter(&r, "stay", "finess_duplicate", 0, 13);
	assert_filter(&r, "stay", "sej_typ_b", 2, 13);
	assert_filter(&r, "stay", "ghm_14z08z", 1, 11);
	assert_filter(&r, "stay", "ghs_9999", 1, 10);
	assert_filter(&r, "stay", "shared_pseudonym", 0, 9);
	assert_filter(&r, "stay", "unknown_person", 1, 9);
	assert_filter(&r, "stay", "outside_observation", 4, 8);
	assert_rows("visit_occurrence", "visit_concept_id = 9201", 4);
}

static void geographic_finess_go_until_2017_only(void **state)
{
	static const char *const years[] = {"17", "18"};

	(void)state;
	for (int i = 0; i < 2; i++) {
		AUTO_SNDS struct snds s = {0};
		AUTO_OMOP_RESULT struct omop_result r = {0};

		snds_init(&s);
		s.mco_year = years[i];
		s.first_day = date_from_civil(2017, 1, 1);
		snds_person(&s, "psa-1");
		snds_row(&s, SNDS_B, "750100042,1,I219,,05M042,1234,,8,8");
		snds_row(&s, SNDS_C, "750100042,1,psa-1,,2017-03-01,2017-03-04," RETURN_OK);
		snds_stay(&s, "2", "psa-1", "2017-05-01", "2017-05-02", "I219");
		snds_build(&s, &r);
		assert_filter(&r, "stay", "finess_duplicate", 1 - i, 2);
	}
}

static void a_shared_pseudonym_needs_the_rank_of_birth(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	snds_init(&s);
	snds_row(&s, SNDS_BEN, "twins,1,,,00,2010,7,1,1600-01-01,");
	snds_row(&s, SNDS_BEN, "twins,2,,,00,2010,7,2,1600-01-01,");
	snds_row(&s, SNDS_B, "010000123,1,J459,,04M031,1234,,8,8");
	snds_row(&s, SNDS_C, "010000123,1,twins,2,2018-03-01,2018-03-04," RETURN_OK);
	snds_stay(&s, "2", "twins", "2018-05-01", "2018-05-02", "J459");
	snds_build(&s, &r);

	assert_filter(&r, "stay", "shared_pseudonym", 1, 2);
	assert_int_equal(ask("SELECT count(*) FROM visit_occurrence AS v JOIN "
			     "person AS p USING (person_id) WHERE p.gender_concept_id = 8532"),
	    1);
}

static void diagnoses_and_acts_follow_their_stay(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	snds_init(&s);
	snds_person(&s, "psa-1");
	snds_row(&s, SNDS_B, "010000123,1,Z511,C50.9,28Z07Z,1234,,8,8");
	snds_row(&s, SNDS_C, "010000123,1,psa-1,,2018-03-01,2018-03-04," RETURN_OK);
	snds_row(&s, SNDS_D, "010000123,1,E119");
	snds_row(&s, SNDS_D, "010000123,1,E119");
	snds_row(&s, SNDS_D, "10000123,0000000001,I10"); /* the same stay, zeros lost and added */
	snds_row(&s, SNDS_D, "010000123,1,");
	snds_row(&s, SNDS_D, "010000123,2,E119");
	snds_row(&s, SNDS_A, "010000123,1,DDAF006,1,1");
	snds_row(&s, SNDS_A, "010000123,1,DDAF006,1,1"); /* the anaesthetist's line */
	snds_row(&s, SNDS_A, "010000123,1,DEQP003,,2");
	snds_row(&s, SNDS_A, "010000123,1,,1,1");
	snds_row(&s, SNDS_A, "010000123,2,DEQP003,1,1");
	snds_row(&s, SNDS_A, "010000123,1,DEQP003,400,1");
	snds_build(&s, &r);

	assert_filter(&r, "das", "removed_stay", 1, 5);
	assert_filter(&r, "das", "missing_code", 1, 4);
	assert_filter(&r, "das", "repeated_code", 1, 3);
	assert_filter(&r, "act", "removed_stay", 1, 6);
	assert_filter(&r, "act", "missing_code", 1, 5);
	assert_filter(&r, "act", "outside_observation", 1, 4);
	assert_filter(&r, "act", "repeated_code", 1, 3);
	assert_rows("condition_occurrence", "true", 4);
	assert_rows("condition_occurrence",
	    "condition_status_concept_id = 32902 AND condition_source_value = 'Z511'", 1);
	assert_rows("condition_occurrence",
	    "condition_status_source_value = 'DGN_REL' AND condition_source_value = 'C509'", 1);
	assert_rows("condition_occurrence",
	    "condition_start_date = DATE '2018-03-01' AND condition_end_date = DATE "
	    "'2018-03-04' AND visit_occurrence_id = 1",
	    4);
	assert_rows("procedure_occurrence",
	    "procedure_date = DATE '2018-03-02' AND procedure_source_value = 'DDAF006'", 1);
	assert_rows("procedure_occurrence",
	    "procedure_date = DATE '2018-03-01' AND quantity = 2", 1);
}

static void an_ald_is_its_code_never_its_number(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_OMOP_RESULT struct omop_result r = {0};

	(void)state;
	snds_init(&s);
	snds_person(&s, "psa-1");
	snds_row(&s, SNDS_IMB, "psa-1,1,2010-02-01,2020-02-01,8,41,E119"); /* history stays */
	snds_row(&s, SNDS_IMB, "psa-1,1,2010-02-01,2015-02-01,8,41,E119"); /* repeated */
	snds_row(&s, SNDS_IMB, "psa-1,1,2018-06-01,1600-01-01,99,43,G20");
	snds_row(&s, SNDS_IMB, "psa-1,1,2018-07-01,,99,45,I10");
	snds_row(&s, SNDS_IMB, "psa-1,1,2018-07-01,,0,12,J45"); /* occupational */
	snds_row(&s, SNDS_IMB, "psa-1,1,2018-07-01,,30,41,");   /* a number, no code */
	snds_row(&s, SNDS_IMB, "psa-1,1,1600-01-01,,30,41,C509");
	snds_row(&s, SNDS_IMB, "psa-1,1,1949-01-01,,30,41,C509"); /* before birth */
	snds_row(&s, SNDS_IMB, "psa-1,1,2019-01-01,,30,41,C509"); /* after the data */
	snds_row(&s, SNDS_IMB, "psa-9,1,2018-07-01,,30,41,C509");
	snds_build(&s, &r);

	assert_filter(&r, "ald", "unknown_person", 1, 10);
	assert_filter(&r, "ald", "ald_nature", 1, 9);
	assert_filter(&r, "ald", "missing_code", 1, 8);
	assert_filter(&r, "ald", "ald_dates", 3, 7);
	assert_filter(&r, "ald", "repeated_code", 1, 4);
	assert_rows("condition_occurrence", "condition_type_concept_id = 32810", 3);
	assert_rows("condition_occurrence",
	    "condition_source_value = 'E119' AND condition_start_date = DATE '2010-02-01' AND "
	    "condition_end_date = DATE '2018-12-31'",
	    1);
	assert_rows("condition_occurrence", "condition_end_date IS NULL", 2);
}

static int run(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_person_is_ano_else_psa_and_rank),
	    cmocka_unit_test(fictive_and_missing_identities_go_provisional_ones_stay),
	    cmocka_unit_test(persons_need_a_birth_and_a_day_of_observation),
	    cmocka_unit_test(a_death_is_told_once_with_its_cause),
	    cmocka_unit_test(reimbursed_care_is_kept_once_and_in_time),
	    cmocka_unit_test(a_visit_is_a_person_a_day_and_a_professional),
	    cmocka_unit_test(boxes_are_summed_and_last_thirty_days),
	    cmocka_unit_test(each_rule_of_the_stays_removes_its_stay),
	    cmocka_unit_test(geographic_finess_go_until_2017_only),
	    cmocka_unit_test(a_shared_pseudonym_needs_the_rank_of_birth),
	    cmocka_unit_test(diagnoses_and_acts_follow_their_stay),
	    cmocka_unit_test(an_ald_is_its_code_never_its_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(void)
{
	return snds_run_in_temp(run);
}
