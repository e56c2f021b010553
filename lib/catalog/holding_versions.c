#include "catalog/change.h"
#include "catalog/holding.h"

void catalog_olds_clear(struct catalog_olds *o)
{
	vec_clear(&o->all);
	arena_clear(&o->memory);
}

struct reading {
	struct view iri;
	int64_t before;
	size_t most;
	struct catalog_olds *ret;
};

static int read_body(struct store_tx *tx, const struct reading *r, struct catalog_old *o,
    struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	if (store_query(&rows, tx, "catalog/records/holding.sql:version",
		STORE_ARGS(store_text(r->iri), store_int(o->number)), err) < 0 ||
	    store_next(rows, err) < 0)
		return -1;
	o->body = arena_view(&r->ret->memory, store_view(rows, 0));
	return 0;
}

static int read_numbers(struct store_tx *tx, const struct reading *r, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	if (store_query(&rows, tx, "catalog/records/holding.sql:versions",
		STORE_ARGS(store_text(r->iri), store_int(r->before),
		    store_int((int64_t)(r->most - r->ret->all.len))),
		err) < 0)
		return -1;
	while ((got = store_next(rows, err)) > 0)
		*vec_push(&r->ret->all) = (struct catalog_old){.number = store_number(rows, 0),
		    .source = arena_strdup(&r->ret->memory, store_view(rows, 1)),
		    .at = store_number(rows, 2)};
	return got;
}

static int read_all(struct store_tx *tx, void *arg, struct err *err)
{
	struct reading *r = arg;
	AUTO_CATALOG_BEFORE struct catalog_before b = {0};
	bool now;

	r->ret->all.len = 0;
	if (catalog_before_find(&b, tx, r->iri, err) < 0)
		return -1;
	now = b.there && b.version < r->before;
	if (now)
		*vec_push(&r->ret->all) = (struct catalog_old){.number = b.version,
		    .at = b.changed_at,
		    .source = arena_strdup(&r->ret->memory, VIEW(b.source)),
		    .body = arena_view(&r->ret->memory, VIEW(b.body))};
	if (read_numbers(tx, r, err) < 0)
		return -1;
	for (size_t i = now; i < r->ret->all.len; i++)
		if (read_body(tx, r, &r->ret->all.ptr[i], err) < 0)
			return -1;
	return 0;
}

int catalog_versions_read(struct store *s, struct view iri, int64_t before, size_t most,
    struct catalog_olds *ret, struct err *err)
{
	struct reading r = {iri, before > 0 ? before : INT64_MAX, most, ret};

	return store_read(s, read_all, &r, err);
}
