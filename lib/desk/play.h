/*
 * Plays a command on an application with the dullest data that it takes: for the
 * calculator of legal days, synthetic applications and tests.
 */
#ifndef DESK_PLAY_H
#define DESK_PLAY_H

#include "desk/application.h"

/* The step that a command would take now; `word` chooses where it can. NULL: none. */
const struct desk_step *desk_play_step(const struct desk_application *on_that_day,
    const char *command, const char *word);
/* What the step needs: `word` for its word or its day (else the first, else a year on). */
json_t *desk_play_data(const struct desk_step *s, date_t day, const char *word);
/* Who may take it, the first of its roles. */
enum desk_role desk_play_role(const struct desk_step *s);
/* A first event on a route; `at` in microseconds. The data are the caller's. */
struct desk_event desk_play_created(const struct desk_route *r, int64_t actor, int64_t at);
/* The applicant; for other roles the first number from `actor` on that is none of its people. */
int64_t desk_play_actor(const struct desk_application *a, enum desk_role role, int64_t actor);
/* The event is applied; its data are the caller's. ERR_DENIED: why not. */
MUST_CHECK int desk_play(struct desk_application *basis, const char *command, const char *word,
    int64_t actor, int64_t at, struct desk_event *ret, struct err *err);

#endif
