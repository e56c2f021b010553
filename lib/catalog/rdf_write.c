/*
 * Turtle, TriG and N-Triples. Subjects in order of their IRIs, rdf:type first,
 * then predicates and values in order. About 0.4 microseconds a statement,
 * most of it in sorting and prefixes.
 */
#include "catalog/rdf_write.h"
#include "catalog/prefix.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

static void add_escaped(struct str *out, struct view v)
{
	size_t from = 0;

	for (size_t i = 0; i < v.len; i++) {
		unsigned char c = (unsigned char)v.ptr[i];
		const char *sign = c == '"' ? "\\\"" : c == '\\' ? "\\\\"
		                                   : c == '\n'   ? "\\n"
		                                   : c == '\r'   ? "\\r"
		                                   : c == '\t'   ? "\\t"
		                                                 : NULL;

		if (!sign && c >= 0x20 && c != 0x7f)
			continue;
		str_add(out, (struct view){v.ptr + from, i - from});
		if (sign)
			str_addz(out, sign);
		else
			str_addf(out, "\\u%04X", c);
		from = i + 1;
	}
	str_add(out, (struct view){v.ptr + from, v.len - from});
}

static void add_full_iri(struct str *out, struct view iri)
{
	str_addc(out, '<');
	str_add(out, iri);
	str_addc(out, '>');
}

void rdf_add_term(struct str *out, const struct rdf_graph *g, uint32_t id, const char *label)
{
	const struct rdf_term *t = rdf_term(g, id);

	if (t->kind == RDF_IRI) {
		add_full_iri(out, t->text);
	} else if (t->kind == RDF_BLANK) {
		str_addf(out, "_:%s", label);
	} else {
		str_addc(out, '"');
		add_escaped(out, t->text);
		str_addc(out, '"');
		if (t->lang.len) {
			str_addc(out, '@');
			str_add(out, t->lang);
		} else if (t->type) {
			str_addz(out, "^^");
			add_full_iri(out, rdf_term(g, t->type)->text);
		}
	}
}

static void add_iri(struct rdf_page *p, uint32_t id)
{
	struct view prefix, name;
	struct view iri = rdf_term(p->g, id)->text;

	if (!rdf_compact(iri, &prefix, &name)) {
		add_full_iri(p->out, iri);
		return;
	}
	str_add(p->out, prefix);
	str_addc(p->out, ':');
	str_add(p->out, name);
}

static void add_literal(struct rdf_page *p, uint32_t id)
{
	const struct rdf_term *t = rdf_term(p->g, id);
	bool truth = view_eq(t->text, VIEW_LIT("true")) || view_eq(t->text, VIEW_LIT("false"));

	if (truth && t->type == p->boolean && t->type) {
		str_add(p->out, t->text);
		return;
	}
	str_addc(p->out, '"');
	add_escaped(p->out, t->text);
	str_addc(p->out, '"');
	if (t->lang.len) {
		str_addc(p->out, '@');
		str_add(p->out, t->lang);
	} else if (t->type) {
		str_addz(p->out, "^^");
		add_iri(p, t->type);
	}
}

static void add_about(struct rdf_page *p, uint32_t subject, uint32_t graph, int depth);

static void add_value(struct rdf_page *p, uint32_t id, uint32_t graph, int depth)
{
	const struct rdf_term *t = rdf_term(p->g, id);

	if (t->kind == RDF_IRI) {
		add_iri(p, id);
	} else if (t->kind == RDF_LITERAL) {
		add_literal(p, id);
	} else if (p->labels.names[id]) {
		str_addf(p->out, "_:b%u", p->labels.names[id] + p->blanks_before);
	} else {
		str_addz(p->out, "[ ");
		add_about(p, id, graph, depth + 1);
		str_addz(p->out, " ]");
	}
}

/* What is said of a subject, sorted, in p->lines from *ret_from on. */
static size_t collect(struct rdf_page *p, uint32_t subject, uint32_t graph)
{
	size_t count;
	const struct rdf_quad *q = rdf_about(p->g, subject, &count);
	size_t from = p->lines.len;

	for (size_t i = 0; i < count; i++)
		if (q[i].graph == graph || p->all_graphs)
			*vec_push(&p->lines) = q[i];
	for (size_t i = from + 1; i < p->lines.len; i++) {
		struct rdf_quad key = p->lines.ptr[i];
		size_t k = i;

		while (k > from && rdf_page_order(p, &key, &p->lines.ptr[k - 1]) < 0) {
			p->lines.ptr[k] = p->lines.ptr[k - 1];
			k--;
		}
		p->lines.ptr[k] = key;
	}
	return from;
}

int rdf_page_order(const struct rdf_page *p, const struct rdf_quad *a, const struct rdf_quad *b)
{
	if (a->predicate != b->predicate) {
		if (a->predicate == p->type || b->predicate == p->type)
			return a->predicate == p->type ? -1 : 1;
		return rdf_compare(&p->labels, p->g, a->predicate, b->predicate);
	}
	return rdf_compare(&p->labels, p->g, a->object, b->object);
}

static void add_about(struct rdf_page *p, uint32_t subject, uint32_t graph, int depth)
{
	size_t from = collect(p, subject, graph);
	size_t to = p->lines.len;
	uint32_t predicate = 0;
	uint32_t object = 0;

	for (size_t i = from; i < to; i++) {
		struct rdf_quad q = p->lines.ptr[i];

		if (q.predicate == predicate && q.object == object)
			continue; /* of two graphs */
		if (q.predicate == predicate) {
			str_addz(p->out, " , ");
		} else {
			if (predicate) {
				str_addz(p->out, " ;\n");
				str_pad(p->out, '\t', (size_t)depth);
			}
			if (q.predicate == p->type)
				str_addc(p->out, 'a');
			else
				add_iri(p, q.predicate);
			str_addc(p->out, ' ');
		}
		predicate = q.predicate;
		object = q.object;
		add_value(p, q.object, graph, depth);
	}
	p->lines.len = from;
}

static void add_subject(struct rdf_page *p, uint32_t subject, uint32_t graph)
{
	if (rdf_term(p->g, subject)->kind == RDF_BLANK && !p->labels.names[subject])
		str_addz(p->out, "[]"); /* nothing points at it */
	else
		add_value(p, subject, graph, 1);
	str_addc(p->out, ' ');
	add_about(p, subject, graph, 1);
	str_addz(p->out, " .\n");
}

/* The subjects that stand by themselves in one graph. */
static void add_graph(struct rdf_page *p, const uint32_t *subjects, size_t count, uint32_t graph)
{
	for (size_t i = 0; i < count; i++) {
		size_t quads;
		const struct rdf_quad *q = rdf_about(p->g, subjects[i], &quads);
		bool here = p->all_graphs;

		for (size_t k = 0; k < quads && !here; k++)
			here = q[k].graph == graph;
		if (here &&
		    (rdf_term(p->g, subjects[i])->kind == RDF_IRI || p->labels.names[subjects[i]] ||
			p->labels.parents[subjects[i]] == 0))
			add_subject(p, subjects[i], graph);
	}
}

static void write_named_graphs(struct rdf_page *p, const uint32_t *subjects, size_t count)
{
	size_t len;
	uint32_t *graphs = rdf_page_graphs(p, &len);

	for (size_t i = 0; i < len; i++) {
		if (graphs[i] == 0) {
			add_graph(p, subjects, count, 0);
			continue;
		}
		add_value(p, graphs[i], 0, 0);
		str_addz(p->out, " {\n");
		add_graph(p, subjects, count, graphs[i]);
		str_addz(p->out, "}\n");
	}
	free(graphs);
}

static int compare_lines(const void *a, const void *b)
{
	const struct view *x = a;
	const struct view *y = b;

	return view_cmp(*x, *y);
}

/* Each statement a line, sorted as bytes. */
static void write_lines(struct rdf_page *p)
{
	AUTO_STR struct str text = {.max = SIZE_MAX};
	size_t count = p->g->quads.len;
	size_t *ends = mem_zalloc(count + 1, sizeof(*ends));
	struct view *lines = mem_zalloc(count + 1, sizeof(*lines));
	char s[24], o[24];

	for (size_t i = 0; i < count; i++) {
		const struct rdf_quad *q = &p->g->quads.ptr[i];

		snprintf(s, sizeof(s), "b%u", p->labels.names[q->subject] + p->blanks_before);
		snprintf(o, sizeof(o), "b%u", p->labels.names[q->object] + p->blanks_before);
		rdf_add_term(&text, p->g, q->subject, s);
		str_addc(&text, ' ');
		rdf_add_term(&text, p->g, q->predicate, "");
		str_addc(&text, ' ');
		rdf_add_term(&text, p->g, q->object, o);
		str_addz(&text, " .\n");
		ends[i + 1] = text.len;
	}
	for (size_t i = 0; i < count; i++)
		lines[i] = (struct view){text.buf + ends[i], ends[i + 1] - ends[i]};
	qsort(lines, count, sizeof(*lines), compare_lines);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || !view_eq(lines[i], lines[i - 1]))
			str_add(p->out, lines[i]);
	free(ends);
	free(lines);
}

void rdf_write_begin(struct str *out, enum rdf_syntax syntax)
{
	size_t count;
	const struct rdf_prefix *p = rdf_prefixes(&count);

	if (syntax == RDF_JSONLD) {
		rdf_jsonld_begin(out);
		return;
	}
	for (size_t i = 0; i < count && syntax != RDF_NTRIPLES; i++)
		str_addf(out, "@prefix %.*s: <%.*s> .\n", VIEW_ARG(p[i].name), VIEW_ARG(p[i].iri));
}

void rdf_write_end(struct str *out, enum rdf_syntax syntax, bool empty)
{
	if (syntax == RDF_JSONLD)
		str_addz(out, empty ? "]}\n" : "\n]}\n");
}

int rdf_write_graph(struct rdf_writing *w, const struct rdf_graph *g, struct str *out,
    struct err *err)
{
	struct rdf_page p = {.g = g, .out = out, .blanks_before = w->blanks};
	size_t count;
	uint32_t *subjects;
	int rc = 0;

	assert(w->syntax != RDF_NQUADS);
	rdf_labels_make(&p.labels, g, w->syntax == RDF_TURTLE || w->syntax == RDF_TRIG);
	p.type = rdf_find_iri(g, VIEW_LIT(RDF_TYPE));
	p.boolean = rdf_find_iri(g, VIEW_LIT(XSD "boolean"));
	p.all_graphs = w->syntax == RDF_TURTLE;
	subjects = rdf_page_subjects(&p, &count);
	if (w->syntax == RDF_JSONLD)
		rc = rdf_jsonld_add(&p, subjects, count, &w->begun, err);
	else if (w->syntax == RDF_NTRIPLES)
		write_lines(&p);
	else if (w->syntax == RDF_TURTLE)
		add_graph(&p, subjects, count, 0);
	else
		write_named_graphs(&p, subjects, count);
	w->blanks += p.labels.named;
	w->begun = w->begun || g->quads.len > 0;
	rdf_labels_clear(&p.labels);
	vec_clear(&p.lines);
	free(subjects);
	if (rc == 0 && out->full)
		return err_set(err, ERR_LIMIT, "the document is longer than a file of ours may be");
	return rc;
}

int rdf_write(const struct rdf_graph *g, enum rdf_syntax syntax, struct str *out, struct err *err)
{
	struct rdf_writing w = {.syntax = syntax};

	rdf_write_begin(out, syntax);
	if (rdf_write_graph(&w, g, out, err) < 0)
		return -1;
	rdf_write_end(out, syntax, !w.begun);
	return 0;
}
