/* Who may send what to whom, by the CNIL's guide of December 2020; refusals are ERR_DENIED. */
#include "world.h"

#define ACTOR(name) "{\"name\": \"" name "\"}"
#define TRAITS(name) "{\"name\": \"" name "\", \"deposits\": \"traits\"}"
#define PROJECT(circuit, centres, more)                                             \
	"{\"project\": \"p\", \"circuit\": \"" circuit "\", \"centres\": [" centres \
	"], " more WORLD_END
#define IDENTITY "\"identity\": \"insee\", "

struct refusal {
	const char *text;
	enum err_code code;
	const char *part;
};

static const struct refusal refusals[] = {
    {PROJECT("single-centre", ACTOR("a") ", " ACTOR("b"), ""), ERR_DENIED,
	"more than one depositor"},
    {PROJECT("direct", ACTOR("a"), ""), ERR_DENIED, "another depositor than the controller"},
    {PROJECT("multi-centre", ACTOR("a") ", " ACTOR("chu"), ""), ERR_DENIED,
	"the controller to deposit"},
    {PROJECT("multi-centre", TRAITS("a"), ""), ERR_DENIED, "deposits of traits"},
    {PROJECT("multi-centre", ACTOR("a"), IDENTITY), ERR_DENIED, "an identity service"},
    {PROJECT("reconstruction", ACTOR("a"), IDENTITY), ERR_DENIED, "deposits of the NIR"},
    {PROJECT("reconstruction", TRAITS("a") ", " TRAITS("b"), IDENTITY), ERR_DENIED,
	"more than one"},
    {PROJECT("multi-centre", ACTOR("cnam-1"), ""), ERR_DENIED, "to be a third party"},
    {PROJECT("reconstruction", TRAITS("a"), "\"identity\": \"chu\", "), ERR_DENIED,
	"to be a third party"},
    {PROJECT("reconstruction", TRAITS("a"), "\"identity\": \"cnam-2\", "), ERR_DENIED,
	"to hold a key"},
    {"{\"project\": \"p\", \"circuit\": \"direct\", \"centres\": [" ACTOR(
	 "c") "], \"controller\": "
	      "\"c\", \"custodians\": [\"x\", \"x\"]}",
	ERR_DENIED, "one custodian to hold both keys"},
    {PROJECT("reconstruction", TRAITS("a"), ""), ERR_FORMAT, "'identity'"},
    {PROJECT("roundabout", ACTOR("a"), ""), ERR_FORMAT, "'circuit'"},
    {PROJECT("multi-centre", "", ""), ERR_FORMAT, "'centres'"},
    {PROJECT("multi-centre", ACTOR("../a"), ""), ERR_FORMAT, "valid name"},
    {PROJECT("multi-centre", ACTOR("a") ", " ACTOR("a"), ""), ERR_FORMAT, "twice"},
    {PROJECT("multi-centre", ACTOR("a"), "\"hash\": \"foin\", "), ERR_FORMAT, "'hash'"},
    {PROJECT("multi-centre", ACTOR("a"), "\"epoch\": -1, "), ERR_FORMAT, "'epoch'"},
    {PROJECT("multi-centre", ACTOR("a"), "\"epoch\": \"1\", "), ERR_FORMAT, "'epoch'"},
    {"{\"project\": \"p\"}", ERR_FORMAT, "'circuit'"},
    {"[]", ERR_FORMAT, "'project'"},
    {"{", ERR_FORMAT, ""},
};

static void test_refused_projects(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
		AUTO_EXCHANGE_PROJECT struct exchange_project p = {0};
		struct err err = {0};

		put_file("p.json", refusals[i].text);
		if (exchange_project_read(&p, "p.json", &err) == 0)
			fail_msg("accepted: %s", refusals[i].text);
		if (err.code != refusals[i].code || !strstr(err.msg, refusals[i].part))
			fail_msg("%s: %s", refusals[i].text, err.msg);
	}
}

/* One line a circuit and step: who sends to whom; no recipient: forbidden. */
struct way {
	const char *project;
	enum exchange_step step;
	const char *subject, *sender, *recipient;
};

#define DIRECT PROJECT("direct", ACTOR("chu"), "")
#define SINGLE PROJECT("single-centre", ACTOR("nantes"), "")
#define MC PROJECT("multi-centre", ACTOR("nantes") ", " ACTOR("brest"), "")
#define RN PROJECT("reconstruction", TRAITS("nantes"), IDENTITY)
#define MCRN \
	PROJECT("multi-centre-reconstruction", ACTOR("nantes") ", " TRAITS("brest"), IDENTITY)

static const struct way ways[] = {
    {DIRECT, EXCHANGE_NIR, "chu", "chu", "cnam-1"},
    {DIRECT, EXCHANGE_TRAITS, "chu", NULL, NULL},
    {DIRECT, EXCHANGE_TOKENS, "chu", "cnam-1", "cnam-2"},
    {DIRECT, EXCHANGE_RESULT, "chu", "cnam-2", "chu"},
    {DIRECT, EXCHANGE_OUTCOMES, "chu", NULL, NULL},
    {SINGLE, EXCHANGE_NIR, "nantes", "nantes", "cnam-1"},
    {SINGLE, EXCHANGE_NIR, "brest", NULL, NULL},
    {SINGLE, EXCHANGE_TRAITS, "nantes", NULL, NULL},
    {SINGLE, EXCHANGE_RESULT, "nantes", NULL, NULL},
    {MC, EXCHANGE_NIR, "brest", "brest", "cnam-1"},
    {MC, EXCHANGE_TRAITS, "brest", NULL, NULL},
    {MC, EXCHANGE_TOKENS, "brest", "cnam-1", "cnam-2"},
    {MC, EXCHANGE_RESULT, "chu", "cnam-2", "chu"},
    {RN, EXCHANGE_TRAITS, "nantes", "nantes", "insee"},
    {RN, EXCHANGE_NIR, "nantes", "insee", "cnam-1"},
    {RN, EXCHANGE_OUTCOMES, "nantes", "insee", "chu"},
    {MCRN, EXCHANGE_NIR, "nantes", "nantes", "cnam-1"},
    {MCRN, EXCHANGE_TRAITS, "nantes", NULL, NULL},
    {MCRN, EXCHANGE_OUTCOMES, "nantes", NULL, NULL},
    {MCRN, EXCHANGE_NIR, "brest", "insee", "cnam-1"},
    {MCRN, EXCHANGE_TRAITS, "brest", "brest", "insee"},
    {MCRN, EXCHANGE_PSEUDONYMS, "chu", "chu", "cnam-2"},
    {MCRN, EXCHANGE_REKEYED, "chu", "cnam-2", "chu"},
    {MCRN, EXCHANGE_PSEUDONYMS, "brest", NULL, NULL},
};

static void test_ways(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		AUTO_EXCHANGE_PROJECT struct exchange_project p = {0};
		struct exchange_route route;
		struct err err = {0};
		int rc;

		read_project(&p, ways[i].project);
		rc = exchange_route(&route, &p, ways[i].step, ways[i].subject, &err);
		if (!ways[i].sender) {
			assert_int_equal(rc, -1);
			assert_int_equal(err.code, ERR_DENIED);
			continue;
		}
		assert_done(rc, err);
		assert_string_equal(route.sender, ways[i].sender);
		assert_string_equal(route.recipient, ways[i].recipient);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_refused_projects, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_ways, world_make, world_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
