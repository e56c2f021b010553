/* Reading a route (io/json_in.h), part by part; whoever reads asks `failed` at the end. */
#ifndef DESK_ROUTE_INSIDE_H
#define DESK_ROUTE_INSIDE_H

#include "desk/route.h"
#include "io/json_in.h"

enum { DESK_ROUTE_TEXT_MAX = 400 };

/* {"en": ..., "fr": ...} */
void desk_route_read_names(struct json_in *in, const json_t *j, const char *key,
    const char *ret[2]);
/* All zero without one. */
void desk_route_read_delay(struct json_in *in, const json_t *j, const char *key,
    struct desk_delay *ret);
/* The clock that the key names, -1 without one. */
int desk_route_read_clock(struct json_in *in, const json_t *j, const char *key,
    const struct desk_route *route);
void desk_route_read_clocks(struct json_in *in, const json_t *j, struct desk_route *route);
void desk_route_read_steps(struct json_in *in, const json_t *j, struct desk_route *route);
void desk_route_read_change(struct json_in *in, const json_t *j, const struct desk_route *route,
    struct desk_change *ret);
/* What no part can see: every state is reached, every clock starts, no step is ambiguous. */
MUST_CHECK int desk_route_check(struct json_in *in, const struct desk_route *route);

#define DESK_CHANGE_KEYS "to start stop pause resume extend takes_opinion opinion"

#endif
