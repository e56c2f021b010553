/*
 * What happens to clusters. A cluster's id goes with its oldest record (the
 * lowest, of those that are left). Where the oldest records of several come
 * together, the lowest id survives and the others are never given again.
 *
 *   created  cluster of new records only
 *   joined   new records came to a cluster
 *   merged   `other` is now part of `cluster`
 *   split    records of `cluster` are now `other`, a new one
 *   moved    records of `cluster` are now of `other`, which was there before
 *   removed  records of `cluster` were removed on demand
 *   ended    the last of them
 */
#ifndef LINK_EVENTS_H
#define LINK_EVENTS_H

#include "base/vec.h"

enum link_event_kind {
	LINK_CREATED,
	LINK_JOINED,
	LINK_MERGED,
	LINK_SPLIT,
	LINK_MOVED,
	LINK_REMOVED,
	LINK_ENDED,
	LINK_EVENTS,
};

struct link_event {
	enum link_event_kind kind;
	uint32_t cluster;
	uint32_t other; /* 0: none */
	size_t records;
};

struct link_events {
	VEC(struct link_event) list;
	size_t count[LINK_EVENTS];
};

#define AUTO_LINK_EVENTS AUTO(link_events_clear)
void link_events_clear(struct link_events *e);
const char *link_event_name(enum link_event_kind kind);

/* The records that were clustered anew. */
struct link_regrouped {
	size_t count;
	const uint32_t *record; /* ascending */
	const uint32_t *before; /* by place: the id it had, 0 for a new record */
	const uint32_t *leader; /* by place: the place of the lowest of its cluster */
	uint32_t *after;        /* by place: the id it has now */
};

/* Give ids, and tell what happened. `next` is the next id to give. */
void link_events_find(struct link_events *ret, const struct link_regrouped *g, uint32_t *next);
/* Records with these ids went; `left` has the ids of all who stay in those clusters. */
void link_events_removed(struct link_events *ret, uint32_t *gone, size_t gone_count,
    uint32_t *left, size_t left_count);

#endif
