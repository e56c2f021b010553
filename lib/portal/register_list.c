/* The list of projects: search, facets as links, one page at a time. */
#include "portal/listing.h"
#include "portal/register.h"

#include "portal/catalog_page.h"

static void add_names(json_t *into, const json_t *sheet)
{
	AUTO_STR struct str names = {0};
	json_t *body;
	size_t i;

	json_array_foreach(json_object_get(sheet, "controllers"), i, body)
	{
		if (i > 0)
			str_addz(&names, ", ");
		str_add(&names, register_sheet_text(body, "name"));
	}
	json_object_set_new(into, "controllers", json_string(str_get(&names)));
}

int portal_register_item(struct visit *v, const struct register_index *index, uint32_t document,
    json_t *items, struct err *err)
{
	AUTO_JSON json_t *sheet = NULL;
	AUTO_FREE char *path = NULL;
	struct view status;
	json_t *item;

	if (register_index_sheet(index, document, &sheet, err) < 0)
		return -1;
	item = json_object();
	json_array_append_new(items, item);
	portal_register_words(v, item, "title", sheet, "title");
	json_object_set(item, "reference", json_object_get(sheet, "reference"));
	portal_register_day(item, sheet, "received");
	status = register_label(REGISTER_STATUS, register_sheet_text(sheet, "status"),
	    portal_register_language(v));
	json_object_set_new(item, "status", json_stringn(status.ptr, status.len));
	add_names(item, sheet);
	json_object_set_new(item, "domains",
	    portal_register_labels(v, json_object_get(sheet, "domains"), REGISTER_DOMAIN));
	json_object_set_new(item, "sources", portal_register_sources(v, sheet));
	path = str_format("/%s/register/%s", language_codes[v->language],
	    json_string_value(json_object_get(sheet, "reference")));
	json_object_set_new(item, "path", json_string(path));
	return 0;
}

static int add_items(const struct listing *l, struct err *err)
{
	json_t *items = json_array();

	json_object_set_new(l->v->model, "items", items);
	for (size_t i = 0; i < l->found->documents.len; i++)
		if (portal_register_item(l->v, l->index, l->found->documents.ptr[i], items,
			err) < 0)
			return -1;
	return 0;
}

static struct view label_of(const struct listing *l, int facet, struct view value)
{
	enum register_list list = register_facet_list((enum register_facet)facet);
	struct view label = list == REGISTER_LISTS
	                        ? value
	                        : register_label(list, value, portal_register_language(l->v));
	const char *slash = memchr(label.ptr, '/', label.len);

	if (facet == REGISTER_BY_SOURCE && slash && view_eq(label, value))
		label = (struct view){slash + 1, (size_t)(label.ptr + label.len - slash - 1)};
	if (facet == REGISTER_BY_SOURCE && view_starts(label, VIEW_LIT("http")))
		label = portal_catalog_called(l->v, label);
	return label;
}

static bool is_component(struct view value)
{
	return memchr(value.ptr, '/', value.len) != NULL;
}

/* A source, and its components below it. */
static void add_source(const struct listing *l, json_t *values, const struct search_count *source)
{
	json_t *parent = listing_value(l, REGISTER_BY_SOURCE, source), *parts = json_array();
	AUTO_FREE char *head = str_format("%.*s/", VIEW_ARG(source->value));

	json_array_append_new(values, parent);
	for (size_t i = 0; i < l->found->facet[REGISTER_BY_SOURCE].counts.len; i++) {
		const struct search_count *c = &l->found->facet[REGISTER_BY_SOURCE].counts.ptr[i];

		if (view_starts(c->value, VIEW(head)))
			json_array_append_new(parts, listing_value(l, REGISTER_BY_SOURCE, c));
	}
	json_object_set_new(parent, "parts", parts);
	json_object_set_new(parent, "has_parts", json_boolean(json_array_size(parts) > 0));
}

static int latest_first(const void *a, const void *b)
{
	const struct search_count *x = a, *y = b;

	return view_cmp(y->value, x->value);
}

static json_t *list_values(const struct listing *l, enum register_facet facet)
{
	json_t *values = json_array();
	VEC(struct search_count) counts = {0};

	for (size_t i = 0; i < l->found->facet[facet].counts.len; i++)
		*vec_push(&counts) = l->found->facet[facet].counts.ptr[i];
	if (facet == REGISTER_BY_YEAR && counts.len > 0)
		qsort(counts.ptr, counts.len, sizeof(*counts.ptr), latest_first);
	for (size_t i = 0; i < counts.len; i++) {
		if (facet != REGISTER_BY_SOURCE)
			json_array_append_new(values, listing_value(l, facet, &counts.ptr[i]));
		else if (!is_component(counts.ptr[i].value))
			add_source(l, values, &counts.ptr[i]);
	}
	vec_clear(&counts);
	return values;
}

static struct listing listing_of(struct visit *v, const struct search_ask *query,
    const struct register_index *index, const struct search_result *found)
{
	return (struct listing){v, "/register", &register_asking, query, found, label_of, index};
}

int portal_register_list(struct visit *v, struct err *err)
{
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	AUTO_SEARCH_RESULT struct search_result found = {0};
	struct search_ask query = {0};
	json_t *facets = json_array();
	struct listing page;

	json_object_set_new(v->model, "facets", facets);
	if (portal_register_query(v, &query, err) < 0 ||
	    portal_register_hold(v, &index, err) < 0)
		return -1;
	register_query_run(&query, index, portal_register_language(v), &found);
	page = listing_of(v, &query, index, &found);
	if (add_items(&page, err) < 0)
		return -1;
	for (int f = 0; f < REGISTER_FACETS; f++) {
		AUTO_JSON json_t *values = list_values(&page, (enum register_facet)f);

		listing_add_facet(&page, facets, f, values);
	}
	listing_fill(&page);
	return visit_page(v, "register", err);
}

/* Open data by year: the same addresses for good. */
int portal_register_years(struct visit *v, struct err *err)
{
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	AUTO_SEARCH_RESULT struct search_result found = {0};
	const struct search_ask query = {.size = 1};
	struct listing l;

	if (portal_register_hold(v, &index, err) < 0)
		return -1;
	register_query_run(&query, index, portal_register_language(v), &found);
	l = listing_of(v, &query, index, &found);
	json_object_set_new(v->model, "years", list_values(&l, REGISTER_BY_YEAR));
	json_object_set_new(v->model, "total", listing_number(found.total));
	return visit_page(v, "register_years", err);
}
