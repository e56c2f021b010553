/* Descriptions as a spreadsheet: rows become drafts, and the other way round. */
#include "portal/catalog_edit.h"

#include "catalog/records.h"
#include "catalog/search.h"
#include "io/csv.h"
#include "portal/catalog_page.h"

enum { ROWS_MAX = 500 };

static int fault(struct visit *v, const char *why, size_t line, struct err *err)
{
	AUTO_FREE char *text =
	    str_format("%zu: %.*s", line, VIEW_ARG(visit_text(v, why)));

	*err = (struct err){0};
	visit_set(v, "fault", VIEW(text));
	v->r->status = 422;
	return catalog_edit_list(v, err);
}

static char separator_of(struct view text)
{
	const char *end = text.len ? memchr(text.ptr, '\n', text.len) : NULL;
	struct view head = {text.ptr, end ? (size_t)(end - text.ptr) : text.len};

	return head.len && memchr(head.ptr, ';', head.len) ? ';' : ',';
}

struct taking {
	struct visit *v;
	int columns[EDIT_COLUMNS];
	size_t count;
	const struct catalog_sheet *sheet;
};

static bool read_header(struct taking *t, struct csv_reader *csv)
{
	t->count = csv_count(csv);
	for (size_t i = 0; i < t->count && i < EDIT_COLUMNS; i++) {
		t->columns[i] = catalog_sheet_column(t->sheet, view_trim(csv_field(csv, i)));
		if (t->columns[i] < 0)
			return false;
	}
	return t->count > 0 && t->count <= EDIT_COLUMNS && t->columns[0] == 0;
}

static bool is_name(struct view name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", name.ptr[i]) || !name.ptr[i])
			return false;
	return name.len > 0 && name.len <= 64;
}

/* 1: taken; 0: no address of this hub, or another holder's. */
static int take_row(const struct taking *t, struct csv_reader *csv, struct err *err)
{
	AUTO_CATALOG_EDIT struct catalog_edit e = {0};
	AUTO_FREE char *head = str_format("%s/dataset/", t->v->hub->conf.origin);
	struct view iri = view_trim(csv_field(csv, 0)), name;

	if (!view_starts(iri, VIEW(head)))
		return 0;
	name = (struct view){iri.ptr + strlen(head), iri.len - strlen(head)};
	if (!is_name(name))
		return 0;
	if (catalog_edit_open(t->v, name, &e, err) < 0) {
		if (t->v->r->status != 404)
			return t->v->r->status == 403 ? 0 : -1;
		*err = (struct err){0};
		t->v->r->status = 0;
		catalog_edit_clear(&e);
		e = (struct catalog_edit){.name = arena_strdup(&t->v->q->memory, name)};
		if (catalog_edit_new(arena_strdup(&t->v->q->memory, iri), &e, err) < 0)
			return -1;
	}
	for (size_t i = 1; i < t->count && i < csv_count(csv); i++)
		e.cells[t->columns[i]] = arena_view(&t->v->q->memory, csv_field(csv, i));
	if (catalog_edit_apply(t->v, &e, err) < 0)
		return -1;
	if (!catalog_edit_may(t->v, catalog_edit_holder(&e), name))
		return 0;
	return catalog_edit_save(t->v, &e, err) < 0 ? -1 : 1;
}

int catalog_edit_sheet_do(struct visit *v, struct err *err)
{
	AUTO_CATALOG_SHEET struct catalog_sheet sheet = {0};
	struct taking t = {.v = v, .sheet = &sheet};
	struct view text = v->q->uploads.len ? v->q->uploads.ptr[0].bytes : VIEW_NONE;
	AUTO_CSV struct csv_reader *csv = csv_open_view("sheet", text, separator_of(text));
	size_t rows = 0;
	int got;

	if (catalog_sheet_open(&sheet, err) < 0)
		return -1;
	if (!view_is_utf8(text) || (text.len && memchr(text.ptr, '\0', text.len)))
		return fault(v, "the file is not in UTF-8; save it as CSV UTF-8", 1, err);
	if (csv_next(csv, err) <= 0 || !read_header(&t, csv))
		return fault(v, "the first line does not name the sheet's columns", 1, err);
	while ((got = csv_next(csv, err)) > 0) {
		int taken;

		if (rows++ == ROWS_MAX)
			return fault(v, "more than 500 rows; the rows above are drafts",
			    csv_line(csv), err);
		taken = take_row(&t, csv, err);
		if (taken < 0)
			return -1;
		if (!taken)
			return fault(v, "not a dataset of yours; the rows above are drafts",
			    csv_line(csv), err);
	}
	if (got < 0)
		return fault(v, "this is not CSV; the rows above are drafts", csv_line(csv), err);
	visit_go(v, "/holder");
	return 0;
}

int catalog_edit_export(struct visit *v, struct err *err)
{
	AUTO_CATALOG_INDEX struct catalog_index *index = NULL;
	AUTO_CATALOG_SHEET struct catalog_sheet sheet = {0};
	AUTO_GRAPH struct rdf_graph all = {0};

	if (portal_catalog_hold(v, &index, err) < 0 || catalog_sheet_open(&sheet, err) < 0)
		return -1;
	for (size_t i = 0; i < catalog_index_count(index); i++) {
		const struct catalog_entry *e = catalog_index_entry(index, (uint32_t)i);
		AUTO_GRAPH struct rdf_graph one = {0};

		if (!catalog_edit_may(v, e->publisher, e->name))
			continue;
		if (catalog_dataset_read(v->hub->store, e->iri, &one, err) < 0)
			return -1;
		rdf_copy(&all, &one);
	}
	rdf_index(&all);
	catalog_sheet_write(&sheet, &all, catalog_index_rules(index), &v->r->body);
	v->r->type = "text/csv; charset=utf-8";
	http_add_header(v->r, "Content-Disposition",
	    VIEW_LIT("attachment; filename=\"datasets.csv\""));
	return 0;
}
