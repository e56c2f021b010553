#include "catalog/history.h"
#include "catalog/change.h"

void catalog_history_clear(struct catalog_history *h)
{
	vec_clear(&h->fields);
	vec_clear(&h->claims);
	arena_clear(&h->memory);
}

struct version {
	int64_t number, at;
	const char *source, *digest;
	struct map statements;
};

struct reading {
	struct view iri;
	struct catalog_history *ret;
	VEC(struct version) versions; /* the one in force last */
	char now[SHA256_HEX_SIZE];
	bool there;
};

static void reading_clear(struct reading *r)
{
	for (size_t i = 0; i < r->versions.len; i++)
		map_clear(&r->versions.ptr[i].statements);
	vec_clear(&r->versions);
}

static void add_version(struct reading *r, int64_t number, struct view source, int64_t at,
    struct view body)
{
	struct version *v = vec_push(&r->versions);
	char digest[SHA256_HEX_SIZE];
	struct view line;

	hash_sha256_hex(body, digest);
	*v = (struct version){.number = number,
	    .at = at,
	    .source = arena_strdup(&r->ret->memory, source),
	    .digest = arena_strdup(&r->ret->memory, VIEW(digest))};
	while (view_next(&body, '\n', &line))
		if (line.len)
			map_intern(&v->statements, line);
}

static int read_versions(struct store_tx *tx, struct reading *r, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	if (store_query(&rows, tx, "catalog/records/entity.sql:versions",
		STORE_ARGS(store_text(r->iri)), err) < 0)
		return -1;
	while ((got = store_next(rows, err)) > 0)
		add_version(r, store_number(rows, 0), store_view(rows, 1), store_number(rows, 2),
		    store_view(rows, 3));
	return got;
}

static int read_claims(struct store_tx *tx, struct reading *r, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct arena *memory = &r->ret->memory;
	int got;

	if (store_query(&rows, tx, "catalog/records/claim.sql:of_iri",
		STORE_ARGS(store_text(r->iri)), err) < 0)
		return -1;
	while ((got = store_next(rows, err)) > 0)
		*vec_push(&r->ret->claims) = (struct catalog_claimed){
		    .source = arena_strdup(memory, store_view(rows, 0)),
		    .digest = arena_strdup(memory, store_view(rows, 1)),
		    .at = store_number(rows, 2),
		    .address = arena_strdup(memory, store_view(rows, 3)),
		    .same = view_eq(store_view(rows, 1), VIEW(r->now))};
	return got;
}

static int read_all(struct store_tx *tx, void *arg, struct err *err)
{
	struct reading *r = arg;
	AUTO_CATALOG_BEFORE struct catalog_before b = {0};

	if (catalog_before_find(&b, tx, r->iri, err) < 0)
		return -1;
	r->there = b.there;
	if (!b.there)
		return 0;
	memcpy(r->now, b.digest, sizeof(r->now));
	if (read_versions(tx, r, err) < 0)
		return -1;
	add_version(r, b.version, VIEW(b.source), b.changed_at, VIEW(b.body));
	return read_claims(tx, r, err);
}

/* The oldest version since which the statement has stood there without a break. */
static void trace(struct reading *r, struct view statement)
{
	size_t i = r->versions.len - 1;
	const struct version *v;

	while (i > 0 && map_find(&r->versions.ptr[i - 1].statements, statement))
		i--;
	v = &r->versions.ptr[i];
	*vec_push(&r->ret->fields) = (struct catalog_field){
	    .statement = arena_view(&r->ret->memory, statement),
	    .version = v->number,
	    .at = v->at,
	    .source = v->source,
	    .digest = v->digest};
}

int catalog_history_read(struct store *s, struct view iri, struct catalog_history *ret,
    struct err *err)
{
	AUTO(reading_clear)
	struct reading r = {.iri = iri, .ret = ret};
	const struct map *now;

	if (store_read(s, read_all, &r, err) < 0)
		return -1;
	if (!r.there)
		return 0;
	now = &r.versions.ptr[r.versions.len - 1].statements;
	for (size_t i = 0; i < now->entries.len; i++)
		trace(&r, now->entries.ptr[i].key);
	return 1;
}
