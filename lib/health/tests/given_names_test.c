#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "health/given_names.h"

#include "base/map.h"

#include <stdio.h>

struct seen {
	size_t names, with_births;
	size_t decade[2][GIVEN_NAME_DECADES]; /* names with births then */
	uint64_t births[2];
	struct map words; /* without sex */
	uint32_t most[2];
	char top[2][16];
	bool common_began;
};

static void look(void *ctx, const struct given_name *n)
{
	struct seen *s = ctx;
	uint32_t all = 0;

	s->names++;
	s->with_births += n->has_births;
	map_add(&s->words, n->name, 1);
	assert_true(view_is_utf8(n->name));
	assert_true(!n->has_births || !s->common_began);
	s->common_began = !n->has_births;
	for (int d = 0; d < GIVEN_NAME_DECADES; d++) {
		assert_true(n->has_births || n->births[d] == 0);
		all += n->births[d];
		s->decade[n->is_woman][d] += n->births[d] > 0;
	}
	s->births[n->is_woman] += all;
	if (all > s->most[n->is_woman]) {
		s->most[n->is_woman] = all;
		(void)snprintf(s->top[n->is_woman], sizeof(s->top[0]), "%.*s", VIEW_ARG(n->name));
	}
}

/*
 * INSEE: Marie and Jean are the names given most since 1900, to 2.2 and 1.9 million; the file
 * has 84.8 million births, of which those kept are the greater part.
 */
static void names_are_those_of_insee(void **state)
{
	struct seen s = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(given_names_read(look, &s, &err), 0);
	assert_int_equal(s.names, 1577);
	assert_int_equal(s.with_births, 1062);
	assert_string_equal(s.top[1], "Marie");
	assert_string_equal(s.top[0], "Jean");
	assert_in_range(s.most[1], 22000, 22700);
	assert_in_range(s.most[0], 18800, 19400);
	assert_in_range(s.births[0] + s.births[1], 600000, 848000);
	for (int sex = 0; sex < 2; sex++)
		for (int d = 0; d < GIVEN_NAME_DECADES; d++)
			assert_true(s.decade[sex][d] >= 170);
	assert_non_null(map_find(&s.words, VIEW_LIT("Anaïs")));
	assert_non_null(map_find(&s.words, VIEW_LIT("Jean-Pierre")));
	assert_non_null(map_find(&s.words, VIEW_LIT("Abdoulaye")));
	map_clear(&s.words);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_are_those_of_insee),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
