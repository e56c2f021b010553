/* A folder made by hand: two persons, three stays of two years, counted by hand. */
#include "support.h"

#include "snds/profile.h"

#include <unistd.h>

static char folder[64];

static void put(const char *name, const char *text)
{
	AUTO_FREE char *path = path_join(folder, name);
	struct err err = {0};

	assert_int_equal(file_write(path, VIEW(text), &err), 0);
}

static int setup(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/hygie-profile-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	put("IR_BEN_R.csv", "BEN_NIR_PSA,BEN_RNG_GEM,BEN_NIR_ANO,BEN_NAI_ANN,BEN_SEX_COD\n"
			    "A,1,X,1940,1\nB,1,X,1940,1\nC,1,,1990,2\nC,2,,1990,2\n");
	put("T_MCO18B.csv", "ETA_NUM,RSA_NUM,DGN_PAL,SEJ_NBJ,AGE_ANN\n"
			    "1,1,I219,4,60\n1,2,K359,,5\n");
	put("T_MCO19B.csv", "ETA_NUM,RSA_NUM,DGN_PAL,SEJ_NBJ,AGE_ANN\n"
			    "1,1,I10,0,81\n1,2,I214,7,71\n");
	put("ER_PRS_F.csv", "PRS_NAT_REF\n1111\n1111\n1112\n");
	return 0;
}

static int teardown(void **state)
{
	struct err err = {0};

	(void)state;
	return path_remove(folder, &err);
}

static const char *value_of(const struct report *r, const char *measure)
{
	const struct report_table *t = r->tables.ptr[0];

	for (size_t i = 0; i < t->cells.len; i += t->column_count) {
		if (strcmp(t->cells.ptr[i], measure) == 0)
			return t->cells.ptr[i + 2];
	}
	fail_msg("no measure %s", measure);
	return NULL;
}

static void figures_are_those_counted_by_hand(void **state)
{
	static const char *const cases[][2] = {
	    {"rows of ER_PRS_F a patient over 4 years", "2.0"}, /* 3 * 4 / 2 years / 3 persons */
	    {"rows of ER_PHA_F a patient over 4 years", ""},
	    {"stays of MCO a patient-year", "0.667"},
	    {"stays with DP I21 a 1000", "500.0"},
	    {"mean length of stays of a night and more", "5.5"},
	    {"share of stays without a night", "0.333"},
	    {"share of DP I00-I99", "1.000"}, /* a session counts in none */
	    {"share of DP K00-K93", "0.000"},
	    {"mean age at DP I21", "65.5"},
	    {"share of women with DP I21", ""}, /* without COD_SEX */
	    {"share of women", "0.667"},        /* a person of two pseudonyms is one */
	    {"share of 65 years and more", "0.333"},
	};
	const struct table_options options = {.threads = 1};
	AUTO_REPORT struct report *r = NULL;
	struct err err = {0};

	(void)state;
	if (snds_profile_run(&r, folder, &options, &err) < 0)
		fail_msg("%s", err.msg);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(value_of(r, cases[i][0]), cases[i][1]);
}

static void refuse(const char *missing)
{
	AUTO_FREE char *path = path_join(folder, missing);
	AUTO_FREE char *aside = path_join(folder, "aside");
	const struct table_options options = {.threads = 1};
	struct report *r = NULL;
	struct err err = {0};

	assert_int_equal(rename(path, aside), 0);
	assert_int_equal(snds_profile_run(&r, folder, &options, &err), -1);
	assert_int_equal(err.code, ERR_FORMAT);
	assert_int_equal(rename(aside, path), 0);
}

static void a_folder_without_persons_or_stays_is_refused(void **state)
{
	AUTO_FREE char *path = path_join(folder, "T_MCO18B.csv");

	(void)state;
	refuse("IR_BEN_R.csv");
	assert_int_equal(unlink(path), 0);
	refuse("T_MCO19B.csv");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(figures_are_those_counted_by_hand),
	    cmocka_unit_test(a_folder_without_persons_or_stays_is_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
