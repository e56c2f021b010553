#include "catalog/publish.h"
#include "catalog/entity.h"
#include "catalog/rdf_write.h"
#include "catalog/records.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

int catalog_publish_state(struct store_tx *tx, int64_t *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	if (store_query(&rows, tx, "catalog/records/event.sql:last", STORE_NO_ARGS, err) < 0 ||
	    (got = store_next(rows, err)) < 0)
		return -1;
	*ret = got ? store_number(rows, 0) : 0;
	return 0;
}

static uint32_t term(struct rdf_graph *g, const char *iri)
{
	return rdf_iri(g, VIEW(iri));
}

static void say(struct rdf_graph *g, uint32_t subject, const char *predicate, uint32_t object)
{
	rdf_add(g, subject, term(g, predicate), object, 0);
}

static void say_number(struct rdf_graph *g, uint32_t subject, const char *predicate, int64_t n)
{
	AUTO_FREE char *text = str_format("%" PRId64, n);

	say(g, subject, predicate,
	    rdf_literal(g, VIEW(text), term(g, XSD "integer"), VIEW_NONE));
}

static uint32_t page_term(struct rdf_graph *g, const char *address, int64_t page)
{
	AUTO_FREE char *iri = str_format("%s?page=%" PRId64, address, page);

	return term(g, iri);
}

/* Both of Hydra's spellings: the older one is CKAN's. */
static void add_paging(struct rdf_graph *g, const char *address, int64_t page, int64_t datasets)
{
	static const char *const both[][4] = {
	    {HYDRA "firstPage", HYDRA "previousPage", HYDRA "nextPage", HYDRA "lastPage"},
	    {HYDRA "first", HYDRA "previous", HYDRA "next", HYDRA "last"}};
	int64_t last = MAX((datasets + CATALOG_PAGE_DATASETS - 1) / CATALOG_PAGE_DATASETS, 1);
	uint32_t this = page_term(g, address, page), all = term(g, address);

	say(g, this, RDF_TYPE, term(g, HYDRA "PagedCollection"));
	say(g, this, RDF_TYPE, term(g, HYDRA "PartialCollectionView"));
	say(g, all, RDF_TYPE, term(g, HYDRA "Collection"));
	say(g, all, HYDRA "view", this);
	say_number(g, all, HYDRA "totalItems", datasets);
	say_number(g, this, HYDRA "totalItems", datasets);
	say_number(g, this, HYDRA "itemsPerPage", CATALOG_PAGE_DATASETS);
	for (size_t i = 0; i < ARRAY_LEN(both); i++) {
		say(g, this, both[i][0], page_term(g, address, 1));
		if (page > 1)
			say(g, this, both[i][1], page_term(g, address, page - 1));
		if (page < last)
			say(g, this, both[i][2], page_term(g, address, page + 1));
		say(g, this, both[i][3], page_term(g, address, last));
	}
}

static int count_shown(struct store_tx *tx, int64_t *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	if (store_query(&rows, tx, "catalog/records/entity.sql:count_shown",
		STORE_ARGS(store_text(VIEW_LIT("dataset"))), err) < 0 ||
	    store_next(rows, err) < 0)
		return -1;
	*ret = store_number(rows, 0);
	return 0;
}

struct names {
	VEC(char *) all;
};

static void names_clear(struct names *n)
{
	for (size_t i = 0; i < n->all.len; i++)
		free(n->all.ptr[i]);
	vec_clear(&n->all);
}

static int list_shown(struct names *ret, struct store_tx *tx, const char *kind, int64_t count,
    int64_t from, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	if (store_query(&rows, tx, "catalog/records/entity.sql:page_shown",
		STORE_ARGS(store_text(VIEW(kind)), store_int(count), store_int(from)), err) < 0)
		return -1;
	while ((got = store_next(rows, err)) > 0)
		*vec_push(&ret->all) = str_format("%.*s", VIEW_ARG(store_view(rows, 0)));
	return got;
}

/* Catalogues, series and services stand on the first page. */
static int add_described(struct store_tx *tx, int64_t page, struct rdf_graph *g, struct err *err)
{
	static const char *const first[] = {"catalog", "series", "service"};
	AUTO_CATALOG_DESCRIPTION struct catalog_description d = {.shown = true};
	AUTO(names_clear)
	struct names names = {0};

	for (size_t i = 0; page == 1 && i < ARRAY_LEN(first); i++)
		if (list_shown(&names, tx, first[i], INT64_MAX, 0, err) < 0)
			return -1;
	if (list_shown(&names, tx, "dataset", CATALOG_PAGE_DATASETS,
		(page - 1) * CATALOG_PAGE_DATASETS, err) < 0)
		return -1;
	for (size_t i = 0; i < names.all.len; i++)
		if (catalog_describe(tx, &d, VIEW(names.all.ptr[i]), g, err) < 0)
			return -1;
	return 0;
}

int catalog_publish_page(struct store_tx *tx, const char *address, int64_t page,
    struct rdf_graph *ret, struct err *err)
{
	int64_t datasets;

	if (count_shown(tx, &datasets, err) < 0)
		return -1;
	if (page < 1 || (page > 1 && page - 1 > (datasets - 1) / CATALOG_PAGE_DATASETS))
		return 0;
	if (add_described(tx, page, ret, err) < 0)
		return -1;
	add_paging(ret, address, page, datasets);
	rdf_index(ret);
	return 1;
}

/* xsd:dateTime in UTC, with microseconds. */
static uint32_t add_time(struct rdf_graph *g, int64_t at)
{
	time_t seconds = (time_t)(at / 1000000);
	struct tm tm;
	char text[64];

	gmtime_r(&seconds, &tm);
	snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", tm.tm_year + 1900,
	    tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, (int)(at % 1000000));
	return rdf_literal(g, VIEW(text), term(g, XSD "dateTime"), VIEW_NONE);
}

static uint32_t feed_term(struct rdf_graph *g, const char *origin, int64_t page)
{
	AUTO_FREE char *iri = page ? str_format("%s/catalog/feed/%" PRId64, origin, page)
	                           : str_format("%s/catalog/feed", origin);

	return term(g, iri);
}

void catalog_publish_stream(const char *origin, struct rdf_graph *ret)
{
	uint32_t stream = feed_term(ret, origin, 0);

	say(ret, stream, RDF_TYPE, term(ret, LDES "EventStream"));
	say(ret, stream, LDES "timestampPath", term(ret, AS "published"));
	say(ret, stream, LDES "versionOfPath", term(ret, AS "object"));
	say(ret, stream, TREE "view", feed_term(ret, origin, 1));
	rdf_index(ret);
}

static int add_event(struct rdf_graph *g, const char *origin, int64_t page,
    const struct store_rows *row, struct err *err)
{
	AUTO_FREE char *iri =
	    str_format("%s/catalog/feed/%" PRId64 "#%" PRId64, origin, page, store_number(row, 0));
	AUTO_FREE char *act = str_format(AS "%.*s", VIEW_ARG(store_view(row, 2)));
	uint32_t activity = term(g, iri);
	size_t before;

	say(g, feed_term(g, origin, 0), TREE "member", activity);
	say(g, activity, RDF_TYPE, term(g, act));
	say(g, activity, AS "published", add_time(g, store_number(row, 1)));
	say(g, activity, AS "object", rdf_iri(g, store_view(row, 3)));
	before = g->quads.len;
	if (strcmp(act, AS "Delete") != 0 &&
	    catalog_body_read(g, store_view(row, 4), (uint64_t)store_number(row, 0), err) < 0)
		return -1;
	for (size_t i = before; i < g->quads.len; i++)
		g->quads.ptr[i].graph = activity;
	return 0;
}

static void add_relation(struct rdf_graph *g, const char *origin, int64_t next, int64_t at)
{
	uint32_t relation = rdf_blank(g, VIEW_LIT("next"));

	say(g, feed_term(g, origin, next - 1), TREE "relation", relation);
	say(g, relation, RDF_TYPE, term(g, TREE "GreaterThanOrEqualToRelation"));
	say(g, relation, TREE "path", term(g, AS "published"));
	say(g, relation, TREE "value", add_time(g, at));
	say(g, relation, TREE "node", feed_term(g, origin, next));
}

int catalog_publish_feed(struct store_tx *tx, const char *origin, int64_t page, bool *ret_fixed,
    struct rdf_graph *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int64_t seen = 0;
	int got;

	*ret_fixed = false;
	if (page < 1 || page > INT32_MAX)
		return 0;
	if (store_query(&rows, tx, "catalog/records/event.sql:page",
		STORE_ARGS(store_int((page - 1) * CATALOG_PAGE_EVENTS),
		    store_int(CATALOG_PAGE_EVENTS + 1)),
		err) < 0)
		return -1;
	catalog_publish_stream(origin, ret);
	say(ret, feed_term(ret, origin, page), RDF_TYPE, term(ret, TREE "Node"));
	while ((got = store_next(rows, err)) > 0) {
		if (++seen <= CATALOG_PAGE_EVENTS) {
			if (add_event(ret, origin, page, rows, err) < 0)
				return -1;
			continue;
		}
		add_relation(ret, origin, page + 1, store_number(rows, 1));
		*ret_fixed = true;
	}
	rdf_index(ret);
	return got < 0 ? -1 : page == 1 || seen > 0;
}
