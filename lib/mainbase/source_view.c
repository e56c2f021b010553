#include "mainbase/source_view.h"

#include "base/embed.h"

#include <assert.h>
#include <inttypes.h>

static const struct {
	enum table_type type;
	const char *sql_type;
	const char *shape; /* sql/shape/NAME.sql; NULL: as it is */
} kinds[MAINBASE_KINDS] = {
    [MAINBASE_TEXT] = {TABLE_TYPE_TEXT, "STRING", NULL},
    [MAINBASE_INT] = {TABLE_TYPE_I64, "BIGINT", NULL},
    [MAINBASE_NUMBER] = {TABLE_TYPE_DOUBLE, "DOUBLE", NULL},
    [MAINBASE_DATE] = {TABLE_TYPE_DATE, "DATE", NULL},
    [MAINBASE_DAY] = {TABLE_TYPE_DATE, "DATE", "mainbase/sql/shape/day.sql"},
    [MAINBASE_CODE] = {TABLE_TYPE_TEXT, "STRING", "mainbase/sql/shape/code.sql"},
    [MAINBASE_PASSED] = {TABLE_TYPE_TEXT, "STRING", "mainbase/sql/shape/passed.sql"},
    [MAINBASE_DIGITS] = {TABLE_TYPE_I64, "STRING", "mainbase/sql/shape/digits.sql"},
    [MAINBASE_UCD] = {TABLE_TYPE_TEXT, "STRING", "mainbase/sql/shape/ucd.sql"},
    [MAINBASE_KEY] = {TABLE_TYPE_TEXT, "STRING", "mainbase/sql/shape/key.sql"},
};

static int duplicate(const char *label, const char *key, int64_t n, struct err *err)
{
	(void)err_set(err, ERR_FORMAT, "%s: key %s is not unique: %" PRId64 " more rows", label,
	    key, n);
	return err_hint(err, "the extract holds rows twice: remove the copies or export it again");
}

/* How many rows of the view repeat `what`: its hash, or the key itself. */
static int count_repeated(struct table_db *db, const char *view, const char *what, int64_t *ret,
    struct err *err)
{
	AUTO_FREE char *distinct = str_format("SELECT DISTINCT %s FROM %s", what, view);
	AUTO_FREE char *sql = str_format("SELECT (SELECT count(*) FROM %s) - count(*) FROM (%s)",
	    view, distinct);

	return table_run(db, view, VIEW(sql), TABLE_NO_PARAMS, ret, err);
}

/*
 * Hashes are counted first: one number a row instead of nine columns. Only
 * when they are fewer than the rows are the keys themselves compared.
 */
static int check_key(struct table_db *db, const char *view, const char *label, const char *key,
    struct err *err)
{
	AUTO_FREE char *hash = str_format("hash(%s)", key);
	int64_t n = 0;

	if (count_repeated(db, view, hash, &n, err) < 0)
		return -1;
	if (n > 0 && count_repeated(db, view, key, &n, err) < 0)
		return -1;
	return n == 0 ? 0 : duplicate(label, key, n, err);
}

static int open_checked(struct table_db *db, struct table_source *s, const char *view,
    const struct mainbase_table *t, const char *file, struct err *err)
{
	struct table_need needs[64];

	assert(t->columns.len <= ARRAY_LEN(needs));
	for (size_t i = 0; i < t->columns.len; i++)
		needs[i] = (struct table_need){
		    .name = t->columns.ptr[i].column,
		    .type = kinds[t->columns.ptr[i].kind].type,
		    .optional = t->columns.ptr[i].optional,
		};
	if (table_source_view(s, view, file, needs, t->columns.len, err) < 0)
		return -1;
	return *t->key ? check_key(db, view, table_source_label(s, file), t->key, err) : 0;
}

static void add_shaped(struct str *sql, const struct mainbase_column *c)
{
	const char *shape = kinds[c->kind].shape;

	if (shape)
		table_fill(sql, embed_find(shape),
		    TABLE_WORDS({"column", c->column}, {"width", c->width}));
	else
		str_addz(sql, c->column);
	str_addf(sql, " AS %s", c->name);
}

int mainbase_view_select(struct str *sql, struct table_db *db, struct table_source *s,
    const struct mainbase_table *t, const char *file, int year, struct err *err)
{
	AUTO_FREE char *view = str_format("%s_file_%d", t->view, year);

	if (open_checked(db, s, view, t, file, err) < 0)
		return -1;
	str_addz(sql, "SELECT ");
	if (year)
		str_addf(sql, "%d AS year, ", year);
	for (size_t i = 0; i < t->columns.len; i++) {
		str_addz(sql, i ? ", " : "");
		add_shaped(sql, &t->columns.ptr[i]);
	}
	str_addf(sql, " FROM %s", view);
	return 0;
}

void mainbase_view_empty(struct str *sql, const struct mainbase_table *t)
{
	str_addz(sql, "SELECT ");
	if (mainbase_is_yearly(t))
		str_addz(sql, "0 AS year, ");
	for (size_t i = 0; i < t->columns.len; i++)
		str_addf(sql, "%sCAST(NULL AS %s) AS %s", i ? ", " : "",
		    kinds[t->columns.ptr[i].kind].sql_type, t->columns.ptr[i].name);
	str_addz(sql, " WHERE false");
}
