/* The list of projects: search, facets as links, one page at a time. */
#include "portal/register.h"

enum { VALUES_SHOWN = 10 }; /* of a facet; the rest is folded */

/* What the parts of one page share. */
struct listing {
	struct visit *v;
	const struct search_ask *query;
	const struct register_index *index;
	const struct search_result *found;
};

static void set_address(const struct listing *l, json_t *into, const char *key,
    const struct search_step *s, const char *path)
{
	AUTO_STR struct str address = {0};
	AUTO_FREE char *full = NULL;

	search_ask_address(&register_asking, s, &address);
	full = str_format("/%s%s%s", language_codes[l->v->language], path, str_get(&address));
	json_object_set_new(into, key, json_string(full));
}

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

static int add_item(const struct listing *l, json_t *items, uint32_t document, struct err *err)
{
	AUTO_JSON json_t *sheet = NULL;
	AUTO_FREE char *path = NULL;
	struct view status;
	json_t *item;

	if (register_index_sheet(l->index, document, &sheet, err) < 0)
		return -1;
	item = json_object();
	json_array_append_new(items, item);
	portal_register_words(l->v, item, "title", sheet, "title");
	json_object_set(item, "reference", json_object_get(sheet, "reference"));
	portal_register_day(l->v, item, sheet, "received");
	status = register_label(REGISTER_STATUS, register_sheet_text(sheet, "status"),
	    portal_register_language(l->v));
	json_object_set_new(item, "status", json_stringn(status.ptr, status.len));
	add_names(item, sheet);
	json_object_set_new(item, "domains",
	    portal_register_labels(l->v, json_object_get(sheet, "domains"), REGISTER_DOMAIN));
	json_object_set_new(item, "sources", portal_register_sources(l->v, sheet));
	path = str_format("/%s/register/%s", language_codes[l->v->language],
	    json_string_value(json_object_get(sheet, "reference")));
	json_object_set_new(item, "path", json_string(path));
	return 0;
}

static int add_items(const struct listing *l, struct err *err)
{
	json_t *items = json_array();

	json_object_set_new(l->v->model, "items", items);
	for (size_t i = 0; i < l->found->documents.len; i++)
		if (add_item(l, items, l->found->documents.ptr[i], err) < 0)
			return -1;
	return 0;
}

static json_t *make_value(const struct listing *l, enum register_facet facet,
    const struct search_count *c)
{
	const struct search_step s = {.query = l->query, .facet = (int)facet, .value = c->value};
	enum register_list list = register_facet_list(facet);
	struct view label = list == REGISTER_LISTS
	                        ? c->value
	                        : register_label(list, c->value, portal_register_language(l->v));
	const char *slash = memchr(label.ptr, '/', label.len);
	json_t *value = json_object();

	if (facet == REGISTER_BY_SOURCE && slash && view_eq(label, c->value))
		label = (struct view){slash + 1, (size_t)(label.ptr + label.len - slash - 1)};
	json_object_set_new(value, "label", json_stringn(label.ptr, label.len));
	json_object_set_new(value, "count", json_integer(c->documents));
	json_object_set_new(value, "chosen", json_boolean(c->chosen));
	set_address(l, value, "path", &s, "/register");
	return value;
}

static bool is_component(struct view value)
{
	return memchr(value.ptr, '/', value.len) != NULL;
}

/* A source, and its components below it. */
static void add_source(const struct listing *l, json_t *values, const struct search_count *source)
{
	json_t *parent = make_value(l, REGISTER_BY_SOURCE, source), *parts = json_array();
	AUTO_FREE char *head = str_format("%.*s/", VIEW_ARG(source->value));

	json_array_append_new(values, parent);
	for (size_t i = 0; i < l->found->facet[REGISTER_BY_SOURCE].counts.len; i++) {
		const struct search_count *c = &l->found->facet[REGISTER_BY_SOURCE].counts.ptr[i];

		if (view_starts(c->value, VIEW(head)))
			json_array_append_new(parts, make_value(l, REGISTER_BY_SOURCE, c));
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
			json_array_append_new(values, make_value(l, facet, &counts.ptr[i]));
		else if (!is_component(counts.ptr[i].value))
			add_source(l, values, &counts.ptr[i]);
	}
	vec_clear(&counts);
	return values;
}

/* The first values in sight, and those that are chosen; the others folded. */
static void add_facet(const struct listing *l, json_t *facets, enum register_facet facet)
{
	AUTO_JSON json_t *values = list_values(l, facet);
	json_t *shown = json_array(), *folded = json_array(), *value, *entry;
	size_t i;

	json_array_foreach(values, i, value)
	{
		json_array_append(i < VALUES_SHOWN || json_is_true(json_object_get(value, "chosen"))
				      ? shown
				      : folded,
		    value);
	}
	entry = json_pack("{s:s, s:b, s:o}", "name", register_facet_names[facet],
	    register_facet_names[facet], 1, "values", shown);
	if (json_array_size(folded) > 0)
		json_object_set_new(entry, "more",
		    json_integer((json_int_t)json_array_size(folded)));
	json_object_set_new(entry, "folded", folded);
	if (json_array_size(shown) > 0)
		json_array_append_new(facets, entry);
	else
		json_decref(entry);
}

/* What the form must carry on. */
static void add_hidden(const struct listing *l)
{
	json_t *hidden = json_array();

	for (size_t i = 0; i < l->query->choice_count; i++) {
		const struct search_choice *c = &l->query->choices[i];

		json_array_append_new(hidden, json_pack("{s:s, s:s%}", "name",
						  register_facet_names[c->facet], "value",
						  c->value.ptr, c->value.len));
	}
	json_object_set_new(l->v->model, "hidden", hidden);
}

static void add_pages(const struct listing *l)
{
	size_t size = l->query->size ? l->query->size : SEARCH_PAGE_DEFAULT;
	size_t page = l->query->page ? l->query->page : 1;
	size_t pages = (l->found->total + size - 1) / size;
	struct search_step s = {.query = l->query, .facet = -1};
	json_t *m = l->v->model;

	json_object_set_new(m, "total", json_integer((json_int_t)l->found->total));
	json_object_set_new(m, "one", json_boolean(l->found->total == 1));
	json_object_set_new(m, "page", json_integer((json_int_t)page));
	json_object_set_new(m, "pages", json_integer((json_int_t)MAX(pages, 1)));
	if (page > 1) {
		s.page = MIN(page - 1, MAX(pages, 1));
		set_address(l, m, "previous", &s, "/register");
	}
	if (page < pages) {
		s.page = page + 1;
		set_address(l, m, "next", &s, "/register");
	}
}

static void add_links(const struct listing *l)
{
	const struct search_step bare = {.query = l->query, .facet = -1, .bare = true};
	const struct search_ask text_only = {.text = l->query->text, .order = l->query->order};
	const struct search_step all = {.query = &text_only, .facet = -1};
	AUTO_STR struct str address = {0};
	json_t *language;
	size_t i;

	search_ask_address(&register_asking, &bare, &address);
	json_object_set_new(l->v->model, "bare", json_string(str_get(&address)));
	set_address(l, l->v->model, "feed", &bare, "/register/feed.atom");
	if (l->query->choice_count > 0)
		set_address(l, l->v->model, "without", &all, "/register");
	json_array_foreach(json_object_get(l->v->model, "languages"), i, language)
	{
		const struct search_step same = {
		    .query = l->query, .facet = -1, .page = l->query->page};
		AUTO_STR struct str path = {0};

		search_ask_address(&register_asking, &same, &path);
		json_object_set_new(language, "path",
		    json_sprintf("%s%s", json_string_value(json_object_get(language, "path")),
			str_get(&path)));
	}
}

/* Only an order that was asked for is shown as chosen: words typed later rank by themselves. */
static void add_order(const struct listing *l)
{
	AUTO_FREE char *key = str_format("sort_%s", l->query->order ? l->query->order : "usual");

	json_object_set_new(l->v->model, key, json_true());
	visit_set(l->v, "q", l->query->text);
}

int portal_register_list(struct visit *v, struct err *err)
{
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	AUTO_SEARCH_RESULT struct search_result found = {0};
	struct search_ask query = {0};
	struct listing page = {v, &query, NULL, &found};
	json_t *facets = json_array();

	json_object_set_new(v->model, "facets", facets);
	if (portal_register_query(v, &query, err) < 0 ||
	    portal_register_hold(v, &index, err) < 0)
		return -1;
	page.index = index;
	register_query_run(&query, index, portal_register_language(v), &found);
	if (add_items(&page, err) < 0)
		return -1;
	for (int f = 0; f < REGISTER_FACETS; f++)
		add_facet(&page, facets, (enum register_facet)f);
	add_hidden(&page);
	add_pages(&page);
	add_links(&page);
	add_order(&page);
	return visit_page(v, "register", err);
}

/* Open data by year: the same addresses for good. */
int portal_register_years(struct visit *v, struct err *err)
{
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	AUTO_SEARCH_RESULT struct search_result found = {0};
	const struct search_ask query = {.size = 1};
	const struct listing l = {v, &query, NULL, &found};

	if (portal_register_hold(v, &index, err) < 0)
		return -1;
	register_query_run(&query, index, portal_register_language(v), &found);
	json_object_set_new(v->model, "years", list_values(&l, REGISTER_BY_YEAR));
	json_object_set_new(v->model, "total", json_integer((json_int_t)found.total));
	return visit_page(v, "register_years", err);
}
