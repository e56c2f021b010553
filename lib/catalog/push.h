/*
 * The datasets of this hub to a parent catalogue, by the ingest API of the national
 * catalogue: POST, PUT and DELETE of Turtle with an API key. What was sent is
 * remembered, so only what changed is sent; what failed waits, longer each time,
 * and is sent by a later run.
 */
#ifndef CATALOG_PUSH_H
#define CATALOG_PUSH_H

#include "base/arena.h"
#include "base/vec.h"
#include "store/store.h"

enum catalog_push_result {
	CATALOG_PUSH_SENT,
	CATALOG_PUSH_WITHDRAWN,
	CATALOG_PUSH_SAME,    /* nothing to tell */
	CATALOG_PUSH_WAITING, /* the parent could not be reached, or not take it: again later */
	CATALOG_PUSH_REFUSED, /* it says no; asked again when the dataset changes, or with `all` */
	CATALOG_PUSH_RESULTS,
};

struct catalog_push_line {
	const char *iri;
	enum catalog_push_result result;
	const char *answer; /* "conforming", "incomplete", "conflict", or why not; may be "" */
};

struct catalog_push {
	const char *parent; /* "https://parent.example/api/v1" */
	const char *key;    /* X-API-Key */
	bool parent_is_private;
	bool all; /* also what was refused, or is not due yet */
	int patience;
	int64_t at; /* microseconds since 1970 UTC */
	/* told back */
	size_t counts[CATALOG_PUSH_RESULTS];
	VEC(struct catalog_push_line) lines; /* without those of which nothing is to tell */
	struct arena memory;
};

#define AUTO_CATALOG_PUSH AUTO(catalog_push_clear)

void catalog_push_clear(struct catalog_push *p);
/* Own datasets that are no drafts. ERR_DENIED: the key is worth nothing there. */
MUST_CHECK int catalog_push_all(struct store *s, struct catalog_push *p, struct err *err);

#endif
