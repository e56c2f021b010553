#include "catalog/holding.h"
#include "catalog/change.h"
#include "io/json.h"

#define SQL "catalog/records/holding.sql:"

void catalog_attested_clear(struct catalog_attested *a)
{
	map_clear(&a->at);
}

void catalog_drafts_clear(struct catalog_drafts *d)
{
	vec_clear(&d->all);
	arena_clear(&d->memory);
}

static int add_audit(struct store_tx *tx, const char *action, struct view iri,
    const struct catalog_doing *by, struct err *err)
{
	struct audit_event e = {.at = by->at,
	    .actor = by->account,
	    .action = action,
	    .object = iri,
	    .detail = VIEW_LIT("{}"),
	    .decision = "done"};

	return audit_add(tx, &e, err);
}

struct finding {
	struct view iri;
	struct arena *memory;
	struct catalog_draft *ret;
	int found;
};

static int find_draft(struct store_tx *tx, void *arg, struct err *err)
{
	struct finding *f = arg;
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	if (store_query(&rows, tx, SQL "draft", STORE_ARGS(store_text(f->iri)), err) < 0 ||
	    (f->found = store_next(rows, err)) < 0)
		return -1;
	if (f->found)
		*f->ret = (struct catalog_draft){.iri = arena_strdup(f->memory, f->iri),
		    .organisation = arena_strdup(f->memory, store_view(rows, 0)),
		    .account = store_number(rows, 1),
		    .changed_at = store_number(rows, 2),
		    .based_on = store_number(rows, 3),
		    .cells = arena_strdup(f->memory, store_view(rows, 4))};
	return 0;
}

int catalog_draft_find(struct store *s, struct view iri, struct arena *memory,
    struct catalog_draft *ret, struct err *err)
{
	struct finding f = {iri, memory, ret, 0};

	return store_read(s, find_draft, &f, err) < 0 ? -1 : f.found;
}

struct doing {
	const struct catalog_draft *draft;
	struct view iri, agent;
	const struct catalog_doing *by;
	const struct catalog_entities *entities;
	int64_t based_on;
	bool done;
};

static int put_draft(struct store_tx *tx, void *arg, struct err *err)
{
	const struct doing *d = arg;

	if (store_exec(tx, SQL "put_draft",
		STORE_ARGS(store_text(d->iri), store_text(VIEW(d->draft->organisation)),
		    store_int(d->by->account), store_int(d->by->at),
		    store_int(d->draft->based_on), store_text(VIEW(d->draft->cells))),
		NULL, err) < 0)
		return -1;
	return add_audit(tx, "catalog.draft", d->iri, d->by, err);
}

int catalog_draft_put(struct store *s, const struct catalog_draft *draft,
    const struct catalog_doing *by, struct err *err)
{
	struct doing d = {.draft = draft, .iri = VIEW(draft->iri), .by = by};

	return store_write(s, put_draft, &d, err);
}

static int remove_draft(struct store_tx *tx, struct view iri, struct err *err)
{
	return store_exec(tx, SQL "end_draft", STORE_ARGS(store_text(iri)), NULL, err);
}

static int end_draft(struct store_tx *tx, void *arg, struct err *err)
{
	const struct doing *d = arg;

	return remove_draft(tx, d->iri, err) < 0
	           ? -1
	           : add_audit(tx, "catalog.undraft", d->iri, d->by, err);
}

int catalog_draft_end(struct store *s, struct view iri, const struct catalog_doing *by,
    struct err *err)
{
	struct doing d = {.iri = iri, .by = by};

	return store_write(s, end_draft, &d, err);
}

static int note_attested(struct store_tx *tx, const struct doing *d, struct err *err)
{
	return store_exec(tx, SQL "attest",
	    STORE_ARGS(store_text(d->iri), store_int(d->by->at), store_int(d->by->account)), NULL,
	    err);
}

static bool is_own(const struct doing *d, struct view iri)
{
	return view_eq(iri, d->iri) || view_eq(iri, d->agent) ||
	       (view_starts(iri, d->iri) && iri.len > d->iri.len && iri.ptr[d->iri.len] == '#');
}

static int publish_one(struct store_tx *tx, const struct doing *d, const struct catalog_entity *e,
    struct err *err)
{
	const struct catalog_said said = {"holder", d->by->at, false};
	AUTO_CATALOG_BEFORE struct catalog_before b = {0};

	if (catalog_before_find(&b, tx, e->iri, err) < 0)
		return -1;
	if (b.there && (!is_own(d, e->iri) || (!b.draft && view_eq(VIEW(b.body), e->body))))
		return 0;
	return catalog_change_put(tx, e, &b, &said, err);
}

static int publish(struct store_tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	AUTO_CATALOG_BEFORE struct catalog_before b = {0};

	if (catalog_before_find(&b, tx, d->iri, err) < 0)
		return -1;
	d->done = (b.there ? b.version : 0) == d->based_on;
	if (!d->done)
		return 0;
	for (size_t i = 0; i < d->entities->all.len; i++)
		if (publish_one(tx, d, &d->entities->all.ptr[i], err) < 0)
			return -1;
	if (remove_draft(tx, d->iri, err) < 0 || note_attested(tx, d, err) < 0)
		return -1;
	return add_audit(tx, "catalog.publish", d->iri, d->by, err);
}

int catalog_publish_draft(struct store *s, const struct rdf_graph *g, struct view iri,
    struct view agent, const char *base, int64_t based_on, const struct catalog_doing *by,
    struct err *err)
{
	AUTO_CATALOG_ENTITIES struct catalog_entities entities = {0};
	struct doing d = {
	    .iri = iri, .agent = agent, .by = by, .entities = &entities, .based_on = based_on};

	if (catalog_cut(&entities, g, base, err) < 0 || store_write(s, publish, &d, err) < 0)
		return -1;
	return d.done;
}

static int attest(struct store_tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	AUTO_CATALOG_BEFORE struct catalog_before b = {0};

	if (catalog_before_find(&b, tx, d->iri, err) < 0)
		return -1;
	d->done = b.there;
	if (!b.there)
		return 0;
	return note_attested(tx, d, err) < 0 ? -1
	                                     : add_audit(tx, "catalog.attest", d->iri, d->by, err);
}

int catalog_attest(struct store *s, struct view iri, const struct catalog_doing *by,
    struct err *err)
{
	struct doing d = {.iri = iri, .by = by};

	return store_write(s, attest, &d, err) < 0 ? -1 : d.done;
}

date_t catalog_due(int64_t looked_at)
{
	struct civil day = date_to_civil((date_t)(looked_at / 86400000000));
	date_t due;

	/* A year after 29 February is 1 March. */
	day.year++;
	due = date_from_civil(day.year, day.month, day.day);
	return due != DATE_NONE ? due : date_from_civil(day.year, 3, 1);
}

struct listing {
	struct catalog_attested *attested;
	struct catalog_drafts *drafts;
};

static int list_drafts(struct store_tx *tx, struct catalog_drafts *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	if (store_query(&rows, tx, SQL "drafts", STORE_NO_ARGS, err) < 0)
		return -1;
	while ((got = store_next(rows, err)) > 0)
		*vec_push(&ret->all) = (struct catalog_draft){
		    .iri = arena_strdup(&ret->memory, store_view(rows, 0)),
		    .organisation = arena_strdup(&ret->memory, store_view(rows, 1)),
		    .changed_at = store_number(rows, 2),
		    .based_on = store_number(rows, 3)};
	return got;
}

static int list_held(struct store_tx *tx, void *arg, struct err *err)
{
	struct listing *l = arg;
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	if (list_drafts(tx, l->drafts, err) < 0 ||
	    store_query(&rows, tx, SQL "attested", STORE_NO_ARGS, err) < 0)
		return -1;
	while ((got = store_next(rows, err)) > 0)
		map_add(&l->attested->at, store_view(rows, 0), store_number(rows, 1));
	return got;
}

int catalog_held_list(struct store *s, struct catalog_attested *ret_attested,
    struct catalog_drafts *ret_drafts, struct err *err)
{
	struct listing l = {ret_attested, ret_drafts};

	return store_read(s, list_held, &l, err);
}

int catalog_remind_once(struct store_tx *tx, struct view iri, date_t due, int64_t at,
    struct err *err)
{
	int64_t added = 0;

	return store_exec(tx, SQL "remind",
		   STORE_ARGS(store_text(iri), store_int(due), store_int(at)), &added, err) < 0
	           ? -1
	           : added > 0;
}
