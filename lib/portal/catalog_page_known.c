/* What is known of the data themselves: the picture of the quality label, frequent values. */
#include "portal/catalog_page.h"
#include "portal/register.h"

#include "catalog/sheet_inside.h"
#include "catalog/variables.h"
#include "guard/quantum_report.h"
#include "report/html.h"

#include <stdlib.h>

#define DQV "http://www.w3.org/ns/dqv#"

enum { VARIABLES_SHOWN = 200 };

/* The metric of an address that ends in "metric_ID", as hygie guard label names them. */
static struct quantum_metric *metric_of(struct quantum_label *q, struct view iri)
{
	for (size_t i = 0; i < q->metrics.len; i++) {
		AUTO_FREE char *end = str_format("metric_%s", q->metrics.ptr[i].id);

		if (view_ends(iri, VIEW(end)))
			return &q->metrics.ptr[i];
	}
	return NULL;
}

static void draw(const struct visit *v, const struct quantum_label *label, struct str *out)
{
	AUTO_REPORT struct report *doc = report_new("", "");
	AUTO_STR struct str svg = {0};

	if (v->language == FRENCH)
		doc->language = &v->portal->drawn;
	quantum_draw(label, &svg);
	report_add_drawing(out, doc, str_get(&svg));
}

int portal_catalog_picture(const struct visit *v, const struct rdf_graph *g, uint32_t dataset,
    struct str *out, struct err *err)
{
	AUTO_QUANTUM struct quantum_label label = {0};
	size_t count, metrics, told = 0;
	const struct rdf_quad *q =
	    portal_graph_values(g, dataset, DQV "hasQualityMeasurement", &count);

	if (count == 0)
		return 0;
	if (quantum_open(&label, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		const struct rdf_quad *of =
		    portal_graph_values(g, q[i].object, DQV "isMeasurementOf", &metrics);
		struct quantum_metric *m =
		    metrics ? metric_of(&label, rdf_term(g, of->object)->text) : NULL;
		double level;

		if (!m || !view_to_double(portal_graph_first(g, q[i].object, DQV "value"), &level))
			continue;
		m->level = (int)MIN(MAX(level, 0.0), (double)m->highest);
		told++;
	}
	if (told > 0)
		draw(v, &label, out);
	return 0;
}

struct value {
	uint32_t column;
	struct view text;
	int64_t rows;
};

struct values {
	const struct rdf_graph *g;
	VEC(struct value) all;
};

/* Columns as they stand in their table, "x.9" before "x.10"; values by how often they stand. */
static int by_place(const void *a, const void *b, void *arg)
{
	const struct rdf_graph *g = arg;
	const struct value *x = a, *y = b;
	struct view kx = rdf_term(g, x->column)->text, ky = rdf_term(g, y->column)->text;

	if (x->column != y->column)
		return kx.len != ky.len ? (kx.len < ky.len ? -1 : 1) : view_cmp(kx, ky);
	if (x->rows != y->rows)
		return x->rows > y->rows ? -1 : 1;
	return view_cmp(x->text, y->text);
}

static void read_values(struct values *v)
{
	const struct rdf_graph *g = v->g;
	uint32_t of = portal_graph_term(g, CATALOG_DISCO "statisticsVariable");

	for (size_t i = 0; of && i < g->quads.len; i++) {
		const struct rdf_quad *q = &g->quads.ptr[i];
		struct value x = {.column = q->object};
		size_t count;
		const struct rdf_quad *category;

		if (q->predicate != of)
			continue;
		category = portal_graph_values(
		    g, q->subject, CATALOG_DISCO "statisticsCategory", &count);
		if (count)
			x.text = portal_graph_first(g, category->object, SHEET_SKOS "notation");
		if (x.text.len &&
		    view_to_i64(
			portal_graph_first(g, q->subject, CATALOG_DISCO "frequency"), &x.rows) &&
		    x.rows >= CATALOG_VALUE_ROWS)
			*vec_push(&v->all) = x;
	}
	if (v->all.len)
		qsort_r(v->all.ptr, v->all.len, sizeof(*v->all.ptr), by_place,
		    (void *)(uintptr_t)g);
}

static bool is_shown(const json_t *rows, struct view name)
{
	const json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		if (view_eq(portal_view(json_object_get(row, "name")), name))
			return true;
	}
	return false;
}

static json_t *values_of(const struct values *v, size_t from, size_t *ret_to)
{
	json_t *list = json_array();
	size_t i = from;

	for (; i < v->all.len && v->all.ptr[i].column == v->all.ptr[from].column; i++)
		json_array_append_new(list,
		    json_pack("{s:o, s:I, s:i}", "value", portal_text(v->all.ptr[i].text), "rows",
			(json_int_t)v->all.ptr[i].rows, "width",
			(int)(100.0 * (double)v->all.ptr[i].rows /
			      (double)v->all.ptr[from].rows)));
	*ret_to = i;
	return list;
}

json_t *portal_catalog_frequent(const struct rdf_graph *g, const json_t *rows)
{
	struct values v = {.g = g};
	json_t *columns = json_array();

	read_values(&v);
	for (size_t i = 0, next; i < v.all.len; i = next) {
		struct view name = portal_graph_first(g, v.all.ptr[i].column, SHEET_CSVW "name");
		json_t *values = values_of(&v, i, &next);

		if (json_array_size(columns) < VARIABLES_SHOWN && is_shown(rows, name))
			json_array_append_new(columns,
			    json_pack("{s:o, s:o}", "name", portal_text(name), "values", values));
		else
			json_decref(values);
	}
	vec_clear(&v.all);
	if (json_array_size(columns))
		return columns;
	json_decref(columns);
	return json_null();
}
