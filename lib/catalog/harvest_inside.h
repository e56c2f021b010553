/* What the files of a harvest share. */
#ifndef CATALOG_HARVEST_INSIDE_H
#define CATALOG_HARVEST_INSIDE_H

#include "catalog/harvest.h"
#include "catalog/page.h"

struct harvesting {
	struct catalog_harvest *h;
	struct store *s;
	struct arena memory;
	struct map seen;     /* addresses: the page that came from there */
	struct map contents; /* digests of what pages say */
	VEC(const char *) queue;
	size_t next; /* in the queue */
	struct rdf_graph all;
	VEC(struct catalog_activity) activities; /* graph: a term of `all` */
	int64_t started_ns;
	bool fresh; /* something was sent that was not known */
};

/* A page as it is kept. */
struct kept_page {
	int64_t number, at;
	const char *url, *base, *type, *etag, *modified; /* in `memory` */
	bool fixed, known;                               /* known: as the last harvest had it */
	struct view body;
	struct arena memory;
};

#define AUTO_KEPT_PAGE AUTO(kept_page_clear)

void kept_page_clear(struct kept_page *p);
/* 1, or 0: there is none. */
MUST_CHECK int kept_page_open(struct harvesting *x, int64_t after, struct kept_page *ret,
    struct err *err);
MUST_CHECK int kept_page_done(struct harvesting *x, const char *url, struct kept_page *ret,
    struct err *err);
MUST_CHECK int kept_page_add(struct harvesting *x, const struct kept_page *p, struct err *err);
MUST_CHECK int kept_pages_forget(struct harvesting *x, const char *state, struct err *err);
MUST_CHECK int kept_pages_finish(struct store_tx *tx, const char *source, struct err *err);

/* Entities of all pages into the records, in one transaction. */
MUST_CHECK int harvest_apply(struct harvesting *x, struct err *err);

#endif
