/*
 * JSON-LD 1.1, flattened, with one fixed context: our prefixes. Properties are
 * written short, everything else in full. What begins like a prefix would be
 * read as one (JSON-LD 1.1, section 5.2 of the API): refused.
 */
#include "catalog/prefix.h"
#include "catalog/rdf_write.h"
#include "io/json.h"

#include <stdio.h>

void rdf_jsonld_begin(struct str *out)
{
	struct json_writer w = {.out = out};
	size_t count;
	const struct rdf_prefix *p = rdf_prefixes(&count);

	str_addz(out, "{\"@context\":");
	json_begin_object(&w);
	for (size_t i = 0; i < count; i++) {
		AUTO_FREE char *name = str_format("%.*s", VIEW_ARG(p[i].name));

		json_key(&w, name);
		json_add_text(&w, p[i].iri);
	}
	json_end_object(&w);
	str_addz(out, ",\"@graph\":[");
}

static int check_schemes(const struct rdf_graph *g, struct err *err)
{
	size_t count;
	const struct rdf_prefix *p = rdf_prefixes(&count);

	for (size_t i = 1; i < g->terms.len; i++) {
		const struct rdf_term *t = &g->terms.ptr[i];

		for (size_t k = 0; t->kind == RDF_IRI && k < count; k++)
			if (t->text.len > p[k].name.len && t->text.ptr[p[k].name.len] == ':' &&
			    view_starts(t->text, p[k].name))
				return err_set(err, ERR_FORMAT,
				    "JSON-LD cannot say an IRI whose scheme is our prefix '%.*s'",
				    VIEW_ARG(p[k].name));
	}
	return 0;
}

static void add_id(const struct rdf_page *p, struct json_writer *w, uint32_t id)
{
	char label[24];

	if (rdf_term(p->g, id)->kind == RDF_BLANK) {
		snprintf(label, sizeof(label), "_:b%u", p->labels.names[id] + p->blanks_before);
		json_add_text(w, VIEW(label));
	} else {
		json_add_text(w, rdf_term(p->g, id)->text);
	}
}

static void add_value(const struct rdf_page *p, struct json_writer *w, uint32_t id)
{
	const struct rdf_term *t = rdf_term(p->g, id);

	json_begin_object(w);
	if (t->kind != RDF_LITERAL) {
		json_key(w, "@id");
		add_id(p, w, id);
	} else {
		json_key(w, "@value");
		json_add_text(w, t->text);
		json_key(w, t->lang.len ? "@language" : "@type");
		if (t->lang.len)
			json_add_text(w, t->lang);
		else
			json_add_text(
			    w, t->type ? rdf_term(p->g, t->type)->text : VIEW_LIT(XSD "string"));
	}
	json_end_object(w);
}

static void add_key(const struct rdf_page *p, struct json_writer *w, uint32_t predicate)
{
	struct view prefix, name;
	struct view iri = rdf_term(p->g, predicate)->text;
	AUTO_FREE char *key = NULL;

	if (predicate == p->type)
		key = mem_strdup("@type");
	else if (rdf_compact(iri, &prefix, &name))
		key = str_format("%.*s:%.*s", VIEW_ARG(prefix), VIEW_ARG(name));
	else
		key = str_format("%.*s", VIEW_ARG(iri));
	json_key(w, key);
}

/* rdf:type of something that is no resource cannot be an @type. */
static bool types_are_resources(const struct rdf_page *p, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (p->lines.ptr[i].predicate == p->type &&
		    rdf_term(p->g, p->lines.ptr[i].object)->kind == RDF_LITERAL)
			return false;
	return true;
}

static void add_about(struct rdf_page *p, struct json_writer *w, size_t from, size_t to)
{
	uint32_t predicate = 0;

	for (size_t i = from; i < to; i++) {
		const struct rdf_quad *q = &p->lines.ptr[i];

		if (q->predicate != predicate) {
			if (predicate)
				json_end_array(w);
			add_key(p, w, q->predicate);
			json_begin_array(w);
			predicate = q->predicate;
		}
		if (q->predicate == p->type)
			add_id(p, w, q->object);
		else
			add_value(p, w, q->object);
	}
	if (predicate)
		json_end_array(w);
}

/* One node object; false: nothing is said of the subject in this graph. */
static bool add_node(struct rdf_page *p, struct json_writer *w, uint32_t subject, uint32_t graph)
{
	size_t count;
	const struct rdf_quad *q = rdf_about(p->g, subject, &count);
	uint32_t type = p->type;

	p->lines.len = 0;
	for (size_t i = 0; i < count; i++)
		if (q[i].graph == graph)
			*vec_push(&p->lines) = q[i];
	if (p->lines.len == 0)
		return false;
	for (size_t i = 1; i < p->lines.len; i++)
		for (size_t k = i;
		     k > 0 && rdf_page_order(p, &p->lines.ptr[k], &p->lines.ptr[k - 1]) < 0; k--) {
			struct rdf_quad t = p->lines.ptr[k];

			p->lines.ptr[k] = p->lines.ptr[k - 1];
			p->lines.ptr[k - 1] = t;
		}
	if (!types_are_resources(p, 0, p->lines.len))
		p->type = 0;
	json_begin_object(w);
	json_key(w, "@id");
	add_id(p, w, subject);
	add_about(p, w, 0, p->lines.len);
	json_end_object(w);
	p->type = type;
	return true;
}

static void add_graph(struct rdf_page *p, const uint32_t *subjects, size_t count, uint32_t graph,
    bool *begun)
{
	for (size_t i = 0; i < count; i++) {
		struct json_writer w = {.out = p->out};
		size_t before = p->out->len;

		str_addz(p->out, *begun ? ",\n" : "\n");
		if (add_node(p, &w, subjects[i], graph))
			*begun = true;
		else
			str_truncate(p->out, before);
	}
}

int rdf_jsonld_add(struct rdf_page *p, const uint32_t *subjects, size_t count, const bool *begun,
    struct err *err)
{
	size_t len;
	uint32_t *graphs;
	bool some = *begun;

	if (check_schemes(p->g, err) < 0)
		return -1;
	graphs = rdf_page_graphs(p, &len);
	for (size_t i = 0; i < len; i++) {
		struct json_writer w = {.out = p->out};
		bool inside = false;

		if (graphs[i] == 0) {
			add_graph(p, subjects, count, 0, &some);
			continue;
		}
		str_addz(p->out, some ? ",\n{\"@id\":" : "\n{\"@id\":");
		add_id(p, &w, graphs[i]);
		str_addz(p->out, ",\"@graph\":[");
		add_graph(p, subjects, count, graphs[i], &inside);
		str_addz(p->out, "]}");
		some = true;
	}
	free(graphs);
	return 0;
}
