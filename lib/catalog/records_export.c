/* Keyset paging by `place`: the memory of one page, whatever the number of records. */
#include "catalog/records.h"

#include <stdio.h>

enum { PAGE = 500,
	FLUSH = 1 << 20 };

struct exporting {
	struct catalog_export *e;
	catalog_sink *sink;
	void *arg;
	struct rdf_writing writing;
	struct rdf_graph one;
	struct rdf_graph *all; /* instead of writing */
	struct str out;
	uint64_t page;
};

static int flush(struct exporting *x, size_t least, struct err *err)
{
	if (x->out.len < least)
		return 0;
	if (x->sink(x->arg, str_view(&x->out), err) < 0)
		return -1;
	str_reset(&x->out);
	return 0;
}

static bool is_wanted(const struct exporting *x, const struct store_rows *row)
{
	struct view kind = store_view(row, 2), state = store_view(row, 3);

	if (x->e->datasets_only && view_eq(kind, VIEW_LIT("catalog")))
		return false;
	return !x->e->published || view_eq(state, VIEW_LIT("published"));
}

static int add_body(struct exporting *x, struct view body, struct err *err)
{
	x->page++;
	if (x->all) {
		x->e->entities++;
		return catalog_body_read(x->all, body, x->page, err);
	}
	rdf_reset(&x->one);
	if (catalog_body_read(&x->one, body, 0, err) < 0)
		return -1;
	rdf_index(&x->one);
	x->e->entities++;
	x->e->statements += x->one.quads.len;
	if (rdf_write_graph(&x->writing, &x->one, &x->out, err) < 0)
		return -1;
	return flush(x, FLUSH, err);
}

static int export_pages(struct store_tx *tx, void *arg, struct err *err)
{
	struct exporting *x = arg;
	char last[80] = "";
	int got = 1;

	for (size_t rows_seen = PAGE; rows_seen == PAGE;) {
		AUTO_STORE_ROWS struct store_rows *rows = NULL;

		rows_seen = 0;
		if (store_query(&rows, tx, "catalog/records/entity.sql:list",
			STORE_ARGS(store_text(VIEW(last)), store_int(PAGE)), err) < 0)
			return -1;
		while ((got = store_next(rows, err)) > 0) {
			rows_seen++;
			snprintf(last, sizeof(last), "%.*s", VIEW_ARG(store_view(rows, 0)));
			if (is_wanted(x, rows) &&
			    add_body(x, store_view(rows, 4), err) < 0)
				return -1;
		}
		if (got < 0)
			return -1;
	}
	return 0;
}

int catalog_records_export(struct store *s, struct catalog_export *e, catalog_sink *sink,
    void *arg, struct err *err)
{
	struct exporting x = {.e = e, .sink = sink, .arg = arg, .writing = {.syntax = e->syntax}};
	int rc;

	e->entities = e->statements = 0;
	rdf_write_begin(&x.out, e->syntax);
	rc = store_read(s, export_pages, &x, err);
	if (rc == 0) {
		rdf_write_end(&x.out, e->syntax, !x.writing.begun);
		rc = flush(&x, 0, err);
	}
	str_clear(&x.out);
	rdf_clear(&x.one);
	return rc;
}

int catalog_records_graph(struct store *s, struct catalog_export *e, struct rdf_graph *ret,
    struct err *err)
{
	struct exporting x = {.e = e, .all = ret};

	e->entities = e->statements = 0;
	if (store_read(s, export_pages, &x, err) < 0)
		return -1;
	rdf_index(ret);
	e->statements = ret->quads.len;
	return 0;
}
