/* Values of a graph as a page shows them. */
#include "portal/catalog_page.h"

uint32_t portal_graph_term(const struct rdf_graph *g, const char *iri)
{
	return rdf_find_iri(g, VIEW(iri));
}

const struct rdf_quad *portal_graph_values(const struct rdf_graph *g, uint32_t subject,
    const char *property, size_t *ret_count)
{
	uint32_t p = portal_graph_term(g, property);

	*ret_count = 0;
	return p && subject ? rdf_values(g, subject, p, ret_count) : NULL;
}

struct view portal_graph_first(const struct rdf_graph *g, uint32_t subject, const char *property)
{
	size_t count;
	const struct rdf_quad *q = portal_graph_values(g, subject, property, &count);

	return count > 0 ? rdf_term(g, q->object)->text : VIEW_NONE;
}

/* 2: the visitor's language; 1: none is said; 0: another. */
static int closeness(const struct visit *v, const struct rdf_term *t)
{
	const char *mine = language_codes[v->language];

	if (t->lang.len >= 2 && view_eq_nocase((struct view){t->lang.ptr, 2}, VIEW(mine)))
		return 2;
	return t->lang.len == 0;
}

static json_t *words_of(const struct visit *v, const struct rdf_term *t)
{
	json_t *words = json_pack("{s:s%, s:n}", "text", t->text.ptr, t->text.len, "lang");

	if (closeness(v, t) == 0)
		json_object_set_new(words, "lang", json_stringn(t->lang.ptr, t->lang.len));
	return words;
}

json_t *portal_graph_text(const struct visit *v, const struct rdf_graph *g, uint32_t subject,
    const char *property)
{
	const struct rdf_term *best = NULL;
	size_t count;
	const struct rdf_quad *q = portal_graph_values(g, subject, property, &count);

	for (size_t i = 0; i < count; i++) {
		const struct rdf_term *t = rdf_term(g, q[i].object);

		if (t->kind == RDF_LITERAL && (!best || closeness(v, t) > closeness(v, best)))
			best = t;
	}
	return best ? words_of(v, best) : NULL;
}

json_t *portal_graph_inner_texts(const struct visit *v, const struct rdf_graph *g,
    uint32_t subject, const char *property, const char *const *inner)
{
	json_t *all = json_array();
	size_t count;
	const struct rdf_quad *q = portal_graph_values(g, subject, property, &count);

	for (size_t i = 0; i < count; i++) {
		const struct rdf_term *t = rdf_term(g, q[i].object);
		json_t *words = t->kind == RDF_LITERAL ? words_of(v, t) : NULL;

		for (size_t k = 0; !words && inner[k]; k++)
			words = portal_graph_text(v, g, q[i].object, inner[k]);
		if (words)
			json_array_append_new(all, words);
		else if (t->kind == RDF_IRI)
			json_array_append_new(all, words_of(v, t));
	}
	return all;
}

json_t *portal_text(struct view text)
{
	return json_stringn(text.ptr ? text.ptr : "", text.len);
}

json_t *portal_graph_names(const struct visit *v, const struct catalog_index *i,
    const struct rdf_graph *g, uint32_t subject, const char *property)
{
	json_t *all = json_array();
	size_t count;
	const struct rdf_quad *q = portal_graph_values(g, subject, property, &count);

	for (size_t k = 0; k < count; k++) {
		const struct rdf_term *t = rdf_term(g, q[k].object);
		struct view name = catalog_index_name(i, t->text, portal_catalog_language(v));

		if (t->kind != RDF_BLANK)
			json_array_append_new(all, portal_text(name.len ? name : t->text));
	}
	return all;
}
