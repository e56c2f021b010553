/*
 * Another catalogue, page after page, into the records. Pages are kept as they
 * come, so a harvest that was killed goes on where it was; the entities change in
 * one transaction at the end, or not at all. What did not change since the last
 * harvest is not sent again (ETag, Last-Modified; pages of a feed that never change).
 */
#ifndef CATALOG_HARVEST_H
#define CATALOG_HARVEST_H

#include "catalog/merge.h"
#include "catalog/rules.h"

enum {
	CATALOG_HARVEST_PAGES = 10000,
	CATALOG_HARVEST_BYTES = 256 << 20,
	CATALOG_HARVEST_STATEMENTS = 5000000,
	CATALOG_HARVEST_MINUTES = 60,
	CATALOG_HARVEST_RESUMES_S = 24 * 3600, /* older pages are asked for again */
};

struct catalog_harvest {
	const char *url;
	bool own_is_private; /* the origin of `url` may be of a private network */
	const struct catalog_rules *rules;
	/* limits; 0: those above */
	size_t pages_max, bytes_max;
	int minutes;
	int patience;               /* seconds for one page */
	struct catalog_merge merge; /* source, base, keep, at, actor; counts told back */
	/* told back */
	bool feed;
	size_t pages, unchanged; /* unchanged: not sent again, or never to be asked again */
	size_t resumed;          /* pages that an earlier run had brought */
	size_t bytes, statements, datasets, incomplete;
	int64_t promised; /* datasets, -1: the source does not say */
};

#define AUTO_CATALOG_HARVEST AUTO(catalog_harvest_clear)

void catalog_harvest_clear(struct catalog_harvest *h);
/*
 * ERR_FORMAT: a page that is none, one that leads back, a count that is not kept;
 * ERR_LIMIT: too many pages, bytes, statements; ERR_IO, ERR_DENIED: as fetch. The
 * message names page and address. The entities are unchanged then.
 */
MUST_CHECK int catalog_harvest(struct store *s, struct catalog_harvest *h, struct err *err);

#endif
