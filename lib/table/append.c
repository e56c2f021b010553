#include "table/append.h"

#include "base/cancel.h"
#include "table/batch.h"

#include <duckdb.h>

struct table_append {
	const struct table_schema *schema;
	duckdb_connection connection;
	duckdb_appender appender;
};

static const char *type_name(enum table_type type)
{
	switch (type) {
	case TABLE_TYPE_I32: return "INTEGER";
	case TABLE_TYPE_I64: return "BIGINT";
	case TABLE_TYPE_DOUBLE: return "DOUBLE";
	case TABLE_TYPE_DATE: return "DATE";
	case TABLE_TYPE_TEXT: return "VARCHAR";
	}
	abort();
}

static int make_table(struct table_db *db, const struct table_schema *schema, struct err *err)
{
	AUTO_STR struct str sql = {0};

	str_addz(&sql, "CREATE TABLE ");
	table_quote_name(&sql, VIEW(schema->name));
	for (size_t i = 0; i < schema->count; i++) {
		str_addz(&sql, i ? ", " : " (");
		table_quote_name(&sql, VIEW(schema->columns[i].name));
		str_addf(&sql, " %s", type_name(schema->columns[i].type));
	}
	str_addc(&sql, ')');
	return table_run(db, schema->name, str_view(&sql), TABLE_NO_PARAMS, NULL, err);
}

static int append_error(struct table_append *a, struct err *err)
{
	const char *message = duckdb_appender_error(a->appender);

	return table_fail(a->schema->name, message ? message : "", err);
}

int table_append_open(struct table_append **ret, struct table_db *db,
    const struct table_schema *schema, struct err *err)
{
	AUTO_APPEND struct table_append *a = mem_zalloc(1, sizeof(*a));

	a->schema = schema;
	a->connection = table_connect(db);
	if (!a->connection)
		return err_set(err, ERR_INTERNAL, "%s: cannot connect", schema->name);
	if (make_table(db, schema, err) < 0)
		return -1;
	if (duckdb_appender_create(a->connection, NULL, schema->name, &a->appender) !=
	    DuckDBSuccess)
		return append_error(a, err);
	*ret = TAKE(a);
	return 0;
}

static duckdb_state append_cell(duckdb_appender appender, enum table_type type,
    const struct batch_column *column, size_t row)
{
	const union batch_cell *cell = column->cells ? &column->cells[row] : NULL;
	struct view text = column->texts ? column->texts[row] : VIEW_NONE;

	if (cell ? cell->i64 == BATCH_NULL : !text.ptr)
		return duckdb_append_null(appender);
	switch (type) {
	case TABLE_TYPE_I32: return duckdb_append_int32(appender, (int32_t)cell->i64);
	case TABLE_TYPE_I64: return duckdb_append_int64(appender, cell->i64);
	case TABLE_TYPE_DOUBLE: return duckdb_append_double(appender, cell->number);
	case TABLE_TYPE_DATE:
		return duckdb_append_date(appender, (duckdb_date){(int32_t)cell->i64});
	case TABLE_TYPE_TEXT:
		return duckdb_append_varchar_length(appender, text.ptr, text.len);
	}
	abort();
}

static duckdb_state append_row(struct table_append *a, const struct table_batch *batch, size_t row)
{
	for (size_t c = 0; c < a->schema->count; c++)
		if (append_cell(a->appender, a->schema->columns[c].type, &batch->columns[c],
			row) != DuckDBSuccess)
			return DuckDBError;
	return duckdb_appender_end_row(a->appender);
}

int table_append_put(struct table_append *a, struct table_batch **batch, struct err *err)
{
	duckdb_state state = DuckDBSuccess;

	if (cancel_check(err) < 0)
		return -1;
	for (size_t row = 0; row < (*batch)->rows && state == DuckDBSuccess; row++)
		state = append_row(a, *batch, row);
	table_batch_free(batch);
	return state == DuckDBSuccess ? 0 : append_error(a, err);
}

int table_append_close(struct table_append **append, struct err *err)
{
	struct table_append *a = *append;
	int rc = 0;

	if (duckdb_appender_close(a->appender) != DuckDBSuccess)
		rc = append_error(a, err);
	table_append_discard(append);
	return rc;
}

void table_append_discard(struct table_append **append)
{
	struct table_append *a = *append;

	if (!a)
		return;
	if (a->appender)
		duckdb_appender_destroy(&a->appender);
	if (a->connection)
		duckdb_disconnect(&a->connection);
	free(a);
	*append = NULL;
}
