/*
 * The index of a store that goes on changing. A thread of its own looks at the
 * generation and builds a new index beside the old one; readers hold what is
 * there and never wait for the store.
 */
#ifndef REGISTER_LIVE_H
#define REGISTER_LIVE_H

#include "register/index.h"

struct register_live;

#define AUTO_REGISTER_LIVE AUTO(register_live_close)

/* Builds the first index. The store stays open for as long; look_ms: between two looks at it. */
MUST_CHECK int register_live_open(struct register_live **ret, struct store *s, int look_ms,
    struct err *err);
void register_live_close(struct register_live **l);
/* The newest index; the caller releases it. */
struct register_index *register_live_hold(struct register_live *l);
/* Looks now, and comes back with what was written before the call in the index. */
MUST_CHECK int register_live_refresh(struct register_live *l, struct err *err);

#endif
