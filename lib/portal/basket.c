/*
 * The basket: names of datasets in a cookie, so that it works signed out and
 * without scripts; side by side; the beginning of an application.
 */
#include "portal/catalog_page.h"
#include "portal/desk_pages.h"
#include "portal/entry.h"

enum { BASKET_MAX = 30,
	BASKET_DAYS = 30,
	COMPARED_MAX = 6 };

static const char cookie[] = "hygie-basket";

struct basket {
	struct view names[BASKET_MAX];
	size_t count;
};

/* What a cookie may hold (RFC 6265, section 4.1.1), and separates nothing. */
static bool is_name(struct view name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!((name.ptr[i] | 32) >= 'a' && (name.ptr[i] | 32) <= 'z') &&
		    !(name.ptr[i] >= '0' && name.ptr[i] <= '9') &&
		    (!name.ptr[i] || !strchr("-._~%", name.ptr[i])))
			return false;
	return name.len > 0 && name.len <= 120;
}

static void put(struct basket *b, struct view name)
{
	for (size_t i = 0; i < b->count; i++)
		if (view_eq(b->names[i], name))
			return;
	if (b->count < BASKET_MAX && is_name(name))
		b->names[b->count++] = name;
}

static void take(struct basket *b, struct view name)
{
	size_t kept = 0;

	for (size_t i = 0; i < b->count; i++)
		if (!view_eq(b->names[i], name))
			b->names[kept++] = b->names[i];
	b->count = kept;
}

static void read_basket(const struct visit *v, struct basket *b)
{
	struct view rest = http_cookie(v->q, cookie), name;

	*b = (struct basket){.count = 0};
	while (view_next(&rest, '!', &name))
		put(b, name);
}

static void keep_basket(struct visit *v, const struct basket *b)
{
	AUTO_STR struct str text = {0};

	for (size_t i = 0; i < b->count; i++) {
		if (i > 0)
			str_addc(&text, '!');
		str_add(&text, b->names[i]);
	}
	http_set_cookie(v->r, cookie, str_view(&text), b->count ? BASKET_DAYS * 86400 : 0,
	    v->portal->tls);
}

/* "/catalog/x" of this form, or "/basket". */
static const char *back(struct visit *v)
{
	struct view to = http_form(v->q, "back");

	return view_starts(to, VIEW_LIT("/catalog")) && !memchr(to.ptr, '\\', to.len)
	           ? arena_strdup(&v->q->memory, to)
	           : "/basket";
}

int portal_basket_change(struct visit *v, struct err *err)
{
	struct view act = http_form(v->q, "act"), name = http_form(v->q, "dataset");
	struct basket b;

	(void)err;
	read_basket(v, &b);
	if (view_eq(act, VIEW_LIT("remove")))
		take(&b, name);
	else if (view_eq(act, VIEW_LIT("clear")))
		b.count = 0;
	else
		put(&b, name);
	keep_basket(v, &b);
	visit_go(v, back(v));
	return 0;
}

bool portal_basket_has(const struct visit *v, struct view name)
{
	struct basket b;

	read_basket(v, &b);
	for (size_t i = 0; i < b.count; i++)
		if (view_eq(b.names[i], name))
			return true;
	return false;
}

size_t portal_basket_count(const struct visit *v)
{
	struct basket b;

	read_basket(v, &b);
	return b.count;
}

/*
 * The procedure that fits: none for what is public; the EHDS's application from its day
 * (Regulation (EU) 2025/327, article 105: 26 March 2029); before it the standard one.
 */
static const char *suggest(const struct visit *v, bool all_public)
{
	const date_t ehds = date_from_civil(2029, 3, 26);
	const char *id = desk_today(v) >= ehds ? "ehds-application" : "standard";

	return all_public || !desk_law_current(v->portal->law, VIEW(id), desk_today(v)) ? "" : id;
}

static void add_procedures(struct visit *v, const char *suggested)
{
	const struct desk_law *law = v->portal->law;
	json_t *all = json_array();

	for (size_t i = 0; i < desk_law_count(law); i++) {
		const struct desk_route *r = desk_law_route(law, i);

		if (desk_law_current(law, VIEW(r->id), desk_today(v)) != r)
			continue;
		json_array_append_new(all,
		    json_pack("{s:s, s:s, s:b}", "id", r->id, "label", r->name[v->language],
			"suggested", strcmp(r->id, suggested) == 0));
		if (strcmp(r->id, suggested) == 0)
			visit_set(v, "suggested", VIEW(r->name[v->language]));
	}
	json_object_set_new(v->model, "procedures", all);
}

int portal_basket(struct visit *v, struct err *err)
{
	AUTO_CATALOG_INDEX struct catalog_index *index = NULL;
	json_t *items = json_array();
	bool all_public = true;
	struct basket b;

	json_object_set_new(v->model, "items", items);
	if (portal_catalog_hold(v, &index, err) < 0)
		return -1;
	read_basket(v, &b);
	for (size_t i = 0; i < b.count; i++) {
		int64_t at = catalog_index_find(index, b.names[i]);

		if (at < 0)
			continue;
		json_array_append_new(items, portal_catalog_item(v, index, (uint32_t)at));
		all_public &= view_eq(catalog_index_entry(index, (uint32_t)at)->access,
		    VIEW_LIT("PUBLIC"));
	}
	json_object_set_new(v->model, "has_items", json_boolean(json_array_size(items) > 0));
	json_object_set_new(v->model, "all_public", json_boolean(all_public));
	json_object_set_new(v->model, "several", json_boolean(json_array_size(items) > 1));
	add_procedures(v, suggest(v, all_public));
	entry_open_form(v);
	return visit_page(v, "catalog-basket", err);
}

/* Names and values of one field, a column for each dataset. */
static json_t *row_of(const struct visit *v, const char *label, const char *key,
    const json_t *datasets)
{
	struct view name = visit_text(v, label);
	json_t *cells = json_array(), *d, *one;
	size_t i, k;

	json_array_foreach(datasets, i, d)
	{
		json_t *value = json_object_get(d, key), *text;
		AUTO_STR struct str all = {0};

		if (json_is_object(value))
			value = json_object_get(value, "text");
		json_array_foreach(value, k, one)
		{
			text = json_is_object(one) ? json_object_get(one, "text") : one;
			if (all.len > 0)
				str_addz(&all, ", ");
			str_addz(&all, json_string_value(text) ? json_string_value(text) : "");
		}
		if (json_is_string(value))
			str_addz(&all, json_string_value(value));
		if (json_is_integer(value))
			str_addf(&all, "%lld", (long long)json_integer_value(value));
		json_array_append_new(cells, json_string(all.len ? str_get(&all) : "–"));
	}
	return json_pack("{s:s%, s:o}", "label", name.ptr, name.len, "cells", cells);
}

static json_t *rows_of(const struct visit *v, const json_t *datasets)
{
	static const char *const rows[][2] = {{"Held by", "publisher"}, {"Access", "access"},
	    {"Description", "description"}, {"Health category", "categories"},
	    {"Health theme", "themes"}, {"Population covered", "population"},
	    {"Persons", "individuals"}, {"Records", "records"}, {"Time covered", "period"},
	    {"Place", "places"}, {"Updated", "frequency"}, {"Coding systems", "coding"},
	    {"Variables", "variables"}, {"Legal basis", "legal"}};
	json_t *all = json_array();

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		json_array_append_new(all, row_of(v, rows[i][0], rows[i][1], datasets));
	return all;
}

int portal_basket_compare(struct visit *v, struct err *err)
{
	AUTO_CATALOG_INDEX struct catalog_index *index = NULL;
	AUTO_JSON json_t *datasets = json_array();
	struct basket b;

	if (portal_catalog_hold(v, &index, err) < 0)
		return -1;
	read_basket(v, &b);
	for (size_t i = 0; i < b.count && json_array_size(datasets) < COMPARED_MAX; i++) {
		int64_t at = catalog_index_find(index, b.names[i]);
		AUTO_GRAPH struct rdf_graph g = {0};

		if (at < 0)
			continue;
		if (catalog_dataset_read(v->hub->store,
			catalog_index_entry(index, (uint32_t)at)->iri, &g, err) < 0)
			return -1;
		json_array_append_new(datasets,
		    portal_catalog_dataset(v, index, &g, (uint32_t)at));
	}
	json_object_set(v->model, "datasets", datasets);
	json_object_set_new(v->model, "has_datasets", json_boolean(json_array_size(datasets) > 0));
	json_object_set_new(v->model, "rows", rows_of(v, datasets));
	return visit_page(v, "catalog-compare", err);
}
