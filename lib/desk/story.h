/*
 * A project that never was, as the answers to a form: in French, from the words
 * of data/story.json. They are complete: desk_form_check finds nothing.
 */
#ifndef DESK_STORY_H
#define DESK_STORY_H

#include "base/rng.h"
#include "desk/form.h"

struct desk_story {
	const struct desk_form *form;
	const char *route;  /* what the field "methodology" says */
	const json_t *file; /* what is attached wherever a file is asked for */
	date_t day;         /* of the deposit */
};

/* data/story.json; the caller's. */
json_t *desk_story_words(void);
/* The caller's; "project_title" is its title. */
json_t *desk_story_answers(const struct desk_story *s, const json_t *words, struct rng *rng);

#endif
