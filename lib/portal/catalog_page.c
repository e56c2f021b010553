/* The list of datasets: search, facets as links, one page at a time; its feed. */
#include "portal/catalog_page.h"
#include "portal/register.h"

#include <stdio.h>

enum { LOOK_MS = 1000,
	FEED_ENTRIES = 50 };

static int open_live(struct portal *p, struct err *err)
{
	int status = 0;

	pthread_mutex_lock(&p->register_lock);
	p->catalog_place = (struct catalog_place){p->hub->store, p->hub->conf.origin};
	if (!p->catalog_live)
		status = search_live_open(&p->catalog_live, &catalog_live_kind, &p->catalog_place,
		    LOOK_MS, err);
	pthread_mutex_unlock(&p->register_lock);
	return status;
}

int portal_catalog_hold(const struct visit *v, struct catalog_index **ret, struct err *err)
{
	if (open_live(v->portal, err) < 0)
		return -1;
	*ret = search_live_hold(v->portal->catalog_live);
	return 0;
}

int portal_catalog_hold_now(struct portal *p, struct catalog_index **ret, struct err *err)
{
	if (open_live(p, err) < 0 || search_live_refresh(p->catalog_live, err) < 0)
		return -1;
	*ret = search_live_hold(p->catalog_live);
	return 0;
}

json_t *portal_catalog_title(const struct visit *v, const struct catalog_entry *e)
{
	int l = portal_catalog_language(v);
	struct view lang = VIEW_NONE, title = e->title[l];

	if (title.len == 0 && e->title[!l].len > 0) {
		title = e->title[!l];
		lang = VIEW(language_codes[!v->language]);
	} else if (title.len == 0) {
		title = e->other_title.len ? e->other_title : e->name;
		lang = e->other_lang;
	}
	return json_pack("{s:s%, s:o}", "text", title.ptr, title.len, "lang",
	    lang.len ? portal_text(lang) : json_null());
}

struct view portal_catalog_called(const struct visit *v, struct view iri)
{
	AUTO_CATALOG_INDEX struct catalog_index *index = NULL;
	AUTO_JSON json_t *title = NULL;
	struct err err = {0};
	int64_t at;

	/* A name is a courtesy: without the catalogue the address stands there. */
	if (portal_catalog_hold(v, &index, &err) < 0)
		return iri;
	at = catalog_index_find_iri(index, iri);
	if (at < 0)
		return iri;
	title = portal_catalog_title(v, catalog_index_entry(index, (uint32_t)at));
	return arena_view(&v->q->memory,
	    VIEW(json_string_value(json_object_get(title, "text"))));
}

static void add_about(const struct visit *v, const struct catalog_entry *e, json_t *item)
{
	int l = portal_catalog_language(v);
	bool own = e->about[l].len > 0;
	struct view about = own ? e->about[l] : e->about[!l];

	json_object_set_new(item, "about", json_null());
	if (about.len > 0)
		json_object_set_new(item, "about",
		    json_pack("{s:s%, s:o}", "text", about.ptr, about.len, "lang",
			own ? json_null() : json_string(language_codes[!v->language])));
}

static json_t *period_of(const struct catalog_entry *e)
{
	if (e->from == DATE_NONE && e->until == DATE_NONE)
		return json_null();
	return json_sprintf("%.0d–%.0d",
	    e->from == DATE_NONE ? 0 : date_to_civil(e->from).year,
	    e->until == DATE_NONE ? 0 : date_to_civil(e->until).year);
}

static json_t *count_or_null(int64_t n)
{
	return n < 0 ? json_null() : json_integer(n);
}

json_t *portal_catalog_item(const struct visit *v, const struct catalog_index *i,
    uint32_t document)
{
	const struct catalog_entry *e = catalog_index_entry(i, document);
	int l = portal_catalog_language(v);
	struct view access = catalog_index_label(i, CATALOG_BY_ACCESS, e->access, l);
	struct view publisher = catalog_index_label(i, CATALOG_BY_PUBLISHER, e->publisher, l);
	json_t *item = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "name",
	    portal_text(e->name), "iri", portal_text(e->iri), "title", portal_catalog_title(v, e),
	    "access", portal_text(access), "publisher", portal_text(publisher), "period",
	    period_of(e), "individuals", count_or_null(e->individuals), "variables",
	    e->variables ? json_integer(e->variables) : json_null(), "path",
	    json_sprintf("/%s/catalog/%.*s", language_codes[v->language], VIEW_ARG(e->name)));

	add_about(v, e, item);
	json_object_set_new(item, "obligations",
	    json_pack("{s:i, s:i, s:b}", "met", e->duties.met, "asked", e->duties.asked, "all",
		e->duties.met == e->duties.asked));
	return item;
}

static struct view label_of(const struct listing *l, int facet, struct view value)
{
	static const char *const yes_no[2][2] = {{"no", "yes"}, {"non", "oui"}};
	int language = portal_catalog_language(l->v);

	if (facet == CATALOG_BY_VARIABLES)
		return VIEW(yes_no[language][view_eq(value, VIEW_LIT("yes"))]);
	return catalog_index_label(l->index, (enum catalog_facet)facet, value, language);
}

static int latest_first(const void *a, const void *b)
{
	const struct search_count *x = a, *y = b;

	return view_cmp(y->value, x->value);
}

static json_t *list_values(const struct listing *l, int facet)
{
	json_t *values = json_array();
	VEC(struct search_count) counts = {0};

	for (size_t i = 0; i < l->found->facet[facet].counts.len; i++)
		*vec_push(&counts) = l->found->facet[facet].counts.ptr[i];
	if (facet == CATALOG_BY_PERIOD && counts.len > 0)
		qsort(counts.ptr, counts.len, sizeof(*counts.ptr), latest_first);
	for (size_t i = 0; i < counts.len; i++)
		json_array_append_new(values, listing_value(l, facet, &counts.ptr[i]));
	vec_clear(&counts);
	return values;
}

static struct listing listing_of(struct visit *v, const struct search_ask *query,
    const struct catalog_index *index, const struct search_result *found)
{
	return (struct listing){v, "/catalog", &catalog_asking, query, found, label_of, index};
}

static void add_items(struct visit *v, const struct catalog_index *index,
    const struct search_result *found)
{
	json_t *items = json_array();

	for (size_t i = 0; i < found->documents.len; i++)
		json_array_append_new(items,
		    portal_catalog_item(v, index, found->documents.ptr[i]));
	json_object_set_new(v->model, "items", items);
}

int portal_catalog_list(struct visit *v, struct err *err)
{
	AUTO_CATALOG_INDEX struct catalog_index *index = NULL;
	AUTO_SEARCH_RESULT struct search_result found = {0};
	struct search_ask query = {0};
	json_t *facets = json_array();
	struct listing page;

	json_object_set_new(v->model, "facets", facets);
	if (listing_read(v, &catalog_asking, &query, err) < 0 ||
	    portal_catalog_hold(v, &index, err) < 0)
		return -1;
	catalog_search(index, &query, portal_catalog_language(v), false, &found);
	page = listing_of(v, &query, index, &found);
	add_items(v, index, &found);
	for (int f = 0; f < CATALOG_FACETS; f++) {
		AUTO_JSON json_t *values = list_values(&page, f);

		listing_add_facet(&page, facets, f, values);
	}
	listing_fill(&page);
	json_object_set_new(v->model, "basket_count",
	    json_integer((json_int_t)portal_basket_count(v)));
	return visit_page(v, "catalog-list", err);
}

/* Atom (RFC 4287) of what changed last, of the whole or of a filtered set. */
int portal_catalog_feed(struct visit *v, struct err *err)
{
	AUTO_CATALOG_INDEX struct catalog_index *index = NULL;
	AUTO_SEARCH_RESULT struct search_result found = {0};
	AUTO_STR struct str address = {0};
	struct search_ask query = {0};
	const struct search_step bare = {.query = &query, .facet = -1, .bare = true};
	int64_t newest = 0;
	json_t *item;
	size_t n;

	if (listing_read(v, &catalog_asking, &query, err) < 0 ||
	    portal_catalog_hold(v, &index, err) < 0)
		return -1;
	query.order = "changed";
	query.page = 1;
	query.size = FEED_ENTRIES;
	catalog_search(index, &query, portal_catalog_language(v), false, &found);
	add_items(v, index, &found);
	json_array_foreach(json_object_get(v->model, "items"), n, item)
	{
		int64_t at = catalog_index_entry(index, found.documents.ptr[n])->changed_at;

		json_object_set_new(item, "updated", portal_register_time(at));
		newest = MAX(newest, at);
	}
	json_object_set_new(v->model, "updated", portal_register_time(newest));
	search_ask_address(&catalog_asking, &bare, &address);
	visit_set(v, "query", str_view(&address));
	visit_set(v, "origin", VIEW(v->hub->conf.origin));
	if (visit_page(v, "catalog-feed", err) < 0)
		return -1;
	v->r->type = "application/atom+xml; charset=utf-8";
	return 0;
}

/* Who has such a variable, in which datasets, in which unit. */
int portal_catalog_variables(struct visit *v, struct err *err)
{
	AUTO_CATALOG_INDEX struct catalog_index *index = NULL;
	AUTO_SEARCH_RESULT struct search_result found = {0};
	struct search_ask query = {0};
	struct listing page;
	json_t *rows = json_array();

	json_object_set_new(v->model, "variables", rows);
	if (listing_read(v, &catalog_variable_asking, &query, err) < 0 ||
	    portal_catalog_hold(v, &index, err) < 0)
		return -1;
	if (query.text.len > 0)
		catalog_search_variables(index, &query, false, &found);
	page = (struct listing){v, "/catalog/variables", &catalog_variable_asking, &query, &found,
	    label_of, index};
	for (size_t i = 0; i < found.documents.len; i++)
		json_array_append_new(rows,
		    portal_catalog_variable(v, index, found.documents.ptr[i]));
	json_object_set_new(v->model, "asked", json_boolean(query.text.len > 0));
	listing_fill(&page);
	return visit_page(v, "catalog-variables", err);
}

static json_t *facet_values(const struct listing *l, int facet)
{
	json_t *values = json_array();

	for (size_t i = 0; i < l->found->facet[facet].counts.len; i++) {
		const struct search_count *c = &l->found->facet[facet].counts.ptr[i];
		enum catalog_facet f = (enum catalog_facet)facet;
		struct view en = catalog_index_label(l->index, f, c->value, 0);
		struct view fr = catalog_index_label(l->index, f, c->value, 1);

		json_array_append_new(values,
		    json_pack("{s:s%, s:i, s:b, s:{s:s%, s:s%}}", "value", c->value.ptr,
			c->value.len, "count", (int)c->documents, "chosen", c->chosen, "label",
			"en", en.ptr, en.len, "fr", fr.ptr, fr.len));
	}
	return values;
}

int portal_catalog_api(struct visit *v, struct err *err)
{
	AUTO_CATALOG_INDEX struct catalog_index *index = NULL;
	AUTO_SEARCH_RESULT struct search_result found = {0};
	AUTO_JSON json_t *list = NULL;
	struct search_ask query = {0};
	json_t *facets = json_object();
	struct listing l;

	if (listing_read(v, &catalog_asking, &query, err) < 0 ||
	    portal_catalog_hold(v, &index, err) < 0) {
		json_decref(facets);
		return -1;
	}
	catalog_search(index, &query, portal_catalog_language(v), false, &found);
	l = listing_of(v, &query, index, &found);
	list = listing_api(&l);
	for (int f = 0; f < CATALOG_FACETS; f++)
		json_object_set_new(facets, catalog_asking.facets[f], facet_values(&l, f));
	json_object_set_new(list, "facets", facets);
	add_items(v, index, &found);
	json_object_set(list, "datasets", json_object_get(v->model, "items"));
	return visit_json(v, list, err);
}

int portal_catalog_api_variables(struct visit *v, struct err *err)
{
	AUTO_CATALOG_INDEX struct catalog_index *index = NULL;
	AUTO_SEARCH_RESULT struct search_result found = {0};
	AUTO_JSON json_t *list = NULL;
	json_t *rows;
	struct search_ask query = {0};
	struct listing l;

	if (listing_read(v, &catalog_variable_asking, &query, err) < 0 ||
	    portal_catalog_hold(v, &index, err) < 0)
		return -1;
	catalog_search_variables(index, &query, false, &found);
	l = (struct listing){v, "/catalog-variables", &catalog_variable_asking, &query, &found,
	    label_of, index};
	list = listing_api(&l);
	rows = json_array();
	for (size_t i = 0; i < found.documents.len; i++)
		json_array_append_new(rows,
		    portal_catalog_variable(v, index, found.documents.ptr[i]));
	json_object_set_new(list, "variables", rows);
	return visit_json(v, list, err);
}
