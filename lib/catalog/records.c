#include "catalog/records.h"
#include "base/hash.h"
#include "io/json.h"

#include <inttypes.h>
#include <stdlib.h>

void catalog_import_clear(struct catalog_import *i)
{
	vec_clear(&i->conflicts);
	arena_clear(&i->memory);
}

struct importing {
	struct catalog_import *i;
	const struct catalog_entities *entities;
	const bool *draft; /* by term of the graph */
};

struct before {
	bool there, same, mine;
	int64_t version, changed_at;
	char *source, *body;
};

static void before_clear(struct before *b)
{
	free(b->source);
	free(b->body);
}

static int find_before(struct before *b, struct store_tx *tx, const struct importing *im,
    const struct catalog_entity *e, const char *digest, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	*b = (struct before){0};
	if (store_query(&rows, tx, "catalog/records/entity.sql:find",
		STORE_ARGS(store_text(e->iri)), err) < 0)
		return -1;
	got = store_next(rows, err);
	if (got <= 0)
		return got;
	b->there = true;
	b->same = view_eq(store_view(rows, 0), VIEW(digest));
	b->mine = view_eq(store_view(rows, 1), VIEW(im->i->source));
	b->version = store_number(rows, 2);
	b->changed_at = store_number(rows, 4);
	if (!b->same) {
		b->source = str_format("%.*s", VIEW_ARG(store_view(rows, 1)));
		b->body = str_format("%.*s", VIEW_ARG(store_view(rows, 3)));
	}
	return 0;
}

static int look(struct store_tx *tx, const struct importing *im, struct err *err)
{
	for (size_t k = 0; k < im->entities->all.len; k++) {
		const struct catalog_entity *e = &im->entities->all.ptr[k];
		char digest[SHA256_HEX_SIZE];
		AUTO(before_clear)
		struct before b;

		hash_sha256_hex(e->body, digest);
		if (find_before(&b, tx, im, e, digest, err) < 0)
			return -1;
		if (b.there && !b.same && !b.mine && !im->i->replace)
			*vec_push(&im->i->conflicts) = arena_strdup(&im->i->memory, e->iri);
	}
	return 0;
}

static int keep_before(struct store_tx *tx, const struct catalog_entity *e, const struct before *b,
    struct err *err)
{
	return store_exec(tx, "catalog/records/entity.sql:keep",
	    STORE_ARGS(store_text(e->iri), store_int(b->version), store_text(VIEW(b->source)),
		store_int(b->changed_at), store_text(VIEW(b->body))),
	    NULL, err);
}

static int put_one(struct store_tx *tx, const struct importing *im, const struct catalog_entity *e,
    struct err *err)
{
	const char *state = im->draft[e->subject] ? "draft" : "conforming";
	char digest[SHA256_HEX_SIZE], place[SHA256_HEX_SIZE + 1];
	AUTO(before_clear)
	struct before b;

	hash_sha256_hex(e->body, digest);
	place[0] = catalog_kind_digit(e->kind);
	hash_sha256_hex(e->iri, place + 1);
	if (find_before(&b, tx, im, e, digest, err) < 0)
		return -1;
	if (b.same) {
		im->i->same++;
		return store_exec(tx, "catalog/records/entity.sql:set_state",
		    STORE_ARGS(
			store_text(e->iri), store_text(VIEW(state)), store_text(VIEW(e->kind))),
		    NULL, err);
	}
	if (b.there && keep_before(tx, e, &b, err) < 0)
		return -1;
	im->i->added += !b.there;
	im->i->changed += b.there;
	return store_exec(tx, "catalog/records/entity.sql:put",
	    STORE_ARGS(store_text(e->iri), store_text(VIEW(place)), store_text(VIEW(e->kind)),
		store_text(VIEW(state)), store_text(VIEW(im->i->source)), store_int(b.version + 1),
		store_int(im->i->at), store_text(VIEW(digest)), store_text(e->body)),
	    NULL, err);
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
    const struct catalog_verdict *v, struct catalog_import *i, struct err *err)
{
	AUTO_CATALOG_ENTITIES struct catalog_entities entities = {0};
	struct importing im = {.i = i, .entities = &entities};
	bool *draft = mem_zalloc(g->terms.len + 1, sizeof(*draft));
	int rc;

	for (size_t k = 0; k < v->findings.len; k++)
		if (v->findings.ptr[k].severity == CATALOG_VIOLATION)
			draft[v->findings.ptr[k].dataset] = true;
	im.draft = draft;
	rc = catalog_cut(&entities, g, i->base, err);
	if (rc == 0)
		rc = store_write(s, import_all, &im, err);
	free(draft);
	return rc;
}
