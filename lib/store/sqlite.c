#include "store/driver.h"

#include "base/map.h"

#include <assert.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

enum { BUSY_MS = 10000 };

struct link {
	struct store_link base;
	sqlite3 *db;
	struct map names; /* of statements, by index in prepared */
	VEC(sqlite3_stmt *) prepared;
};

struct rows {
	struct store_rows base;
	struct link *link;
	sqlite3_stmt *stmt;
};

/* SQLite's own messages name tables and columns, never values. */
static int fail(struct link *l, const char *what, struct err *err)
{
	int code = l->db ? sqlite3_errcode(l->db) : SQLITE_NOMEM;

	if (code == SQLITE_FULL || code == SQLITE_IOERR || code == SQLITE_READONLY)
		return err_set(err, ERR_OUTPUT, "the store cannot be written: %s",
		    sqlite3_errmsg(l->db));
	if (code == SQLITE_CANTOPEN || code == SQLITE_BUSY || code == SQLITE_NOTADB ||
	    code == SQLITE_CORRUPT)
		return err_set(err, ERR_IO, "the store cannot be read: %s",
		    sqlite3_errmsg(l->db));
	return err_set(err, ERR_INTERNAL, "%s: %s", what,
	    l->db ? sqlite3_errmsg(l->db) : sqlite3_errstr(code));
}

static int run_script(struct store_link *base, const char *sql, struct err *err)
{
	struct link *l = (struct link *)base;

	return sqlite3_exec(l->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : fail(l, "script", err);
}

static int begin_read(struct store_link *link, struct err *err)
{
	return run_script(link, "BEGIN", err);
}

static void end_read(struct store_link *link)
{
	struct err ignored = {0};

	link->broken = run_script(link, "ROLLBACK", &ignored) < 0;
}

static int begin_write(struct store_link *link, struct err *err)
{
	return run_script(link, "BEGIN IMMEDIATE", err);
}

static void close_link(struct store_link *base)
{
	struct link *l = (struct link *)base;

	for (size_t i = 0; i < l->prepared.len; i++)
		sqlite3_finalize(l->prepared.ptr[i]);
	vec_clear(&l->prepared);
	map_clear(&l->names);
	sqlite3_close(l->db);
	free(l);
}

/* Nobody else may read the file, whatever the umask. */
static void make_private(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
}

static int open_link(struct store_link **ret, const char *where, struct err *err)
{
	static const char settings[] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
				       "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; "
				       "PRAGMA cell_size_check=ON;";
	struct link *l = mem_zalloc(1, sizeof(*l));

	make_private(where);
	l->base.driver = &store_sqlite;
	if (sqlite3_open_v2(where, &l->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
		SQLITE_OK ||
	    sqlite3_busy_timeout(l->db, BUSY_MS) != SQLITE_OK ||
	    sqlite3_exec(l->db, settings, NULL, NULL, NULL) != SQLITE_OK) {
		fail(l, "open", err);
		close_link(&l->base);
		return err_wrap(err, "%s", where);
	}
	*ret = &l->base;
	return 0;
}

static sqlite3_stmt *prepare(struct link *l, const char *name, struct err *err)
{
	size_t known = l->names.entries.len;
	int64_t i = map_intern(&l->names, VIEW(name));
	sqlite3_stmt **kept;
	struct view sql;

	if ((size_t)i == known)
		*vec_push(&l->prepared) = NULL;
	kept = &l->prepared.ptr[i];
	if (!*kept) {
		sql = store_statement(name);
		if (sqlite3_prepare_v3(l->db, sql.ptr, (int)sql.len, SQLITE_PREPARE_PERSISTENT,
			kept, NULL) != SQLITE_OK)
			fail(l, name, err);
	}
	return *kept;
}

static int bind_one(sqlite3_stmt *stmt, int at, const struct store_value *v)
{
	switch (v->type) {
	case STORE_NULL: return sqlite3_bind_null(stmt, at);
	case STORE_INT: return sqlite3_bind_int64(stmt, at, v->number);
	case STORE_TEXT:
		return sqlite3_bind_text64(stmt, at, v->bytes.len ? v->bytes.ptr : "", v->bytes.len,
		    SQLITE_TRANSIENT, SQLITE_UTF8);
	case STORE_BYTES:
		return sqlite3_bind_blob64(stmt, at, v->bytes.len ? v->bytes.ptr : "", v->bytes.len,
		    SQLITE_TRANSIENT);
	}
	return SQLITE_MISUSE;
}

/* "$2" may stand anywhere, and twice. */
static int bind_all(struct link *l, sqlite3_stmt *stmt, const char *name,
    struct store_args args, struct err *err)
{
	for (int i = 0; i < args.count; i++) {
		char parameter[16];
		int at;

		snprintf(parameter, sizeof(parameter), "$%d", i + 1);
		at = sqlite3_bind_parameter_index(stmt, parameter);
		if (at == 0)
			return err_set(err, ERR_INTERNAL, "%s: no parameter %s", name, parameter);
		if (bind_one(stmt, at, &args.values[i]) != SQLITE_OK)
			return fail(l, name, err);
	}
	return 0;
}

static int exec_statement(struct store_link *base, const char *name,
    struct store_args args, int64_t *ret_changed, struct err *err)
{
	struct link *l = (struct link *)base;
	sqlite3_stmt *stmt = prepare(l, name, err);
	int status = stmt ? bind_all(l, stmt, name, args, err) : -1;

	if (status == 0 && sqlite3_step(stmt) != SQLITE_DONE)
		status = fail(l, name, err);
	if (status == 0 && ret_changed)
		*ret_changed = sqlite3_changes64(l->db);
	if (stmt) {
		sqlite3_reset(stmt);
		sqlite3_clear_bindings(stmt);
	}
	return status;
}

static int exec_all(struct store_link *base, const struct store_call *calls, size_t n,
    struct err *err)
{
	for (size_t i = 0; i < n; i++)
		if (exec_statement(base, calls[i].statement, calls[i].args, NULL, err) < 0)
			return -1;
	return 0;
}

static int query(struct store_rows **ret, struct store_link *base,
    const char *name, struct store_args args, struct err *err)
{
	struct link *l = (struct link *)base;
	sqlite3_stmt *stmt = prepare(l, name, err);
	struct rows *rows;

	if (!stmt || bind_all(l, stmt, name, args, err) < 0)
		return -1;
	assert(!sqlite3_stmt_busy(stmt) && "a statement inside its own rows");
	rows = mem_zalloc(1, sizeof(*rows));
	*rows = (struct rows){{&store_sqlite}, l, stmt};
	*ret = &rows->base;
	return 0;
}

static int next_row(struct store_rows *base, struct err *err)
{
	struct rows *rows = (struct rows *)base;

	switch (sqlite3_step(rows->stmt)) {
	case SQLITE_ROW: return 1;
	case SQLITE_DONE: return 0;
	default: return fail(rows->link, "query", err);
	}
}

static void end_rows(struct store_rows *base)
{
	struct rows *rows = (struct rows *)base;

	sqlite3_reset(rows->stmt);
	sqlite3_clear_bindings(rows->stmt);
	free(rows);
}

static bool is_null(const struct store_rows *base, int i)
{
	return sqlite3_column_type(((const struct rows *)base)->stmt, i) == SQLITE_NULL;
}

static int64_t number(const struct store_rows *base, int i)
{
	return sqlite3_column_int64(((const struct rows *)base)->stmt, i);
}

static struct view view(const struct store_rows *base, int i)
{
	sqlite3_stmt *stmt = ((const struct rows *)base)->stmt;
	const char *bytes = sqlite3_column_blob(stmt, i);

	return (struct view){bytes ? bytes : "", (size_t)sqlite3_column_bytes(stmt, i)};
}

const struct store_driver store_sqlite = {
    .kind = STORE_SQLITE,
    .open = open_link,
    .close = close_link,
    .begin_read = begin_read,
    .end_read = end_read,
    .begin_write = begin_write,
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
