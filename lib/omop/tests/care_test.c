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

static int run(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(acts_billed_by_activity_are_those_of_the_pmsi),
	    cmocka_unit_test(acts_take_their_quantity_from_the_line),
	    cmocka_unit_test(regularisations_may_be_left_as_they_are),
	    cmocka_unit_test(biology_devices_and_ucd_have_their_own_quantities),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(void)
{
	return snds_run_in_temp(run);
}
