/*
 * The nodes of a JSON-LD document as statements (JSON-LD 1.1 API, sections 5 and 8, for
 * what jsonld_read.h names).
 */
#include "catalog/jsonld_inside.h"
#include "catalog/rdf_write.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

static uint32_t read_node(struct jsonld *r, const json_t *node);

static uint32_t blank(struct jsonld *r)
{
	AUTO_FREE char *label = str_format("d%ug%u", r->g->documents, r->blanks++);

	return rdf_blank(r->g, VIEW(label));
}

static void say(struct jsonld *r, uint32_t subject, uint32_t predicate, uint32_t object)
{
	if (r->failed || !subject || !predicate || !object)
		return;
	if (++r->quads > r->limits.quads) {
		err_set_(r->err, ERR_LIMIT, "node %zu: more statements than allowed", r->nodes);
		r->failed = true;
	} else {
		rdf_add(r->g, subject, predicate, object, r->graph);
	}
}

static uint32_t own(struct jsonld *r, const char *iri)
{
	return rdf_iri(r->g, VIEW(iri));
}

static uint32_t literal(struct jsonld *r, const char *text, const char *type, const char *lang)
{
	uint32_t datatype = type ? jsonld_resource(r, type, true) : 0;

	if (r->failed)
		return 0;
	if (strlen(text) > r->limits.literal_bytes) {
		err_set_(r->err, ERR_LIMIT, "node %zu: a literal longer than allowed", r->nodes);
		r->failed = true;
		return 0;
	}
	if (lang && *lang && !rdf_lang_is_valid(VIEW(lang)))
		return jsonld_refuse(r, "a language that is none");
	return rdf_literal(r->g, VIEW(text), datatype, lang ? VIEW(lang) : VIEW_NONE);
}

/* "9.9E0": no sign and no zeros that say nothing. */
static uint32_t exponential(struct jsonld *r, double d, const char *type)
{
	AUTO_FREE char *text = str_format("%.15E", d);
	AUTO_FREE char *all = NULL;
	char *e = strchr(text, 'E'), *end = e;
	int64_t power = 0;

	(void)view_to_i64(VIEW(e + 2), &power); /* digits, by the line above */
	while (end[-1] == '0' && end[-2] != '.')
		end--;
	all = str_format("%.*sE%s%" PRId64, (int)(end - text), text, e[1] == '-' ? "-" : "", power);
	return literal(r, all, type ? type : XSD "double", NULL);
}

/* XSD's canonical forms (section 8.6). */
static uint32_t number(struct jsonld *r, const json_t *value, const char *type)
{
	AUTO_FREE char *text = NULL;
	double d = json_number_value(value) + 0.0; /* no -0 */
	bool whole = json_is_integer(value) || (d == floor(d) && fabs(d) < 1e21);
	const char *full = type ? jsonld_expand(r, type, true) : NULL;

	if (whole && (!full || strcmp(full, XSD "double") != 0)) {
		text = json_is_integer(value)
		           ? str_format("%" JSON_INTEGER_FORMAT, json_integer_value(value))
		           : str_format("%.0f", d);
		return literal(r, text, type ? type : XSD "integer", NULL);
	}
	return exponential(r, d, type);
}

static uint32_t scalar(struct jsonld *r, const json_t *value, const char *type, const char *lang)
{
	if (json_is_string(value))
		return literal(r, json_string_value(value), type, type ? NULL : lang);
	if (json_is_boolean(value))
		return literal(r, json_is_true(value) ? "true" : "false",
		    type ? type : XSD "boolean", NULL);
	if (json_is_number(value))
		return number(r, value, type);
	return jsonld_refuse(r, "a value that is none");
}

/* What stands under a keyword or a name for it; under two of them: refused. */
static const json_t *member(struct jsonld *r, const json_t *o, const char *keyword)
{
	const char *key;
	const json_t *value, *found = NULL;

	json_object_foreach((json_t *)(uintptr_t)o, key, value)
	{
		const char *known = jsonld_keyword(r, key);

		if (!known || strcmp(known, keyword) != 0)
			continue;
		if (found)
			(void)jsonld_refuse(r, "a keyword twice");
		found = value;
	}
	return found;
}

/* {"@value", "@type" or "@language"} and nothing else. */
static uint32_t value_object(struct jsonld *r, const json_t *o, const json_t *value)
{
	const json_t *type = member(r, o, "@type"), *lang = member(r, o, "@language");

	if (json_object_size(o) != 1u + (type != NULL) + (lang != NULL) || (type && lang) ||
	    (type && !json_is_string(type)) || (lang && !json_is_string(lang)) ||
	    (lang && !json_is_string(value)))
		return jsonld_refuse(r, "a value with something else beside it");
	if (type && strcmp(json_string_value(type), "@json") == 0)
		return jsonld_refuse(r, "a JSON literal: it is not read here");
	return scalar(r, value, type ? json_string_value(type) : NULL,
	    lang ? json_string_value(lang) : NULL);
}

static uint32_t read_object(struct jsonld *r, const struct jsonld_term *t, const json_t *value);

static uint32_t read_list(struct jsonld *r, const struct jsonld_term *t, const json_t *list)
{
	size_t count = json_is_array(list) ? json_array_size(list) : 1;
	uint32_t first = own(r, RDF "nil"), last = 0;

	for (size_t i = 0; i < count && !r->failed; i++) {
		const json_t *one = json_is_array(list) ? json_array_get(list, i) : list;
		uint32_t object, cell;

		if (json_is_null(one))
			continue;
		if (json_is_array(one))
			return jsonld_refuse(r, "a list inside a list");
		object = read_object(r, t, one);
		cell = blank(r);
		if (last)
			say(r, last, own(r, RDF "rest"), cell);
		else
			first = cell;
		say(r, cell, own(r, RDF "first"), object);
		last = cell;
	}
	if (last)
		say(r, last, own(r, RDF "rest"), own(r, RDF "nil"));
	return first;
}

static uint32_t read_object(struct jsonld *r, const struct jsonld_term *t, const json_t *value)
{
	const char *type = t ? t->type : NULL;
	const json_t *inner;

	if (json_is_string(value) && type && strcmp(type, "@id") == 0)
		return jsonld_resource(r, json_string_value(value), false);
	if (!json_is_object(value))
		return scalar(r, value, type && strcmp(type, "@id") == 0 ? NULL : type,
		    t && t->lang ? t->lang : r->lang);
	inner = member(r, value, "@value");
	if (inner)
		return value_object(r, value, inner);
	inner = member(r, value, "@list");
	if (inner && json_object_size(value) != 1)
		return jsonld_refuse(r, "a list with something else beside it");
	return inner ? read_list(r, t, inner) : read_node(r, value);
}

/* One value or several, also in {"@set"}; null says nothing. */
static void read_values(struct jsonld *r, uint32_t subject, uint32_t predicate,
    const struct jsonld_term *t, const json_t *values)
{
	const json_t *set = json_is_object(values) ? member(r, values, "@set") : NULL, *one;
	const json_t *void_value = json_is_object(values) ? member(r, values, "@value") : NULL;
	size_t i;

	if (++r->depth > r->limits.nesting * 2) {
		(void)jsonld_refuse(r, "more brackets inside each other than allowed");
	} else if (set && json_object_size(values) != 1) {
		(void)jsonld_refuse(r, "a set with something else beside it");
	} else if (json_is_array(set ? set : values)) {
		json_array_foreach(set ? set : values, i, one)
		{
			if (!r->failed)
				read_values(r, subject, predicate, t, one);
		}
	} else if (set) {
		read_values(r, subject, predicate, t, set);
	} else if (void_value && json_is_null(void_value)) {
		if (json_object_size(values) != 1)
			(void)jsonld_refuse(r, "a value of nothing with something beside it");
	} else if (!json_is_null(values)) {
		say(r, subject, predicate, read_object(r, t, values));
	}
	r->depth--;
}

static void read_types(struct jsonld *r, uint32_t subject, const json_t *types)
{
	size_t count = json_is_array(types) ? json_array_size(types) : 1;

	for (size_t i = 0; i < count && !r->failed; i++) {
		const json_t *one = json_is_array(types) ? json_array_get(types, i) : types;

		if (json_is_string(one))
			say(r, subject, own(r, RDF_TYPE),
			    jsonld_resource(r, json_string_value(one), true));
		else
			(void)jsonld_refuse(r, "an @type that is no text");
	}
}

static void read_nodes(struct jsonld *r, const json_t *nodes)
{
	size_t count = json_is_array(nodes) ? json_array_size(nodes) : 1;

	for (size_t i = 0; i < count && !r->failed; i++) {
		const json_t *one = json_is_array(nodes) ? json_array_get(nodes, i) : nodes;

		if (json_is_object(one))
			(void)read_node(r, one);
		else
			(void)jsonld_refuse(r, "text where a node should stand");
	}
}

static void read_graph(struct jsonld *r, uint32_t name, const json_t *nodes)
{
	uint32_t around = r->graph;

	if (around) {
		(void)jsonld_refuse(r, "a graph inside a graph");
		return;
	}
	r->graph = name;
	read_nodes(r, nodes);
	r->graph = around;
}

static void read_member(struct jsonld *r, uint32_t subject, const char *key, const json_t *value)
{
	const char *keyword = jsonld_keyword(r, key);
	const char *iri = keyword ? NULL : jsonld_expand(r, key, true);

	if (keyword && strcmp(keyword, "@type") == 0)
		read_types(r, subject, value);
	else if (keyword && strcmp(keyword, "@graph") == 0)
		read_graph(r, subject, value);
	else if (keyword && strcmp(keyword, "@id") != 0)
		(void)jsonld_refuse(r, "a keyword of JSON-LD that is not read here");
	else if (iri && strncmp(iri, "_:", 2) == 0)
		(void)jsonld_refuse(r, "a blank node as a property");
	else if (iri && strchr(iri, ':')) /* other keys say nothing (API, section 5.1.2) */
		read_values(r, subject, jsonld_resource(r, iri, false), jsonld_term(r, key), value);
}

static uint32_t read_node(struct jsonld *r, const json_t *node)
{
	const json_t *id = member(r, node, "@id");
	const char *key;
	const json_t *value;
	uint32_t subject;

	r->nodes++;
	if (id && !json_is_string(id))
		return jsonld_refuse(r, "an @id that is no text");
	subject = id ? jsonld_resource(r, json_string_value(id), false) : blank(r);
	json_object_foreach((json_t *)(uintptr_t)node, key, value)
	{
		if (!r->failed)
			read_member(r, subject, key, value);
	}
	return r->failed ? 0 : subject;
}

/* {"@context", "@graph"} of the whole, or nodes. */
static void read_document(struct jsonld *r, json_t *doc)
{
	const json_t *context = json_object_get(doc, "@context");
	const json_t *graph;

	if (json_is_array(doc)) {
		read_nodes(r, doc);
		return;
	}
	if (context && !json_is_null(context) && !jsonld_context(r, context))
		return;
	graph = member(r, doc, "@graph");
	if (graph && json_object_size(doc) == (context ? 2u : 1u)) {
		read_nodes(r, graph);
		return;
	}
	{
		AUTO_JSON json_t *node = json_copy(doc);

		json_object_del(node, "@context");
		(void)read_node(r, node);
	}
}

int rdf_jsonld_read(struct rdf_graph *g, const char *name, struct view text, const char *base,
    const struct rdf_limits *limits, struct err *err)
{
	struct jsonld r = {.g = g, .limits = *limits, .err = err};
	AUTO_JSON json_t *doc = NULL;

	if (json_parse(&doc, name, text, err) < 0)
		return -1;
	if (base)
		r.base = arena_format(&r.memory, "%.*s", (int)strcspn(base, "#"), base);
	read_document(&r, doc);
	map_clear(&r.names);
	vec_clear(&r.terms);
	arena_clear(&r.memory);
	return r.failed ? -1 : 0;
}
