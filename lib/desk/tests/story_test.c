#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk/story.h"

#include <string.h>

static const char file[] =
    "{\"sha256\": \"00000000000000000000000000000000000000000000000000000000000000aa\","
    " \"name\": \"a.pdf\", \"bytes\": 1, \"type\": \"application/pdf\"}";

static void complete(const char *route, const json_t *words, const json_t *attached, uint64_t n)
{
	AUTO_DESK_FORM struct desk_form form = {0};
	AUTO_DESK_PROBLEMS struct desk_problems problems = {0};
	bool ehds = strncmp(route, "ehds", 4) == 0;
	struct desk_story s = {
	    &form, route, attached, date_from_civil(ehds ? 2029 : 2026, 6, 1)};
	struct rng rng = rng_at(7, 1, n), again = rng;
	AUTO_JSON json_t *answers = NULL, *same = NULL;
	struct err err = {0};

	if (desk_form_choose(&form, VIEW(route), s.day, &err) != 1)
		fail_msg("%s: no form %s", route, err.msg);
	answers = desk_story_answers(&s, words, &rng);
	same = desk_story_answers(&s, words, &again);
	assert_true(json_equal(answers, same));
	desk_form_check(&form, answers, &problems);
	if (problems.all.len > 0)
		fail_msg("%s %d: %s %s", route, (int)n, problems.all.ptr[0].field->id,
		    desk_problem_name(problems.all.ptr[0].kind));
}

static void stories_are_complete(void **state)
{
	static const char *const routes[] = {"standard", "simplified", "mr-004", "mr-007",
	    "mr-008", "permanent", "indicators", "ehds-application", "ehds-request"};
	AUTO_JSON json_t *words = desk_story_words(), *attached = NULL;
	struct err err = {0};

	(void)state;
	assert_int_equal(json_parse(&attached, "file", VIEW(file), &err), 0);
	for (size_t i = 0; i < ARRAY_LEN(routes); i++)
		for (uint64_t n = 0; n < 40; n++)
			complete(routes[i], words, attached, n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(stories_are_complete)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
