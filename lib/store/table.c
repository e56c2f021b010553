#include "store/table.h"

#include "base/str.h"
#include "store/driver.h"

#include <assert.h>
#include <string.h>

#define SQL "store/records/table.sql:"

enum { PAGE = 256 };

static bool is_postgres(const struct store_tx *tx)
{
	return tx->link->driver->kind == STORE_POSTGRES;
}

void store_tables_clear(struct store_tables *t)
{
	for (size_t i = 0; i < t->all.len; i++) {
		vec_clear(&t->all.ptr[i].columns);
		vec_clear(&t->all.ptr[i].references);
	}
	vec_clear(&t->all);
	arena_clear(&t->memory);
}

static struct store_table *find(const struct store_tables *t, struct view name)
{
	for (size_t i = 0; i < t->all.len; i++)
		if (view_eq(VIEW(t->all.ptr[i].name), name))
			return &t->all.ptr[i];
	return NULL;
}

const struct store_table *store_tables_find(const struct store_tables *t, struct view name)
{
	return find(t, name);
}

static int type_of(struct view name)
{
	static const struct {
		const char *name;
		int type;
	} types[] = {{"bigint", STORE_INT}, {"text", STORE_TEXT}, {"bytea", STORE_BYTES}};

	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (view_eq_nocase(VIEW(types[i].name), name))
			return types[i].type;
	return -1;
}

static int add_column(struct store_tables *t, const struct store_rows *rows, struct err *err)
{
	struct view name = store_view(rows, 0);
	struct store_table *table = find(t, name);
	struct store_column c = {.type = type_of(store_view(rows, 2)),
	    .key = (int)store_number(rows, 3)};

	if (view_eq(name, VIEW_LIT("migration")))
		return 0;
	c.name = arena_strdup(&t->memory, store_view(rows, 1));
	if (c.type < 0)
		return err_set(err, ERR_FORMAT, "%.*s.%s: a column of a type that no hub has",
		    VIEW_ARG(name), c.name);
	if (!table) {
		table = vec_push(&t->all);
		*table = (struct store_table){.name = arena_strdup(&t->memory, name)};
	}
	*vec_push(&table->columns) = c;
	return 0;
}

static int add_reference(struct store_tables *t, const struct store_rows *rows, struct err *err)
{
	struct store_table *table = find(t, store_view(rows, 0));

	(void)err;
	if (table)
		*vec_push(&table->references) = (struct store_reference){
		    arena_strdup(&t->memory, store_view(rows, 1)),
		    arena_strdup(&t->memory, store_view(rows, 2)),
		    arena_strdup(&t->memory, store_view(rows, 3)),
		};
	return 0;
}

typedef int adder(struct store_tables *t, const struct store_rows *rows, struct err *err);

static int add_all(struct store_tables *t, struct store_tx *tx, const char *statement, adder *add,
    struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int more;

	if (store_query(&rows, tx, statement, STORE_NO_ARGS, err) < 0)
		return -1;
	while ((more = store_next(rows, err)) > 0)
		if (add(t, rows, err) < 0)
			return -1;
	return more;
}

/* Everything that `table` refers to stands in the first n. */
static bool is_ready(const struct store_tables *t, size_t n, const struct store_table *table)
{
	for (size_t i = 0; i < table->references.len; i++) {
		const char *other = table->references.ptr[i].table;
		bool found = strcmp(other, table->name) == 0;

		for (size_t k = 0; k < n && !found; k++)
			found = strcmp(t->all.ptr[k].name, other) == 0;
		if (!found)
			return false;
	}
	return true;
}

/* The first that is ready comes next; the others keep their order. */
static int sort(struct store_tables *t, struct err *err)
{
	for (size_t n = 0; n < t->all.len; n++) {
		size_t i = n;
		struct store_table next;

		while (i < t->all.len && !is_ready(t, n, &t->all.ptr[i]))
			i++;
		if (i == t->all.len)
			return err_set(err, ERR_FORMAT, "%s: tables that refer in a circle",
			    t->all.ptr[n].name);
		next = t->all.ptr[i];
		memmove(&t->all.ptr[n + 1], &t->all.ptr[n], (i - n) * sizeof(next));
		t->all.ptr[n] = next;
	}
	return 0;
}

int store_tables_read(struct store_tables *ret, struct store_tx *tx, struct err *err)
{
	bool pg = is_postgres(tx);

	return add_all(ret, tx, pg ? SQL "columns_postgres" : SQL "columns_sqlite", add_column,
		   err) < 0 ||
	               add_all(ret, tx, pg ? SQL "links_postgres" : SQL "links_sqlite",
			   add_reference, err) < 0
	           ? -1
	           : sort(ret, err);
}

static void add_name(struct str *sql, const char *name)
{
	str_addc(sql, '"');
	for (; *name; name++) {
		if (*name == '"')
			str_addc(sql, '"');
		str_addc(sql, *name);
	}
	str_addc(sql, '"');
}

static void add_names(struct str *sql, const struct store_table *t)
{
	for (size_t i = 0; i < t->columns.len; i++) {
		str_addz(sql, i ? ", " : "");
		add_name(sql, t->columns.ptr[i].name);
	}
}

static void add_order(struct str *sql, const struct store_table *t, const char *bytewise)
{
	const char *word = " ORDER BY ";

	for (int key = 1; key <= (int)t->columns.len; key++)
		for (size_t i = 0; i < t->columns.len; i++) {
			const struct store_column *c = &t->columns.ptr[i];

			if (c->key != key)
				continue;
			str_addz(sql, word);
			add_name(sql, c->name);
			str_addz(sql, c->type == STORE_TEXT ? bytewise : "");
			word = ", ";
		}
}

/* 1: a full page was visited, more may follow. */
static int visit_page(struct store_tx *tx, const char *sql, store_row_visit *visit, void *arg,
    struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int more, n = 0;

	if (store_query(&rows, tx, sql, STORE_NO_ARGS, err) < 0)
		return -1;
	while ((more = store_next(rows, err)) > 0) {
		if (visit(rows, arg, err) < 0)
			return -1;
		n++;
	}
	return more < 0 ? -1 : n == PAGE;
}

/* SQLite steps through its rows, PostgreSQL would send them all: it gets a cursor. */
static int visit_by_cursor(struct store_tx *tx, const char *select, store_row_visit *visit,
    void *arg, struct err *err)
{
	AUTO_FREE char *declare = str_format("DECLARE rows NO SCROLL CURSOR FOR %s", select);
	AUTO_FREE char *fetch = str_format("=FETCH %d FROM rows", PAGE);
	int more;

	if (store_tx_script(tx, declare, err) < 0)
		return -1;
	do {
		more = visit_page(tx, fetch, visit, arg, err);
	} while (more > 0);
	return more < 0 ? -1 : store_tx_script(tx, "CLOSE rows", err);
}

int store_table_each(struct store_tx *tx, const struct store_table *t, store_row_visit *visit,
    void *arg, struct err *err)
{
	AUTO_STR struct str sql = {0};
	int status;

	str_addz(&sql, "=SELECT ");
	add_names(&sql, t);
	str_addz(&sql, " FROM ");
	add_name(&sql, t->name);
	add_order(&sql, t, is_postgres(tx) ? " COLLATE \"C\"" : " COLLATE BINARY");
	if (is_postgres(tx))
		return visit_by_cursor(tx, str_get(&sql) + 1, visit, arg, err);
	status = visit_page(tx, str_get(&sql), visit, arg, err);
	return status < 0 ? -1 : 0;
}

int store_table_add(struct store_tx *tx, const struct store_table *t, struct store_args values,
    struct err *err)
{
	AUTO_STR struct str sql = {0};

	assert((size_t)values.count == t->columns.len);
	str_addz(&sql, "=INSERT INTO ");
	add_name(&sql, t->name);
	str_addz(&sql, " (");
	add_names(&sql, t);
	str_addz(&sql, ") VALUES (");
	for (int i = 0; i < values.count; i++)
		str_addf(&sql, "%s$%d", i ? ", " : "", i + 1);
	str_addz(&sql, ")");
	return store_exec(tx, str_get(&sql), values, NULL, err);
}

int store_table_empty(struct store_tx *tx, const struct store_table *t, struct err *err)
{
	AUTO_STR struct str sql = {0};

	str_addz(&sql, "=DELETE FROM ");
	add_name(&sql, t->name);
	return store_exec(tx, str_get(&sql), STORE_NO_ARGS, NULL, err);
}

int store_table_lost(struct store_tx *tx, const struct store_table *t,
    const struct store_reference *r, int64_t *ret_rows, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	AUTO_STR struct str sql = {0};

	str_addz(&sql, "=SELECT COUNT(*) FROM ");
	add_name(&sql, t->name);
	str_addz(&sql, " a LEFT JOIN ");
	add_name(&sql, r->table);
	str_addz(&sql, " b ON b.");
	add_name(&sql, r->other);
	str_addz(&sql, " = a.");
	add_name(&sql, r->column);
	str_addz(&sql, " WHERE a.");
	add_name(&sql, r->column);
	str_addz(&sql, " IS NOT NULL AND b.");
	add_name(&sql, r->other);
	str_addz(&sql, " IS NULL");
	if (store_query(&rows, tx, str_get(&sql), STORE_NO_ARGS, err) < 0 ||
	    store_next(rows, err) < 0)
		return -1;
	*ret_rows = store_number(rows, 0);
	return 0;
}

int store_integrity(struct store_tx *tx, struct str *ret_lines, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int more;

	if (is_postgres(tx))
		return 0;
	if (store_query(&rows, tx, SQL "integrity_sqlite", STORE_NO_ARGS, err) < 0)
		return -1;
	while ((more = store_next(rows, err)) > 0)
		if (!view_eq(store_view(rows, 0), VIEW_LIT("ok")))
			str_addf(ret_lines, "%.*s\n", VIEW_ARG(store_view(rows, 0)));
	if (more == 0 || err->code != ERR_IO)
		return more;
	str_addf(ret_lines, "%s\n", err->msg); /* too damaged to be checked is an answer */
	*err = (struct err){0};
	return 0;
}
