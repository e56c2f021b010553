/* What is fetched rather than read: the filtered set as a file, a list for a holder's own site. */
#include "portal/catalog_page.h"

#include "catalog/records.h"
#include "catalog/sheet.h"

enum { EMBEDDED = 50 };

static int add_one(struct store_tx *tx, struct catalog_description *d, struct view iri,
    struct rdf_graph *g, struct err *err)
{
	return catalog_describe(tx, d, iri, g, err) < 0 ? -1 : 0;
}

struct gathering {
	const struct catalog_index *index;
	const struct search_result *found;
	struct rdf_graph g;
};

static int gather(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_CATALOG_DESCRIPTION struct catalog_description d = {.shown = true};
	struct gathering *x = arg;

	for (size_t i = 0; i < x->found->documents.len; i++)
		if (add_one(tx, &d, catalog_index_entry(x->index, x->found->documents.ptr[i])->iri,
			&x->g, err) < 0)
			return -1;
	rdf_index(&x->g);
	return 0;
}

static int write_graph(struct visit *v, const struct catalog_index *i, const struct rdf_graph *g,
    bool csv, struct err *err)
{
	AUTO_CATALOG_SHEET struct catalog_sheet sheet = {0};

	v->r->type = csv ? "text/csv; charset=utf-8" : "text/turtle; charset=utf-8";
	if (!csv)
		return rdf_write(g, RDF_TURTLE, &v->r->body, err);
	if (catalog_sheet_open(&sheet, err) < 0)
		return -1;
	catalog_sheet_write(&sheet, g, catalog_index_rules(i), &v->r->body);
	return 0;
}

static int write_json(struct visit *v, const struct catalog_index *i,
    const struct search_result *found, struct err *err)
{
	AUTO_JSON json_t *all = json_array();

	for (size_t k = 0; k < found->documents.len; k++)
		json_array_append_new(all, portal_catalog_item(v, i, found->documents.ptr[k]));
	return visit_json(v, all, err);
}

/* "/catalog/export.csv?theme=...": all that the query finds. */
int portal_catalog_export(struct visit *v, struct err *err)
{
	AUTO_CATALOG_INDEX struct catalog_index *index = NULL;
	AUTO_SEARCH_RESULT struct search_result found = {0};
	struct search_ask query = {0};
	struct gathering x = {.found = &found};
	bool csv = view_ends(v->path, VIEW_LIT(".csv"));
	int status;

	if (listing_read(v, &catalog_asking, &query, err) < 0 ||
	    portal_catalog_hold(v, &index, err) < 0)
		return -1;
	catalog_search(index, &query, portal_catalog_language(v), true, &found);
	http_add_header(v->r, "Content-Disposition",
	    csv ? VIEW_LIT("attachment; filename=\"catalog.csv\"") : VIEW_LIT("inline"));
	if (view_ends(v->path, VIEW_LIT(".json")))
		return write_json(v, index, &found, err);
	x.index = index;
	status = store_read(v->hub->store, gather, &x, err);
	if (status == 0)
		status = write_graph(v, index, &x.g, csv, err);
	rdf_clear(&x.g);
	return status;
}

/* A list without anything around it, for frames of the sites that hub.conf names. */
int portal_catalog_embed(struct visit *v, struct err *err)
{
	AUTO_CATALOG_INDEX struct catalog_index *index = NULL;
	AUTO_SEARCH_RESULT struct search_result found = {0};
	AUTO_STR struct str address = {0};
	struct search_ask query = {0};
	const struct search_step bare = {.query = &query, .facet = -1, .bare = true};
	json_t *items = json_array();
	AUTO_FREE char *policy = NULL;

	json_object_set_new(v->model, "items", items);
	if (listing_read(v, &catalog_asking, &query, err) < 0 ||
	    portal_catalog_hold(v, &index, err) < 0)
		return -1;
	if (!query.size)
		query.size = EMBEDDED;
	catalog_search(index, &query, portal_catalog_language(v), false, &found);
	for (size_t i = 0; i < found.documents.len; i++)
		json_array_append_new(items,
		    portal_catalog_item(v, index, found.documents.ptr[i]));
	json_object_set_new(v->model, "total", json_integer((json_int_t)found.total));
	search_ask_address(&catalog_asking, &bare, &address);
	visit_set(v, "query", str_view(&address));
	visit_set(v, "origin", VIEW(v->hub->conf.origin));
	policy = str_format("default-src 'none'; style-src 'self'; img-src 'self' data:; "
			    "base-uri 'none'; form-action 'none'; frame-ancestors %s",
	    *v->hub->conf.frame_ancestors ? v->hub->conf.frame_ancestors : "'none'");
	http_add_header(v->r, "Content-Security-Policy", VIEW(policy));
	return visit_page(v, "catalog-embed", err);
}
