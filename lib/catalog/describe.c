/* From a dataset along what it names, in width, until there is nothing new. */
#include "catalog/change.h"
#include "catalog/records.h"

#include <stdio.h>

enum { DIGITS = 16 };

void catalog_description_clear(struct catalog_description *d)
{
	map_clear(&d->seen);
}

void catalog_records_name(const char *origin, struct view iri, struct str *out)
{
	AUTO_FREE char *head = str_format("%s/dataset/", origin);
	char digest[SHA256_HEX_SIZE];

	if (view_starts(iri, VIEW(head)) && iri.len > strlen(head) &&
	    !memchr(iri.ptr + strlen(head), '/', iri.len - strlen(head))) {
		str_add(out, (struct view){iri.ptr + strlen(head), iri.len - strlen(head)});
		return;
	}
	hash_sha256_hex(iri, digest);
	str_add(out, (struct view){digest, DIGITS});
}

static int find_digest(struct store_tx *tx, struct view name, struct str *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	char from[DIGITS + 2], to[DIGITS + 3];
	int got;

	snprintf(from, sizeof(from), "%c%.*s", catalog_kind_digit("dataset"), VIEW_ARG(name));
	snprintf(to, sizeof(to), "%sg", from); /* behind every digit */
	if (store_query(&rows, tx, "catalog/records/entity.sql:find_place",
		STORE_ARGS(store_text(VIEW(from)), store_text(VIEW(to))), err) < 0 ||
	    (got = store_next(rows, err)) < 0)
		return -1;
	if (got)
		str_add(ret, store_view(rows, 0));
	return got;
}

static bool is_digest(struct view name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!((name.ptr[i] >= '0' && name.ptr[i] <= '9') ||
			(name.ptr[i] >= 'a' && name.ptr[i] <= 'f')))
			return false;
	return name.len == DIGITS;
}

int catalog_records_find(struct store_tx *tx, const char *origin, struct view name,
    struct str *ret_iri, struct err *err)
{
	AUTO_FREE char *iri = str_format("%s/dataset/%.*s", origin, VIEW_ARG(name));
	AUTO_CATALOG_BEFORE struct catalog_before b = {0};

	str_reset(ret_iri);
	if (catalog_before_find(&b, tx, VIEW(iri), err) < 0)
		return -1;
	if (b.there) {
		str_addz(ret_iri, iri);
		return 1;
	}
	return is_digest(name) ? find_digest(tx, name, ret_iri, err) : 0;
}

struct walk {
	struct catalog_description *d;
	struct rdf_graph *g;
	VEC(uint32_t) queue; /* terms */
};

static bool is_part(struct view kind)
{
	return !view_eq(kind, VIEW_LIT("dataset")) && !view_eq(kind, VIEW_LIT("catalog")) &&
	       !view_eq(kind, VIEW_LIT("series")) && !view_eq(kind, VIEW_LIT("service"));
}

/* 1: its text was added. */
static int add_body(struct store_tx *tx, struct walk *w, struct view iri, bool root,
    struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	if (store_query(&rows, tx, "catalog/records/entity.sql:find", STORE_ARGS(store_text(iri)),
		err) < 0 ||
	    (got = store_next(rows, err)) < 0)
		return -1;
	if (got == 0 || (!root && !is_part(store_view(rows, 6))) ||
	    (w->d->shown && view_eq(store_view(rows, 5), VIEW_LIT("draft"))))
		return 0;
	if (w->d->seen.entries.len > CATALOG_DESCRIBED_MAX)
		return err_set(err, ERR_LIMIT, "a description of more than %d entities",
		    CATALOG_DESCRIBED_MAX);
	return catalog_body_read(w->g, store_view(rows, 3), ++w->d->bodies, err) < 0 ? -1 : 1;
}

static int visit(struct store_tx *tx, struct walk *w, struct view iri, bool root, struct err *err)
{
	size_t before = w->d->seen.entries.len, quads = w->g->quads.len;
	int got;

	map_intern(&w->d->seen, iri);
	if (w->d->seen.entries.len == before)
		return 1;
	got = add_body(tx, w, iri, root, err);
	for (size_t i = quads; got > 0 && i < w->g->quads.len; i++)
		if (rdf_term(w->g, w->g->quads.ptr[i].object)->kind == RDF_IRI)
			*vec_push(&w->queue) = w->g->quads.ptr[i].object;
	return got;
}

int catalog_describe(struct store_tx *tx, struct catalog_description *d, struct view iri,
    struct rdf_graph *g, struct err *err)
{
	struct walk w = {.d = d, .g = g};
	int got = visit(tx, &w, iri, true, err), rc = got;

	for (size_t i = 0; rc >= 0 && i < w.queue.len; i++)
		rc = visit(tx, &w, rdf_term(g, w.queue.ptr[i])->text, false, err);
	vec_clear(&w.queue);
	return rc < 0 ? -1 : got;
}

struct completing {
	struct rdf_graph *g;
	const struct map *gone;
};

static int complete(struct store_tx *tx, void *arg, struct err *err)
{
	const struct completing *c = arg;
	AUTO_CATALOG_DESCRIPTION struct catalog_description d = {0};
	struct walk w = {.d = &d, .g = c->g};
	int rc = 0;

	for (size_t i = 0; c->gone && i < c->gone->entries.len; i++)
		map_intern(&d.seen, c->gone->entries.ptr[i].key);
	for (size_t i = 0; i < c->g->quads.len; i++) {
		const struct rdf_quad *q = &c->g->quads.ptr[i];

		if (rdf_term(c->g, q->subject)->kind == RDF_IRI)
			map_intern(&d.seen, rdf_term(c->g, q->subject)->text);
		if (rdf_term(c->g, q->object)->kind == RDF_IRI)
			*vec_push(&w.queue) = q->object;
	}
	for (size_t i = 0; rc >= 0 && i < w.queue.len; i++)
		rc = visit(tx, &w, rdf_term(c->g, w.queue.ptr[i])->text, false, err);
	vec_clear(&w.queue);
	return rc < 0 ? -1 : 0;
}

int catalog_complete(struct store *s, struct rdf_graph *g, const struct map *gone,
    struct err *err)
{
	struct completing c = {g, gone};

	if (store_read(s, complete, &c, err) < 0)
		return -1;
	rdf_index(g);
	return 0;
}
