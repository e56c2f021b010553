/* What stands around a description: its quality label, its duties, who said it, who used it. */
#include "portal/catalog_page.h"
#include "portal/register.h"

#include "catalog/history.h"
#include "catalog/rdf.h"
#include "catalog/sheet_inside.h"

#include <stdio.h>

#define OA "http://www.w3.org/ns/oa#"
#define DQV "http://www.w3.org/ns/dqv#"

enum { USES_SHOWN = 50 };

/* "…#three_stars" and "…/3": QUANTUM's levels as hygie guard label writes them. */
static int stars_of(struct view body)
{
	static const char *const names[] = {"no_star", "one_star", "two_stars", "three_stars",
	    "four_stars", "five_stars"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (view_ends(body, VIEW(names[i])))
			return (int)i;
	return -1;
}

/* Words of the label, in French where they are known; else in their language. */
static json_t *said(const struct visit *v, json_t *words)
{
	const struct report_reader to = {&v->portal->drawn, " "};
	const char *text = json_string_value(json_object_get(words, "text"));
	AUTO_STR struct str french = {0};

	if (v->language == FRENCH && text && report_say(&french, &to, text)) {
		json_object_set_new(words, "text", portal_text(str_view(&french)));
		json_object_set_new(words, "lang", json_null());
	}
	return words;
}

static json_t *level_of(const struct visit *v, const struct rdf_graph *g, uint32_t measure)
{
	size_t count, dimensions;
	const struct rdf_quad *metric =
	    portal_graph_values(g, measure, DQV "isMeasurementOf", &count);
	struct view value = portal_graph_first(g, measure, DQV "value");
	const struct rdf_quad *in;
	json_t *name, *dimension = NULL;
	double n = 0;

	if (!count || !view_to_double(value, &n))
		return NULL;
	name = portal_graph_text(v, g, metric->object, SHEET_SKOS "definition");
	in = portal_graph_values(g, metric->object, DQV "inDimension", &dimensions);
	if (dimensions)
		dimension = portal_graph_text(v, g, in->object, SHEET_SKOS "prefLabel");
	if (!dimension) /* the score, the maturity of the holder */
		n /= 20;
	return json_pack("{s:o, s:o, s:o, s:i, s:i}", "name",
	    name ? said(v, name)
		 : json_pack("{s:s%, s:n}", "text",
		       rdf_term(g, metric->object)->text.ptr,
		       rdf_term(g, metric->object)->text.len, "lang"),
	    "dimension", dimension ? said(v, dimension) : json_null(), "value",
	    portal_text(value), "width",
	    (int)(MIN(MAX(n, 0.0), 5.0) * 20), "rest", 0);
}

json_t *portal_catalog_quality(const struct visit *v, const struct rdf_graph *g, uint32_t dataset)
{
	json_t *levels = json_array(), *stars = json_null();
	size_t count, measures;
	const struct rdf_quad *q =
	    portal_graph_values(g, dataset, DQV "hasQualityAnnotation", &count);
	const struct rdf_quad *m =
	    portal_graph_values(g, dataset, DQV "hasQualityMeasurement", &measures);

	for (size_t i = 0; i < count; i++) {
		int n = stars_of(portal_graph_first(g, q[i].object, OA "hasBody"));

		if (n >= 0)
			stars = json_integer(n);
	}
	for (size_t i = 0; i < measures; i++) {
		json_t *level = level_of(v, g, m[i].object);

		if (level)
			json_array_append_new(levels, level);
	}
	if (!count && json_array_size(levels) == 0) {
		json_decref(levels);
		return json_null();
	}
	return json_pack("{s:o, s:b, s:o}", "stars", stars, "labelled", 1, "levels", levels);
}

json_t *portal_catalog_duties(const struct visit *v, const struct catalog_index *i,
    const struct rdf_graph *g, uint32_t dataset, struct view access)
{
	const struct catalog_rules *r = catalog_index_rules(i);
	enum catalog_access class = catalog_access_of(access);
	struct catalog_duties d = catalog_duties_count(r, g, dataset, class);
	json_t *duties = json_array();

	for (size_t k = 0; k < r->rules.len; k++) {
		const struct catalog_rule *rule = &r->rules.ptr[k];
		enum catalog_duty duty = catalog_duty_of(r, rule, g, dataset, class);

		if (duty != CATALOG_NOT_ASKED)
			json_array_append_new(duties,
			    json_pack("{s:s, s:s, s:b, s:b}", "label",
				rule->label[portal_catalog_language(v)], "property", rule->name,
				"must", rule->card[class].level == 'M', "met",
				duty == CATALOG_MET));
	}
	return json_pack("{s:o, s:i, s:i, s:i, s:i}", "list", duties, "met", d.met, "all", d.asked,
	    "extra_met", d.advised_met, "extra_all", d.advised);
}

/* The property of a statement, as people know it: "dct:title". */
static json_t *field_name(struct view statement)
{
	const char *open = memchr(statement.ptr, ' ', statement.len), *close;
	struct view iri, prefix, name;

	if (!open || open + 2 >= statement.ptr + statement.len)
		return json_string("");
	close = memchr(open + 1, ' ', (size_t)(statement.ptr + statement.len - open - 1));
	if (!close || close - open < 4)
		return json_string("");
	iri = (struct view){open + 2, (size_t)(close - open - 3)};
	if (!rdf_compact(iri, &prefix, &name))
		return portal_text(iri);
	return json_sprintf("%.*s:%.*s", VIEW_ARG(prefix), VIEW_ARG(name));
}

/* One line for each version that still stands in a field: its source, its day, its fields. */
static json_t *by_version(const struct catalog_history *h)
{
	json_t *all = json_array();

	for (size_t k = 0; k < h->fields.len; k++) {
		const struct catalog_field *f = &h->fields.ptr[k];
		json_t *entry = NULL, *one, *name = field_name(f->statement), *known;
		size_t n, at;
		bool there = false;

		json_array_foreach(all, n, one)
		{
			if (json_integer_value(json_object_get(one, "version")) == f->version)
				entry = one;
		}
		if (!entry) {
			entry = json_pack("{s:I, s:s, s:o, s:o}", "version",
			    (json_int_t)f->version, "source", f->source, "at",
			    portal_register_time(f->at), "fields", json_array());
			json_array_append_new(all, entry);
		}
		json_array_foreach(json_object_get(entry, "fields"), at, known)
		{
			there |= json_equal(known, name);
		}
		if (there)
			json_decref(name);
		else
			json_array_append_new(json_object_get(entry, "fields"), name);
	}
	return all;
}

int portal_catalog_history(struct visit *v, struct view iri, json_t *into, struct err *err)
{
	AUTO_CATALOG_HISTORY struct catalog_history h = {0};
	json_t *claims = json_array();

	if (catalog_history_read(v->hub->store, iri, &h, err) < 0) {
		json_decref(claims);
		return -1;
	}
	for (size_t k = 0; k < h.claims.len; k++)
		json_array_append_new(claims,
		    json_pack("{s:s, s:o, s:b}", "source", h.claims.ptr[k].source, "at",
			portal_register_time(h.claims.ptr[k].at), "same", h.claims.ptr[k].same));
	json_object_set_new(into, "claims", claims);
	json_object_set_new(into, "said", by_version(&h));
	return 0;
}

/* The register names sources by code, by what the holder calls them, or by their address here. */
int portal_catalog_uses(struct visit *v, const struct catalog_entry *e, json_t *into,
    struct err *err)
{
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	AUTO_SEARCH_RESULT struct search_result found = {0};
	struct search_ask q = {.order = "newest", .size = USES_SHOWN};
	AUTO_FREE char *fr = str_format("other/%.*s", VIEW_ARG(e->title[1]));
	AUTO_FREE char *en = str_format("other/%.*s", VIEW_ARG(e->title[0]));
	AUTO_FREE char *iri = str_format("other/%.*s", VIEW_ARG(e->iri));
	json_t *uses = json_array();

	json_object_set_new(into, "uses", uses);
	q.choices[q.choice_count++] = (struct search_choice){REGISTER_BY_SOURCE, VIEW(iri)};
	q.choices[q.choice_count++] = (struct search_choice){REGISTER_BY_SOURCE, e->name};
	q.choices[q.choice_count++] = (struct search_choice){REGISTER_BY_SOURCE, VIEW(fr)};
	q.choices[q.choice_count++] = (struct search_choice){REGISTER_BY_SOURCE, VIEW(en)};
	if (portal_register_hold(v, &index, err) < 0)
		return -1;
	register_query_run(&q, index, portal_register_language(v), &found);
	for (size_t k = 0; k < found.documents.len; k++) {
		AUTO_JSON json_t *sheet = NULL;
		json_t *use = json_object();

		json_array_append_new(uses, use);
		if (register_index_sheet(index, found.documents.ptr[k], &sheet, err) < 0)
			return -1;
		portal_register_words(v, use, "title", sheet, "title");
		json_object_set(use, "reference", json_object_get(sheet, "reference"));
		json_object_set_new(use, "results",
		    json_integer((json_int_t)json_array_size(json_object_get(sheet, "results"))));
	}
	json_object_set_new(into, "uses_total", json_integer((json_int_t)found.total));
	return 0;
}

/* Decades from 1960 to the one after the last; the covered time as a bar. */
void portal_catalog_timeline(const struct catalog_entry *e, struct str *out)
{
	enum { WIDTH = 640,
		FIRST = 1960,
		LAST = 2030 };
	int from = e->from == DATE_NONE ? FIRST : date_to_civil(e->from).year;
	int until = e->until == DATE_NONE ? LAST : date_to_civil(e->until).year + 1;

	if (e->from == DATE_NONE && e->until == DATE_NONE)
		return;
	from = MIN(MAX(from, FIRST), LAST);
	until = MIN(MAX(until, from + 1), LAST + 1);
	str_addf(out, "<svg class=\"timeline\" viewBox=\"0 0 %d 44\" role=\"img\" "
		      "aria-hidden=\"true\" focusable=\"false\">",
	    WIDTH);
	str_addf(out, "<rect class=\"covered\" x=\"%d\" y=\"4\" width=\"%d\" height=\"14\"/>",
	    (from - FIRST) * (WIDTH - 40) / (LAST - FIRST),
	    MAX((until - from) * (WIDTH - 40) / (LAST - FIRST), 3));
	for (int y = FIRST; y <= LAST; y += 10) {
		int x = (y - FIRST) * (WIDTH - 40) / (LAST - FIRST);

		str_addf(out,
		    "<path d=\"M%d 18v6\"/><text x=\"%d\" y=\"38\">%d</text>", x, x, y);
	}
	str_addz(out, "</svg>");
}
