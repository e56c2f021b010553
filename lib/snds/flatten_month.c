/*
 * One flux month of DCIR by joins of the database. ER_PRS_F streams through joins
 * by hash on the nine keys and is sorted by person. The rows of a child are numbered within their
 * row of ER_PRS_F only in months where some row has several.
 */
#include "snds/flatten_month.h"

#include "base/embed.h"
#include "base/map.h"
#include "io/file.h"

#include <inttypes.h>

const char dcir_keys[] = "DCT_ORD_NUM FLX_DIS_DTD FLX_EMT_NUM FLX_EMT_ORD FLX_EMT_TYP "
			 "FLX_TRT_DTD ORG_CLE_NUM PRS_ORD_NUM REM_TYP_AFF";

bool dcir_is_key(const char *column)
{
	struct view rest = VIEW(dcir_keys);
	struct view key;

	while (view_next(&rest, ' ', &key))
		if (view_eq_nocase(key, VIEW(column)))
			return true;
	return false;
}

/* Made and dropped again: rows of ER_PRS_F with the numbers of their lines. */
static const char lines_table[] = "flat_lines";

/* A child in the month. */
struct child {
	const struct dcir_table *table;
	char *rows;    /* what stands behind FROM */
	bool numbered; /* they have the column line */
};

struct month {
	const struct dcir *d;
	struct table_db *db;
	int64_t month;
	VEC(struct child) children;
	bool numbered; /* one of them is */
};

#define AUTO_MONTH AUTO(month_clear)

static void month_clear(struct month *m)
{
	for (size_t i = 0; i < m->children.len; i++)
		free(m->children.ptr[i].rows);
	vec_clear(&m->children);
}

int64_t dcir_rows(const struct dcir_table *t, int64_t month)
{
	for (size_t i = 0; i < t->months.len; i++)
		if (t->months.ptr[i].month == month)
			return t->months.ptr[i].rows;
	return 0;
}

char *dcir_name(int64_t month)
{
	return month ? str_format("%04" PRId64 "-%02" PRId64, month / 100, month % 100)
	             : mem_strdup("none");
}

char *dcir_path(int64_t month)
{
	AUTO_FREE char *name = dcir_name(month);

	return str_format("dcir/%s.parquet", name);
}

static void add_day(struct str *sql, int64_t month)
{
	str_addf(sql, "%04" PRId64 "-%02" PRId64 "-01", month / 100, month % 100);
}

void dcir_add_month(struct str *sql, int64_t month)
{
	AUTO_STR struct str first = {0};
	AUTO_STR struct str next = {0};

	if (month == 0) {
		str_addz(sql, "FLX_DIS_DTD IS NULL");
		return;
	}
	add_day(&first, month);
	add_day(&next, month % 100 == 12 ? month + 89 : month + 1);
	table_fill(sql, embed_find("snds/sql/flatten_month.sql"),
	    TABLE_WORDS({"first", str_get(&first)}, {"next", str_get(&next)}));
}

/* What stands behind FROM for one month of a table. */
static void add_relation(struct str *sql, const struct dcir_table *t, int64_t month)
{
	if (t->sorted && dcir_rows(t, month)) {
		AUTO_FREE char *name = str_format("month=%" PRId64, month);

		str_addz(sql, table_source_relation(t->sorted, name));
	} else {
		str_addf(sql, "(SELECT * FROM %s WHERE ", t->view);
		if (dcir_rows(t, month))
			dcir_add_month(sql, month);
		else
			str_addz(sql, "false");
		str_addc(sql, ')');
	}
}

static void add_order(struct str *sql, const flat_columns *columns)
{
	for (size_t i = 0; i < columns->len; i++) {
		str_addz(sql, i ? ", " : "");
		table_quote_name(sql, VIEW(columns->ptr[i].name));
		str_addz(sql, " NULLS LAST");
	}
}

static int run(struct month *m, const char *file, const struct table_word *words, size_t count,
    int64_t *ret_count, struct err *err)
{
	AUTO_STR struct str sql = {0};

	flat_fill(m->d->f, &sql, file, words, count);
	return table_run(m->db, file, str_view(&sql), TABLE_NO_PARAMS, ret_count, err);
}

/* Put a table of numbered rows in the place of the rows. */
static int number_rows(struct month *m, struct child *c, struct err *err)
{
	AUTO_STR struct str order = {0};
	char *name = str_format("lines_%s", c->table->table->name);
	int rc;

	add_order(&order, &c->table->columns);
	rc = run(m, "snds/sql/flatten_child.sql",
	    TABLE_WORDS({"name", name}, {"relation", c->rows}, {"order", str_get(&order)}), NULL,
	    err);
	free(c->rows);
	c->rows = name;
	c->numbered = m->numbered = true;
	return rc;
}

static int open_child(struct month *m, const struct dcir_table *t, struct err *err)
{
	struct child *c = vec_push(&m->children);
	struct str rows = {0};
	int64_t several = 0;

	add_relation(&rows, t, m->month);
	*c = (struct child){.table = t, .rows = str_take(&rows)};
	if (dcir_rows(t, m->month) > 1 &&
	    run(m, "snds/sql/flatten_several.sql", TABLE_WORDS({"relation", c->rows}), &several,
		err) < 0)
		return -1;
	return several ? number_rows(m, c, err) : 0;
}

static void add_keys(struct str *sql, const char *before, const char *after)
{
	struct view rest = VIEW(dcir_keys);
	struct view key;

	for (size_t i = 0; view_next(&rest, ' ', &key); i++)
		str_addf(sql, "%s%s%.*s%s", i ? ", " : "", before, VIEW_ARG(key), after);
}

/* SELECT keys, line FROM lines_ER_PHA_F UNION ALL ... */
static int make_lines(struct month *m, struct err *err)
{
	AUTO_STR struct str lines = {0};

	for (size_t i = 0; i < m->children.len; i++) {
		if (!m->children.ptr[i].numbered)
			continue;
		str_addz(&lines, lines.len ? " UNION ALL SELECT " : "SELECT ");
		add_keys(&lines, "", "");
		str_addf(&lines, ", line FROM %s", m->children.ptr[i].rows);
	}
	return run(m, "snds/sql/flatten_line.sql",
	    TABLE_WORDS({"line", lines_table}, {"lines", str_get(&lines)}), NULL, err);
}

static int count_rows(struct month *m, const char *owned, struct err *err)
{
	AUTO_STR struct str children = {0};

	for (size_t i = 0; i < m->children.len; i++) {
		str_addf(&children, "%sSELECT '%s' AS child, ", i ? " UNION ALL " : "",
		    m->children.ptr[i].table->table->name);
		add_keys(&children, "", "");
		str_addf(&children, " FROM %s AS c", m->children.ptr[i].rows);
	}
	if (!m->children.len)
		str_addf(&children, "SELECT '' AS child, * FROM %s WHERE false",
		    m->d->tables.ptr[0].view);
	return run(m, "snds/sql/flatten_care.sql",
	    TABLE_WORDS({"owned", owned}, {"children", str_get(&children)}), NULL, err);
}

static void add_same(struct str *sql, const char *alias)
{
	struct view rest = VIEW(dcir_keys);
	struct view key;

	for (size_t i = 0; view_next(&rest, ' ', &key); i++)
		str_addf(sql, "%s%s.%.*s = r.%.*s", i ? " AND " : "", alias, VIEW_ARG(key),
		    VIEW_ARG(key));
}

static void add_join(struct str *sql, const struct month *m, size_t at)
{
	const struct child *c = &m->children.ptr[at];
	AUTO_FREE char *alias = str_format("c%zu", at + 1);

	str_addf(sql, "LEFT JOIN %s AS %s ON ", c->rows, alias);
	add_same(sql, alias);
	if (c->numbered)
		str_addf(sql, " AND %s.line = r.line", alias);
	else if (m->numbered)
		str_addz(sql, " AND r.line = 1");
	str_addc(sql, '\n');
}

static void add_owned(struct str *sql, const struct month *m)
{
	AUTO_STR struct str relation = {0};
	AUTO_STR struct str day = {0};

	add_relation(&relation, &m->d->tables.ptr[0], m->month);
	table_fill(&day, embed_find("mainbase/sql/shape/day.sql"),
	    TABLE_WORDS({"column", "r.EXE_SOI_DTD"}));
	flat_fill(m->d->f, sql, "snds/sql/flatten_owned.sql",
	    TABLE_WORDS({"relation", str_get(&relation)}, {"day", str_get(&day)}));
}

static int copy_rows(struct month *m, const char *owned, struct snds_flatten_file *ret,
    struct err *err)
{
	struct flatten *f = m->d->f;
	AUTO_FREE char *path = dcir_path(m->month);
	AUTO_FREE char *whole = path_join(f->folder, path);
	AUTO_STR struct str line_join = {0};
	AUTO_STR struct str joins = {0};
	AUTO_STR struct str order = {0};
	AUTO_STR struct str sql = {0};

	if (m->numbered) {
		str_addf(&line_join, "LEFT JOIN %s AS a ON ", lines_table);
		add_same(&line_join, "a");
	}
	for (size_t i = 0; i < m->children.len; i++)
		add_join(&joins, m, i);
	add_keys(&order, "r.", " NULLS LAST");
	flat_fill(f, &sql, "snds/sql/flatten_dcir.sql",
	    TABLE_WORDS({"owned", owned}, {"line", m->numbered ? "coalesce(a.line, 1)" : "1"},
		{"line_join", str_get(&line_join)}, {"joins", str_get(&joins)},
		{"columns", str_get(&m->d->columns)}, {"key_order", str_get(&order)},
		{"kept", f->options->keep_filtered ? "TRUE" : "r.filter IS NULL"}));
	return flat_write(m->db, str_get(&sql), whole, ret, err);
}

static int drop_lines(struct month *m, struct err *err)
{
	AUTO_STR struct str sql = {0};

	str_addf(&sql, "DROP TABLE %s;\n", lines_table);
	for (size_t i = 0; i < m->children.len; i++)
		if (m->children.ptr[i].numbered)
			str_addf(&sql, "DROP TABLE %s;\n", m->children.ptr[i].rows);
	return table_run(m->db, "flatten", str_view(&sql), TABLE_NO_PARAMS, NULL, err);
}

int dcir_join_month(const struct dcir *d, struct table_db *db, int64_t month,
    struct snds_flatten_file *ret, struct err *err)
{
	AUTO_MONTH struct month m = {.d = d, .db = db, .month = month};
	AUTO_STR struct str owned = {0};

	add_owned(&owned, &m);
	for (size_t i = 1; i < d->tables.len; i++)
		if (open_child(&m, &d->tables.ptr[i], err) < 0)
			return -1;
	if ((m.numbered && make_lines(&m, err) < 0) ||
	    count_rows(&m, str_get(&owned), err) < 0 ||
	    copy_rows(&m, str_get(&owned), ret, err) < 0)
		return -1;
	return m.numbered ? drop_lines(&m, err) : 0;
}
