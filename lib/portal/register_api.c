/* The register as JSON. */
#include "portal/listing.h"
#include "portal/register.h"

static json_t *facet_values(const struct search_result *found, enum register_facet facet)
{
	enum register_list list = register_facet_list(facet);
	json_t *values = json_array();

	for (size_t i = 0; i < found->facet[facet].counts.len; i++) {
		const struct search_count *c = &found->facet[facet].counts.ptr[i];
		const struct register_term *t =
		    list == REGISTER_LISTS ? NULL : register_term_find(list, c->value);
		json_t *value = json_pack("{s:s%, s:i, s:b}", "value", c->value.ptr, c->value.len,
		    "count", (int)c->documents, "chosen", c->chosen);

		if (t)
			json_object_set_new(value, "label",
			    json_pack("{s:s%, s:s%}", "en", t->label[REGISTER_ENGLISH].ptr,
				t->label[REGISTER_ENGLISH].len, "fr",
				t->label[REGISTER_FRENCH].ptr, t->label[REGISTER_FRENCH].len));
		json_array_append_new(values, value);
	}
	return values;
}

static json_t *list_of(struct visit *v, const struct search_ask *q,
    const struct search_result *found)
{
	const struct listing l = {v, "/register", &register_asking, q, found, NULL, NULL};
	json_t *list = listing_api(&l), *facets = json_object();

	json_object_set_new(list, "facets", facets);
	for (int f = 0; f < REGISTER_FACETS; f++)
		json_object_set_new(facets, register_facet_names[f],
		    facet_values(found, (enum register_facet)f));
	return list;
}

int portal_register_api(struct visit *v, struct err *err)
{
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	AUTO_SEARCH_RESULT struct search_result found = {0};
	AUTO_JSON json_t *list = NULL;
	struct search_ask query = {0};
	json_t *sheets = json_array();

	json_object_set_new(v->model, "sheets", sheets);
	if (portal_register_query(v, &query, err) < 0 ||
	    portal_register_hold(v, &index, err) < 0)
		return -1;
	register_query_run(&query, index, portal_register_language(v), &found);
	for (size_t i = 0; i < found.documents.len; i++) {
		json_t *sheet = NULL;

		if (register_index_sheet(index, found.documents.ptr[i], &sheet, err) < 0)
			return -1;
		json_array_append_new(sheets, sheet);
	}
	list = list_of(v, &query, &found);
	json_object_set(list, "sheets", sheets);
	return visit_json(v, list, err);
}

int portal_register_api_sheet(struct visit *v, struct err *err)
{
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	AUTO_JSON json_t *sheet = NULL;
	uint32_t document;

	return portal_register_open(v, &index, &document, &sheet, err) < 0
	           ? -1
	           : visit_json(v, sheet, err);
}
