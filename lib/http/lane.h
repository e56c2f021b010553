/* Work beside the server's own threads: what waits for others, each on a thread of its own. */
#ifndef HTTP_LANE_H
#define HTTP_LANE_H

#include "base/base.h"

struct http_lane;

/* `width` at a time. */
struct http_lane *http_lane_new(int width);
/* False: as many run already, or the lane is closed; `run` was not called. */
MUST_CHECK bool http_lane_run(struct http_lane *l, void (*run)(void *arg), void *arg);
/* Nothing more is begun; waits for what runs. */
void http_lane_close(struct http_lane *l);
void http_lane_free(struct http_lane **l);

#endif
