/* Reading a route: where in the file we are, and small steps on its JSON. */
#ifndef DESK_ROUTE_INSIDE_H
#define DESK_ROUTE_INSIDE_H

#include "desk/route.h"

struct desk_reading {
	const char *file;
	struct str place; /* "steps[3].start" */
	struct desk_route *route;
	struct arena *arena;
	struct err *err;
};

/* ERR_FORMAT "FILE: PLACE: ..."; -1. */
int desk_reading_fail(struct desk_reading *r, const char *fmt, ...) ATTR_PRINTF(2, 3);
/* Go into a part of the file; the mark to come back to. */
size_t desk_reading_enter(struct desk_reading *r, const char *fmt, ...) ATTR_PRINTF(2, 3);
void desk_reading_leave(struct desk_reading *r, size_t mark);

/* An object that has no other keys than these (NULL-terminated). */
MUST_CHECK int desk_reading_keys(struct desk_reading *r, const json_t *j,
    const char *const *keys);
/* Text of a key, 1 to 400 bytes; NULL when it is missing and `optional`. */
MUST_CHECK int desk_reading_text(struct desk_reading *r, const json_t *j, const char *key,
    bool optional, const char **ret);
/* {"en": ..., "fr": ...} */
MUST_CHECK int desk_reading_names(struct desk_reading *r, const json_t *j, const char *key,
    const char *ret[2]);
/* A word of `words`; `missing` when there is none, -2 there: it must be. */
MUST_CHECK int desk_reading_word(struct desk_reading *r, const json_t *j, const char *key,
    const char *const *words, size_t count, int missing, int *ret);
MUST_CHECK int desk_reading_bool(struct desk_reading *r, const json_t *j, const char *key,
    bool *ret);
/* A day, or null. */
MUST_CHECK int desk_reading_day(struct desk_reading *r, const json_t *j, const char *key,
    date_t *ret);
MUST_CHECK int desk_reading_delay(struct desk_reading *r, const json_t *j, const char *key,
    struct desk_delay *ret);
/* A list of at most `most` texts; NULL-terminated. Missing: NULL. */
MUST_CHECK int desk_reading_texts(struct desk_reading *r, const json_t *j, const char *key,
    size_t most, const char *const **ret);
/* An array of objects, 1 (or 0) to `most`. */
MUST_CHECK int desk_reading_array(struct desk_reading *r, const json_t *j, const char *key,
    size_t least, size_t most, const json_t **ret);

/* The parts of a route. */
MUST_CHECK int desk_route_read_clocks(struct desk_reading *r, const json_t *j);
MUST_CHECK int desk_route_read_steps(struct desk_reading *r, const json_t *j);
MUST_CHECK int desk_route_read_change(struct desk_reading *r, const json_t *j,
    struct desk_change *ret);
/* What no part can see: every state is reached, every clock starts, no step is ambiguous. */
MUST_CHECK int desk_route_check(struct desk_reading *r);

#define DESK_CHANGE_KEYS "to", "start", "stop", "pause", "resume", "extend", "takes_opinion", \
			 "opinion"

#endif
