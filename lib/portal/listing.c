#include "portal/listing.h"

#include "portal/inside.h"
#include "report/cell.h"

enum { VALUES_SHOWN = 10 }; /* of a facet; the rest is folded */

int listing_read(const struct visit *v, const struct search_asking *asking, struct search_ask *ret,
    struct err *err)
{
	const struct http_pairs *pairs = &v->q->query;

	for (size_t i = 0; i < pairs->all.len; i++) {
		const struct http_pair *p = &pairs->all.ptr[i];

		if (v->route->kind == ROUTE_PAGE && !search_ask_knows(asking, p->name))
			continue;
		if (search_ask_add(ret, asking, p->name, p->value, err) < 0)
			return -1;
	}
	return 0;
}

void listing_set_address(const struct listing *l, json_t *into, const char *key,
    const struct search_step *s, const char *path)
{
	AUTO_STR struct str address = {0};
	AUTO_FREE char *full = NULL;

	search_ask_address(l->asking, s, &address);
	full = str_format("/%s%s%s", language_codes[l->v->language], path, str_get(&address));
	json_object_set_new(into, key, json_string(full));
}

json_t *listing_number(size_t n)
{
	AUTO_STR struct str text = {0};
	char digits[24];

	snprintf(digits, sizeof(digits), "%zu", n);
	report_add_shown(&text, REPORT_COUNT, digits, "\u202f");
	return json_string(str_get(&text));
}

json_t *listing_value(const struct listing *l, int facet, const struct search_count *c)
{
	const struct search_step s = {.query = l->query, .facet = facet, .value = c->value};
	struct view label = l->label(l, facet, c->value);
	json_t *value = json_object();

	json_object_set_new(value, "label", json_stringn(label.ptr, label.len));
	json_object_set_new(value, "count", listing_number(c->documents));
	json_object_set_new(value, "chosen", json_boolean(c->chosen));
	listing_set_address(l, value, "path", &s, l->path);
	return value;
}

/* The first values in sight, and those that are chosen; the others folded. */
void listing_add_facet(const struct listing *l, json_t *facets, int facet, json_t *values)
{
	json_t *shown = json_array(), *folded = json_array(), *value, *entry;
	const char *name = l->asking->facets[facet];
	size_t i;

	json_array_foreach(values, i, value)
	{
		json_array_append(i < VALUES_SHOWN || json_is_true(json_object_get(value, "chosen"))
				      ? shown
				      : folded,
		    value);
	}
	entry = json_pack("{s:s, s:b, s:o}", "name", name, name, 1, "values", shown);
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
						  l->asking->facets[c->facet], "value",
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

	json_object_set_new(m, "total", listing_number(l->found->total));
	json_object_set_new(m, "one", json_boolean(l->found->total == 1));
	json_object_set_new(m, "page", json_integer((json_int_t)page));
	json_object_set_new(m, "pages", json_integer((json_int_t)MAX(pages, 1)));
	if (page > 1) {
		s.page = MIN(page - 1, MAX(pages, 1));
		listing_set_address(l, m, "previous", &s, l->path);
	}
	if (page < pages) {
		s.page = page + 1;
		listing_set_address(l, m, "next", &s, l->path);
	}
}

static void add_links(const struct listing *l)
{
	const struct search_step bare = {.query = l->query, .facet = -1, .bare = true};
	const struct search_ask text_only = {.text = l->query->text, .order = l->query->order};
	const struct search_step all = {.query = &text_only, .facet = -1};
	AUTO_FREE char *feed = str_format("%s/feed.atom", l->path);
	AUTO_STR struct str address = {0};
	json_t *language;
	size_t i;

	search_ask_address(l->asking, &bare, &address);
	json_object_set_new(l->v->model, "bare", json_string(str_get(&address)));
	listing_set_address(l, l->v->model, "feed", &bare, feed);
	if (l->query->choice_count > 0)
		listing_set_address(l, l->v->model, "without", &all, l->path);
	json_array_foreach(json_object_get(l->v->model, "languages"), i, language)
	{
		const struct search_step same = {
		    .query = l->query, .facet = -1, .page = l->query->page};
		AUTO_STR struct str path = {0};

		search_ask_address(l->asking, &same, &path);
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

void listing_fill(const struct listing *l)
{
	add_hidden(l);
	add_pages(l);
	add_links(l);
	add_order(l);
}

json_t *listing_api(const struct listing *l)
{
	const struct search_ask *q = l->query;
	size_t size = q->size ? q->size : SEARCH_PAGE_DEFAULT, page = q->page ? q->page : 1;
	const struct search_step s = {.query = q, .facet = -1, .page = page + 1};
	json_t *list = json_pack("{s:I, s:I, s:I}", "total", (json_int_t)l->found->total, "page",
	    (json_int_t)page, "size", (json_int_t)size);

	if (page * size < l->found->total) {
		AUTO_STR struct str address = {0};

		search_ask_address(l->asking, &s, &address);
		json_object_set_new(list, "next",
		    json_sprintf("/api/v1%s%s", l->path, str_get(&address)));
	}
	return list;
}
