/*
 * The tables of care that hang on ER_PRS_F and on stays, each rule on a case
 * counted by hand: before OMOP, so that what is wrong there is not blamed here.
 */
#include "care_fixture.h"

/* A line of ER_PRS_F and what it was: `values` are the other columns of the table. */
static void line(struct snds *s, int table, int number, const char *psa, const char *day,
    int quantity, const char *values)
{
	snds_care(s, number, psa, day, 1352, quantity, "doctor");
	snds_row(s, table, KEYS_FORMAT ",%s", number, values);
}

static void acts_billed_by_activity_are_those_of_the_pmsi(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_CARE struct care c = {0};

	(void)state;
	snds_init(&s);
	snds_person(&s, "psa-1");
	line(&s, SNDS_CAM, 1, "psa-1", "2018-03-01", 1, "DEQP003");
	line(&s, SNDS_CAM, 2, "psa-1", "2018-03-02", 1, "DEQP003");
	line(&s, SNDS_CAM, 3, "psa-1", "2018-03-03", 1, "DEQP003");
	snds_row(&s, SNDS_ETE, KEYS_FORMAT ",1,01000012", 1); /* a hospital by activity */
	snds_row(&s, SNDS_ETE, KEYS_FORMAT ",2,01000034", 2); /* private: stays */
	care_make(&c, &s, NULL);

	care_filter(&c, "prs", "activity_billing", 1, 3);
	care_filter(&c, "cam", "removed_reimbursement", 1, 3);
	care_rows(&c, "town_act", "true", 2);
	care_rows(&c, "town_act", "day = DATE '2018-03-01'", 0);
}

static void acts_take_their_quantity_from_the_line(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_CARE struct care c = {0};

	(void)state;
	snds_init(&s);
	snds_person(&s, "psa-1");
	line(&s, SNDS_CAM, 1, "psa-1", "2018-03-01", 2, "DEQP003      "); /* 13 characters */
	line(&s, SNDS_CAM, 2, "psa-1", "2018-03-01", -1, "deqp003");
	line(&s, SNDS_CAM, 3, "psa-1", "2018-03-02", 1, "DEQP003");
	line(&s, SNDS_CAM, 4, "psa-1", "2018-03-02", -1, "DEQP003");
	line(&s, SNDS_CAM, 5, "psa-1", "2018-03-02", 1, "");
	line(&s, SNDS_CAM, 6, "psa-9", "2018-03-02", 1, "DEQP003");
	snds_row(&s, SNDS_CAM, KEYS_FORMAT ",DEQP003", 99);
	care_make(&c, &s, NULL);

	care_filter(&c, "cam", "no_reimbursement", 1, 7);
	care_filter(&c, "cam", "removed_reimbursement", 1, 6);
	care_filter(&c, "cam", "missing_code", 1, 5);
	care_filter(&c, "cam", "regularisation", 3, 4);
	care_rows(&c, "town_act", "true", 1);
	care_rows(&c, "town_act", "code = 'DEQP003' AND quantity = 1 AND executor = 'doctor' AND "
				  "prescriber = 'pre' AND day = DATE '2018-03-01'",
	    1);
	care_rows(&c, "event", "category = 'town_act' AND value = 1", 1);
}

static void regularisations_may_be_left_as_they_are(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_CARE struct care c = {0};

	(void)state;
	snds_init(&s);
	snds_person(&s, "psa-1");
	line(&s, SNDS_CAM, 1, "psa-1", "2018-03-01", 2, "DEQP003");
	line(&s, SNDS_CAM, 2, "psa-1", "2018-03-01", -1, "DEQP003");
	care_make(&c, &s, "regularisation");

	care_filter(&c, "cam", "regularisation", 0, 2);
	care_rows(&c, "town_act", "true", 2);
	care_rows(&c, "town_act", "quantity = -1", 1);
}

static void biology_devices_and_ucd_have_their_own_quantities(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_CARE struct care c = {0};

	(void)state;
	snds_init(&s);
	snds_person(&s, "psa-1");
	line(&s, SNDS_BIO, 1, "psa-1", "2018-03-01", 9, "522,1"); /* NABM 0522 */
	line(&s, SNDS_BIO, 2, "psa-1", "2018-03-01", 9, "1104,2");
	line(&s, SNDS_BIO, 3, "psa-1", "2018-03-01", 9, "1104,-2");
	line(&s, SNDS_BIO, 4, "psa-1", "2018-03-01", 9, "0,1");
	line(&s, SNDS_TIP, 5, "psa-1", "2018-04-01", 9, "1128105,3");
	line(&s, SNDS_TIP, 6, "psa-1", "2018-04-01", 9, "1128105,-1");
	line(&s, SNDS_UCD, 7, "psa-1", "2018-05-01", 9, "0000009256820,4");
	line(&s, SNDS_UCD, 8, "psa-1", "2018-05-01", 9, "3400892568204,1"); /* the same UCD7 */
	line(&s, SNDS_UCD, 9, "psa-1", "2018-06-01", 9, "9256820,1");
	care_make(&c, &s, NULL);

	care_filter(&c, "bio", "missing_code", 1, 4);
	care_filter(&c, "bio", "regularisation", 2, 3);
	care_filter(&c, "tip", "regularisation", 1, 2);
	care_filter(&c, "ucd", "regularisation", 1, 3);
	care_rows(&c, "biology", "code = '0522' AND quantity = 1", 1);
	care_rows(&c, "device", "code = '1128105' AND quantity = 2", 1);
	care_rows(&c, "town_ucd", "code = '9256820'", 2);
	care_rows(&c, "town_ucd", "quantity = 5 AND day = DATE '2018-05-01'", 1);
	care_rows(&c, "event", "category = 'town_ucd' AND value = 5", 1);
	care_rows(&c, "event", "category = 'device' AND code = '1128105'", 1);
}

static void units_follow_each_other_within_the_stay(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_CARE struct care c = {0};

	(void)state;
	snds_init(&s);
	snds_person(&s, "psa-1");
	snds_stay(&s, "1", "psa-1", "2018-03-01", "2018-03-08", "I219");
	snds_row(&s, SNDS_UM, "010000123,1,2,02A,I21.9,,5");
	snds_row(&s, SNDS_UM, "010000123,1,1,01A,R072,,2");
	snds_row(&s, SNDS_UM, "010000123,1,3,,Z501,I219,9"); /* longer than the stay */
	snds_row(&s, SNDS_UM, "010000123,2,1,01A,I219,,2");  /* of no stay */
	care_make(&c, &s, NULL);

	care_filter(&c, "um", "removed_stay", 1, 4);
	care_rows(&c, "unit_stay", "unit = 1 AND first_day = DATE '2018-03-01' AND last_day = DATE "
				   "'2018-03-03' AND type = '01A' AND principal = 'R072'",
	    1);
	care_rows(&c, "unit_stay", "unit = 2 AND first_day = DATE '2018-03-03' AND last_day = DATE "
				   "'2018-03-08' AND principal = 'I219' AND related IS NULL",
	    1);
	care_rows(&c, "unit_stay", "unit = 3 AND first_day = DATE '2018-03-08' AND last_day = DATE "
				   "'2018-03-08'",
	    1);
	care_rows(&c, "event", "category = 'unit_principal_diagnosis'", 3);
	care_rows(&c, "event", "category = 'unit_related_diagnosis' AND code = 'I219'", 1);
}

static void units_have_diagnoses_from_2008(void **state)
{
	static const char *const years[] = {"07", "08"};

	(void)state;
	for (int i = 0; i < 2; i++) {
		AUTO_SNDS struct snds s = {0};
		AUTO_CARE struct care c = {0};

		snds_init(&s);
		s.mco_year = years[i];
		snds_person(&s, "psa-1");
		snds_stay(&s, "1", "psa-1", "2018-03-01", "2018-03-08", "I219");
		snds_row(&s, SNDS_UM, "010000123,1,1,01A,I219,,7");
		care_make(&c, &s, NULL);
		care_rows(&c, "unit_stay", "principal IS NOT NULL", i);
		care_rows(&c, "unit_stay", "true", 1);
	}
}

static void drugs_and_devices_of_stays_are_summed_by_day(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_CARE struct care c = {0};

	(void)state;
	snds_init(&s);
	snds_person(&s, "psa-1");
	snds_stay(&s, "1", "psa-1", "2018-03-01", "2018-03-04", "C509");
	snds_row(&s, SNDS_MED, "010000123,1,0000009261117,1.5,0");
	snds_row(&s, SNDS_MED, "010000123,1,3400892611174,0.25,0");
	snds_row(&s, SNDS_MED, "010000123,1,9261117,1,2");
	snds_row(&s, SNDS_MED, "010000123,1,9261117,1,400"); /* after the data */
	snds_row(&s, SNDS_MED, "010000123,1,,1,0");
	snds_row(&s, SNDS_MED, "010000123,9,9261117,1,0");
	snds_row(&s, SNDS_DMIP, "010000123,1,3460990,2,");
	care_make(&c, &s, NULL);

	care_filter(&c, "med", "removed_stay", 1, 6);
	care_filter(&c, "med", "missing_code", 1, 5);
	care_filter(&c, "med", "outside_observation", 1, 4);
	care_filter(&c, "med", "regularisation", 1, 3);
	care_rows(&c, "hospital_drug", "true", 2);
	care_rows(&c, "hospital_drug", "quantity = 1.75 AND code = '9261117' AND day = DATE "
				       "'2018-03-01'",
	    1);
	care_rows(&c, "hospital_drug", "quantity = 1 AND day = DATE '2018-03-03'", 1);
	care_rows(&c, "hospital_device", "quantity = 2 AND code = '3460990'", 1);
	care_rows(&c, "event", "category = 'hospital_drug' AND value = 2", 1);
}

static void outpatients_have_return_codes_of_their_own(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_CARE struct care c = {0};

	(void)state;
	snds_init(&s);
	snds_person(&s, "psa-1");
	snds_row(&s, SNDS_CSTC, "010000123,1,psa-1,1,2018-03-01,2018-03-01,0,0,0,0,0");
	for (int i = 0; i < 5; i++) {
		char codes[] = "0,0,0,0,0";

		codes[(size_t)2 * (size_t)i] = '1';
		snds_row(&s, SNDS_CSTC, "010000123,%d,psa-1,1,2018-03-01,,%s", 10 + i, codes);
	}
	snds_row(&s, SNDS_CSTC, "010000123,2,psa-1,1,2018-04-01,,0,0,0,0,"); /* before 2009 */
	snds_row(&s, SNDS_CSTC, "010000123,3,xxxxxxxxxxxxxxxxx,1,2018-04-01,,0,0,0,0,0");
	snds_row(&s, SNDS_CSTC, "010000123,4,psa-9,1,2018-04-01,,0,0,0,0,0");
	snds_row(&s, SNDS_CSTC, "010000123,5,psa-1,1,2019-04-01,,0,0,0,0,0");
	snds_row(&s, SNDS_FMSTC, "010000123,1,DEQP003,0");
	snds_row(&s, SNDS_FMSTC, "010000123,00000001,DEQP003,0"); /* activity 4 of the same */
	snds_row(&s, SNDS_FMSTC, "010000123,1,,0");
	snds_row(&s, SNDS_FMSTC, "010000123,10,DEQP003,0");
	snds_row(&s, SNDS_FCSTC, "010000123,1,CS,1,0,03,23,16.1");
	snds_row(&s, SNDS_FCSTC, "010000123,1,CS,1,0,05,30,21");
	snds_row(&s, SNDS_FCSTC, "010000123,2,C,1,0,01,25,17.5");
	snds_row(&s, SNDS_FCSTC, "010000123,2,C,-1,0,01,-25,-17.5");
	care_make(&c, &s, NULL);

	care_filter(&c, "cstc", "return_code_outpatient", 5, 10);
	care_filter(&c, "cstc", "placeholder_nir", 1, 5);
	care_filter(&c, "cstc", "unknown_person", 1, 4);
	care_filter(&c, "cstc", "outside_observation", 1, 3);
	care_rows(&c, "outpatient", "true", 2);
	care_filter(&c, "fmstc", "removed_stay", 1, 4);
	care_filter(&c, "fmstc", "missing_code", 1, 3);
	care_filter(&c, "fmstc", "repeated_code", 1, 2);
	care_rows(&c, "outpatient_act", "code = 'DEQP003' AND day = DATE '2018-03-01'", 1);
	care_filter(&c, "fcstc", "regularisation", 2, 4);
	care_rows(&c, "outpatient_fee", "specialty = '03' AND paid = 2300 AND refunded = 1610", 1);
	care_rows(&c, "outpatient_fee", "true", 2);
	care_rows(&c, "event", "category = 'outpatient_fee' AND code = 'CS'", 2);
}

static void outpatients_come_twice_until_2017(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_CARE struct care c = {0};

	(void)state;
	snds_init(&s);
	s.mco_year = "17";
	s.first_day = date_from_civil(2017, 1, 1);
	snds_person(&s, "psa-1");
	snds_row(&s, SNDS_CSTC, "750100042,1,psa-1,1,2017-03-01,,0,0,0,0,0");
	snds_row(&s, SNDS_CSTC, "750712184,1,psa-1,1,2017-03-01,,0,0,0,0,0");
	care_make(&c, &s, NULL);
	care_filter(&c, "cstc", "finess_duplicate", 1, 2);
}

static void rehabilitation_is_weeks_of_one_stay(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_CARE struct care c = {0};

	(void)state;
	snds_init(&s);
	snds_person(&s, "psa-1");
	snds_row(&s, SNDS_SSR_B, "010000123,1,001,Z508,S72.0,,0803A0,0,8,");
	snds_row(&s, SNDS_SSR_B, "010000123,1,002,Z508,S720,I10,0803A0,0,,8");
	snds_row(&s, SNDS_SSR_B, "010000123,2,001,Z508,S720,,9001Z0,0,8,8"); /* not grouped */
	snds_row(&s, SNDS_SSR_B, "010000123,3,001,Z508,S720,,0803A0,4,8,8");
	snds_row(&s, SNDS_SSR_B, "010000123,3,002,Z508,S720,,0803A0,1,8,8"); /* for billing */
	snds_row(&s, SNDS_SSR_B, "010000123,4,001,Z508,S720,,0803A0,0,8,8"); /* no patient */
	snds_row(&s, SNDS_SSR_C, "010000123,1,psa-1,2018-03-01,2018-03-14," RETURN_OK);
	snds_row(&s, SNDS_SSR_C, "010000123,2,psa-1,2018-04-01,2018-04-14," RETURN_OK);
	snds_row(&s, SNDS_SSR_C, "010000123,3,psa-1,2018-05-01,2018-05-14," RETURN_OK);
	snds_row(&s, SNDS_SSR_C, "010000123,5,psa-1,2018-05-01,2018-05-14," RETURN_OK);
	snds_row(&s, SNDS_SSR_C, "010000123,6,psa-1,2018-05-01,2018-05-14,1,0,0,0,0,0,0,0,0");
	snds_row(&s, SNDS_SSR_D, "010000123,1,E119");
	snds_row(&s, SNDS_SSR_D, "010000123,2,E119");
	care_make(&c, &s, NULL);

	care_filter(&c, "ssr", "unlinked_stay", 3, 6);
	care_filter(&c, "ssr", "rows_in_error", 1, 3);
	care_filter(&c, "ssr_row", "grouping_error", 1, 6);
	care_filter(&c, "ssr_row", "automatic_row", 1, 5);
	care_filter(&c, "ssr_row", "removed_stay", 1, 4);
	care_rows(&c, "ssr_stay", "true", 2);
	care_rows(&c, "ssr_stay", "number = '0000001' AND entry_mode = '8' AND exit_mode = '8' AND "
				  "kind = '0803A0' AND last_day = DATE '2018-03-14'",
	    1);
	/* 13 in T_SSR18B, 2 in D; 4 of stays that went */
	care_filter(&c, "ssr_code", "removed_stay", 5, 15);
	care_filter(&c, "ssr_code", "repeated_code", 4, 10);
	care_rows(&c, "ssr_diagnosis", "number = '0000001'", 4);
	care_rows(&c, "ssr_diagnosis", "position = 'ETL_AFF' AND code = 'I10'", 1);
	care_rows(&c, "event", "category = 'ssr_diagnosis' AND code = 'E119'", 1);
}

/* Numbers without their zeros, and two rows with one number: the modes are those of 2 and 10. */
static void the_last_week_is_the_one_with_the_highest_number(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_CARE struct care c = {0};

	(void)state;
	snds_init(&s);
	snds_person(&s, "psa-1");
	snds_row(&s, SNDS_SSR_B, "010000123,1,10,Z508,S720,,0803A0,0,6,9");
	snds_row(&s, SNDS_SSR_B, "010000123,1,9,Z508,S720,,0803A0,0,7,8");
	snds_row(&s, SNDS_SSR_B, "010000123,1,2,Z508,S720,,0803A0,0,8,6");
	snds_row(&s, SNDS_SSR_B, "010000123,1,2,Z508,S720,,0803A0,0,7,6");
	snds_row(&s, SNDS_SSR_B, "010000123,1,1,Z508,S720,,0803A0,0,,6");
	snds_row(&s, SNDS_SSR_C, "010000123,1,psa-1,2018-03-01,2018-03-14," RETURN_OK);
	care_make(&c, &s, NULL);
	care_rows(&c, "ssr_stay", "entry_mode = '7' AND exit_mode = '9'", 1);
}

static void hospital_at_home_and_psychiatry_have_their_keys(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_CARE struct care c = {0};

	(void)state;
	snds_init(&s);
	s.mco_year = "16";
	s.first_day = date_from_civil(2016, 1, 1);
	snds_person(&s, "psa-1");
	snds_row(&s, SNDS_HAD_B, "010000123,1,0001,0001,C509,04,7,");
	snds_row(&s, SNDS_HAD_B, "010000123,1,0001,0002,C509,04,,9");
	snds_row(&s, SNDS_HAD_C, "010000123,00001,psa-1,2016-03-01,2016-04-01," RETURN_OK);
	snds_row(&s, SNDS_HAD_D, "010000123,1,E119");
	snds_row(&s, SNDS_RIP_RSA, "010000123,7,001,F32.2,01,P,0,8,");
	snds_row(&s, SNDS_RIP_RSA, "010000123,7,002,F322,01,E,0,,8"); /* on trial at home */
	snds_row(&s, SNDS_RIP_RSA, "010000123,8,001,F322,01,E,0,8,8");
	snds_row(&s, SNDS_RIP_RSA, "010000123,9,001,F322,01,P,1,8,8"); /* for billing */
	for (int i = 7; i < 10; i++)
		snds_row(&s, SNDS_RIP_C, "010000123,%d,psa-1,2016-06-01,2016-07-01," RETURN_OK, i);
	snds_row(&s, SNDS_RIP_RSAD, "010000123,7,F102");
	care_make(&c, &s, NULL);

	care_rows(&c, "had_stay", "kind = '04' AND entry_mode = '7' AND exit_mode = '9' AND number "
				  "= '00001'",
	    1);
	care_filter(&c, "had_code", "repeated_code", 1, 3);
	care_rows(&c, "had_diagnosis", "true", 2);
	care_filter(&c, "psychiatry_row", "automatic_row", 1, 4);
	care_filter(&c, "psychiatry_row", "trial_leave", 2, 3);
	care_filter(&c, "psychiatry", "rows_in_error", 2, 3);
	care_rows(&c, "psychiatry_stay", "true", 1);
	care_rows(&c, "psychiatry_diagnosis", "position = 'ASS_DGN' AND code = 'F102'", 1);
	care_rows(&c, "event", "category = 'psychiatry_stay' AND code = '01'", 1);
}

static void a_death_has_all_the_causes_of_its_certificate(void **state)
{
	AUTO_SNDS struct snds s = {0};
	AUTO_CARE struct care c = {0};

	(void)state;
	snds_init(&s);
	snds_person(&s, "psa-1");
	snds_row(&s, SNDS_BEN, "psa-2,1,ano-2,idt-2,00,1930,1,1,2018-06-01,");
	snds_row(&s, SNDS_ECD, "idt-2,,2018-06-01,I21.9");
	snds_row(&s, SNDS_ECD, ",ano-2,2018-06-01,I219");
	snds_row(&s, SNDS_ECD, "idt-2,,2018-06-01,E119");
	snds_row(&s, SNDS_ECD, "idt-2,,2018-06-01,");
	snds_row(&s, SNDS_ECD, "idt-9,,2018-06-01,E119");
	snds_row(&s, SNDS_ECD, "idt-psa-1,,2018-06-01,E119"); /* is alive */
	care_make(&c, &s, NULL);

	care_filter(&c, "ecd", "unknown_person", 1, 5);
	care_filter(&c, "ecd", "death_sentinel", 1, 6);
	care_filter(&c, "ecd", "missing_code", 1, 4);
	care_filter(&c, "ecd", "repeated_code", 1, 3);
	care_rows(&c, "death_cause", "day = DATE '2018-06-01'", 2);
	care_rows(&c, "event", "category = 'death_cause'", 2);
}

/* Every category can be asked for, alone. */
static void every_category_is_a_query(void **state)
{
	static const char *const categories[] = {
	    "associated_diagnosis",
	    "related_diagnosis",
	    "hospital_act",
	    "outpatient_act",
	    "psychiatry_diagnosis",
	    "hospital_device",
	};
	AUTO_EVENTS struct mainbase_events events = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(mainbase_events_load(&events, &err), 0);
	for (size_t i = 0; i < ARRAY_LEN(categories); i++)
		assert_non_null(mainbase_events_find(&events, VIEW(categories[i])));
	assert_null(mainbase_events_find(&events, VIEW_LIT("weather")));
}

static int run(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(acts_billed_by_activity_are_those_of_the_pmsi),
	    cmocka_unit_test(acts_take_their_quantity_from_the_line),
	    cmocka_unit_test(regularisations_may_be_left_as_they_are),
	    cmocka_unit_test(biology_devices_and_ucd_have_their_own_quantities),
	    cmocka_unit_test(units_follow_each_other_within_the_stay),
	    cmocka_unit_test(units_have_diagnoses_from_2008),
	    cmocka_unit_test(drugs_and_devices_of_stays_are_summed_by_day),
	    cmocka_unit_test(outpatients_have_return_codes_of_their_own),
	    cmocka_unit_test(outpatients_come_twice_until_2017),
	    cmocka_unit_test(rehabilitation_is_weeks_of_one_stay),
	    cmocka_unit_test(the_last_week_is_the_one_with_the_highest_number),
	    cmocka_unit_test(hospital_at_home_and_psychiatry_have_their_keys),
	    cmocka_unit_test(a_death_has_all_the_causes_of_its_certificate),
	    cmocka_unit_test(every_category_is_a_query),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(void)
{
	return snds_run_in_temp(run);
}
