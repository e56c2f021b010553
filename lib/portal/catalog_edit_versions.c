/* Versions of a description with what changed, and conflicts between sources. */
#include "portal/catalog_edit.h"

#include "catalog/merge.h"
#include "catalog/rdf.h"
#include "portal/catalog_page.h"
#include "portal/register.h"

enum {
	CONFLICTS_SHOWN = 50,
	CONFLICTS_MAX = 10000,
	VERSIONS_SHOWN = 50,
};

/* "dct:title" and the rest of a statement, for people. */
static json_t *statement_of(struct view line)
{
	struct view rest = line, subject, predicate = VIEW_NONE, prefix, name;
	json_t *property;

	(void)(view_next(&rest, ' ', &subject) && view_next(&rest, ' ', &predicate));
	if (predicate.len > 2)
		predicate = (struct view){predicate.ptr + 1, predicate.len - 2};
	property = rdf_compact(predicate, &prefix, &name)
	               ? json_sprintf("%.*s:%.*s", VIEW_ARG(prefix), VIEW_ARG(name))
	               : portal_text(predicate);
	if (view_ends(rest, VIEW_LIT(" .")))
		rest.len -= 2;
	return json_pack("{s:o, s:o}", "property", property, "value", portal_text(rest));
}

/* What stands in one text and not in the other. */
static json_t *only_in(struct view body, struct view other)
{
	AUTO_MAP struct map lines = {0};
	json_t *all = json_array();
	struct view line;

	while (view_next(&other, '\n', &line))
		if (line.len)
			map_add(&lines, line, 1);
	while (view_next(&body, '\n', &line))
		if (line.len && !map_find(&lines, line))
			json_array_append_new(all, statement_of(line));
	return all;
}

int catalog_edit_versions(struct visit *v, struct err *err)
{
	AUTO_CATALOG_EDIT struct catalog_edit e = {0};
	AUTO_CATALOG_OLDS struct catalog_olds olds = {0};
	json_t *all = json_array();
	int64_t below = 0;

	json_object_set_new(v->model, "versions", all);
	if (!view_to_i64(http_query(v->q, "before"), &below) || below < 0)
		below = 0;
	/* One more: what the last one changed, and whether there are older ones. */
	if (catalog_edit_open(v, v->params[0], &e, err) < 0 ||
	    catalog_versions_read(v->hub->store, VIEW(e.iri), below, VERSIONS_SHOWN + 1, &olds,
		err) < 0)
		return -1;
	for (size_t i = 0; i < MIN(olds.all.len, (size_t)VERSIONS_SHOWN); i++) {
		const struct catalog_old *o = &olds.all.ptr[i];
		struct view before = i + 1 < olds.all.len ? olds.all.ptr[i + 1].body : VIEW_NONE;

		json_array_append_new(all,
		    json_pack("{s:I, s:s, s:o, s:o, s:o}", "number", (json_int_t)o->number,
			"source", o->source, "at", portal_register_time(o->at), "came",
			only_in(o->body, before), "went", only_in(before, o->body)));
	}
	if (olds.all.len > VERSIONS_SHOWN)
		json_object_set_new(v->model, "older",
		    json_integer(olds.all.ptr[VERSIONS_SHOWN - 1].number));
	visit_set(v, "name", VIEW(e.name));
	return visit_page(v, "catalog-versions", err);
}

/* Of a dataset, or of a part of one: who may decide. */
static bool may_decide(const struct visit *v, const struct catalog_index *i, struct view iri)
{
	const char *hash = memchr(iri.ptr, '#', iri.len);
	struct view whole = {iri.ptr, hash ? (size_t)(hash - iri.ptr) : iri.len};
	int64_t at = catalog_index_find_iri(i, whole);
	const struct catalog_entry *e = at < 0 ? NULL : catalog_index_entry(i, (uint32_t)at);

	return e ? catalog_edit_may(v, e->publisher, e->name)
	         : catalog_edit_may(v, whole, VIEW_NONE);
}

static json_t *conflict_of(const struct visit *v, const struct catalog_conflict *c, bool may)
{
	struct view called = portal_catalog_called(v, VIEW(c->iri));

	return json_pack("{s:s, s:o, s:s, s:s, s:o, s:o, s:o, s:b, s:b}", "iri", c->iri, "called",
	    portal_text(called), "source", c->source, "held_by", c->held_by, "at",
	    portal_register_time(c->at), "came", only_in(c->theirs, c->ours), "went",
	    only_in(c->ours, c->theirs), "may", may, "withdrawn",
	    strcmp(c->kind, "withdrawn") == 0);
}

int catalog_edit_conflicts(struct visit *v, struct err *err)
{
	AUTO_CATALOG_INDEX struct catalog_index *index = NULL;
	struct catalog_conflicts list = {0};
	json_t *all = json_array();
	bool sees_all = (v->roles & (ROLE_ADMIN | ROLE_OFFICER)) != 0, more = false;

	json_object_set_new(v->model, "conflicts", all);
	if (portal_catalog_hold(v, &index, err) < 0 ||
	    catalog_conflicts_list(v->hub->store, CONFLICTS_MAX, &v->q->memory, &list, err) < 0) {
		vec_clear(&list.all);
		return -1;
	}
	for (size_t i = 0; i < list.all.len; i++) {
		const struct catalog_conflict *c = &list.all.ptr[i];
		bool may = may_decide(v, index, VIEW(c->iri));

		if ((may || sees_all) && json_array_size(all) < CONFLICTS_SHOWN)
			json_array_append_new(all, conflict_of(v, c, may));
		else
			more |= may || sees_all;
	}
	json_object_set_new(v->model, "more", json_boolean(more));
	vec_clear(&list.all);
	return visit_page(v, "catalog-conflicts", err);
}

int catalog_edit_decide(struct visit *v, struct err *err)
{
	AUTO_CATALOG_INDEX struct catalog_index *index = NULL;
	struct view iri = http_form(v->q, "iri"), keep = http_form(v->q, "keep");
	bool theirs = view_eq(keep, VIEW_LIT("theirs"));
	AUTO_CATALOG_MERGE struct catalog_merge m = {
	    .source = arena_strdup(&v->q->memory, http_form(v->q, "source")),
	    .address = "",
	    .base = v->hub->conf.origin,
	    .keep = theirs ? CATALOG_KEEP_THEIRS : CATALOG_KEEP_OURS,
	    .partial = true,
	    .at = v->q->now,
	    .actor = v->account};
	int done;

	if (!theirs && !view_eq(keep, VIEW_LIT("ours"))) {
		v->r->status = 400;
		return err_set(err, ERR_FORMAT, "ours or theirs");
	}
	if (portal_catalog_hold(v, &index, err) < 0)
		return -1;
	if (iri.len == 0 || !may_decide(v, index, iri)) {
		v->r->status = 403;
		return err_set(err, ERR_DENIED, "this dataset is another holder's");
	}
	done = catalog_decide(v->hub->store, &m, iri, err);
	if (done < 0)
		return -1;
	if (!done)
		return visit_not_found(v, err);
	visit_go(v, "/holder-conflicts");
	return 0;
}
