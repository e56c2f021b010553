/* A spreadsheet as CSV, both ways. */
#include "catalog/sheet.h"
#include "catalog/sheet_inside.h"
#include "io/csv.h"

#include <stdlib.h>

enum { CELL_MAX = 1 << 20 };

static char separator_of(struct view text)
{
	const char *end = text.len ? memchr(text.ptr, '\n', text.len) : NULL;
	size_t len = end ? (size_t)(end - text.ptr) : text.len;
	size_t commas = 0, semicolons = 0;

	for (size_t i = 0; i < len; i++) {
		commas += text.ptr[i] == ',';
		semicolons += text.ptr[i] == ';';
	}
	return semicolons > commas ? ';' : ',';
}

/* Which of our columns each column of the file is. */
static int read_header(const struct catalog_sheet *s, struct csv_reader *csv, const char *name,
    int *ret, size_t max, size_t *ret_count, struct err *err)
{
	int got = csv_next(csv, err);

	if (got <= 0)
		return got < 0 ? -1 : err_set(err, ERR_FORMAT, "%s: no header", name);
	*ret_count = csv_count(csv);
	if (*ret_count > max)
		return err_set(err, ERR_FORMAT, "%s: more columns than the sheet has", name);
	for (size_t i = 0; i < *ret_count; i++) {
		ret[i] = catalog_sheet_column(s, view_trim(csv_field(csv, i)));
		if (ret[i] < 0)
			return err_set(err, ERR_FORMAT, "%s: column %zu is not one of the sheet",
			    name, i + 1);
		for (size_t k = 0; k < i; k++)
			if (ret[k] == ret[i])
				return err_set(err, ERR_FORMAT, "%s: column %s stands there twice",
				    name, s->columns.ptr[ret[i]]);
	}
	return 0;
}

static struct view fill_base(struct arena *memory, struct view cell, const char *base)
{
	AUTO_STR struct str out = {0};
	const char *at;
	struct view mark = VIEW_LIT("{base}");

	while (cell.len && (at = memmem(cell.ptr, cell.len, mark.ptr, mark.len))) {
		str_add(&out, (struct view){cell.ptr, (size_t)(at - cell.ptr)});
		str_addz(&out, base);
		cell = (struct view){at + mark.len, cell.len - (size_t)(at - cell.ptr) - mark.len};
	}
	str_add(&out, cell);
	return arena_view(memory, str_view(&out));
}

static int read_rows(const struct catalog_sheet *s, struct rdf_graph *g,
    const struct catalog_rules *r, const char *base, const char *name, struct csv_reader *csv,
    struct view *cells, const int *map, size_t count, struct err *err)
{
	AUTO_ARENA struct arena memory = {0};
	int got;

	while ((got = csv_next(csv, err)) > 0) {
		arena_reset(&memory);
		memset(cells, 0, s->columns.len * sizeof(*cells));
		for (size_t i = 0; i < count; i++) {
			struct view cell = csv_field(csv, i);

			if (cell.len > CELL_MAX)
				return err_set(err, ERR_LIMIT,
				    "%s: line %zu: a cell longer than allowed", name,
				    csv_line(csv));
			cells[map[i]] = fill_base(&memory, cell, base);
		}
		if (csv_count(csv) > count || catalog_sheet_add(s, g, r, base, cells, err) < 0) {
			if (csv_count(csv) > count)
				return err_set(err, ERR_FORMAT,
				    "%s: line %zu: more cells than columns", name, csv_line(csv));
			return err_wrap(err, "%s: line %zu", name, csv_line(csv));
		}
	}
	return got;
}

int catalog_sheet_read(const struct catalog_sheet *s, struct rdf_graph *g,
    const struct catalog_rules *r, const char *base, const char *name, struct view text,
    struct err *err)
{
	AUTO_CSV struct csv_reader *csv = csv_open_view(name, text, separator_of(text));
	int *map = mem_zalloc(s->columns.len, sizeof(*map));
	struct view *cells = mem_zalloc(s->columns.len, sizeof(*cells));
	size_t count = 0;
	int rc = read_header(s, csv, name, map, s->columns.len, &count, err);

	if (rc == 0)
		rc = read_rows(s, g, r, base, name, csv, cells, map, count, err);
	free(map);
	free(cells);
	return rc;
}

const struct catalog_sheet_line *catalog_sheet_line(const struct catalog_sheet *s, size_t column)
{
	for (size_t i = 0; i < s->lines.len; i++)
		if (strcmp(s->lines.ptr[i].column, s->columns.ptr[column]) == 0)
			return &s->lines.ptr[i];
	return NULL;
}

bool catalog_sheet_shows(const struct catalog_sheet_line *l, const struct rdf_term *t)
{
	return t->kind != RDF_BLANK &&
	       (strncmp(l->as, "text:", 5) != 0 || view_eq(t->lang, VIEW(l->as + 5)));
}

static uint32_t find(const struct rdf_graph *g, const char *iri)
{
	return iri ? rdf_find_iri(g, VIEW(iri)) : 0;
}

static void add_value(struct str *cell, const struct rdf_graph *g, const struct catalog_rules *r,
    const struct catalog_sheet_line *l, uint32_t id)
{
	const struct rdf_term *t = rdf_term(g, id);
	const struct catalog_concept *c = NULL;

	if (!catalog_sheet_shows(l, t))
		return;
	if (strncmp(l->as, "code:", 5) == 0)
		c = catalog_find_concept(r, t->text);
	if (cell->len)
		str_addc(cell, '|');
	if (c)
		str_addz(cell, c->code);
	else if (strcmp(l->as, "mail") == 0 && view_starts(t->text, VIEW_LIT("mailto:")))
		str_add(cell, (struct view){t->text.ptr + 7, t->text.len - 7});
	else
		str_add(cell, t->text);
}

static void add_values(struct str *cell, const struct rdf_graph *g, const struct catalog_rules *r,
    const struct catalog_sheet_line *l, uint32_t subject)
{
	size_t count = 0;
	uint32_t property = find(g, l->property);
	const struct rdf_quad *q = property ? rdf_values(g, subject, property, &count) : NULL;

	for (size_t i = 0; i < count; i++) {
		size_t inside = 0;
		uint32_t inner = find(g, l->inner);
		const struct rdf_quad *in =
		    inner ? rdf_values(g, q[i].object, inner, &inside) : NULL;

		if (!l->inner)
			add_value(cell, g, r, l, q[i].object);
		for (size_t k = 0; k < inside; k++)
			add_value(cell, g, r, l, in[k].object);
	}
}

void catalog_sheet_cell(const struct catalog_sheet *s, const struct rdf_graph *g,
    const struct catalog_rules *r, uint32_t dataset, size_t column, struct str *out)
{
	const struct catalog_sheet_line *l = catalog_sheet_line(s, column);
	const char *link = s->subjects.ptr[l->subject].links[0];
	uint32_t property = find(g, link);
	size_t count = 0;
	const struct rdf_quad *q = property ? rdf_values(g, dataset, property, &count) : NULL;

	if (!link && column == 0)
		str_add(out, rdf_term(g, dataset)->text);
	else if (!link)
		add_values(out, g, r, l, dataset);
	else if (count > 0)
		add_values(out, g, r, l, q->object);
}

static void add_row(const struct catalog_sheet *s, const struct rdf_graph *g,
    const struct catalog_rules *r, uint32_t dataset, struct str *out)
{
	AUTO_STR struct str cell = {0};

	for (size_t i = 0; i < s->columns.len; i++) {
		str_reset(&cell);
		catalog_sheet_cell(s, g, r, dataset, i, &cell);
		csv_add_field(out, str_view(&cell), i == 0);
	}
	csv_add_end(out);
}

void catalog_sheet_write(const struct catalog_sheet *s, const struct rdf_graph *g,
    const struct catalog_rules *r, struct str *out)
{
	uint32_t type = find(g, SHEET_RDF "type");
	uint32_t dataset = find(g, SHEET_DCAT "Dataset");

	for (size_t i = 0; i < s->columns.len; i++)
		csv_add_field(out, VIEW(s->columns.ptr[i]), i == 0);
	csv_add_end(out);
	for (uint32_t t = 1; type && dataset && t < g->terms.len; t++)
		if (rdf_term(g, t)->kind == RDF_IRI && rdf_has(g, t, type, dataset))
			add_row(s, g, r, t, out);
}
