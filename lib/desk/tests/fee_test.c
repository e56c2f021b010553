#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/embed.h"
#include "base/rng.h"
#include "desk/fee_report.h"

static void open_tariff(struct desk_tariff *t)
{
	struct err err = {0};

	if (desk_tariff_parse(t, "tariff.json", embed_find("desk/data/tariff.json"), &err) < 0)
		fail_msg("%s", err.msg);
}

static void bill(struct desk_bill *b, const struct desk_tariff *t, const char *request)
{
	struct err err = {0};

	if (desk_bill_make(b, t, "request.json", VIEW(request), &err) < 0)
		fail_msg("%s", err.msg);
}

/*
 * By hand: application 800.00; extraction 12 h x 95.00 = 1140.00; SPE 12 months at
 * the university's own 300.00 = 3600.00; deduction of 30 % on the first two: 240.00
 * and 342.00, none on the SPE. Body 560 + 798 + 3600 = 4958.00; CNAM 1500.50.
 */
#define UNIVERSITY                                                               \
	"\"date\": \"2026-05-01\", \"class\": \"university\", \"quantities\": [" \
	"{\"component\": \"application\", \"quantity\": 1, \"incurred\": 1},"    \
	"{\"component\": \"extraction\", \"quantity\": 12, \"incurred\": 3},"    \
	"{\"component\": \"spe\", \"quantity\": 12}],"                           \
	"\"holders\": [{\"holder\": \"CNAM\", \"cents\": 150050, \"reference\": \"letter\"}]"

static void worked_by_hand(void **state)
{
	AUTO_DESK_TARIFF struct desk_tariff t = {0};
	AUTO_DESK_BILL struct desk_bill estimate = {0};
	AUTO_DESK_BILL struct desk_bill withdrawn = {0};
	AUTO_DESK_BILL struct desk_bill invoice = {0};

	(void)state;
	open_tariff(&t);
	bill(&estimate, &t, "{" UNIVERSITY "}");
	assert_int_equal(estimate.lines.ptr[0].deducted, 24000);
	assert_int_equal(estimate.lines.ptr[1].deducted, 34200);
	assert_null(estimate.lines.ptr[2].deduction);
	assert_int_equal(estimate.body, 495800);
	assert_int_equal(estimate.holders, 150050);
	assert_int_equal(estimate.total, 645850);
	/* 560.00 and 3 h: 285.00 - 85.50 = 199.50; nothing else had begun. */
	bill(&withdrawn, &t, "{\"stage\": \"withdrawal\", " UNIVERSITY "}");
	assert_int_equal(withdrawn.body, 75950);
	assert_int_equal(withdrawn.holders, 0);
	assert_int_equal(withdrawn.total, 75950);
	assert_int_equal(withdrawn.estimate, 645850);
	/* 3 hours were worked, the rest as estimated. */
	bill(&invoice, &t, "{\"stage\": \"invoice\", " UNIVERSITY "}");
	assert_int_equal(invoice.body, 56000 + 19950 + 360000);
	assert_int_equal(invoice.total, 56000 + 19950 + 360000 + 150050);
}

static void halves_go_up(void **state)
{
	static const char tariff[] =
	    "{\"tariff\": \"t\", \"title\": {\"en\": \"T\", \"fr\": \"T\"}, \"currency\": \"EUR\","
	    "\"components\": [{\"id\": \"a\", \"label\": {\"en\": \"A\", \"fr\": \"A\"}}],"
	    "\"prices\": [{\"component\": \"a\", \"unit\": \"u\", \"cents\": 5, "
	    "\"reference\": \"r\","
	    "\"to\": \"2026-06-30\"}, {\"component\": \"a\", \"unit\": \"u\", \"cents\": 7, "
	    "\"reference\": \"r\", \"from\": \"2026-07-01\"}], \"deductions\": [{\"class\": "
	    "\"university\", \"per_mille\": 100, \"reference\": \"r\"}, {\"class\": "
	    "\"university\", \"per_mille\": 90, \"reference\": \"r\"}]}";
	AUTO_DESK_TARIFF struct desk_tariff t = {0};
	AUTO_DESK_BILL struct desk_bill before = {0};
	AUTO_DESK_BILL struct desk_bill after = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(desk_tariff_parse(&t, "t.json", VIEW(tariff), &err), 0);
	/* 10 % of 5 cents is half a cent: 1; 10 % of 7 cents is 0.7: 1; 10 % of 4: 0. */
	bill(&before, &t, "{\"date\": \"2026-06-30\", \"class\": \"university\", \"quantities\": "
			  "[{\"component\": \"a\", \"quantity\": 1}]}");
	assert_int_equal(before.total, 4);
	bill(&after, &t, "{\"date\": \"2026-07-01\", \"class\": \"university\", \"quantities\": "
			 "[{\"component\": \"a\", \"quantity\": 2}]}");
	assert_int_equal(after.total, 13);
}

/* Lines add up to the parts, the parts to the total; an estimate is never below a withdrawal. */
static void sums_hold(void **state)
{
	const uint64_t seed = 62;
	AUTO_DESK_TARIFF struct desk_tariff t = {0};

	(void)state;
	print_message("seed %llu\n", (unsigned long long)seed);
	open_tariff(&t);
	for (uint64_t round = 0; round < 500; round++) {
		struct rng rng = rng_at(seed, 1, round);
		AUTO_STR struct str lines = {0};
		AUTO_FREE char *text = NULL;
		int64_t totals[DESK_FEE_STAGES];

		for (int n = 1 + (int)rng_below(&rng, 9); n > 0; n--) {
			int64_t quantity = (int64_t)rng_below(&rng, 1000001);

			str_addf(&lines, "%s{\"component\": \"%s\", \"quantity\": %lld, "
					 "\"incurred\": "
					 "%lld}",
			    lines.len ? "," : "",
			    t.components.ptr[rng_below(&rng, (uint32_t)t.components.len)].id,
			    (long long)quantity,
			    (long long)rng_below(&rng, (uint32_t)quantity + 1));
		}
		for (int stage = 0; stage < DESK_FEE_STAGES; stage++) {
			AUTO_DESK_BILL struct desk_bill b = {0};
			int64_t body = 0, holders = 0;

			free(TAKE(text));
			text = str_format("{\"date\": \"2027-01-01\", \"class\": \"%s\", "
					  "\"stage\": "
					  "\"%s\", \"quantities\": [%s], \"holders\": "
					  "[{\"holder\": "
					  "\"h\", \"cents\": 999999999, \"incurred\": 5, "
					  "\"reference\": \"r\"}]}",
			    desk_class_names[round % DESK_CLASSES], desk_fee_stage_names[stage],
			    str_get(&lines));
			bill(&b, &t, text);
			for (size_t i = 0; i < b.lines.len; i++) {
				const struct desk_fee_line *l = &b.lines.ptr[i];

				assert_int_equal(l->gross - l->deducted, l->net);
				assert_true(l->net >= 0);
				body += l->holder ? 0 : l->net;
				holders += l->holder ? l->net : 0;
			}
			assert_int_equal(b.body, body);
			assert_int_equal(b.holders, holders);
			assert_int_equal(b.total, body + holders);
			totals[stage] = b.total;
			assert_int_equal(b.estimate, totals[DESK_ESTIMATE]);
		}
		assert_true(totals[DESK_WITHDRAWAL] <= totals[DESK_ESTIMATE]);
	}
}

static void bad_requests(void **state)
{
	static const struct {
		const char *request, *wanted;
	} cases[] = {
	    {"{}", "date: is missing"},
	    {"{\"date\": \"2026-05-01\"}", "class: is missing"},
	    {"{\"date\": \"2026-05-01\", \"class\": \"friend\"}", "class: no such word"},
	    {"{\"date\": \"2026-05-01\", \"class\": \"standard\", \"quantities\": []}",
		"quantities: must be a list"},
	    {"{\"date\": \"2026-05-01\", \"class\": \"standard\", \"quantities\": [{\"component\": "
	     "\"tea\", \"quantity\": 1}]}",
		"quantities[0]: no component 'tea'"},
	    {"{\"date\": \"2025-05-01\", \"class\": \"standard\", \"quantities\": [{\"component\": "
	     "\"spe\", \"quantity\": 1}]}",
		"quantities[0]: no price for 'spe' on that day"},
	    {"{\"date\": \"2026-05-01\", \"class\": \"standard\", \"quantities\": [{\"component\": "
	     "\"spe\", \"quantity\": 1.5}]}",
		"quantities[0].quantity: must be a whole number"},
	    {"{\"date\": \"2026-05-01\", \"class\": \"standard\", \"quantities\": [{\"component\": "
	     "\"spe\", \"quantity\": -1}]}",
		"quantities[0].quantity: must be a whole number"},
	    {"{\"date\": \"2026-05-01\", \"class\": \"standard\", \"stage\": \"withdrawal\", "
	     "\"quantities\": [{\"component\": \"spe\", \"quantity\": 1, \"incurred\": 2}]}",
		"quantities[0]: more was incurred than estimated"},
	};
	AUTO_DESK_TARIFF struct desk_tariff t = {0};

	(void)state;
	open_tariff(&t);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_DESK_BILL struct desk_bill b = {0};
		struct err err = {0};

		assert_int_equal(desk_bill_make(&b, &t, "r.json", VIEW(cases[i].request), &err),
		    -1);
		if (!strstr(err.msg, cases[i].wanted))
			fail_msg("%s, not %s", err.msg, cases[i].wanted);
	}
}

static void bad_tariffs(void **state)
{
	static const struct {
		const char *from, *to, *wanted;
	} cases[] = {
	    {"\"cents\": 80000", "\"cents\": 800.5", "prices[0].cents: must be a whole number"},
	    {"\"class\": \"university\", \"cents\"", "\"class\": \"any\", \"cents\"",
		"prices[10]: prices[9] holds on the same days"},
	    {"\"component\": \"request\"", "\"component\": \"tea\"",
		"prices[3]: no component 'tea'"},
	    {"\"per_mille\": 500", "\"per_mille\": 1001", "deductions[0].per_mille"},
	    {"\"id\": \"amendment\"", "\"id\": \"application\"",
		"components[1]: component 'application' stands here twice"},
	    {"\"to\": null", "\"to\": \"2025-01-01\"", "prices[0]: ends before it begins"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct view whole = embed_find("desk/data/tariff.json");
		const char *at = strstr(whole.ptr, cases[i].from);
		AUTO_DESK_TARIFF struct desk_tariff t = {0};
		AUTO_FREE char *text = NULL;
		struct err err = {0};

		assert_non_null(at);
		text = str_format("%.*s%s%s", (int)(at - whole.ptr), whole.ptr, cases[i].to,
		    at + strlen(cases[i].from));
		assert_int_equal(desk_tariff_parse(&t, "t.json", VIEW(text), &err), -1);
		if (!strstr(err.msg, cases[i].wanted))
			fail_msg("%s, not %s", err.msg, cases[i].wanted);
	}
}

static void cents_as_text(void **state)
{
	static const struct {
		int64_t cents;
		const char *text;
	} cases[] = {{0, "0.00"}, {5, "0.05"}, {-5, "-0.05"}, {123456, "1234.56"},
	    {-123400, "-1234.00"}, {INT64_MIN, "-92233720368547758.08"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_STR struct str s = {0};

		desk_cents_text(cases[i].cents, &s);
		assert_string_equal(str_get(&s), cases[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(worked_by_hand),
	    cmocka_unit_test(halves_go_up),
	    cmocka_unit_test(sums_hold),
	    cmocka_unit_test(bad_requests),
	    cmocka_unit_test(bad_tariffs),
	    cmocka_unit_test(cents_as_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
