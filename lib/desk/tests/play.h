/* Plays commands written as "submit@2024-03-04 give_opinion:reserved@2024-04-02". */
#ifndef DESK_TESTS_PLAY_H
#define DESK_TESTS_PLAY_H

#include "desk/play.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define NOON ((int64_t)12 * 3600 * 1000000)

static struct desk_law *play_law;

static inline int play_setup(void **state)
{
	struct err err = {0};

	(void)state;
	return desk_law_new(&play_law, &err);
}

static inline int play_teardown(void **state)
{
	(void)state;
	desk_law_free(&play_law);
	return 0;
}

static inline date_t play_day(struct view text)
{
	date_t d = DATE_NONE;

	if (!date_parse(text, &d))
		fail_msg("no day: %.*s", VIEW_ARG(text));
	return d;
}

static inline struct desk_application play_begin(const char *route)
{
	const struct desk_route *r = NULL;
	struct desk_application a;
	struct err err = {0};
	struct desk_event e;

	for (size_t i = 0; i < desk_law_count(play_law); i++)
		if (strcmp(desk_law_route(play_law, i)->id, route) == 0)
			r = desk_law_route(play_law, i);
	if (!r)
		fail_msg("no route %s", route);
	e = desk_play_created(r, 1, desk_paris_midnight(date_from_civil(2015, 1, 1)));
	if (desk_begin(&a, play_law, &e, &err) < 0)
		fail_msg("%s", err.msg);
	json_decref(e.data);
	return a;
}

/* One command at noon of a day: 0, or -1 and why not. */
static inline int play_one(struct desk_application *a, const char *command, const char *word,
    date_t day, struct err *err)
{
	struct desk_event e;

	if (desk_play(a, command, word, 1, desk_paris_midnight(day) + NOON, &e, err) < 0)
		return -1;
	json_decref(e.data);
	return 0;
}

static inline void play(struct desk_application *a, struct view events)
{
	struct view one;

	while (view_next(&events, ' ', &one)) {
		struct view command, word, day = one;
		AUTO_FREE char *name = NULL, *said = NULL;
		struct err err = {0};

		if (!one.len)
			continue;
		view_next(&day, '@', &word);
		view_next(&word, ':', &command);
		name = str_format("%.*s", VIEW_ARG(command));
		said = str_format("%.*s", VIEW_ARG(word));
		if (play_one(a, name, said, play_day(day), &err) < 0)
			fail_msg("%.*s: %s %s", VIEW_ARG(one), err.msg, err.hint);
	}
}

#endif
