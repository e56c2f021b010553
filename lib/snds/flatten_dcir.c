/*
 * DCIR, flux month by flux month. In one month the children are numbered
 * within their row of ER_PRS_F and joined by hash on the nine keys, ER_PRS_F
 * streams through and is sorted by person. A table whose file has its months
 * mixed is first sorted into one folder a month, once.
 *
 * Where the time goes, in months of 33,000 rows: 60 % are the joins, the sorting
 * and above all the encoding of Parquet, 25 % the numbering of children, 12 %
 * the accounting. A month of one row group is encoded by one core while the
 * other waits: bench/snds_flatten.c shows how far that is from reading and
 * writing ER_PRS_F alone, the limit.
 */
#include "base/embed.h"
#include "base/map.h"
#include "io/file.h"
#include "snds/flatten_inside.h"
#include "table/query.h"

#include <inttypes.h>
#include <stdio.h>

static const char keys[] = "DCT_ORD_NUM FLX_DIS_DTD FLX_EMT_NUM FLX_EMT_ORD FLX_EMT_TYP "
			   "FLX_TRT_DTD ORG_CLE_NUM PRS_ORD_NUM REM_TYP_AFF";
static const char care_needs[] = "DCT_ORD_NUM FLX_DIS_DTD FLX_EMT_NUM FLX_EMT_ORD FLX_EMT_TYP "
				 "FLX_TRT_DTD ORG_CLE_NUM PRS_ORD_NUM REM_TYP_AFF BEN_NIR_PSA "
				 "BEN_RNG_GEM EXE_SOI_DTD DPN_QLF PRS_DPN_QLP";

/* Rows between the first and the last of each month, for one row: above it, the file is sorted. */
static const double MIXED = 3;

struct month_rows {
	int64_t month, rows;
};

struct dcir_table {
	const struct flat_table *table;
	const char *view;  /* the whole table */
	const char *lines; /* of a child in one month: the table made of it */
	flat_columns columns;
	VEC(struct month_rows) months;
	struct table_source *sorted; /* one table a month; NULL: the view in its order */
};

struct dcir {
	struct flatten *f;
	VEC(struct dcir_table) tables; /* ER_PRS_F first */
	VEC(int64_t) months;           /* of all tables, ascending */
};

#define AUTO_DCIR AUTO(dcir_clear)

static void dcir_clear(struct dcir *d)
{
	for (size_t i = 0; i < d->tables.len; i++) {
		vec_clear(&d->tables.ptr[i].columns);
		vec_clear(&d->tables.ptr[i].months);
		table_source_close(&d->tables.ptr[i].sorted);
	}
	vec_clear(&d->tables);
	vec_clear(&d->months);
}

static int64_t rows_of(const struct dcir_table *t, int64_t month)
{
	for (size_t i = 0; i < t->months.len; i++)
		if (t->months.ptr[i].month == month)
			return t->months.ptr[i].rows;
	return 0;
}

static void add_month(struct dcir *d, int64_t month)
{
	size_t at = 0;

	while (at < d->months.len && d->months.ptr[at] < month)
		at++;
	if (at < d->months.len && d->months.ptr[at] == month)
		return;
	(void)vec_push(&d->months);
	memmove(d->months.ptr + at + 1, d->months.ptr + at,
	    (d->months.len - 1 - at) * sizeof(*d->months.ptr));
	d->months.ptr[at] = month;
}

/* The months of a table, and how many rows a reader of each of them would pass. */
static int read_months(struct dcir *d, struct dcir_table *t, double *ret_mixed, struct err *err)
{
	AUTO_STR struct str sql = {0};
	AUTO_QUERY struct table_query *q = NULL;
	int64_t rows = 0, passed = 0;
	int rc;

	table_fill(&sql, embed_find("snds/sql/flatten_months.sql"),
	    TABLE_WORDS({"view", t->view}));
	if (table_query_open(&q, d->f->db, t->table->name, str_view(&sql), TABLE_NO_PARAMS,
		err) < 0)
		return -1;
	while ((rc = table_query_next(q, err)) > 0)
		for (size_t i = 0; i < table_query_rows(q); i++) {
			int64_t month = table_query_i64(q, 0)[i];

			rows += table_query_i64(q, 1)[i];
			passed += table_query_i64(q, 2)[i];
			if (!flat_in_range(d->f, month))
				continue;
			*vec_push(&t->months) =
			    (struct month_rows){month, table_query_i64(q, 1)[i]};
			add_month(d, month);
		}
	*ret_mixed = rows ? (double)passed / (double)rows : 1;
	return rc;
}

/* One pass writes a folder a month; it is read as the tables of a folder. */
static int sort_into_months(struct dcir *d, struct dcir_table *t, struct err *err)
{
	struct flatten *f = d->f;
	AUTO_FREE char *folder = path_join(f->temp, t->table->name);
	AUTO_STR struct str quoted = {0};

	table_quote_path(&quoted, folder);
	if (flat_run(f, "snds/sql/flatten_sort.sql",
		TABLE_WORDS({"view", t->view}, {"folder", str_get(&quoted)}), TABLE_NO_PARAMS,
		err) < 0 ||
	    table_source_open(&t->sorted, f->db, folder, err) < 0)
		return -1;
	str_addf(&f->result->sorted, "%s%s", f->result->sorted.len ? ", " : "", t->table->name);
	return 0;
}

static int open_table(struct dcir *d, const struct flat_table *table, struct err *err)
{
	struct flatten *f = d->f;
	struct dcir_table *t = vec_push(&d->tables);
	double mixed;

	t->table = table;
	t->view = arena_format(&f->arena, "flat_%s", table->name);
	t->lines = arena_format(&f->arena, "lines_%s", table->name);
	if (flat_view(f, table, table->name, t->view, table->role == FLAT_MAIN ? care_needs : keys,
		&t->columns, err) < 0 ||
	    read_months(d, t, &mixed, err) < 0)
		return -1;
	return mixed > MIXED || table_source_is_csv(f->source, table->name)
	           ? sort_into_months(d, t, err)
	           : 0;
}

static bool is_joined(const struct flatten *f, const struct flat_table *t)
{
	return strcmp(t->family, "dcir") == 0 &&
	       (t->role == FLAT_MAIN ||
		   (table_source_has(f->source, t->name) &&
		       flat_list_has(f->options->tables, t->name)));
}

static int open_tables(struct dcir *d, struct err *err)
{
	struct flatten *f = d->f;
	int rc = 0;

	progress_start(f->options->progress, "reading the months", NULL, 100);
	for (size_t i = 0; rc == 0 && i < f->tables.len; i++)
		if (is_joined(f, &f->tables.ptr[i]))
			rc = open_table(d, &f->tables.ptr[i], err);
	progress_end(f->options->progress);
	return rc;
}

static void add_day(struct str *sql, int64_t month)
{
	str_addf(sql, "%04" PRId64 "-%02" PRId64 "-01", month / 100, month % 100);
}

/* What stands behind FROM for one month of a table. */
static void add_relation(struct str *sql, const struct dcir_table *t, int64_t month)
{
	AUTO_STR struct str first = {0};
	AUTO_STR struct str next = {0};

	if (t->sorted && rows_of(t, month)) {
		AUTO_FREE char *name = str_format("month=%" PRId64, month);

		str_addz(sql, table_source_relation(t->sorted, name));
	} else if (!rows_of(t, month)) {
		str_addf(sql, "(SELECT * FROM %s WHERE false)", t->view);
	} else if (month == 0) {
		str_addf(sql, "(SELECT * FROM %s WHERE FLX_DIS_DTD IS NULL)", t->view);
	} else {
		add_day(&first, month);
		add_day(&next, month % 100 == 12 ? month + 89 : month + 1);
		table_fill(sql, embed_find("snds/sql/flatten_month.sql"),
		    TABLE_WORDS({"view", t->view}, {"first", str_get(&first)},
			{"next", str_get(&next)}));
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

static int make_lines(struct dcir *d, const struct dcir_table *t, int64_t month, struct err *err)
{
	AUTO_STR struct str relation = {0};
	AUTO_STR struct str order = {0};

	add_relation(&relation, t, month);
	add_order(&order, &t->columns);
	return flat_run(d->f, "snds/sql/flatten_child.sql",
	    TABLE_WORDS({"name", t->lines}, {"relation", str_get(&relation)},
		{"order", str_get(&order)}),
	    TABLE_NO_PARAMS, err);
}

/* SELECT 'ER_PHA_F' AS child, keys, line FROM lines_ER_PHA_F UNION ALL ... */
static void add_lines(struct str *sql, const struct dcir *d)
{
	for (size_t i = 1; i < d->tables.len; i++) {
		struct view rest = VIEW(keys);
		struct view key;

		str_addf(sql, "%sSELECT '%s' AS child", i > 1 ? " UNION ALL " : "",
		    d->tables.ptr[i].table->name);
		while (view_next(&rest, ' ', &key))
			str_addf(sql, ", %.*s", VIEW_ARG(key));
		str_addf(sql, ", line FROM %s", d->tables.ptr[i].lines);
	}
	if (d->tables.len < 2)
		str_addf(sql, "SELECT '' AS child, *, 1 AS line FROM %s WHERE false",
		    d->tables.ptr[0].view);
}

static void add_joins(struct str *sql, const struct dcir *d)
{
	for (size_t i = 1; i < d->tables.len; i++) {
		struct view rest = VIEW(keys);
		struct view key;

		str_addf(sql, "LEFT JOIN %s AS c%zu ON c%zu.line = r.line", d->tables.ptr[i].lines,
		    i, i);
		while (view_next(&rest, ' ', &key))
			str_addf(sql, " AND c%zu.%.*s = r.%.*s", i, VIEW_ARG(key), VIEW_ARG(key));
		str_addc(sql, '\n');
	}
}

static void add_columns(struct str *sql, const struct dcir *d)
{
	AUTO_MAP struct map taken = {0};
	flat_columns own = {0};

	str_addz(sql, "r.person_id");
	if (d->f->options->keep_filtered)
		str_addz(sql, ", r.filter");
	str_addz(sql, ", r.line");
	flat_add_columns(sql, &taken, "r", "PRS", &d->tables.ptr[0].columns);
	for (size_t i = 1; i < d->tables.len; i++) {
		AUTO_FREE char *alias = str_format("c%zu", i);
		const flat_columns *all = &d->tables.ptr[i].columns;

		own.len = 0;
		for (size_t c = 0; c < all->len; c++)
			if (!strstr(keys, all->ptr[c].name))
				*vec_push(&own) = all->ptr[c];
		flat_add_columns(sql, &taken, alias, flat_tag(d->f, d->tables.ptr[i].table), &own);
	}
	vec_clear(&own);
}

static void add_key_order(struct str *sql)
{
	struct view rest = VIEW(keys);
	struct view key;

	while (view_next(&rest, ' ', &key))
		str_addf(sql, "%sr.%.*s NULLS LAST", sql->len ? ", " : "", VIEW_ARG(key));
}

static void add_owned(struct str *sql, const struct dcir *d, int64_t month)
{
	AUTO_STR struct str relation = {0};
	AUTO_STR struct str day = {0};

	add_relation(&relation, &d->tables.ptr[0], month);
	table_fill(&day, embed_find("mainbase/sql/shape/day.sql"),
	    TABLE_WORDS({"column", "r.EXE_SOI_DTD"}));
	flat_fill(d->f, sql, "snds/sql/flatten_owned.sql",
	    TABLE_WORDS({"relation", str_get(&relation)}, {"day", str_get(&day)}));
}

static int copy_month(struct dcir *d, const char *owned, int64_t month, struct err *err)
{
	AUTO_FREE char *name = month ? str_format("%04" PRId64 "-%02" PRId64, month / 100,
					   month % 100)
	                             : mem_strdup("none");
	AUTO_FREE char *path = str_format("dcir/%s.parquet", name);
	AUTO_STR struct str joins = {0};
	AUTO_STR struct str columns = {0};
	AUTO_STR struct str order = {0};
	AUTO_STR struct str sql = {0};

	add_joins(&joins, d);
	add_columns(&columns, d);
	add_key_order(&order);
	flat_fill(d->f, &sql, "snds/sql/flatten_dcir.sql",
	    TABLE_WORDS({"owned", owned}, {"joins", str_get(&joins)},
		{"columns", str_get(&columns)}, {"key_order", str_get(&order)},
		{"kept", d->f->options->keep_filtered ? "TRUE" : "r.filter IS NULL"}));
	return flat_copy(d->f, str_get(&sql), d->tables.ptr[0].table, name, path, err);
}

static int drop_month(struct dcir *d, struct err *err)
{
	AUTO_STR struct str sql = {0};

	str_add(&sql, embed_find("snds/sql/flatten_drop.sql"));
	for (size_t i = 1; i < d->tables.len; i++)
		str_addf(&sql, "DROP TABLE %s;\n", d->tables.ptr[i].lines);
	return table_run(d->f->db, "flatten", str_view(&sql), TABLE_NO_PARAMS, NULL, err);
}

static int flatten_month(struct dcir *d, int64_t month, struct err *err)
{
	AUTO_STR struct str owned = {0};
	AUTO_STR struct str lines = {0};

	add_owned(&owned, d, month);
	add_lines(&lines, d);
	for (size_t i = 1; i < d->tables.len; i++)
		if (make_lines(d, &d->tables.ptr[i], month, err) < 0)
			return -1;
	if (flat_run(d->f, "snds/sql/flatten_line.sql",
		TABLE_WORDS({"owned", str_get(&owned)}, {"lines", str_get(&lines)}),
		TABLE_NO_PARAMS, err) < 0 ||
	    copy_month(d, str_get(&owned), month, err) < 0)
		return -1;
	return drop_month(d, err);
}

int flat_dcir(struct flatten *f, struct err *err)
{
	AUTO_DCIR struct dcir d = {.f = f};
	AUTO_FREE char *folder = path_join(f->folder, "dcir");
	int64_t start = time_now_ns();
	int rc = 0;

	if (path_make_folder(folder, err) < 0 || open_tables(&d, err) < 0 ||
	    mainbase_make(&f->result->base, "reimbursement", err) < 0)
		return -1;
	for (size_t i = 0; rc == 0 && i < d.months.len; i++)
		rc = flatten_month(&d, d.months.ptr[i], err);
	f->result->dcir_seconds = (double)(time_now_ns() - start) / 1e9;
	return rc;
}
