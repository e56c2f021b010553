/* What a holder answers for, with the day by which it is to be looked at again. */
#include "portal/catalog_edit.h"

#include "portal/catalog_page.h"
#include "portal/entry.h"

struct holding {
	struct visit *v;
	struct catalog_index *index;
	struct catalog_attested attested;
	struct catalog_drafts drafts;
};

static void holding_clear(struct holding *h)
{
	catalog_index_release(&h->index);
	catalog_attested_clear(&h->attested);
	catalog_drafts_clear(&h->drafts);
}

static bool has_draft(const struct holding *h, struct view iri)
{
	for (size_t i = 0; i < h->drafts.all.len; i++)
		if (view_eq(VIEW(h->drafts.all.ptr[i].iri), iri))
			return true;
	return false;
}

date_t catalog_edit_due(const struct catalog_attested *a, const struct catalog_entry *e)
{
	const int64_t *at = map_find(&a->at, e->iri);

	return catalog_due(at ? MAX(*at, e->changed_at) : e->changed_at);
}

static json_t *item_of(const struct holding *h, uint32_t document)
{
	const struct catalog_entry *e = catalog_index_entry(h->index, document);
	json_t *item = portal_catalog_item(h->v, h->index, document);
	date_t due = catalog_edit_due(&h->attested, e);
	date_t today = (date_t)(h->v->q->now / 86400000000);
	char day[DATE_TEXT_SIZE];

	json_object_set_new(item, "due", json_string(date_format(due, day)));
	json_object_set_new(item, "late", json_boolean(due < today));
	json_object_set_new(item, "soon",
	    json_boolean(due >= today && due <= today + CATALOG_DUE_SOON_DAYS));
	json_object_set_new(item, "draft", json_boolean(has_draft(h, e->iri)));
	json_object_set_new(item, "may",
	    json_boolean(catalog_edit_may(h->v, e->publisher, e->name)));
	return item;
}

/* Drafts of what was never published: the public has no page of it. */
static void add_unpublished(const struct holding *h, json_t *drafts)
{
	const char *origin = h->v->hub->conf.origin;
	AUTO_FREE char *head = str_format("%s/dataset/", origin);

	for (size_t i = 0; i < h->drafts.all.len; i++) {
		const struct catalog_draft *d = &h->drafts.all.ptr[i];
		struct view iri = VIEW(d->iri), name = iri;

		if (catalog_index_find_iri(h->index, iri) >= 0 || !view_starts(iri, VIEW(head)))
			continue;
		name = VIEW(d->iri + strlen(head));
		if (catalog_edit_may(h->v, VIEW(d->organisation), name))
			json_array_append_new(drafts,
			    json_pack("{s:o, s:s}", "name", portal_text(name), "iri", d->iri));
	}
}

static int by_due(const void *a, const void *b)
{
	json_t *const *x = a, *const *y = b;
	int order = strcmp(json_string_value(json_object_get(*x, "due")),
	    json_string_value(json_object_get(*y, "due")));

	return order ? order
	             : strcmp(json_string_value(json_object_get(*x, "name")),
			   json_string_value(json_object_get(*y, "name")));
}

static json_t *sorted(const json_t *all)
{
	VEC(json_t *) list = {0};
	json_t *ret = json_array(), *one;
	size_t i;

	json_array_foreach(all, i, one)
	{
		*vec_push(&list) = one;
	}
	if (list.len)
		qsort(list.ptr, list.len, sizeof(*list.ptr), by_due);
	for (i = 0; i < list.len; i++)
		json_array_append(ret, list.ptr[i]);
	vec_clear(&list);
	return ret;
}

/* Administrators see all clocks, and change nothing that they do not answer for. */
int catalog_edit_list(struct visit *v, struct err *err)
{
	AUTO(holding_clear)
	struct holding h = {.v = v};
	AUTO_JSON json_t *all = json_array();
	json_t *drafts = json_array();
	bool sees_all = (v->roles & (ROLE_ADMIN | ROLE_OFFICER)) != 0;

	json_object_set_new(v->model, "drafts", drafts);
	if (portal_catalog_hold(v, &h.index, err) < 0 ||
	    catalog_held_list(v->hub->store, &h.attested, &h.drafts, err) < 0)
		return -1;
	for (size_t i = 0; i < catalog_index_count(h.index); i++) {
		const struct catalog_entry *e = catalog_index_entry(h.index, (uint32_t)i);

		if (sees_all || catalog_edit_may(v, e->publisher, e->name))
			json_array_append_new(all, item_of(&h, (uint32_t)i));
	}
	add_unpublished(&h, drafts);
	json_object_set_new(v->model, "items", sorted(all));
	json_object_set_new(v->model, "total", json_integer((json_int_t)json_array_size(all)));
	return visit_page(v, "catalog-held", err);
}
