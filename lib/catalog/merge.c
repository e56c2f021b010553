/*
 * Three texts decide: what the source said last (a claim), what it says now,
 * what stands here. Only where the source changed and here is not what it said
 * last is there something to decide.
 */
#include "catalog/merge.h"
#include "catalog/change.h"
#include "io/json.h"

#include <stdio.h>

void catalog_merge_clear(struct catalog_merge *m)
{
	vec_clear(&m->conflicts);
	arena_clear(&m->memory);
}

struct claim {
	const char *iri;
	char digest[SHA256_HEX_SIZE]; /* "": none */
};

static int find_claim(struct claim *ret, struct store_tx *tx, const struct catalog_merge *m,
    struct view iri, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	ret->digest[0] = '\0';
	if (store_query(&rows, tx, "catalog/records/claim.sql:find",
		STORE_ARGS(store_text(VIEW(m->source)), store_text(iri)), err) < 0 ||
	    (got = store_next(rows, err)) < 0)
		return -1;
	if (got)
		snprintf(ret->digest, sizeof(ret->digest), "%.*s", VIEW_ARG(store_view(rows, 0)));
	return 0;
}

static int put_claim(struct store_tx *tx, const struct catalog_merge *m, struct view iri,
    const char *digest, struct err *err)
{
	return store_exec(tx, "catalog/records/claim.sql:put",
	    STORE_ARGS(store_text(VIEW(m->source)), store_text(iri), store_text(VIEW(digest)),
		store_int(m->at), store_text(VIEW(m->address))),
	    NULL, err);
}

static int on_claim(struct store_tx *tx, const char *statement, const struct catalog_merge *m,
    struct view iri, struct err *err)
{
	return store_exec(
	    tx, statement, STORE_ARGS(store_text(VIEW(m->source)), store_text(iri)), NULL, err);
}

static int settle_conflict(struct store_tx *tx, const struct catalog_merge *m, struct view iri,
    struct err *err)
{
	return on_claim(tx, "catalog/records/claim.sql:remove_conflict", m, iri, err);
}

static int tell_conflict(struct store_tx *tx, struct catalog_merge *m, struct view iri,
    const char *kind, struct view body, struct err *err)
{
	*vec_push(&m->conflicts) = arena_strdup(&m->memory, iri);
	return store_exec(tx, "catalog/records/claim.sql:put_conflict",
	    STORE_ARGS(store_text(VIEW(m->source)), store_text(iri), store_text(VIEW(kind)),
		store_int(m->at), store_text(body)),
	    NULL, err);
}

static int take(struct store_tx *tx, struct catalog_merge *m, const struct catalog_entity *e,
    const struct catalog_before *b, struct err *err)
{
	const struct catalog_said said = {m->source, m->at, b->there && b->draft};
	char digest[SHA256_HEX_SIZE];

	hash_sha256_hex(e->body, digest);
	if (!b->there)
		m->added++;
	else if (strcmp(b->digest, digest) != 0)
		m->changed++;
	else
		m->same++;
	if (catalog_change_put(tx, e, b, &said, err) < 0 ||
	    put_claim(tx, m, e->iri, digest, err) < 0)
		return -1;
	return settle_conflict(tx, m, e->iri, err);
}

/* The source brought it, and told it last as it is. */
static bool is_its(const struct catalog_merge *m, const struct catalog_before *b,
    const struct claim *c)
{
	return b->there && strcmp(b->digest, c->digest) == 0 &&
	       strcmp(b->source, m->source) == 0;
}

static int merge_one(struct store_tx *tx, struct catalog_merge *m, const struct catalog_entity *e,
    struct err *err)
{
	AUTO_CATALOG_BEFORE struct catalog_before b = {0};
	struct claim c;
	char digest[SHA256_HEX_SIZE];
	bool term = strcmp(e->kind, "term") == 0;

	hash_sha256_hex(e->body, digest);
	if (catalog_before_find(&b, tx, e->iri, err) < 0 ||
	    find_claim(&c, tx, m, e->iri, err) < 0)
		return -1;
	if (b.there ? strcmp(b.digest, digest) == 0 : !c.digest[0])
		return take(tx, m, e, &b, err);
	if (strcmp(c.digest, digest) == 0 && m->keep != CATALOG_KEEP_THEIRS) {
		m->same++;
		return settle_conflict(tx, m, e->iri, err);
	}
	if (m->keep == CATALOG_KEEP_THEIRS || is_its(m, &b, &c))
		return take(tx, m, e, &b, err);
	if (term || m->keep == CATALOG_KEEP_OURS) {
		m->decided += !term;
		return put_claim(tx, m, e->iri, digest, err) < 0
		           ? -1
		           : settle_conflict(tx, m, e->iri, err);
	}
	return tell_conflict(tx, m, e->iri, "changed", e->body, err);
}

static int has_others(bool *ret, struct store_tx *tx, const struct catalog_merge *m,
    struct view iri, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	if (store_query(&rows, tx, "catalog/records/claim.sql:others",
		STORE_ARGS(store_text(iri), store_text(VIEW(m->source))), err) < 0 ||
	    store_next(rows, err) < 0)
		return -1;
	*ret = store_number(rows, 0) > 0;
	return 0;
}

/* What was here already when the source told of it stays: it is not the source's to take. */
static int withdraw_one(struct store_tx *tx, struct catalog_merge *m, const struct claim *c,
    struct err *err)
{
	AUTO_CATALOG_BEFORE struct catalog_before b = {0};
	struct view iri = VIEW(c->iri);
	bool others, same, brought;

	if (catalog_before_find(&b, tx, iri, err) < 0 || has_others(&others, tx, m, iri, err) < 0)
		return -1;
	same = b.there && strcmp(b.digest, c->digest) == 0;
	brought = b.there && strcmp(b.source, m->source) == 0;
	if (b.there && !others && !same && m->keep == CATALOG_KEEP_BOTH)
		return tell_conflict(tx, m, iri, "withdrawn", VIEW_LIT(""), err);
	if (b.there && !others && (same ? brought : m->keep == CATALOG_KEEP_THEIRS)) {
		m->withdrawn++;
		if (catalog_change_withdraw(tx, iri, &b, m->at, err) < 0)
			return -1;
	}
	if (others && store_exec(tx, "catalog/records/claim.sql:hand_over",
			  STORE_ARGS(store_text(iri), store_text(VIEW(m->source))), NULL,
			  err) < 0)
		return -1;
	if (settle_conflict(tx, m, iri, err) < 0)
		return -1;
	return on_claim(tx, "catalog/records/claim.sql:remove", m, iri, err);
}

struct claims {
	VEC(struct claim) all;
};

static void claims_clear(struct claims *c)
{
	vec_clear(&c->all);
}

/* Those that the source no longer tells of. */
static int list_gone(struct claims *ret, struct store_tx *tx, struct catalog_merge *m,
    const struct map *told, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	if (store_query(&rows, tx, "catalog/records/claim.sql:of_source",
		STORE_ARGS(store_text(VIEW(m->source))), err) < 0)
		return -1;
	while ((got = store_next(rows, err)) > 0) {
		struct view iri = store_view(rows, 0);
		struct claim *c;

		if (m->partial ? !m->gone || !map_find(m->gone, iri) : map_find(told, iri) != NULL)
			continue;
		c = vec_push(&ret->all);
		c->iri = arena_strdup(&m->memory, iri);
		snprintf(c->digest, sizeof(c->digest), "%.*s", VIEW_ARG(store_view(rows, 1)));
	}
	return got;
}

static int withdraw_gone(struct store_tx *tx, struct catalog_merge *m,
    const struct catalog_entities *entities, struct err *err)
{
	AUTO_MAP struct map told = {0};
	AUTO(claims_clear)
	struct claims gone = {0};

	for (size_t i = 0; !m->partial && i < entities->all.len; i++)
		map_add(&told, entities->all.ptr[i].iri, 1);
	if (list_gone(&gone, tx, m, &told, err) < 0)
		return -1;
	for (size_t i = 0; i < gone.all.len; i++)
		if (withdraw_one(tx, m, &gone.all.ptr[i], err) < 0)
			return -1;
	return 0;
}

static int add_audit(struct store_tx *tx, const struct catalog_merge *m, struct err *err)
{
	AUTO_STR struct str detail = {0};
	struct json_writer w = {.out = &detail};
	struct audit_event e = {.at = m->at,
	    .actor = m->actor,
	    .action = m->action,
	    .object = VIEW_LIT("catalog"),
	    .decision = "done"};

	json_begin_object(&w);
	json_set_text(&w, "source", m->source);
	json_set_int(&w, "added", (int64_t)m->added);
	json_set_int(&w, "changed", (int64_t)m->changed);
	json_set_int(&w, "same", (int64_t)m->same);
	json_set_int(&w, "withdrawn", (int64_t)m->withdrawn);
	json_set_int(&w, "decided", (int64_t)m->decided);
	json_set_int(&w, "conflicts", (int64_t)m->conflicts.len);
	json_end_object(&w);
	e.detail = str_view(&detail);
	return audit_add(tx, &e, err);
}

int catalog_merge_tx(struct store_tx *tx, const struct catalog_entities *entities,
    struct catalog_merge *m, struct err *err)
{
	m->added = m->changed = m->same = m->withdrawn = m->decided = m->conflicts.len = 0;
	if (!m->partial && store_exec(tx, "catalog/records/claim.sql:forget_conflicts",
			       STORE_ARGS(store_text(VIEW(m->source))), NULL, err) < 0)
		return -1;
	for (size_t i = 0; i < entities->all.len; i++)
		if (merge_one(tx, m, &entities->all.ptr[i], err) < 0)
			return -1;
	if (withdraw_gone(tx, m, entities, err) < 0)
		return -1;
	return add_audit(tx, m, err);
}

struct deciding {
	struct catalog_merge *m;
	struct view iri;
	bool there, withdrawn;
	struct catalog_entities entity;
	char *body;
};

static void deciding_clear(struct deciding *d)
{
	catalog_entities_clear(&d->entity);
	free(d->body);
}

static int find_conflict(struct store_tx *tx, void *arg, struct err *err)
{
	struct deciding *d = arg;
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	if (store_query(&rows, tx, "catalog/records/claim.sql:find_conflict",
		STORE_ARGS(store_text(VIEW(d->m->source)), store_text(d->iri)), err) < 0 ||
	    (got = store_next(rows, err)) < 0)
		return -1;
	d->there = got == 1;
	if (!got)
		return 0;
	d->withdrawn = view_eq(store_view(rows, 0), VIEW_LIT("withdrawn"));
	d->body = str_format("%.*s", VIEW_ARG(store_view(rows, 1)));
	return 0;
}

static int decide(struct store_tx *tx, void *arg, struct err *err)
{
	struct deciding *d = arg;
	struct claim c = {.iri = arena_strdup(&d->m->memory, d->iri)};

	d->m->added = d->m->changed = d->m->same = d->m->withdrawn = d->m->decided = 0;
	if (d->withdrawn) {
		if (find_claim(&c, tx, d->m, d->iri, err) < 0 ||
		    withdraw_one(tx, d->m, &c, err) < 0)
			return -1;
		return add_audit(tx, d->m, err);
	}
	if (merge_one(tx, d->m, &d->entity.all.ptr[0], err) < 0)
		return -1;
	return add_audit(tx, d->m, err);
}

int catalog_decide(struct store *s, struct catalog_merge *m, struct view iri, struct err *err)
{
	AUTO(deciding_clear)
	struct deciding d = {.m = m, .iri = iri};
	AUTO_GRAPH struct rdf_graph g = {0};

	if (store_read(s, find_conflict, &d, err) < 0)
		return -1;
	if (!d.there)
		return 0;
	if (!d.withdrawn && catalog_body_read(&g, VIEW(d.body), 0, err) < 0)
		return -1;
	rdf_index(&g);
	if (catalog_cut(&d.entity, &g, m->base, err) < 0)
		return -1;
	if (!d.withdrawn && d.entity.all.len != 1)
		return err_set(err, ERR_INTERNAL, "a conflict about more than one thing");
	m->action = "catalog.decide";
	return store_write(s, decide, &d, err) < 0 ? -1 : 1;
}

struct leaving {
	struct catalog_merge *m;
	struct view iri;
};

static int list_parts(struct claims *ret, struct store_tx *tx, const struct leaving *l,
    struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	AUTO_FREE char *part = str_format("%.*s#", VIEW_ARG(l->iri));
	int got;

	if (store_query(&rows, tx, "catalog/records/entity.sql:of_dataset",
		STORE_ARGS(store_text(l->iri), store_text(VIEW(part))), err) < 0)
		return -1;
	while ((got = store_next(rows, err)) > 0)
		vec_push(&ret->all)->iri = arena_strdup(&l->m->memory, store_view(rows, 0));
	return got;
}

static int leave(struct store_tx *tx, void *arg, struct err *err)
{
	const struct leaving *l = arg;
	AUTO(claims_clear)
	struct claims parts = {0};

	l->m->withdrawn = 0;
	if (list_parts(&parts, tx, l, err) < 0)
		return -1;
	for (size_t i = 0; i < parts.all.len; i++) {
		AUTO_CATALOG_BEFORE struct catalog_before b = {0};
		struct view iri = VIEW(parts.all.ptr[i].iri);

		if (catalog_before_find(&b, tx, iri, err) < 0 ||
		    catalog_change_withdraw(tx, iri, &b, l->m->at, err) < 0)
			return -1;
		l->m->withdrawn++;
	}
	return l->m->withdrawn ? add_audit(tx, l->m, err) : 0;
}

int catalog_withdraw(struct store *s, struct catalog_merge *m, struct view iri, struct err *err)
{
	struct leaving l = {m, iri};

	m->action = "catalog.withdraw";
	return store_write(s, leave, &l, err) < 0 ? -1 : (int)m->withdrawn;
}
