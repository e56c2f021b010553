/* Files of centres: what is refused, what is kept and counted, and that no value is told. */
#include "world.h"

#include "exchange/input.h"

struct refusal {
	enum exchange_step step;
	const char *text;
	enum err_code code;
	const char *message; /* after "in.csv: " */
};

#define NIR_HEAD "idacc,nir,birth_date,sex\n"
#define TRAITS_HEAD "idacc,birth_name,given_names,birth_date,sex,birth_place\n"
/* key by hand: 97 - 2550814168025 mod 97 = 38 (reference vector 255081416802538) */
#define GOOD "255081416802538"
#define OTHER "284058832102532"

static const struct refusal refusals[] = {
    {EXCHANGE_NIR, "", ERR_FORMAT, "is empty"},
    {EXCHANGE_NIR, NIR_HEAD, ERR_FORMAT, "holds a header and no row"},
    {EXCHANGE_NIR, "idacc,birth_date\na,19550814\n", ERR_FORMAT, "neither column 'nir' nor"},
    {EXCHANGE_NIR, "nir\n" GOOD "\n", ERR_FORMAT, "column 'idacc' is missing"},
    {EXCHANGE_NIR, "idacc,nir_insured\na," GOOD "\n", ERR_FORMAT, "column 'birth_date' is missing"},
    {EXCHANGE_NIR, "idacc,nir,nir\na,1,2\n", ERR_FORMAT, "column 'nir' stands there twice"},
    {EXCHANGE_NIR, "idacc,nir,DUPONT\na," GOOD ",C50\n", ERR_DENIED,
	"column 3 is none that the step 'nir' may carry"},
    {EXCHANGE_NIR, "a," GOOD "\nb," OTHER "\n", ERR_DENIED, "column 1 is none"},
    {EXCHANGE_NIR, NIR_HEAD "," GOOD ",19550814,2\n", ERR_FORMAT, "row 1: idacc is empty"},
    {EXCHANGE_NIR, NIR_HEAD "a," GOOD ",19550814,2\nb," OTHER ",1984,1\na," OTHER ",1984,1\n",
	ERR_FORMAT, "row 3: idacc stands there twice"},
    {EXCHANGE_NIR, NIR_HEAD "x2550814168025," GOOD ",19550814,2\n", ERR_FORMAT,
	"row 1: idacc holds the NIR"},
    {EXCHANGE_NIR, NIR_HEAD "a," GOOD ",19550814\n", ERR_FORMAT, "row 1: not as many fields"},
    {EXCHANGE_NIR, NIR_HEAD "a," GOOD ",yesterday,2\n", ERR_FORMAT, "row 1: birth_date is no date"},
    {EXCHANGE_NIR, NIR_HEAD "a," GOOD ",19550814,3\n", ERR_FORMAT, "row 1: sex is none of"},
    {EXCHANGE_NIR, NIR_HEAD "\xE9," GOOD ",19550814,2\n", ERR_FORMAT, "row 1: idacc is not UTF-8"},
    {EXCHANGE_NIR, NIR_HEAD "a,,19550814,2\nb,,19550815,1\n", ERR_FORMAT,
	"nir is empty in every row"},
    {EXCHANGE_NIR, "idacc,nir,twin_rank\na," GOOD ",x\n", ERR_FORMAT,
	"row 1: twin_rank is no digit"},
    {EXCHANGE_NIR, NIR_HEAD "a," GOOD ",\"19550814,2\n", ERR_FORMAT, "line 2: a quote"},
    {EXCHANGE_TRAITS, TRAITS_HEAD "a,DUPONT\xFF,Jean,1950,1,\n", ERR_FORMAT,
	"row 1: birth_name is not UTF-8"},
    {EXCHANGE_TRAITS, TRAITS_HEAD "a,D,J,1950,1,ABCDE\n", ERR_FORMAT,
	"row 1: birth_place is no INSEE"},
    {EXCHANGE_TRAITS, TRAITS_HEAD GOOD ",D,J,1950,1,\n", ERR_FORMAT, "row 1: idacc holds the NIR"},
    {EXCHANGE_TRAITS,
	TRAITS_HEAD "a,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
		    "AAAAAAAAA,J,1950,1,\n",
	ERR_FORMAT, "row 1: birth_name is longer"},
    {EXCHANGE_PSEUDONYMS, "old\nAAA\n", ERR_DENIED, "column 1"},
};

static struct exchange_input_options options(enum exchange_step step)
{
	return (struct exchange_input_options){.path = "in.csv", .separator = ',', .step = step};
}

static void test_refusals(void **state)
{
	static const char *const secrets[] = {
	    "2550814168025", "DUPONT", "Jean", "yesterday", "C50", "ABCDE", "AAAAAAA"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
		struct exchange_input_options o = options(refusals[i].step);
		struct exchange_input_report report;
		struct err err = {0};

		put_file("in.csv", refusals[i].text);
		assert_int_equal(exchange_input_check(&o, &report, &err), -1);
		if (err.code != refusals[i].code || !strstr(err.msg, refusals[i].message) ||
		    strncmp(err.msg, "in.csv: ", 8) != 0)
			fail_msg("%zu: code %d: %s", i, (int)err.code, err.msg);
		for (size_t k = 0; k < ARRAY_LEN(secrets); k++)
			if (strstr(err.msg, secrets[k]) || strstr(err.hint, secrets[k]))
				fail_msg("%zu: a value is told: %s", i, err.msg);
	}
}

/* Each class of the NIR once; all are kept. */
static void test_kept(void **state)
{
	struct exchange_input_options o = options(EXCHANGE_NIR);
	AUTO_EXCHANGE_INPUT struct exchange_input *in = NULL;
	struct exchange_input_report report;
	unsigned char row[EXCHANGE_ROW_MAX];
	const struct {
		const char *nir, *class, *kept;
	} rows[] = {
	    {GOOD, "v", "2550814168025"},
	    {"2 55 08 14 168 025 38", "v", "2550814168025"},
	    {"2550814168025", "v", "2550814168025"},
	    {"255081416802539", "k", "2550814168025"},
	    {"255991416802500", "k", "2559914168025"},
	    {"2555014168025", "m", "2555014168025"},
	    {"7112345678901", "p", "7112345678901"},
	    {"7212345678901", "x", ""},
	    {"12345", "f", "12345"},
	    {"", "", ""},
	    {"2840588321025O0123456789", "f", "2840588321025O0"},
	};
	AUTO_STR struct str text = {0};
	struct err err = {0};

	(void)state;
	str_addz(&text, "idacc,nir\n");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		str_addf(&text, "s%zu,%s\n", i, rows[i].nir);
	put_file("in.csv", text.buf);
	assert_done(exchange_input_check(&o, &report, &err), err);
	assert_int_equal(report.rows, ARRAY_LEN(rows));
	assert_int_equal(report.rules[EXCHANGE_RULE_NIR_KEY].rows, 2);
	assert_int_equal(report.rules[EXCHANGE_RULE_NIR_KEY].first_row, 4);
	assert_int_equal(report.rules[EXCHANGE_RULE_NIR_FORM].rows, 2);
	assert_int_equal(report.rules[EXCHANGE_RULE_NIR_ODD].rows, 1);
	assert_int_equal(report.rules[EXCHANGE_RULE_NIR_PROVISIONAL].rows, 1);
	assert_int_equal(report.rules[EXCHANGE_RULE_NIR_FICTITIOUS].rows, 1);
	assert_done(exchange_input_open(&in, &o, &err), err);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct view nir, class;

		assert_int_equal(exchange_input_next(in, row, &report, &err), 1);
		nir = exchange_row_get(EXCHANGE_NIR, row, EXCHANGE_F_OWN);
		class = exchange_row_get(EXCHANGE_NIR, row, EXCHANGE_F_OWN_CLASS);
		if (!view_eq(nir, VIEW(rows[i].kept)) || !view_eq(class, VIEW(rows[i].class)))
			fail_msg("row %zu: '%.*s' '%.*s'", i, VIEW_ARG(nir), VIEW_ARG(class));
	}
	assert_int_equal(exchange_input_next(in, row, &report, &err), 0);
}

/* 90 % of 20 rows or more; 17 of 20 are not, 18 are; the option lets them pass. */
static void test_one_value(void **state)
{
	(void)state;
	for (int same = 16; same <= 20; same++) {
		struct exchange_input_options o = options(EXCHANGE_TRAITS);
		struct exchange_input_report report;
		AUTO_STR struct str text = {0};
		struct err err = {0};
		int rc;

		str_addz(&text, TRAITS_HEAD);
		for (int i = 0; i < 20; i++)
			str_addf(&text, "s%d,%s%d,Anne%d,19%d,2,\n", i, "Nom", i < same ? 0 : i, i,
			    50 + i);
		put_file("in.csv", text.buf);
		rc = exchange_input_check(&o, &report, &err);
		assert_int_equal(rc, same >= 18 ? -1 : 0);
		if (rc < 0)
			assert_refused(rc, err, ERR_FORMAT, "birth_name has one value in 90 %");
		o.allow_one_value = true;
		assert_done(exchange_input_check(&o, &report, &err), err);
	}
}

static void test_columns(void **state)
{
	static const char *const columns[] = {"nir=Numéro Sécu", "idacc=N°"};
	struct exchange_input_options o = options(EXCHANGE_NIR);
	struct exchange_input_report report;
	struct err err = {0};

	(void)state;
	o.separator = ';';
	o.columns = columns;
	o.column_count = 2;
	put_file(
	    "in.csv", "\xEF\xBB\xBFN°;Numéro Sécu;SEX\r\na;" GOOD ";F\r\n\r\nb;" OTHER ";M\r\n");
	assert_done(exchange_input_check(&o, &report, &err), err);
	assert_int_equal(report.rows, 2);
}

/* Every name, in capitals and words, survives: what goes in comes out. */
static void test_traits(void **state)
{
	struct exchange_input_options o = options(EXCHANGE_TRAITS);
	AUTO_EXCHANGE_INPUT struct exchange_input *in = NULL;
	struct exchange_input_report report = {0};
	unsigned char row[EXCHANGE_ROW_MAX];
	struct err err = {0};

	(void)state;
	put_file("in.csv",
	    TRAITS_HEAD "a, D'Œuvre ,\"Anne-Marie, Zoë\",00/00/1950,f,2a004\n");
	assert_done(exchange_input_open(&in, &o, &err), err);
	assert_int_equal(exchange_input_next(in, row, &report, &err), 1);
	assert_true(view_eq(exchange_row_get(EXCHANGE_TRAITS, row, EXCHANGE_F_BIRTH_NAME),
	    VIEW("D'Œuvre")));
	assert_true(view_eq(exchange_row_get(EXCHANGE_TRAITS, row, EXCHANGE_F_GIVEN_NAMES),
	    VIEW("Anne-Marie, Zoë")));
	assert_true(view_eq(exchange_row_get(EXCHANGE_TRAITS, row, EXCHANGE_F_BIRTH_DATE),
	    VIEW("19500000")));
	assert_true(view_eq(exchange_row_get(EXCHANGE_TRAITS, row, EXCHANGE_F_SEX), VIEW("2")));
	assert_true(view_eq(exchange_row_get(EXCHANGE_TRAITS, row, EXCHANGE_F_BIRTH_PLACE),
	    VIEW("2A004")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_refusals, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_kept, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_one_value, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_columns, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_traits, world_make, world_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
