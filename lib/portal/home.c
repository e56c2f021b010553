/* The first page: three ways in, and what is new. */
#include "portal/catalog_page.h"
#include "portal/register.h"

enum { LATEST = 5 };

static int add_datasets(struct visit *v, struct err *err)
{
	AUTO_CATALOG_INDEX struct catalog_index *index = NULL;
	AUTO_SEARCH_RESULT struct search_result found = {0};
	const struct search_ask query = {.order = "changed", .size = LATEST};
	json_t *items = json_array();

	if (portal_catalog_hold(v, &index, err) < 0) {
		json_decref(items);
		return -1;
	}
	catalog_search(index, &query, portal_catalog_language(v), false, &found);
	for (size_t i = 0; i < found.documents.len; i++)
		json_array_append_new(items,
		    portal_catalog_item(v, index, found.documents.ptr[i]));
	json_object_set_new(v->model, "dataset_count", listing_number(found.total));
	visit_set_list(v, "datasets", "items", items);
	return 0;
}

static int add_projects(struct visit *v, struct err *err)
{
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	AUTO_SEARCH_RESULT struct search_result found = {0};
	const struct search_ask query = {.order = "changed", .size = LATEST};
	json_t *items = json_array();
	int status;

	status = portal_register_hold(v, &index, err);
	if (status == 0)
		register_query_run(&query, index, portal_register_language(v), &found);
	for (size_t i = 0; status == 0 && i < found.documents.len; i++)
		status = portal_register_item(v, index, found.documents.ptr[i], items, err);
	json_object_set_new(v->model, "project_count", listing_number(found.total));
	visit_set_list(v, "projects", "items", items);
	return status;
}

int portal_home(struct visit *v, struct err *err)
{
	if (add_datasets(v, err) < 0 || add_projects(v, err) < 0)
		return -1;
	return visit_page(v, "home", err);
}
