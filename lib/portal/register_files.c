/* What is fetched rather than read: exports, feed, sitemap, JSON. */
#include "portal/catalog_page.h"
#include "portal/register.h"

#include <stdio.h>

enum {
	FEED_ENTRIES = 50,
	SITEMAP_SHEETS = 20000, /* two addresses each; sitemaps.org allows 50,000 */
};

static int send_found(struct visit *v, const struct register_index *index,
    const struct search_result *found, enum register_format format, struct err *err)
{
	if (register_export_found(index, found, v->hub->conf.origin, format, &v->r->body, err) < 0)
		return -1;
	v->r->type = register_format_type(format);
	return 0;
}

/* "/register.csv?year=2025": all that the query finds. */
int portal_register_export(struct visit *v, struct err *err)
{
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	AUTO_SEARCH_RESULT struct search_result found = {0};
	struct search_ask query = {0};
	AUTO_FREE char *name = NULL;
	int format = 0;

	while (format < REGISTER_FORMATS - 1 &&
	       !view_ends(v->path, VIEW(register_format_suffix((enum register_format)format))))
		format++;
	if (portal_register_query(v, &query, err) < 0 ||
	    portal_register_hold(v, &index, err) < 0)
		return -1;
	register_query_run_all(&query, index, portal_register_language(v), &found);
	name = str_format("attachment; filename=\"register.%s\"",
	    register_format_suffix((enum register_format)format));
	http_add_header(v->r, "Content-Disposition", VIEW(name));
	return send_found(v, index, &found, (enum register_format)format, err);
}

/* "/register/R-1" leads to the page; "/register/R-1.ttl" and ".json" are the sheet itself. */
int portal_register_go(struct visit *v, struct err *err)
{
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	AUTO_FREE char *page = str_format("/register/%.*s", VIEW_ARG(v->params[0]));
	struct view name = v->params[0];

	if (portal_register_hold(v, &index, err) < 0)
		return -1;
	for (int f = REGISTER_AS_JSON; f <= REGISTER_AS_RDF; f++) {
		AUTO_FREE char *suffix = str_format(".%s",
		    register_format_suffix((enum register_format)f));
		struct view stem = {name.ptr, name.len - MIN(name.len, strlen(suffix))};
		int64_t document = register_index_find(index, stem);
		struct search_result one = {0};
		int status;

		if (!view_ends(name, VIEW(suffix)) || document < 0)
			continue;
		*vec_push(&one.documents) = (uint32_t)document;
		status = send_found(v, index, &one, (enum register_format)f, err);
		search_result_clear(&one);
		return status;
	}
	if (register_index_find(index, name) < 0)
		return visit_not_found(v, err);
	visit_go(v, page);
	return 0;
}

static int add_entry(struct visit *v, const struct register_index *index, uint32_t document,
    json_t *entries, struct err *err)
{
	const struct register_entry *e = register_index_entry(index, document);
	AUTO_JSON json_t *sheet = NULL;
	json_t *entry = json_object();

	json_array_append_new(entries, entry);
	if (register_index_sheet(index, document, &sheet, err) < 0)
		return -1;
	portal_register_words(v, entry, "title", sheet, "title");
	portal_register_words(v, entry, "summary", sheet, "summary");
	json_object_set(entry, "reference", json_object_get(sheet, "reference"));
	json_object_set_new(entry, "published", portal_register_time(e->first_at));
	json_object_set_new(entry, "updated", portal_register_time(e->changed_at));
	return 0;
}

/* Atom (RFC 4287) of what changed last, of the whole or of a filtered set. */
int portal_register_feed(struct visit *v, struct err *err)
{
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	AUTO_SEARCH_RESULT struct search_result found = {0};
	AUTO_STR struct str address = {0};
	struct search_ask query = {0};
	const struct search_step bare = {.query = &query, .facet = -1, .bare = true};
	json_t *entries = json_array();

	json_object_set_new(v->model, "entries", entries);
	if (portal_register_query(v, &query, err) < 0 ||
	    portal_register_hold(v, &index, err) < 0)
		return -1;
	query.order = "changed";
	query.page = 1;
	query.size = FEED_ENTRIES;
	register_query_run(&query, index, portal_register_language(v), &found);
	for (size_t i = 0; i < found.documents.len; i++)
		if (add_entry(v, index, found.documents.ptr[i], entries, err) < 0)
			return -1;
	json_object_set_new(v->model, "updated",
	    found.documents.len > 0
		? json_incref(json_object_get(json_array_get(entries, 0), "updated"))
		: portal_register_time(0));
	search_ask_address(&register_asking, &bare, &address);
	visit_set(v, "query", str_view(&address));
	visit_set(v, "origin", VIEW(v->hub->conf.origin));
	if (visit_page(v, "register_feed", err) < 0)
		return -1;
	v->r->type = "application/atom+xml; charset=utf-8";
	return 0;
}

static const char sitemap_space[] = "http://www.sitemaps.org/schemas/sitemap/0.9";

int portal_sitemap(struct visit *v, struct err *err)
{
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	size_t parts;

	if (portal_register_hold(v, &index, err) < 0)
		return -1;
	parts = register_index_count(index) / SITEMAP_SHEETS + 1;
	str_addf(&v->r->body,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"%s\">\n",
	    sitemap_space);
	for (size_t i = 1; i <= parts; i++)
		str_addf(&v->r->body, "<sitemap><loc>%s/sitemap/%zu.xml</loc></sitemap>\n",
		    v->hub->conf.origin, i);
	if (portal_catalog_sitemaps(v, err) < 0)
		return -1;
	str_addz(&v->r->body, "</sitemapindex>\n");
	v->r->type = "application/xml";
	return 0;
}

static void add_place(struct visit *v, const struct register_entry *e)
{
	char day[DATE_TEXT_SIZE];

	date_format((date_t)(e->changed_at / 86400000000), day);
	for (int l = 0; l < LANGUAGES; l++)
		str_addf(&v->r->body,
		    "<url><loc>%s/%s/register/%.*s</loc><lastmod>%s</lastmod></url>\n",
		    v->hub->conf.origin, language_codes[l], VIEW_ARG(e->reference), day);
}

int portal_sitemap_part(struct visit *v, struct err *err)
{
	const struct view datasets = VIEW_LIT("datasets-");
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	struct view name = v->params[0];
	const struct view tail = VIEW_LIT(".xml");
	int64_t part;
	size_t count;

	if (view_starts(name, datasets))
		return portal_catalog_sitemap(v,
		    (struct view){name.ptr + datasets.len, name.len - datasets.len}, err);
	if (!view_ends(name, tail) ||
	    !view_to_i64((struct view){name.ptr, name.len - tail.len}, &part))
		return visit_not_found(v, err);
	if (portal_register_hold(v, &index, err) < 0)
		return -1;
	count = register_index_count(index);
	if (part < 1 || (size_t)part > count / SITEMAP_SHEETS + 1)
		return visit_not_found(v, err);
	str_addf(&v->r->body,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"%s\">\n", sitemap_space);
	for (int l = 0; part == 1 && l < LANGUAGES; l++)
		str_addf(&v->r->body, "<url><loc>%s/%s/register</loc></url>\n",
		    v->hub->conf.origin, language_codes[l]);
	for (size_t i = (size_t)(part - 1) * SITEMAP_SHEETS;
	     i < count && i < (size_t)part * SITEMAP_SHEETS; i++)
		add_place(v, register_index_entry(index, (uint32_t)i));
	str_addz(&v->r->body, "</urlset>\n");
	v->r->type = "application/xml";
	return 0;
}
