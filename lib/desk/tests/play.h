/* Plays commands written as "submit@2024-03-04 give_opinion:reserved@2024-04-02". */
#ifndef DESK_TESTS_PLAY_H
#define DESK_TESTS_PLAY_H

#include "desk/application.h"

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

/* What a step needs, with `word` where it fits and the dullest value elsewhere. */
static inline json_t *play_data(const struct desk_step *s, date_t day, const char *word)
{
	json_t *data = json_object();
	char buf[DATE_TEXT_SIZE];

	for (size_t i = 0; i < s->need_count; i++) {
		const struct desk_need *n = &s->needs[i];
		json_t *v = NULL;

		switch (n->kind) {
		case DESK_TEXT:
			v = json_string("text");
			break;
		case DESK_TEXTS:
			v = json_pack("[s]", "text");
			break;
		case DESK_DAY:
			v = json_string(*word ? word : date_format(day + 365, buf));
			break;
		case DESK_TRUE:
			v = json_true();
			break;
		case DESK_NUMBER:
			v = json_integer(7);
			break;
		case DESK_WORD:
			v = json_string(*word ? word : n->words[0]);
			break;
		}
		if (!n->optional)
			json_object_set_new(data, n->name, v);
		else
			json_decref(v);
	}
	return data;
}

static inline const struct desk_step *play_step(const struct desk_application *a,
    const char *command, const char *word)
{
	for (size_t i = 0; i < a->route->step_count; i++) {
		const struct desk_step *s = &a->route->steps[i];
		bool fits = !s->when;

		for (const char *const *w = s->when_in; w && *w; w++)
			fits |= strcmp(*w, word) == 0;
		if (strcmp(s->command, command) == 0 && (s->from >> a->state & 1) && fits)
			return s;
	}
	return NULL;
}

static inline enum desk_role play_role(const struct desk_step *s)
{
	int role = 0;

	while (!(s->roles >> role & 1))
		role++;
	return (enum desk_role)role;
}

static inline struct desk_application play_begin(const char *route)
{
	const struct desk_route *r = NULL;
	struct desk_application a;
	struct err err = {0};
	json_t *data;

	for (size_t i = 0; i < desk_law_count(play_law); i++)
		if (strcmp(desk_law_route(play_law, i)->id, route) == 0)
			r = desk_law_route(play_law, i);
	if (!r)
		fail_msg("no route %s", route);
	data = json_pack("{ssss}", "route", r->id, "version", r->version);
	if (desk_begin(&a, play_law,
		&(struct desk_event){.at = desk_paris_midnight(date_from_civil(2015, 1, 1)),
		    .actor = 1,
		    .role = DESK_APPLICANT,
		    .type = "created",
		    .data = data},
		&err) < 0)
		fail_msg("%s", err.msg);
	json_decref(data);
	return a;
}

/* One command at noon of a day: 0, or -1 and why not. */
static inline int play_one(struct desk_application *a, const char *command, const char *word,
    date_t day, struct err *err)
{
	struct desk_application now = desk_at(a, day);
	const struct desk_step *s = play_step(&now, command, word);
	json_t *data = s ? play_data(s, day, word) : NULL;
	struct desk_command c = {command, desk_paris_midnight(day) + NOON, 1,
	    s ? play_role(s) : DESK_OFFICER, data};
	struct desk_event e;
	int rc = desk_decide(a, &c, &e, err);

	if (rc == 0 && desk_apply(a, &e, err) < 0)
		fail_msg("decided, but cannot follow: %s", err->msg);
	json_decref(data);
	return rc;
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
