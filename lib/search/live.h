/*
 * An index of records that go on changing. A thread of its own looks at their
 * generation and builds a new index beside the old one; readers hold what is
 * there and never wait for the records.
 */
#ifndef SEARCH_LIVE_H
#define SEARCH_LIVE_H

#include "base/trouble.h"

struct search_live;

#define AUTO_SEARCH_LIVE AUTO(search_live_close)

/* How an index is made, counted and let go; ctx: what the records are in. */
struct search_live_kind {
	int (*generation)(void *ctx, int64_t *ret, struct err *err);
	int (*build)(void *ctx, void **ret, struct err *err);
	int64_t (*generation_of)(const void *index);
	void *(*hold)(void *index);
	void (*release)(void *index);
};

/* Builds the first index. ctx stays open for as long; look_ms: between two looks at it. */
MUST_CHECK int search_live_open(struct search_live **ret, const struct search_live_kind *kind,
    void *ctx, int look_ms, struct err *err);
void search_live_close(struct search_live **l);
/* The newest index; the caller releases it. */
void *search_live_hold(struct search_live *l);
/* How the looks of its thread go; lives as long as it. */
struct trouble *search_live_trouble(struct search_live *l);
/* Looks now, and comes back with what was written before the call in the index. */
MUST_CHECK int search_live_refresh(struct search_live *l, struct err *err);

#endif
