/*
 * PostgreSQL by libpq. Each wait for an answer costs two switches between
 * processes, more than a short query itself; so the BEGIN of a snapshot goes
 * out with its first statement, nobody waits for its ROLLBACK, and what writes
 * without rows goes out together (libpq's pipeline mode).
 */
#include "store/postgres_inside.h"

static int exec_statement(struct store_link *link, const char *name,
    struct store_args args, int64_t *ret_changed, struct err *err)
{
	PGresult *r = postgres_run((struct postgres_link *)link, name, args, err);

	if (!r)
		return -1;
	if (ret_changed && !view_to_i64(VIEW(PQcmdTuples(r)), ret_changed))
		*ret_changed = 0;
	PQclear(r);
	return 0;
}

/* Of what was sent, in its order: each has a result and a NULL. */
static int read_answers(struct postgres_link *l, const struct store_call *calls, size_t n,
    struct err *err)
{
	PGresult *r;
	int rc = 0;

	for (size_t i = 0; i < n; i++)
		while ((r = PQgetResult(l->conn))) {
			if (rc == 0 && PQresultStatus(r) != PGRES_COMMAND_OK)
				rc = postgres_fail(l, r, calls[i].statement, err);
			PQclear(r);
		}
	return postgres_sync(l, rc == 0 ? err : &(struct err){0}) < 0 ? -1 : rc;
}

static int exec_pipeline(struct postgres_link *l, const struct store_call *calls, size_t n,
    struct err *err)
{
	bool sent = PQenterPipelineMode(l->conn);

	for (size_t i = 0; i < n && sent; i++) {
		char name[POSTGRES_NAME];

		sent = postgres_prepare(l, calls[i].statement, name, err) == 0 &&
		       postgres_send(l, name, calls[i].args);
	}
	if (!sent || !PQpipelineSync(l->conn))
		return postgres_fail(l, NULL, "pipeline", err);
	return read_answers(l, calls, n, err);
}

/* Some hundred at a time: their answers wait in the connection meanwhile. */
enum { PIPELINE = 256 };

/* All are on their way before the first answer is read. */
static int exec_all(struct store_link *link, const struct store_call *calls, size_t n,
    struct err *err)
{
	struct postgres_link *l = (struct postgres_link *)link;
	char name[POSTGRES_NAME];

	for (size_t i = 0; i < n; i++)
		if (postgres_prepare(l, calls[i].statement, name, err) < 0)
			return -1;
	for (size_t i = 0; i < n; i += PIPELINE)
		if (exec_pipeline(l, calls + i, MIN(n - i, (size_t)PIPELINE), err) < 0)
			return -1;
	return 0;
}

static int begin_write(struct store_link *link, struct err *err)
{
	return postgres_script(link, "BEGIN", err);
}

const struct store_driver store_postgres = {
    .kind = STORE_POSTGRES,
    .open = postgres_open,
    .close = postgres_close,
    .begin_read = postgres_begin_read,
    .end_read = postgres_end_read,
    .begin_write = begin_write,
    .script = postgres_script,
    .exec = exec_statement,
    .exec_all = exec_all,
    .query = postgres_query,
    .next = postgres_next,
    .end = postgres_end,
    .is_null = postgres_is_null,
    .number = postgres_number,
    .view = postgres_view,
};
