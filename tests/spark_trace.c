/*
 * LD_PRELOAD for tests/spark_sql_long.sh: writes what a program asks DuckDB, and what it got,
 * into the folder SPARK_TRACE.
 *
 *   0007.sql            the text of a script or a query
 *   0007.par            its bound values: name, tab, value; a name alone is NULL
 *   0007.NAME.parquet   each table or view that it made or filled, as it was behind it;
 *                       0007.sql only says so where rows were appended without SQL
 *   0007.parquet        the rows of a query without parameters
 *
 * One connection works at a time in what is traced, which is why one number is enough.
 */
#include <dlfcn.h>
#include <regex.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void *handle;

static int number;
static char *text; /* of the script that runs */
static handle connection;

static void *next(const char *name)
{
	void *f = dlsym(RTLD_NEXT, name);

	if (!f)
		abort();
	return f;
}

static FILE *open_kept(const char *suffix, const char *mode)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%04d.%s", getenv("SPARK_TRACE"), number, suffix);
	f = fopen(path, mode);
	if (!f)
		abort();
	return f;
}

/* COPY what TO 'NNNN.suffix'; whether it worked does not matter: a table may be gone again. */
static void keep_rows(handle on, const char *what, const char *suffix)
{
	int (*query)(handle, const char *, void *) = next("duckdb_query");
	size_t size = strlen(what) + strlen(suffix) + 4200;
	char *sql = malloc(size);

	snprintf(sql, size, "COPY (%s\n) TO '%s/%04d.%s' (FORMAT parquet)", what,
	    getenv("SPARK_TRACE"), number, suffix);
	query(on, sql, NULL);
	free(sql);
}

/* Each NAME of "CREATE TABLE NAME", "CREATE VIEW NAME", "INSERT INTO NAME". */
static void keep_made(void)
{
	static const char made[] =
	    "(CREATE (OR REPLACE )?(TABLE|VIEW)|INSERT INTO) \"?([A-Za-z0-9_]+)";
	const char *at = text;
	regmatch_t m[5];
	regex_t re;

	if (regcomp(&re, made, REG_EXTENDED) != 0)
		abort();
	for (; regexec(&re, at, 5, m, 0) == 0; at += m[0].rm_eo) {
		char what[300], suffix[300];
		int len = (int)(m[4].rm_eo - m[4].rm_so);

		snprintf(what, sizeof(what), "SELECT * FROM %.*s", len, at + m[4].rm_so);
		snprintf(suffix, sizeof(suffix), "%.*s.parquet", len, at + m[4].rm_so);
		keep_rows(connection, what, suffix);
	}
	regfree(&re);
}

static bool is_plain_query(const char *sql)
{
	const char *select = strstr(sql, "SELECT ");

	return select && (select == sql || select[-1] == '\n') && !strchr(sql, '$') &&
	       !strchr(sql, ';') && !strstr(sql, "CREATE ") && !strstr(sql, "INSERT ");
}

static void begin(handle on, const char *sql)
{
	FILE *f;

	number++;
	f = open_kept("sql", "we");
	fputs(sql, f);
	fclose(f);
	if (is_plain_query(sql))
		keep_rows(on, sql, "parquet");
}

uint64_t duckdb_extract_statements(handle on, const char *sql, handle *ret)
{
	uint64_t (*real)(handle, const char *, handle *) = next("duckdb_extract_statements");

	begin(on, sql);
	free(text);
	text = strdup(sql);
	connection = on;
	return real(on, sql, ret);
}

void duckdb_destroy_extracted(handle *extracted)
{
	void (*real)(handle *) = next("duckdb_destroy_extracted");

	keep_made();
	real(extracted);
}

static handle appended_to;
static char *appended;

int duckdb_appender_create(handle on, const char *schema, const char *table, handle *ret)
{
	int (*real)(handle, const char *, const char *, handle *) =
	    next("duckdb_appender_create");

	free(appended);
	appended = strdup(table);
	appended_to = on;
	return real(on, schema, table, ret);
}

int duckdb_appender_close(handle appender)
{
	int (*real)(handle) = next("duckdb_appender_close");
	int state = real(appender);
	char what[300], suffix[300];

	begin(appended_to, "-- rows of the program");
	snprintf(what, sizeof(what), "SELECT * FROM \"%s\"", appended);
	snprintf(suffix, sizeof(suffix), "%s.parquet", appended);
	keep_rows(appended_to, what, suffix);
	return state;
}

int duckdb_prepare(handle on, const char *sql, handle *ret)
{
	int (*real)(handle, const char *, handle *) = next("duckdb_prepare");

	begin(on, sql);
	return real(on, sql, ret);
}

static void keep_value(handle statement, uint64_t at, const char *value, size_t len)
{
	const char *(*name_of)(handle, uint64_t) = next("duckdb_parameter_name");
	FILE *f = open_kept("par", "ae");

	fprintf(f, value ? "%s\t%.*s\n" : "%s\n", name_of(statement, at), (int)len, value);
	fclose(f);
}

int duckdb_bind_varchar_length(handle statement, uint64_t at, const char *value, uint64_t len)
{
	int (*real)(handle, uint64_t, const char *, uint64_t) = next("duckdb_bind_varchar_length");

	keep_value(statement, at, value, len);
	return real(statement, at, value, len);
}

int duckdb_bind_null(handle statement, uint64_t at)
{
	int (*real)(handle, uint64_t) = next("duckdb_bind_null");

	keep_value(statement, at, NULL, 0);
	return real(statement, at);
}

int duckdb_bind_int64(handle statement, uint64_t at, int64_t value)
{
	int (*real)(handle, uint64_t, int64_t) = next("duckdb_bind_int64");
	char digits[32];
	int len = snprintf(digits, sizeof(digits), "%lld", (long long)value);

	keep_value(statement, at, digits, (size_t)len);
	return real(statement, at, value);
}
