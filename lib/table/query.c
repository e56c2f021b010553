#include "table/query.h"

#include "base/cancel.h"
#include "table/watch.h"

#include <assert.h>

struct table_query {
	const char *what;
	duckdb_connection connection; /* its own: another query would end the stream */
	duckdb_prepared_statement statement;
	duckdb_result result;
	duckdb_data_chunk chunk;
	bool executed;
	size_t rows;
	size_t columns;
	char *name;
};

static int execute(struct table_query *q, struct progress *progress, struct err *err)
{
	duckdb_pending_result pending;
	struct watch watch;
	duckdb_state state = duckdb_pending_prepared_streaming(q->statement, &pending);

	if (state != DuckDBSuccess) {
		int rc = table_fail(q->what, duckdb_pending_error(pending), err);

		duckdb_destroy_pending(&pending);
		return rc;
	}
	watch_start(&watch, q->connection, progress);
	state = duckdb_execute_pending(pending, &q->result);
	watch_stop(&watch);
	q->executed = true;
	duckdb_destroy_pending(&pending);
	if (state != DuckDBSuccess)
		return table_fail(q->what, duckdb_result_error(&q->result), err);
	q->columns = duckdb_column_count(&q->result);
	return 0;
}

int table_query_open(struct table_query **ret, struct table_db *db, const char *what,
    struct view sql, struct table_params params, struct err *err)
{
	AUTO_QUERY struct table_query *q = mem_zalloc(1, sizeof(*q));
	AUTO_FREE char *text = str_format("%.*s", VIEW_ARG(sql));

	q->name = mem_strdup(what);
	q->what = q->name;
	q->connection = table_connect(db);
	if (!q->connection)
		return err_set(err, ERR_INTERNAL, "%s: cannot connect", what);
	if (duckdb_prepare(q->connection, text, &q->statement) != DuckDBSuccess)
		return table_fail(what, duckdb_prepare_error(q->statement), err);
	if (table_bind(q->statement, what, params, err) < 0 ||
	    execute(q, table_progress(db), err) < 0)
		return -1;
	*ret = TAKE(q);
	return 0;
}

void table_query_close(struct table_query **query)
{
	struct table_query *q = *query;

	if (!q)
		return;
	if (q->chunk)
		duckdb_destroy_data_chunk(&q->chunk);
	if (q->executed)
		duckdb_destroy_result(&q->result);
	duckdb_destroy_prepare(&q->statement);
	if (q->connection)
		duckdb_disconnect(&q->connection);
	free(q->name);
	free(q);
	*query = NULL;
}

int table_query_next(struct table_query *q, struct err *err)
{
	const char *message;

	if (cancel_check(err) < 0)
		return -1;
	do {
		if (q->chunk)
			duckdb_destroy_data_chunk(&q->chunk);
		q->chunk = duckdb_fetch_chunk(q->result);
		if (!q->chunk) {
			message = duckdb_result_error(&q->result);
			q->rows = 0;
			return message && *message ? table_fail(q->what, message, err) : 0;
		}
		q->rows = duckdb_data_chunk_get_size(q->chunk);
	} while (q->rows == 0);
	return 1;
}

size_t table_query_rows(const struct table_query *q)
{
	return q->rows;
}

size_t table_query_columns(const struct table_query *q)
{
	return q->columns;
}

const char *table_query_name(const struct table_query *q, size_t column)
{
	duckdb_result result = q->result;

	return duckdb_column_name(&result, column);
}

static void *data(const struct table_query *q, size_t column, duckdb_type type)
{
	duckdb_result result = q->result;

	assert(column < q->columns && duckdb_column_type(&result, column) == type);
	(void)result;
	(void)type;
	return duckdb_vector_get_data(duckdb_data_chunk_get_vector(q->chunk, column));
}

const int64_t *table_query_i64(const struct table_query *q, size_t column)
{
	return data(q, column, DUCKDB_TYPE_BIGINT);
}

const int32_t *table_query_i32(const struct table_query *q, size_t column)
{
	return data(q, column, DUCKDB_TYPE_INTEGER);
}

const double *table_query_double(const struct table_query *q, size_t column)
{
	return data(q, column, DUCKDB_TYPE_DOUBLE);
}

const date_t *table_query_date(const struct table_query *q, size_t column)
{
	return data(q, column, DUCKDB_TYPE_DATE);
}

struct view table_query_text(const struct table_query *q, size_t column, size_t row)
{
	duckdb_string_t *strings = data(q, column, DUCKDB_TYPE_VARCHAR);

	if (table_query_is_null(q, column, row))
		return VIEW_NONE;
	return (struct view){
	    duckdb_string_t_data(&strings[row]), duckdb_string_t_length(strings[row])};
}

bool table_query_is_null(const struct table_query *q, size_t column, size_t row)
{
	uint64_t *validity =
	    duckdb_vector_get_validity(duckdb_data_chunk_get_vector(q->chunk, column));

	return validity && !duckdb_validity_row_is_valid(validity, row);
}
