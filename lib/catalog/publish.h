/*
 * The catalogue for programs of others, a page at a time: what it says (Hydra,
 * as CKAN and GeoNetwork speak it) and how it changed (DCAT-AP Feeds: a Linked
 * Data Event Stream of ActivityStreams). Only what is no draft.
 *
 * https://www.hydra-cg.com/spec/latest/core/ , https://w3id.org/tree/specification ,
 * https://semiceu.github.io/LDES-DCAT-AP-feeds/
 */
#ifndef CATALOG_PUBLISH_H
#define CATALOG_PUBLISH_H

#include "catalog/rdf.h"
#include "store/store.h"

#define HYDRA "http://www.w3.org/ns/hydra/core#"
#define TREE "https://w3id.org/tree#"
#define LDES "https://w3id.org/ldes#"
#define AS "https://www.w3.org/ns/activitystreams#"

enum {
	CATALOG_PAGE_DATASETS = 50,
	CATALOG_PAGE_EVENTS = 100,
};

/* The number of the last event: the state of all of it. */
MUST_CHECK int catalog_publish_state(struct store_tx *tx, int64_t *ret, struct err *err);

/*
 * Page `page` (from 1) of the datasets, at ADDRESS?page=N. 0: there is no such page;
 * page 1 always is.
 */
MUST_CHECK int catalog_publish_page(struct store_tx *tx, const char *address, int64_t page,
    struct rdf_graph *ret, struct err *err);

/*
 * Page `page` of the changes, at ORIGIN/catalog/feed/N, payloads in graphs named like
 * their activity (TriG). 0: there is none. A page that is full and has a next one
 * never changes again.
 */
MUST_CHECK int catalog_publish_feed(struct store_tx *tx, const char *origin, int64_t page,
    bool *ret_fixed, struct rdf_graph *ret, struct err *err);
/* What stands at ORIGIN/catalog/feed: where the pages begin. */
void catalog_publish_stream(const char *origin, struct rdf_graph *ret);

#endif
