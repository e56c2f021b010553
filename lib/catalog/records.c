#include "catalog/records.h"
#include "catalog/change.h"
#include "catalog/merge.h"
#include "io/json.h"

void catalog_import_clear(struct catalog_import *i)
{
	vec_clear(&i->conflicts);
	arena_clear(&i->memory);
}

struct importing {
	struct catalog_import *i;
	const struct catalog_entities *entities;
};

static bool is_same(const struct catalog_before *b, const struct catalog_entity *e)
{
	return b->there && view_eq(VIEW(b->body), e->body);
}

static int look(struct store_tx *tx, const struct importing *im, struct err *err)
{
	for (size_t k = 0; k < im->entities->all.len; k++) {
		const struct catalog_entity *e = &im->entities->all.ptr[k];
		AUTO_CATALOG_BEFORE struct catalog_before b = {0};

		if (catalog_before_find(&b, tx, e->iri, err) < 0)
			return -1;
		if (b.there && !is_same(&b, e) && strcmp(b.source, im->i->source) != 0 &&
		    !im->i->replace)
			*vec_push(&im->i->conflicts) = arena_strdup(&im->i->memory, e->iri);
	}
	return 0;
}

static int put_one(struct store_tx *tx, const struct importing *im, const struct catalog_entity *e,
    struct err *err)
{
	struct catalog_said said = {im->i->source, im->i->at, im->i->draft};
	AUTO_CATALOG_BEFORE struct catalog_before b = {0};
	bool same;

	if (catalog_before_find(&b, tx, e->iri, err) < 0)
		return -1;
	same = is_same(&b, e);
	if (same && !im->i->replace && strcmp(b.source, im->i->source) != 0)
		said.draft = b.draft; /* who shows it decides whether */
	im->i->same += same;
	im->i->added += !b.there;
	im->i->changed += b.there && !same;
	return catalog_change_put(tx, e, &b, &said, err);
}

static int add_audit(struct store_tx *tx, const struct catalog_import *i, struct err *err)
{
	AUTO_STR struct str detail = {0};
	struct json_writer w = {.out = &detail};
	struct audit_event e = {.at = i->at,
	    .actor = i->actor,
	    .action = "catalog.import",
	    .object = VIEW_LIT("catalog"),
	    .decision = "done"};

	json_begin_object(&w);
	json_set_text(&w, "source", i->source);
	json_set_int(&w, "added", (int64_t)i->added);
	json_set_int(&w, "changed", (int64_t)i->changed);
	json_set_int(&w, "same", (int64_t)i->same);
	json_end_object(&w);
	e.detail = str_view(&detail);
	return audit_add(tx, &e, err);
}

static int import_all(struct store_tx *tx, void *arg, struct err *err)
{
	struct importing *im = arg;

	im->i->added = im->i->changed = im->i->same = im->i->conflicts.len = 0;
	if (look(tx, im, err) < 0)
		return -1;
	if (im->i->conflicts.len > 0)
		return 0;
	for (size_t k = 0; k < im->entities->all.len; k++)
		if (put_one(tx, im, &im->entities->all.ptr[k], err) < 0)
			return -1;
	return add_audit(tx, im->i, err);
}

int catalog_records_import(struct store *s, const struct rdf_graph *g,
    struct catalog_import *i, struct err *err)
{
	AUTO_CATALOG_ENTITIES struct catalog_entities entities = {0};
	struct importing im = {.i = i, .entities = &entities};

	return catalog_cut(&entities, g, i->base, err) < 0 ? -1
	                                                   : store_write(s, import_all, &im, err);
}
