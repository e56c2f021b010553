#include "catalog/harvest_inside.h"
#include "catalog/rdf_write.h"
#include "catalog/records.h"
#include "catalog/sheet_inside.h"
#include "catalog/validate.h"

#include <inttypes.h>

struct applying {
	struct harvesting *x;
	struct catalog_entities entities;
	struct map gone;
};

static void applying_clear(struct applying *a)
{
	catalog_entities_clear(&a->entities);
	map_clear(&a->gone);
}

/* For each object the last activity; by map value: index of activities. */
static int find_last(const struct harvesting *x, struct map *ret, struct err *err)
{
	for (size_t i = 0; i < x->activities.len; i++) {
		const struct catalog_activity *a = &x->activities.ptr[i];
		size_t before = ret->entries.len;
		int64_t *last = map_add(ret, a->object, (int64_t)i);
		const struct catalog_activity *b = &x->activities.ptr[*last];

		if (ret->entries.len > before || view_eq(a->iri, b->iri))
			continue;
		if (a->at == b->at)
			return err_set(err, ERR_FORMAT,
			    "two activities of the feed about one thing at one time: which is the "
			    "later one?");
		if (a->at > b->at)
			*last = (int64_t)i;
	}
	return 0;
}

/* The payloads that count, in the default graph; what was deleted, in `gone`. */
static int replay(struct applying *a, struct err *err)
{
	struct harvesting *x = a->x;
	AUTO_MAP struct map last = {0};
	bool *counts;
	size_t kept = 0;

	if (find_last(x, &last, err) < 0)
		return -1;
	counts = mem_zalloc(x->all.terms.len + 1, sizeof(*counts));
	for (size_t i = 0; i < last.entries.len; i++) {
		const struct catalog_activity *one =
		    &x->activities.ptr[last.entries.ptr[i].value];

		if (one->act == CATALOG_DELETE)
			map_add(&a->gone, one->object, 1);
		else
			counts[one->graph] = true;
	}
	for (size_t i = 0; i < x->all.quads.len; i++) {
		struct rdf_quad q = x->all.quads.ptr[i];

		if (!counts[q.graph])
			continue;
		q.graph = 0;
		x->all.quads.ptr[kept++] = q;
	}
	x->all.quads.len = kept;
	x->all.indexed = false;
	free(counts);
	rdf_index(&x->all);
	return 0;
}

static size_t count_datasets(const struct rdf_graph *g)
{
	uint32_t type = rdf_find_iri(g, VIEW_LIT(RDF_TYPE));
	uint32_t dataset = rdf_find_iri(g, VIEW_LIT(SHEET_DCAT "Dataset"));
	size_t n = 0;

	for (size_t i = 0; type && dataset && i < g->quads.len; i++)
		n += g->quads.ptr[i].predicate == type && g->quads.ptr[i].object == dataset;
	return n;
}

static int check_count(const struct catalog_harvest *h, struct err *err)
{
	if (!h->feed && h->datasets == 0 && h->merge.keep != CATALOG_KEEP_THEIRS) {
		(void)err_set(err, ERR_FORMAT, "%s: it describes no dataset", h->url);
		return err_hint(err, "if it means to withdraw all of them: --keep theirs");
	}
	if (h->feed || h->promised <= (int64_t)h->datasets)
		return 0;
	return err_set(err, ERR_FORMAT,
	    "%s: it promises %" PRId64 " datasets, and all its pages have %zu", h->url, h->promised,
	    h->datasets);
}

/* Of a part, the rest is here already: obligations are those of all of it. */
static int judge(struct applying *a, struct err *err)
{
	struct catalog_harvest *h = a->x->h;
	AUTO_CATALOG_VERDICT struct catalog_verdict v = {0};
	struct rdf_graph *g = &a->x->all;

	if (h->merge.partial && catalog_complete(a->x->s, g, &a->gone, err) < 0)
		return -1;
	catalog_validate(&v, g, h->rules, CATALOG_R8);
	h->incomplete = v.datasets - v.conforming;
	return 0;
}

static int keep_all(struct store_tx *tx, void *arg, struct err *err)
{
	struct applying *a = arg;

	if (catalog_merge_tx(tx, &a->entities, &a->x->h->merge, err) < 0)
		return -1;
	return kept_pages_finish(tx, a->x->h->merge.source, err);
}

static int finish_pages(struct store_tx *tx, void *arg, struct err *err)
{
	return kept_pages_finish(tx, arg, err);
}

int harvest_apply(struct harvesting *x, struct err *err)
{
	struct catalog_harvest *h = x->h;
	AUTO(applying_clear)
	struct applying a = {.x = x};

	rdf_index(&x->all);
	if (!x->fresh && h->merge.keep == CATALOG_KEEP_BOTH)
		return store_write(x->s, finish_pages, (void *)(uintptr_t)h->merge.source, err);
	h->merge.partial = h->feed && h->unchanged > 0 && h->merge.keep == CATALOG_KEEP_BOTH;
	h->merge.gone = &a.gone;
	if (h->feed && replay(&a, err) < 0)
		return -1;
	h->statements = x->all.quads.len;
	h->datasets = count_datasets(&x->all);
	if (check_count(h, err) < 0 ||
	    catalog_cut(&a.entities, &x->all, h->merge.base, err) < 0 || judge(&a, err) < 0)
		return -1;
	return store_write(x->s, keep_all, &a, err);
}
