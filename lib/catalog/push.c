/*
 * Each dataset on its own: read, sent, remembered. A run that is killed between
 * the last two sends that dataset again, which changes nothing at a parent that
 * keeps to the contract.
 */
#include "catalog/push.h"
#include "base/cancel.h"
#include "base/hash.h"
#include "catalog/records.h"
#include "http/fetch.h"
#include "io/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

enum {
	WAIT_FIRST_S = 60,
	WAIT_MAX_S = 24 * 3600,
	TRIES_NOW = 30, /* of one dataset, while the parent says it is too much at once */
	ANSWER_MAX = 1 << 20,
};

struct pushed {
	char id[128], digest[SHA256_HEX_SIZE], state[16];
	int64_t tries, next_at;
	bool there;
};

struct sending {
	struct store *s;
	struct catalog_push *p;
	const char *iri;
	struct pushed was;
	bool gone; /* not here any more */
	struct str body;
	char digest[SHA256_HEX_SIZE];
};

struct iris {
	VEC(const char *) all;
};

void catalog_push_clear(struct catalog_push *p)
{
	vec_clear(&p->lines);
	arena_clear(&p->memory);
}

static int list_rows(struct store_tx *tx, const char *statement, struct store_args args,
    struct arena *memory, struct map *seen, struct iris *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	if (store_query(&rows, tx, statement, args, err) < 0)
		return -1;
	while ((got = store_next(rows, err)) > 0) {
		size_t before = seen->entries.len;

		map_intern(seen, store_view(rows, 0));
		if (seen->entries.len > before)
			*vec_push(&ret->all) = arena_strdup(memory, store_view(rows, 0));
	}
	return got;
}

struct listing {
	struct catalog_push *p;
	struct iris own, all; /* all: also what was sent once */
};

static int list_all(struct store_tx *tx, void *arg, struct err *err)
{
	struct listing *l = arg;
	AUTO_MAP struct map seen = {0};

	if (list_rows(tx, "catalog/records/entity.sql:own", STORE_NO_ARGS, &l->p->memory, &seen,
		&l->own, err) < 0)
		return -1;
	return list_rows(tx, "catalog/records/push.sql:of_parent",
	    STORE_ARGS(store_text(VIEW(l->p->parent))), &l->p->memory, &seen, &l->all, err);
}

static int find_pushed(struct store_tx *tx, struct sending *x, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct pushed *w = &x->was;
	int got;

	*w = (struct pushed){0};
	if (store_query(&rows, tx, "catalog/records/push.sql:find",
		STORE_ARGS(store_text(VIEW(x->p->parent)), store_text(VIEW(x->iri))), err) < 0 ||
	    (got = store_next(rows, err)) < 0)
		return -1;
	if (!got)
		return 0;
	w->there = true;
	snprintf(w->id, sizeof(w->id), "%.*s", VIEW_ARG(store_view(rows, 0)));
	snprintf(w->digest, sizeof(w->digest), "%.*s", VIEW_ARG(store_view(rows, 1)));
	snprintf(w->state, sizeof(w->state), "%.*s", VIEW_ARG(store_view(rows, 2)));
	w->tries = store_number(rows, 3);
	w->next_at = store_number(rows, 4);
	return 0;
}

static int describe(struct store_tx *tx, void *arg, struct err *err)
{
	struct sending *x = arg;
	AUTO_CATALOG_DESCRIPTION struct catalog_description d = {.shown = true};
	AUTO_GRAPH struct rdf_graph g = {0};

	str_reset(&x->body);
	x->digest[0] = '\0';
	if (find_pushed(tx, x, err) < 0)
		return -1;
	if (x->gone)
		return 0;
	if (catalog_describe(tx, &d, VIEW(x->iri), &g, err) < 0)
		return -1;
	rdf_index(&g);
	if (rdf_write(&g, RDF_TURTLE, &x->body, err) < 0)
		return -1;
	hash_sha256_hex(str_view(&x->body), x->digest);
	return 0;
}

struct keeping {
	const struct sending *x;
	const struct pushed *now;
	const char *answer;
};

static int keep(struct store_tx *tx, void *arg, struct err *err)
{
	const struct keeping *k = arg;
	const struct catalog_push *p = k->x->p;

	if (!k->now)
		return store_exec(tx, "catalog/records/push.sql:remove",
		    STORE_ARGS(store_text(VIEW(p->parent)), store_text(VIEW(k->x->iri))), NULL,
		    err);
	return store_exec(tx, "catalog/records/push.sql:put",
	    STORE_ARGS(store_text(VIEW(p->parent)), store_text(VIEW(k->x->iri)),
		store_text(VIEW(k->now->id)), store_text(VIEW(k->now->digest)),
		store_text(VIEW(k->now->state)), store_int(k->now->tries),
		store_int(k->now->next_at), store_int(p->at), store_text(VIEW(k->answer))),
	    NULL, err);
}

/* "state" and "id" of the answer, or what it says is wrong. */
static const char *read_answer(struct sending *x, const struct fetched *got, struct pushed *now)
{
	AUTO_JSON json_t *doc = NULL;
	struct err ignored = {0};
	const char *id, *state, *error;

	if (json_parse(&doc, "answer", str_view(&got->body), &ignored) < 0)
		return arena_format(&x->p->memory, "answered %d", got->status);
	id = json_string_value(json_object_get(doc, "id"));
	state = json_string_value(json_object_get(doc, "state"));
	error = json_string_value(json_object_get(doc, "error"));
	if (id && strlen(id) < sizeof(now->id))
		snprintf(now->id, sizeof(now->id), "%s", id);
	if (error)
		return arena_format(&x->p->memory, "answered %d: %.300s", got->status, error);
	return state ? arena_format(&x->p->memory, "%.40s", state) : "";
}

/* An identifier within an address: letters, digits, "-", "_", "." as they are. */
static char *escape(const char *id)
{
	AUTO_STR struct str out = {0};

	for (; *id; id++) {
		unsigned char c = (unsigned char)*id;

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		    strchr("-_.", c))
			str_addc(&out, (char)c);
		else
			str_addf(&out, "%%%02X", c);
	}
	return str_take(&out);
}

static int ask(struct sending *x, struct fetched *got, struct err *err)
{
	const struct catalog_push *p = x->p;
	AUTO_FREE char *id = escape(x->was.id);
	AUTO_FREE char *url = NULL;
	struct fetch f = {.own = p->parent_is_private ? p->parent : NULL,
	    .key = p->key,
	    .accept = "application/json",
	    .type = "text/turtle",
	    .body = str_view(&x->body),
	    .body_max = ANSWER_MAX,
	    .patience = p->patience};

	if (x->gone) {
		f.method = HTTP_DELETE;
		url = str_format("%s/ingest/datasets/%s", p->parent, id);
	} else if (*x->was.id) {
		f.method = HTTP_PUT;
		url = str_format("%s/ingest/datasets/origin?originalId=%s", p->parent, id);
	} else {
		f.method = HTTP_POST;
		url = str_format("%s/ingest/datasets", p->parent);
	}
	f.url = url;
	return fetch(got, &f, err);
}

/* Asks again for a while when it was too much at once. */
static int ask_patiently(struct sending *x, struct fetched *got, struct err *err)
{
	for (int i = 0;; i++) {
		str_reset(&got->body);
		if (ask(x, got, err) < 0)
			return -1;
		if (got->status != 429 || i == TRIES_NOW)
			return 0;
		nanosleep(&(struct timespec){1, 0}, NULL);
		if (cancel_check(err) < 0)
			return -1;
	}
}

static int tell(struct sending *x, enum catalog_push_result result, const struct pushed *now,
    const char *answer, struct err *err)
{
	struct keeping k = {x, now, answer};

	x->p->counts[result]++;
	if (result == CATALOG_PUSH_SAME)
		return 0;
	*vec_push(&x->p->lines) = (struct catalog_push_line){x->iri, result, answer};
	return store_write(x->s, keep, &k, err);
}

static int wait_longer(struct sending *x, const char *why, struct err *err)
{
	struct pushed now = x->was;
	int64_t wait = WAIT_FIRST_S;

	for (int64_t i = 0; i < now.tries && wait < WAIT_MAX_S; i++)
		wait *= 2;
	now.tries++;
	now.next_at = x->p->at + MIN(wait, WAIT_MAX_S) * 1000000;
	snprintf(now.state, sizeof(now.state), "waiting");
	return tell(x, CATALOG_PUSH_WAITING, &now, why, err);
}

static int refused(struct sending *x, const char *why, struct err *err)
{
	struct pushed now = x->was;

	memcpy(now.digest, x->digest, sizeof(now.digest));
	snprintf(now.state, sizeof(now.state), "refused");
	return tell(x, CATALOG_PUSH_REFUSED, &now, why, err);
}

static int understand(struct sending *x, const struct fetched *got, struct err *err)
{
	struct pushed now = {.there = true};
	const char *answer = read_answer(x, got, &now);

	if (got->status == 401)
		return err_set(err, ERR_DENIED, "%s: the parent does not know the key",
		    x->p->parent);
	if (x->gone && (got->status == 200 || got->status == 404))
		return tell(x, CATALOG_PUSH_WITHDRAWN, NULL, "", err);
	if (got->status == 404 && *x->was.id) {
		x->was.id[0] = '\0'; /* the parent forgot it: the next run sends it as new */
		return wait_longer(x, answer, err);
	}
	if (got->status >= 500 || got->status == 429)
		return wait_longer(x, answer, err);
	if (got->status != 200 && got->status != 201)
		return refused(x, answer, err);
	if (!*now.id)
		return wait_longer(x, "its answer has no identifier", err);
	memcpy(now.digest, x->digest, sizeof(now.digest));
	snprintf(now.state, sizeof(now.state), "sent");
	return tell(x, CATALOG_PUSH_SENT, &now, answer, err);
}

static bool is_due(const struct sending *x)
{
	bool same = strcmp(x->was.digest, x->digest) == 0;

	if (x->gone && !*x->was.id)
		return true;
	if (strcmp(x->was.state, "waiting") == 0)
		return x->p->all || x->p->at >= x->was.next_at;
	if (strcmp(x->was.state, "refused") == 0)
		return x->p->all || !same;
	return !x->was.there || x->gone || !same;
}

static int send_one(struct sending *x, struct err *err)
{
	AUTO_FETCHED struct fetched got = {0};
	struct err why = {0};

	if (cancel_check(err) < 0 || store_read(x->s, describe, x, err) < 0)
		return -1;
	if (!is_due(x)) {
		bool waits = strcmp(x->was.state, "waiting") == 0;
		bool no = strcmp(x->was.state, "refused") == 0;

		x->p->counts[waits ? CATALOG_PUSH_WAITING
			     : no  ? CATALOG_PUSH_REFUSED
				   : CATALOG_PUSH_SAME]++;
		return 0;
	}
	if (x->gone && !*x->was.id) /* it never arrived */
		return tell(x, CATALOG_PUSH_WITHDRAWN, NULL, "", err);
	if (ask_patiently(x, &got, &why) < 0) {
		if (why.code == ERR_DENIED || why.code == ERR_CANCELLED) {
			*err = why;
			return err_wrap(err, "%s", x->p->parent);
		}
		return wait_longer(x, arena_format(&x->p->memory, "%s", why.msg), err);
	}
	return understand(x, &got, err);
}

static int send_list(struct sending *x, const struct iris *list, bool gone, struct err *err)
{
	x->gone = gone;
	for (size_t i = 0; i < list->all.len; i++) {
		x->iri = list->all.ptr[i];
		if (send_one(x, err) < 0)
			return -1;
	}
	return 0;
}

int catalog_push_all(struct store *s, struct catalog_push *p, struct err *err)
{
	struct listing l = {.p = p};
	struct sending x = {.s = s, .p = p};
	int rc = store_read(s, list_all, &l, err);

	if (rc == 0)
		rc = send_list(&x, &l.own, false, err);
	if (rc == 0)
		rc = send_list(&x, &l.all, true, err);
	vec_clear(&l.own.all);
	vec_clear(&l.all.all);
	str_clear(&x.body);
	return rc;
}
