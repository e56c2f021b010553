/* Columns of a file, typed, into a table of the database: n, the row; c0, c1 ... */
#include "guard/rules_inside.h"

enum { BATCH_ROWS = 20000 };

struct load_job {
	const struct rules_table *table;
	struct table_schema schema;
	struct table_append *append;
	struct table_batch *batch;
	struct str scratch, text;
	struct err *err;
	bool failed;
};

/* The database takes UTF-8 only: what is none is read as ISO 8859-1. */
static void set_text(struct load_job *l, size_t column, struct view v)
{
	static const struct guard_dialect latin = {.encoding = GUARD_LATIN1};
	AUTO_ARENA struct arena arena = {0};

	if (view_is_utf8(v))
		table_set_text(l->batch, column, v);
	else
		table_set_text(l->batch, column, guard_dialect_utf8(&latin, v, &arena));
}

static void set_cell(struct load_job *l, size_t column, const struct rules_column *c,
    struct view cell)
{
	struct guard_typed v;

	if (guard_field_is_missing(&c->field, cell))
		return;
	guard_field_value(&c->field, cell, &l->scratch, &v);
	if (v.kind == GUARD_VALUE_NONE)
		return;
	if (c->kind == RULE_TEXT)
		set_text(l, column, v.text);
	else if (c->type == TABLE_TYPE_DOUBLE)
		table_set_double(l->batch, column, v.number);
	else if (v.kind != GUARD_VALUE_INTEGER)
		return; /* too large an integer */
	else if (c->type == TABLE_TYPE_DATE)
		table_set_date(l->batch, column, (date_t)v.integer);
	else
		table_set_int(l->batch, column, v.integer);
}

static void flush(struct load_job *l)
{
	if (table_append_put(l->append, &l->batch, l->err) < 0)
		l->failed = true;
	l->batch = table_batch_new(&l->schema);
}

static void load_row(void *ctx, int worker, uint64_t row, const struct view *cells, size_t count)
{
	struct load_job *l = ctx;

	(void)worker;
	if (l->failed)
		return;
	table_batch_row(l->batch);
	table_set_int(l->batch, 0, (int64_t)row);
	for (size_t i = 0; i < l->table->columns.len; i++) {
		const struct rules_column *c = &l->table->columns.ptr[i];

		if (c->column < count)
			set_cell(l, i + 1, c, cells[c->column]);
	}
	if (table_batch_rows(l->batch) == BATCH_ROWS)
		flush(l);
}

static struct table_column *make_columns(struct rules_job *j, const struct rules_table *t)
{
	struct table_column *columns =
	    arena_zalloc(&j->arena, t->columns.len + 1, sizeof(*columns));

	columns[0] = (struct table_column){"n", TABLE_TYPE_I64};
	for (size_t i = 0; i < t->columns.len; i++)
		columns[i + 1] = (struct table_column){arena_format(&j->arena, "c%zu", i),
		    t->columns.ptr[i].type};
	return columns;
}

static bool *wanted_columns(const struct rules_table *t)
{
	bool *wanted = mem_zalloc(t->feed.dialect.names.len + 1, sizeof(*wanted));

	for (size_t i = 0; i < t->columns.len; i++)
		if (t->columns.ptr[i].column != SIZE_MAX)
			wanted[t->columns.ptr[i].column] = true;
	return wanted;
}

static int read_rows(struct load_job *l, struct guard_feed *feed, struct err *err)
{
	bool *wanted = wanted_columns(l->table);
	int rc = guard_feed_run(feed, wanted, load_row, l, err);

	free(wanted);
	if (rc >= 0)
		flush(l);
	return l->failed ? -1 : rc;
}

/* One thread, so that rows come in order and sums of numbers have the same bits. */
int rules_load(struct rules_job *j, size_t table, struct err *err)
{
	struct rules_table *t = &j->tables.ptr[table];
	struct guard_csv_options one = *j->options;
	struct guard_feed feed = t->feed;
	struct load_job l = {.table = t, .err = err};
	int rc;

	one.threads = 1;
	feed.options = &one;
	l.schema = (struct table_schema){
	    arena_format(&j->arena, "t%zu", table), make_columns(j, t), t->columns.len + 1};
	l.batch = table_batch_new(&l.schema);
	rc = table_append_open(&l.append, j->db, &l.schema, err);
	if (rc == 0 && t->path)
		rc = read_rows(&l, &feed, err);
	if (rc >= 0)
		rc = table_append_close(&l.append, err);
	table_append_discard(&l.append);
	table_batch_free(&l.batch);
	str_clear(&l.scratch);
	return rc < 0 ? err_wrap(err, "%s", t->name) : 0;
}
