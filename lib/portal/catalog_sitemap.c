/* Addresses of datasets for search engines (sitemaps.org). */
#include "portal/catalog_page.h"

enum { DATASETS_A_PART = 20000 }; /* two addresses each; sitemaps.org allows 50,000 */

int portal_catalog_sitemaps(struct visit *v, struct err *err)
{
	AUTO_CATALOG_INDEX struct catalog_index *index = NULL;
	size_t parts;

	if (portal_catalog_hold(v, &index, err) < 0)
		return -1;
	parts = catalog_index_count(index) / DATASETS_A_PART + 1;
	for (size_t i = 1; i <= parts; i++)
		str_addf(&v->r->body,
		    "<sitemap><loc>%s/sitemap/datasets-%zu.xml</loc></sitemap>\n",
		    v->hub->conf.origin, i);
	return 0;
}

static void add_place(struct visit *v, const struct catalog_entry *e)
{
	char day[DATE_TEXT_SIZE];

	date_format((date_t)(e->changed_at / 86400000000), day);
	for (int l = 0; l < LANGUAGES; l++)
		str_addf(&v->r->body,
		    "<url><loc>%s/%s/catalog/%.*s</loc><lastmod>%s</lastmod></url>\n",
		    v->hub->conf.origin, language_codes[l], VIEW_ARG(e->name), day);
}

int portal_catalog_sitemap(struct visit *v, struct view part, struct err *err)
{
	AUTO_CATALOG_INDEX struct catalog_index *index = NULL;
	const struct view tail = VIEW_LIT(".xml");
	int64_t number;
	size_t count;

	if (!view_ends(part, tail) ||
	    !view_to_i64((struct view){part.ptr, part.len - tail.len}, &number))
		return visit_not_found(v, err);
	if (portal_catalog_hold(v, &index, err) < 0)
		return -1;
	count = catalog_index_count(index);
	if (number < 1 || (size_t)number > count / DATASETS_A_PART + 1)
		return visit_not_found(v, err);
	str_addz(&v->r->body, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			      "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	for (size_t i = (size_t)(number - 1) * DATASETS_A_PART;
	     i < count && i < (size_t)number * DATASETS_A_PART; i++)
		add_place(v, catalog_index_entry(index, (uint32_t)i));
	str_addz(&v->r->body, "</urlset>\n");
	v->r->type = "application/xml";
	return 0;
}
