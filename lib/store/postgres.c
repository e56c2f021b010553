#include "store/driver.h"

#include "base/map.h"
#include "base/str.h"

#include <assert.h>
#include <libpq-fe.h>
#include <stdio.h>

enum { ARGS_MAX = 32 };

struct link {
	struct store_link base;
	PGconn *conn;
	struct map prepared; /* names of statements */
};

struct rows {
	struct store_rows base;
	PGresult *result;
	int row;
	int columns;
	struct view *values; /* of the row */
};

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
static int fail(struct link *l, const PGresult *r, const char *what, struct err *err)
{
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	AUTO_STR struct str text = {0};

	if (!state || PQstatus(l->conn) != CONNECTION_OK || strncmp(state, "57P", 3) == 0 ||
	    strncmp(state, "08", 2) == 0) {
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

static int finish(struct link *l, PGresult *r, const char *what, struct err *err)
{
	ExecStatusType status = PQresultStatus(r);
	int failed = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK
	                 ? 0
	                 : fail(l, r, what, err);

	PQclear(r);
	return failed;
}

static int run_script(struct store_link *base, const char *sql, struct err *err)
{
	struct link *l = (struct link *)base;

	return finish(l, PQexec(l->conn, sql), "script", err);
}

static void close_link(struct store_link *base)
{
	struct link *l = (struct link *)base;

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

/* The text of a failed connection may hold the URL's password: it is not passed on. */
static int open_link(struct store_link **ret, const char *where, struct err *err)
{
	struct link *l = mem_zalloc(1, sizeof(*l));

	l->base.driver = &store_postgres;
	l->conn = PQconnectdb(where);
	if (PQstatus(l->conn) != CONNECTION_OK) {
		close_link(&l->base);
		(void)err_set(err, ERR_IO, "the store cannot be reached: no PostgreSQL there");
		return err_hint(err, "psql with the same URL says why");
	}
	PQsetNoticeReceiver(l->conn, ignore_notice, NULL);
	if (run_script(&l->base, settings, err) < 0) {
		close_link(&l->base);
		return -1;
	}
	*ret = &l->base;
	return 0;
}

/* The server compares 63 bytes of a name: a number is enough. */
enum { PREPARED_NAME = 24 };

/* Whether it is prepared already. */
static bool name_of(const struct link *l, const char *name, char ret[PREPARED_NAME])
{
	const int64_t *known = map_find(&l->prepared, VIEW(name));

	snprintf(ret, PREPARED_NAME, "s%lld",
	    known ? (long long)*known : (long long)l->prepared.entries.len);
	return known != NULL;
}

/* Once a link. */
static int prepare(struct link *l, const char *name, char ret[PREPARED_NAME], struct err *err)
{
	AUTO_FREE char *sql = NULL;
	struct view text;

	if (name_of(l, name, ret))
		return 0;
	text = store_statement(name);
	sql = str_format("%.*s", VIEW_ARG(text));
	if (finish(l, PQprepare(l->conn, ret, sql, 0, NULL), name, err) < 0)
		return -1;
	map_intern(&l->prepared, VIEW(name));
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

static PGresult *run(struct link *l, const char *name, struct store_args args,
    struct err *err)
{
	struct params p = {0};
	char prepared[PREPARED_NAME];
	PGresult *r = NULL;

	if (prepare(l, name, prepared, err) < 0)
		return NULL;
	bind_all(&p, args);
	r = PQexecPrepared(l->conn, prepared, args.count, p.values, p.lengths, p.formats, 0);
	arena_clear(&p.memory);
	if (PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK)
		return r;
	fail(l, r, name, err);
	PQclear(r);
	return NULL;
}

static int exec_statement(struct store_link *base, const char *name,
    struct store_args args, int64_t *ret_changed, struct err *err)
{
	PGresult *r = run((struct link *)base, name, args, err);

	if (!r)
		return -1;
	if (ret_changed && !view_to_i64(VIEW(PQcmdTuples(r)), ret_changed))
		*ret_changed = 0;
	PQclear(r);
	return 0;
}

static int send(struct link *l, const struct store_call *call)
{
	struct params p = {0};
	char prepared[PREPARED_NAME];
	int sent;

	name_of(l, call->statement, prepared);
	bind_all(&p, call->args);
	sent = PQsendQueryPrepared(
	    l->conn, prepared, call->args.count, p.values, p.lengths, p.formats, 0);
	arena_clear(&p.memory);
	return sent ? 0 : -1;
}

/* Of what was sent, in its order: each has a result and a NULL. */
static int read_answers(struct link *l, const struct store_call *calls, size_t n, struct err *err)
{
	PGresult *r;
	int rc = 0;

	for (size_t i = 0; i < n; i++)
		while ((r = PQgetResult(l->conn))) {
			if (rc == 0 && PQresultStatus(r) != PGRES_COMMAND_OK)
				rc = fail(l, r, calls[i].statement, err);
			PQclear(r);
		}
	r = PQgetResult(l->conn);
	if (rc == 0 && PQresultStatus(r) != PGRES_PIPELINE_SYNC)
		rc = fail(l, r, "pipeline", err);
	PQclear(r);
	return rc;
}

static int exec_pipeline(struct link *l, const struct store_call *calls, size_t n, struct err *err)
{
	bool sent = PQenterPipelineMode(l->conn);
	int rc;

	for (size_t i = 0; i < n && sent; i++)
		sent = send(l, &calls[i]) == 0;
	if (!sent || !PQpipelineSync(l->conn))
		return fail(l, NULL, "pipeline", err);
	rc = read_answers(l, calls, n, err);
	if (rc == 0 && !PQexitPipelineMode(l->conn))
		rc = fail(l, NULL, "pipeline", err);
	return rc;
}

/* Some hundred at a time: their answers wait in the connection meanwhile. */
enum { PIPELINE = 256 };

/* All are on their way before the first answer is read. */
static int exec_all(struct store_link *base, const struct store_call *calls, size_t n,
    struct err *err)
{
	struct link *l = (struct link *)base;
	char name[PREPARED_NAME];

	for (size_t i = 0; i < n; i++)
		if (prepare(l, calls[i].statement, name, err) < 0)
			return -1;
	for (size_t i = 0; i < n; i += PIPELINE)
		if (exec_pipeline(l, calls + i, MIN(n - i, (size_t)PIPELINE), err) < 0)
			return -1;
	return 0;
}

static int query(struct store_rows **ret, struct store_link *base,
    const char *name, struct store_args args, struct err *err)
{
	PGresult *r = run((struct link *)base, name, args, err);
	struct rows *rows;

	if (!r)
		return -1;
	rows = mem_zalloc(1, sizeof(*rows));
	rows->base.driver = &store_postgres;
	rows->result = r;
	rows->row = -1;
	rows->columns = PQnfields(r);
	rows->values = mem_zalloc((size_t)rows->columns, sizeof(*rows->values));
	*ret = &rows->base;
	return 0;
}

/* Object identifier of bytea: pg_type.dat of PostgreSQL. */
enum { BYTEA = 17 };

static bool is_bytes(const struct rows *rows, int i)
{
	return PQftype(rows->result, i) == BYTEA && !PQgetisnull(rows->result, rows->row, i);
}

static void forget_row(struct rows *rows)
{
	for (int i = 0; rows->row >= 0 && i < rows->columns; i++)
		if (is_bytes(rows, i))
			PQfreemem((void *)(uintptr_t)rows->values[i].ptr);
}

static struct view read_value(const struct rows *rows, int i)
{
	const char *text = PQgetvalue(rows->result, rows->row, i);
	unsigned char *bytes;
	size_t len;

	if (!is_bytes(rows, i))
		return (struct view){text, (size_t)PQgetlength(rows->result, rows->row, i)};
	bytes = PQunescapeBytea((const unsigned char *)text, &len);
	assert(bytes);
	return (struct view){(const char *)bytes, len};
}

static int next_row(struct store_rows *base, struct err *err)
{
	struct rows *rows = (struct rows *)base;

	(void)err;
	forget_row(rows);
	if (rows->row + 1 >= PQntuples(rows->result)) {
		rows->row = -1;
		return 0;
	}
	rows->row++;
	for (int i = 0; i < rows->columns; i++)
		rows->values[i] = read_value(rows, i);
	return 1;
}

static void end_rows(struct store_rows *base)
{
	struct rows *rows = (struct rows *)base;

	forget_row(rows);
	free(rows->values);
	PQclear(rows->result);
	free(rows);
}

static bool is_null(const struct store_rows *base, int i)
{
	const struct rows *rows = (const struct rows *)base;

	return PQgetisnull(rows->result, rows->row, i);
}

static int64_t number(const struct store_rows *base, int i)
{
	const struct rows *rows = (const struct rows *)base;
	int64_t ret = 0;

	if (!view_to_i64(rows->values[i], &ret))
		return 0;
	return ret;
}

static struct view view(const struct store_rows *base, int i)
{
	return ((const struct rows *)base)->values[i];
}

const struct store_driver store_postgres = {
    .kind = STORE_POSTGRES,
    .begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    .begin_write = "BEGIN",
    .open = open_link,
    .close = close_link,
    .script = run_script,
    .exec = exec_statement,
    .exec_all = exec_all,
    .query = query,
    .next = next_row,
    .end = end_rows,
    .is_null = is_null,
    .number = number,
    .view = view,
};
