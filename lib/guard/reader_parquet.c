/* Parquet by DuckDB, in the child: hostile files have made it stop before. */
#include "guard/reader.h"

#include "base/embed.h"
#include "table/query.h"

enum {
	DESCRIBED_NAME = 0,
	DESCRIBED_TYPE = 1,
};

/* A path that means the descriptor. */
#define INPUT "/proc/self/fd/0"

struct parquet {
	struct guard_reader *reader;
	struct table_db *db;
	struct str columns; /* what is selected */
	VEC(bool) floating; /* "81.0" is written "81", as elsewhere */
	struct view *cells;
};

static void fill(struct str *sql, const char *file, const struct parquet *p)
{
	AUTO_STR struct str path = {0};
	struct view text = embed_find(file);

	table_quote_path(&path, INPUT);
	table_fill(sql, text,
	    TABLE_WORDS({"file", str_get(&path)}, {"columns", str_get(&p->columns)}));
}

static void add_column(struct parquet *p, struct view name, struct view type)
{
	AUTO_STR struct str quoted = {0};
	bool is_text = view_eq(type, VIEW_LIT("VARCHAR"));

	table_quote_name(&quoted, name);
	if (p->columns.len)
		str_addc(&p->columns, ',');
	str_addf(&p->columns, is_text ? "%s" : "CAST(%s AS VARCHAR)", str_get(&quoted));
	*vec_push(&p->floating) =
	    view_eq(type, VIEW_LIT("DOUBLE")) || view_eq(type, VIEW_LIT("FLOAT"));
	guard_reader_variable(p->reader, name, VIEW_LIT(""), type, VIEW_LIT(""));
}

static enum guard_end describe(struct parquet *p, struct err *err)
{
	AUTO_STR struct str sql = {0};
	AUTO_QUERY struct table_query *q = NULL;
	int rc;

	fill(&sql, "guard/sql/parquet.sql", p);
	if (table_query_open(&q, p->db, "parquet", str_view(&sql), TABLE_NO_PARAMS, err) < 0)
		return GUARD_DAMAGED;
	while ((rc = table_query_next(q, err)) > 0)
		for (size_t i = 0; i < table_query_rows(q); i++)
			add_column(p, table_query_text(q, DESCRIBED_NAME, i),
			    table_query_text(q, DESCRIBED_TYPE, i));
	if (rc < 0)
		return GUARD_DAMAGED;
	return p->floating.len > p->reader->column_max ? GUARD_TOO_WIDE : GUARD_WHOLE;
}

static struct view cell_of(const struct parquet *p, const struct table_query *q, size_t column,
    size_t row)
{
	struct view v = table_query_text(q, column, row);

	if (p->floating.ptr[column] && view_ends(v, VIEW_LIT(".0")))
		v.len -= 2;
	return v;
}

static enum guard_end read_rows(struct parquet *p, struct err *err)
{
	AUTO_STR struct str sql = {0};
	AUTO_QUERY struct table_query *q = NULL;
	size_t count = p->floating.len;
	int rc;

	fill(&sql, "guard/sql/parquet_rows.sql", p);
	if (table_query_open(&q, p->db, "parquet", str_view(&sql), TABLE_NO_PARAMS, err) < 0)
		return GUARD_DAMAGED;
	while ((rc = table_query_next(q, err)) > 0)
		for (size_t row = 0; row < table_query_rows(q); row++) {
			for (size_t i = 0; i < count; i++)
				p->cells[i] = cell_of(p, q, i, row);
			if (!guard_reader_row(p->reader, p->cells, count))
				return GUARD_DAMAGED;
		}
	return rc < 0 ? GUARD_DAMAGED : GUARD_WHOLE;
}

enum guard_end guard_read_parquet(struct guard_reader *r)
{
	struct parquet p = {.reader = r};
	struct table_options o = {.threads = 1, .memory_bytes = r->limits.memory_bytes / 4};
	struct err err = {0};
	enum guard_end end = GUARD_DAMAGED;

	if (table_open(&p.db, &o, &err) == 0)
		end = describe(&p, &err);
	if (end == GUARD_WHOLE && p.floating.len) {
		p.cells = mem_zalloc(p.floating.len, sizeof(*p.cells));
		end = read_rows(&p, &err);
	}
	free(p.cells);
	vec_clear(&p.floating);
	str_clear(&p.columns);
	table_close(&p.db);
	return end;
}
