#include "table/db.h"

#include "base/cancel.h"
#include "base/embed.h"
#include "base/threads.h"
#include "table/watch.h"

#include <duckdb.h>
#include <inttypes.h>
#include <stdio.h>

struct table_db {
	duckdb_database database;
	duckdb_connection connection;
	struct progress *progress;
	bool shared; /* the database is another one's */
};

static int set_option(duckdb_config config, const char *name, const char *value, struct err *err)
{
	if (duckdb_set_config(config, name, value) == DuckDBSuccess)
		return 0;
	return err_set(err, ERR_INTERNAL, "database: option %s is not accepted", name);
}

static int configure(duckdb_config config, const struct table_options *o, struct err *err)
{
	uint64_t memory = o->memory_bytes ? o->memory_bytes : TABLE_MEMORY_DEFAULT;
	char threads[16];
	char bytes[32];

	snprintf(threads, sizeof(threads), "%d", o->threads ? o->threads : threads_default());
	snprintf(bytes, sizeof(bytes), "%" PRIu64 "B", memory);
	if (set_option(config, "threads", threads, err) < 0 ||
	    set_option(config, "memory_limit", bytes, err) < 0 ||
	    set_option(config, "temp_directory", o->temp_dir ? o->temp_dir : "", err) < 0 ||
	    set_option(config, "autoinstall_known_extensions", "false", err) < 0 ||
	    set_option(config, "autoload_known_extensions", "false", err) < 0)
		return -1;
	return 0;
}

void *table_connect(struct table_db *db)
{
	duckdb_connection connection;

	if (duckdb_connect(db->database, &connection) != DuckDBSuccess)
		return NULL;
	if (duckdb_query(connection, embed_find("table/sql/settings.sql").ptr, NULL) !=
	    DuckDBSuccess)
		duckdb_disconnect(&connection); /* sets it to NULL */
	return connection;
}

static int connect(struct table_db *db, duckdb_config config, struct err *err)
{
	char *message = NULL;
	int rc;

	if (duckdb_open_ext(NULL, &db->database, config, &message) != DuckDBSuccess) {
		rc = table_fail("database", message, err);
		duckdb_free(message);
		return rc;
	}
	db->connection = table_connect(db);
	if (!db->connection)
		return err_set(err, ERR_INTERNAL, "database: cannot connect");
	return 0;
}

int table_open(struct table_db **ret, const struct table_options *options, struct err *err)
{
	AUTO_TABLE struct table_db *db = mem_zalloc(1, sizeof(*db));
	const char *built_for = HYGIE_DUCKDB_VERSION;
	duckdb_config config;
	int rc;

	if (*built_for && strcmp(duckdb_library_version() + 1, built_for) != 0)
		return err_set(err, ERR_INTERNAL, "libduckdb is %s, hygie was built for v%s",
		    duckdb_library_version(), built_for);
	if (duckdb_create_config(&config) != DuckDBSuccess)
		return err_set(err, ERR_INTERNAL, "database: no configuration");
	rc = configure(config, options, err);
	if (rc == 0)
		rc = connect(db, config, err);
	duckdb_destroy_config(&config);
	if (rc < 0)
		return -1;
	db->progress = options->progress;
	*ret = TAKE(db);
	return 0;
}

void table_close(struct table_db **db)
{
	if (!*db)
		return;
	if ((*db)->connection)
		duckdb_disconnect(&(*db)->connection);
	if ((*db)->database && !(*db)->shared)
		duckdb_close(&(*db)->database);
	free(*db);
	*db = NULL;
}

int table_share(struct table_db **ret, struct table_db *db, struct err *err)
{
	struct table_db *other = mem_zalloc(1, sizeof(*other));

	other->database = db->database;
	other->shared = true;
	other->connection = table_connect(db);
	*ret = other;
	return other->connection ? 0 : err_set(err, ERR_INTERNAL, "database: cannot connect");
}

int table_set_threads(struct table_db *db, int threads, struct err *err)
{
	AUTO_FREE char *sql = str_format("SET threads = %d",
	    threads ? threads : threads_default());

	return table_run(db, "database", VIEW(sql), TABLE_NO_PARAMS, NULL, err);
}

void *table_connection(struct table_db *db)
{
	return db->connection;
}

struct progress *table_progress(struct table_db *db)
{
	return db->progress;
}

/* The count a statement answers with, when its first cell is an integer. */
static int64_t first_count(duckdb_result *result)
{
	duckdb_data_chunk chunk = duckdb_fetch_chunk(*result);
	int64_t n = -1;

	if (!chunk)
		return n;
	if (duckdb_data_chunk_get_size(chunk) > 0 &&
	    duckdb_column_type(result, 0) == DUCKDB_TYPE_BIGINT) {
		duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, 0);
		uint64_t *validity = duckdb_vector_get_validity(vector);

		if (!validity || duckdb_validity_row_is_valid(validity, 0))
			n = *(int64_t *)duckdb_vector_get_data(vector);
	}
	duckdb_destroy_data_chunk(&chunk);
	return n;
}

static int execute(struct table_db *db, const char *what, duckdb_prepared_statement statement,
    int64_t *ret_count, struct err *err)
{
	struct watch watch;
	duckdb_result result;
	duckdb_state state;
	int rc = 0;

	if (cancel_check(err) < 0)
		return -1;
	watch_start(&watch, db->connection, db->progress);
	state = duckdb_execute_prepared(statement, &result);
	watch_stop(&watch);
	if (state != DuckDBSuccess)
		rc = table_fail(what, duckdb_result_error(&result), err);
	else if (ret_count)
		*ret_count = first_count(&result);
	duckdb_destroy_result(&result);
	return rc;
}

int table_run(struct table_db *db, const char *what, struct view sql, struct table_params params,
    int64_t *ret_count, struct err *err)
{
	AUTO_FREE char *text = str_format("%.*s", VIEW_ARG(sql));
	duckdb_extracted_statements statements;
	idx_t count = duckdb_extract_statements(db->connection, text, &statements);
	int rc = 0;

	if (count == 0)
		rc = table_fail(what, duckdb_extract_statements_error(statements), err);
	for (idx_t i = 0; rc == 0 && i < count; i++) {
		duckdb_prepared_statement statement;

		if (duckdb_prepare_extracted_statement(db->connection, statements, i, &statement) !=
		    DuckDBSuccess)
			rc = table_fail(what, duckdb_prepare_error(statement), err);
		else if (table_bind(statement, what, params, err) < 0 ||
			 execute(db, what, statement, ret_count, err) < 0)
			rc = -1;
		duckdb_destroy_prepare(&statement);
	}
	duckdb_destroy_extracted(&statements);
	return rc;
}

int table_run_file(struct table_db *db, const char *name, struct table_params params,
    int64_t *ret_count, struct err *err)
{
	return table_run(db, name, embed_find(name), params, ret_count, err);
}
