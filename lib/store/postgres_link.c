#include "store/postgres_inside.h"

#include "base/str.h"

#include <assert.h>
#include <stdio.h>

enum { ARGS_MAX = 32 };

/* The server's detail may quote a row; the state and the names of tables do not. */
static void describe(const PGresult *r, struct str *out)
{
	static const int names[] = {PG_DIAG_TABLE_NAME, PG_DIAG_COLUMN_NAME,
	    PG_DIAG_CONSTRAINT_NAME};

	str_addf(out, "PostgreSQL state %s", PQresultErrorField(r, PG_DIAG_SQLSTATE));
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *name = PQresultErrorField(r, names[i]);

		if (name)
			str_addf(out, ", %s", name);
	}
}

/* Classes of states: PostgreSQL 15 manual, appendix A. */
int postgres_fail(struct postgres_link *l, const PGresult *r, const char *what, struct err *err)
{
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	AUTO_STR struct str text = {0};

	/* 26000: somebody took away what was prepared, as a pooler between us does. */
	if (!state || PQstatus(l->conn) != CONNECTION_OK || strncmp(state, "57P", 3) == 0 ||
	    strncmp(state, "08", 2) == 0 || strcmp(state, "26000") == 0) {
		l->base.broken = true;
		return err_set(err, ERR_IO, "the store cannot be reached: PostgreSQL has closed "
					    "the connection");
	}
	describe(r, &text);
	if (strncmp(state, "53", 2) == 0 || strncmp(state, "58", 2) == 0 ||
	    strcmp(state, "25006") == 0)
		return err_set(err, ERR_OUTPUT, "the store cannot be written: %s", str_get(&text));
	return err_set(err, ERR_INTERNAL, "%s: %s", what, str_get(&text));
}

static bool is_fine(const PGresult *r)
{
	return PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK;
}

static int finish(struct postgres_link *l, PGresult *r, const char *what, struct err *err)
{
	int failed = is_fine(r) ? 0 : postgres_fail(l, r, what, err);

	PQclear(r);
	return failed;
}

int postgres_script(struct store_link *link, const char *sql, struct err *err)
{
	struct postgres_link *l = (struct postgres_link *)link;

	return finish(l, PQexec(l->conn, sql), "script", err);
}

void postgres_close(struct store_link *link)
{
	struct postgres_link *l = (struct postgres_link *)link;

	map_clear(&l->prepared);
	PQfinish(l->conn);
	free(l);
}

static void ignore_notice(void *arg, const PGresult *r)
{
	(void)arg;
	(void)r;
}

/*
 * Pages ask for few rows by their keys. The server's defaults are for disks that
 * turn: it would read whole tables instead, and compile what takes a millisecond.
 */
static const char settings[] = "SET random_page_cost = 1.1; SET jit = off";
static const char begin_read[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
static const char begin_name[] = "begin";

/* The text of a failed connection may hold the URL's password: it is not passed on. */
static int settle_in(struct postgres_link *l, struct err *err)
{
	if (PQstatus(l->conn) != CONNECTION_OK) {
		l->base.broken = true;
		(void)err_set(err, ERR_IO, "the store cannot be reached: no PostgreSQL there");
		return err_hint(err, "psql with the same URL says why");
	}
	PQsetNoticeReceiver(l->conn, ignore_notice, NULL);
	return postgres_script(&l->base, settings, err) < 0
	           ? -1
	           : finish(l, PQprepare(l->conn, begin_name, begin_read, 0, NULL), "begin", err);
}

int postgres_open(struct store_link **ret, const char *where, struct err *err)
{
	struct postgres_link *l = mem_zalloc(1, sizeof(*l));

	l->base.driver = &store_postgres;
	l->conn = PQconnectdb(where);
	if (settle_in(l, err) < 0) {
		postgres_close(&l->base);
		return -1;
	}
	*ret = &l->base;
	return 0;
}

/* What the server had prepared went with the connection. */
static int reopen(struct postgres_link *l, struct err *err)
{
	map_clear(&l->prepared);
	l->base.broken = l->ended = false;
	PQreset(l->conn);
	return settle_in(l, err);
}

/* Whether it is prepared already. */
static bool name_of(const struct postgres_link *l, const char *statement, char ret[POSTGRES_NAME])
{
	const int64_t *known = map_find(&l->prepared, VIEW(statement));

	snprintf(ret, POSTGRES_NAME, "s%lld",
	    known ? (long long)*known : (long long)l->prepared.entries.len);
	return known != NULL;
}

int postgres_prepare(struct postgres_link *l, const char *statement, char ret[POSTGRES_NAME],
    struct err *err)
{
	AUTO_FREE char *sql = NULL;
	struct view text;

	if (name_of(l, statement, ret))
		return 0;
	text = store_statement(statement);
	sql = str_format("%.*s", VIEW_ARG(text));
	if (finish(l, PQprepare(l->conn, ret, sql, 0, NULL), statement, err) < 0)
		return -1;
	map_intern(&l->prepared, VIEW(statement));
	return 0;
}

/* Parameters as libpq wants them: text ends with NUL, bytes have a length. */
struct params {
	const char *values[ARGS_MAX];
	int lengths[ARGS_MAX];
	int formats[ARGS_MAX];
	struct arena memory;
};

static void bind_all(struct params *p, struct store_args args)
{
	assert(args.count <= ARGS_MAX);
	for (int i = 0; i < args.count; i++) {
		const struct store_value *v = &args.values[i];

		p->formats[i] = v->type == STORE_BYTES;
		p->lengths[i] = (int)v->bytes.len;
		if (v->type == STORE_INT)
			p->values[i] = arena_format(&p->memory, "%lld", (long long)v->number);
		else if (v->type == STORE_TEXT)
			p->values[i] = arena_strdup(&p->memory, v->bytes);
		else
			p->values[i] = v->type == STORE_NULL ? NULL
			               : v->bytes.len        ? v->bytes.ptr
			                                     : "";
	}
}

bool postgres_send(struct postgres_link *l, const char *prepared, struct store_args args)
{
	struct params p = {0};
	bool sent;

	bind_all(&p, args);
	sent = PQsendQueryPrepared(
	    l->conn, prepared, args.count, p.values, p.lengths, p.formats, 0);
	arena_clear(&p.memory);
	return sent;
}

int postgres_sync(struct postgres_link *l, struct err *err)
{
	PGresult *r = PQgetResult(l->conn);
	int rc = PQresultStatus(r) == PGRES_PIPELINE_SYNC && PQexitPipelineMode(l->conn)
	             ? 0
	             : postgres_fail(l, NULL, "pipeline", err);

	PQclear(r);
	return rc;
}

/* The answer of one statement, which ends with NULL. */
static PGresult *take_answer(struct postgres_link *l)
{
	PGresult *r = PQgetResult(l->conn);

	if (r)
		PQclear(PQgetResult(l->conn));
	return r;
}

int postgres_begin_read(struct store_link *link, struct err *err)
{
	struct postgres_link *l = (struct postgres_link *)link;

	(void)err;
	l->begins = true;
	return 0;
}

void postgres_end_read(struct store_link *link)
{
	struct postgres_link *l = (struct postgres_link *)link;

	if (l->begins)
		l->begins = false;
	else if (PQsendQuery(l->conn, "ROLLBACK"))
		l->ended = true;
	else
		link->broken = true;
}

static void read_end(struct postgres_link *l)
{
	PGresult *r;

	while (l->ended && (r = PQgetResult(l->conn)))
		PQclear(r);
	l->ended = false;
}

/* BEGIN and the first statement, one wait for both. */
static PGresult *begin_with(struct postgres_link *l, const char *prepared, struct store_args args,
    struct err *err)
{
	PGresult *begun, *r;

	if (!PQenterPipelineMode(l->conn) || !postgres_send(l, begin_name, STORE_NO_ARGS) ||
	    !postgres_send(l, prepared, args) || !PQpipelineSync(l->conn)) {
		postgres_fail(l, NULL, begin_name, err);
		return NULL;
	}
	begun = take_answer(l);
	r = take_answer(l);
	if (finish(l, begun, begin_name, err) < 0 || postgres_sync(l, err) < 0) {
		l->base.broken = true; /* answers may be left */
		PQclear(r);
		return NULL;
	}
	l->begins = false;
	if (!r)
		postgres_fail(l, NULL, begin_name, err);
	return r;
}

static PGresult *ask(struct postgres_link *l, const char *statement, struct store_args args,
    struct err *err)
{
	char prepared[POSTGRES_NAME];
	PGresult *r;

	read_end(l);
	if (postgres_prepare(l, statement, prepared, err) < 0)
		return NULL;
	if (l->begins)
		return begin_with(l, prepared, args, err);
	r = postgres_send(l, prepared, args) ? take_answer(l) : NULL;
	if (!r)
		postgres_fail(l, NULL, statement, err);
	return r;
}

PGresult *postgres_run(struct postgres_link *l, const char *statement, struct store_args args,
    struct err *err)
{
	struct err lost = {0};
	bool first = l->begins;
	PGresult *r = ask(l, statement, args, first ? &lost : err);

	/* Lost while it waited in the pool: nothing of this snapshot was asked there. */
	if (!r && first && l->base.broken && reopen(l, err) == 0)
		r = ask(l, statement, args, err);
	else if (!r && first && !l->base.broken)
		*err = lost;
	if (r && is_fine(r))
		return r;
	if (r)
		postgres_fail(l, r, statement, err);
	PQclear(r);
	return NULL;
}
