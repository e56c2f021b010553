#include "catalog/change.h"

#include <stdio.h>

void catalog_before_clear(struct catalog_before *b)
{
	free(b->source);
	free(b->body);
	*b = (struct catalog_before){0};
}

static int find_last_version(struct catalog_before *b, struct store_tx *tx, struct view iri,
    struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	if (store_query(&rows, tx, "catalog/records/entity.sql:last_version",
		STORE_ARGS(store_text(iri)), err) < 0 ||
	    store_next(rows, err) < 0)
		return -1;
	b->version = store_number(rows, 0);
	return 0;
}

int catalog_before_find(struct catalog_before *ret, struct store_tx *tx, struct view iri,
    struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	*ret = (struct catalog_before){0};
	if (store_query(&rows, tx, "catalog/records/entity.sql:find", STORE_ARGS(store_text(iri)),
		err) < 0 ||
	    (got = store_next(rows, err)) < 0)
		return -1;
	if (got == 0)
		return find_last_version(ret, tx, iri, err);
	ret->there = true;
	snprintf(ret->digest, sizeof(ret->digest), "%.*s", VIEW_ARG(store_view(rows, 0)));
	ret->source = str_format("%.*s", VIEW_ARG(store_view(rows, 1)));
	ret->version = store_number(rows, 2);
	ret->body = str_format("%.*s", VIEW_ARG(store_view(rows, 3)));
	ret->changed_at = store_number(rows, 4);
	ret->draft = view_eq(store_view(rows, 5), VIEW_LIT("draft"));
	return 0;
}

void catalog_place(const char *kind, struct view iri, char ret[SHA256_HEX_SIZE + 1])
{
	ret[0] = catalog_kind_digit(kind);
	hash_sha256_hex(iri, ret + 1);
}

/* Times of events only grow: readers of the feed go by them. */
static int add_event(struct store_tx *tx, const char *act, struct view iri, int64_t version,
    int64_t at, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int64_t number, last;
	int got;

	if (store_query(&rows, tx, "catalog/records/event.sql:last", STORE_NO_ARGS, err) < 0 ||
	    (got = store_next(rows, err)) < 0)
		return -1;
	number = got ? store_number(rows, 0) + 1 : 1;
	last = got ? store_number(rows, 1) : 0;
	store_rows_free(&rows);
	return store_exec(tx, "catalog/records/event.sql:add",
	    STORE_ARGS(store_int(number), store_int(MAX(at, last + 1)), store_text(VIEW(act)),
		store_text(iri), store_int(version)),
	    NULL, err);
}

static int keep_before(struct store_tx *tx, struct view iri, const struct catalog_before *b,
    struct err *err)
{
	return store_exec(tx, "catalog/records/entity.sql:keep",
	    STORE_ARGS(store_text(iri), store_int(b->version), store_text(VIEW(b->source)),
		store_int(b->changed_at), store_text(VIEW(b->body))),
	    NULL, err);
}

static int tell(struct store_tx *tx, struct view iri, const struct catalog_before *b,
    const struct catalog_said *said, bool same, struct err *err)
{
	bool was = b->there && !b->draft;

	if (was && said->draft)
		return add_event(tx, "Delete", iri, b->version + !same, said->at, err);
	if (said->draft || (was && same))
		return 0;
	return add_event(tx, was ? "Update" : "Create", iri, b->version + !same, said->at, err);
}

int catalog_change_put(struct store_tx *tx, const struct catalog_entity *e,
    const struct catalog_before *b, const struct catalog_said *said, struct err *err)
{
	const char *state = said->draft ? "draft" : "published";
	char digest[SHA256_HEX_SIZE], place[SHA256_HEX_SIZE + 1];
	bool same;

	hash_sha256_hex(e->body, digest);
	catalog_place(e->kind, e->iri, place);
	same = b->there && strcmp(digest, b->digest) == 0;
	if (tell(tx, e->iri, b, said, same, err) < 0)
		return -1;
	if (same)
		return store_exec(tx, "catalog/records/entity.sql:set_state",
		    STORE_ARGS(store_text(e->iri), store_text(VIEW(state)),
			store_text(VIEW(e->kind)), store_text(VIEW(place))),
		    NULL, err);
	if (b->there && keep_before(tx, e->iri, b, err) < 0)
		return -1;
	return store_exec(tx, "catalog/records/entity.sql:put",
	    STORE_ARGS(store_text(e->iri), store_text(VIEW(place)), store_text(VIEW(e->kind)),
		store_text(VIEW(state)), store_text(VIEW(said->source)), store_int(b->version + 1),
		store_int(said->at), store_text(VIEW(digest)), store_text(e->body)),
	    NULL, err);
}

int catalog_change_withdraw(struct store_tx *tx, struct view iri, const struct catalog_before *b,
    int64_t at, struct err *err)
{
	if (keep_before(tx, iri, b, err) < 0 ||
	    (!b->draft && add_event(tx, "Delete", iri, b->version, at, err) < 0))
		return -1;
	return store_exec(
	    tx, "catalog/records/entity.sql:remove", STORE_ARGS(store_text(iri)), NULL, err);
}
