#include "catalog/ingest.h"
#include "base/hash.h"
#include "catalog/rdf_write.h"
#include "catalog/sheet_inside.h"

#include <stdio.h>

void catalog_ingest_clear(struct catalog_ingest *i)
{
	catalog_merge_clear(&i->merge);
	rdf_clear(&i->g);
	catalog_verdict_clear(&i->verdict);
}

/* RFC 9562, version 8: made of who and what, so that sending again gives the same. */
static void make_id(const char *owner, struct view iri, char ret[CATALOG_INGEST_ID_SIZE])
{
	AUTO_FREE char *both = str_format("hygie ingest 1\n%s\n%.*s", owner, VIEW_ARG(iri));
	unsigned char h[SHA256_BYTES];

	hash_sha256(VIEW(both), h);
	h[6] = (unsigned char)((h[6] & 0x0f) | 0x80);
	h[8] = (unsigned char)((h[8] & 0x3f) | 0x80);
	snprintf(ret, CATALOG_INGEST_ID_SIZE,
	    "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", h[0], h[1],
	    h[2], h[3], h[4], h[5], h[6], h[7], h[8], h[9], h[10], h[11], h[12], h[13], h[14],
	    h[15]);
}

struct ingesting {
	struct catalog_ingest *i;
	struct view id;  /* as asked for */
	struct view iri; /* of the body */
	struct catalog_entities entities;
	char *source, *address;
	bool there;
	char *found_iri;
};

static void ingesting_clear(struct ingesting *x)
{
	catalog_entities_clear(&x->entities);
	free(x->source);
	free(x->address);
	free(x->found_iri);
}

/* The one dataset of the body. */
static int find_dataset(struct ingesting *x, struct err *err)
{
	const struct rdf_graph *g = &x->i->g;
	uint32_t type = rdf_find_iri(g, VIEW_LIT(RDF_TYPE)), found = 0;
	uint32_t class = rdf_find_iri(g, VIEW_LIT(SHEET_DCAT "Dataset"));

	for (size_t k = 0; type && class && k < g->quads.len; k++) {
		const struct rdf_quad *q = &g->quads.ptr[k];

		if (q->predicate != type || q->object != class)
			continue;
		if (found)
			return err_set(err, ERR_FORMAT, "more than one dataset: send each alone");
		found = q->subject;
	}
	if (!found || rdf_term(g, found)->kind != RDF_IRI)
		return err_set(err, ERR_FORMAT, "no dcat:Dataset with an address");
	x->iri = rdf_term(g, found)->text;
	return 0;
}

/* Whose is it: ours, another's, nobody's? */
static int find_row(struct store_tx *tx, struct ingesting *x, struct view key, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	if (store_query(&rows, tx, "catalog/records/ingest.sql:find", STORE_ARGS(store_text(key)),
		err) < 0 ||
	    (got = store_next(rows, err)) < 0)
		return -1;
	free(TAKE(x->found_iri));
	x->there = got == 1;
	x->i->outcome = CATALOG_INGEST_DONE;
	if (!got)
		return 0;
	if (!view_eq(store_view(rows, 1), VIEW(x->i->owner)))
		x->i->outcome = CATALOG_INGEST_OTHERS;
	snprintf(x->i->id, sizeof(x->i->id), "%.*s", VIEW_ARG(store_view(rows, 0)));
	x->found_iri = str_format("%.*s", VIEW_ARG(store_view(rows, 2)));
	return 0;
}

static void name_source(struct ingesting *x)
{
	free(TAKE(x->source));
	free(TAKE(x->address));
	x->source = str_format("ingest/%s/%s", x->i->owner, x->i->id);
	x->address = str_format("ingest by %s", x->i->owner);
	x->i->merge.source = x->source;
	x->i->merge.address = x->address;
	x->i->merge.base = x->i->base;
	x->i->merge.at = x->i->at;
	x->i->merge.actor = x->i->actor;
}

static int put(struct store_tx *tx, void *arg, struct err *err)
{
	struct ingesting *x = arg;
	struct catalog_ingest *i = x->i;

	if (find_row(tx, x, x->id.len ? x->id : x->iri, err) < 0)
		return -1;
	if (x->id.len && !x->there)
		i->outcome = CATALOG_INGEST_ABSENT;
	if (i->outcome != CATALOG_INGEST_DONE)
		return 0;
	if (x->there && !view_eq(VIEW(x->found_iri), x->iri))
		return err_set(err, ERR_FORMAT, "the body describes another dataset");
	if (!x->there)
		make_id(i->owner, x->iri, i->id);
	name_source(x);
	i->merge.action = "catalog.ingest";
	if (catalog_merge_tx(tx, &x->entities, &i->merge, err) < 0)
		return -1;
	return store_exec(tx, "catalog/records/ingest.sql:add",
	    STORE_ARGS(store_text(VIEW(i->id)), store_text(VIEW(i->owner)), store_text(x->iri),
		store_int(i->at)),
	    NULL, err);
}

static const char *find_state(const struct ingesting *x)
{
	const struct catalog_ingest *i = x->i;

	for (size_t k = 0; k < i->merge.conflicts.len; k++)
		if (view_eq(VIEW(i->merge.conflicts.ptr[k]), x->iri))
			return "conflict";
	return i->verdict.counts[CATALOG_VIOLATION] ? "incomplete" : "conforming";
}

int catalog_ingest_put(struct store *s, struct catalog_ingest *i, struct view id,
    struct view turtle, struct err *err)
{
	const struct rdf_limits limits = {.quads = CATALOG_INGEST_STATEMENTS};
	AUTO(ingesting_clear)
	struct ingesting x = {.i = i, .id = id};

	if (rdf_read(&i->g, "body", turtle, RDF_TURTLE, NULL, &limits, err) < 0)
		return -1;
	rdf_index(&i->g);
	if (find_dataset(&x, err) < 0 || catalog_cut(&x.entities, &i->g, i->base, err) < 0)
		return -1;
	catalog_validate(&i->verdict, &i->g, i->rules, CATALOG_R8);
	if (store_write(s, put, &x, err) < 0)
		return -1;
	i->state = find_state(&x);
	i->merge.source = i->merge.address = NULL;
	return 0;
}

static int delete (struct store_tx *tx, void *arg, struct err *err)
{
	struct ingesting *x = arg;

	if (find_row(tx, x, x->id, err) < 0)
		return -1;
	if (!x->there)
		x->i->outcome = CATALOG_INGEST_ABSENT;
	if (x->i->outcome != CATALOG_INGEST_DONE)
		return 0;
	name_source(x);
	x->i->merge.action = "catalog.ingest";
	if (catalog_merge_tx(tx, &x->entities, &x->i->merge, err) < 0)
		return -1;
	return store_exec(tx, "catalog/records/ingest.sql:remove",
	    STORE_ARGS(store_text(VIEW(x->i->id))), NULL, err);
}

int catalog_ingest_delete(struct store *s, struct catalog_ingest *i, struct view id,
    struct err *err)
{
	AUTO(ingesting_clear)
	struct ingesting x = {.i = i, .id = id};
	int rc = store_write(s, delete, &x, err);

	i->merge.source = i->merge.address = NULL;
	return rc;
}
