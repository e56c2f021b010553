/*
 * rdf:parseType="Literal": the XML inside as Exclusive XML Canonicalization 1.0 with
 * comments writes it (the lexical space of RDF 1.0, one of those that RDF 1.1 allows):
 * a namespace stands where it is first used, attributes are sorted.
 */
#include "catalog/rdf_xml_inside.h"

#include <stdlib.h>

void rdf_xml_literal_begin(struct rdf_xml *r)
{
	str_reset(&r->text);
	r->scopes.len = 0;
	r->literal_depth = 0;
}

static bool has_room(struct rdf_xml *r, size_t more)
{
	if (r->text.len + more > r->limits.literal_bytes)
		rdf_xml_fail(r, ERR_LIMIT, "a literal longer than allowed");
	return !r->failed;
}

/* `signs` are written as references; of a text also '>'. */
static void add_escaped(struct rdf_xml *r, struct view text, const char *signs)
{
	for (size_t i = 0; i < text.len && has_room(r, 6); i++) {
		char c = text.ptr[i];

		if (!strchr(signs, c))
			str_addc(&r->text, c);
		else if (c == '&')
			str_addz(&r->text, "&amp;");
		else if (c == '<')
			str_addz(&r->text, "&lt;");
		else if (c == '>')
			str_addz(&r->text, "&gt;");
		else if (c == '"')
			str_addz(&r->text, "&quot;");
		else
			str_addf(&r->text, "&#x%X;", (unsigned)c);
	}
}

static void add_name(struct rdf_xml *r, const struct rdf_xml_name *n)
{
	if (n->prefix.len)
		str_addf(&r->text, "%.*s:", VIEW_ARG(n->prefix));
	str_add(&r->text, n->local);
}

static struct view space_of(const struct rdf_xml *r, struct view prefix)
{
	for (size_t i = r->scopes.len; i-- > 0;)
		if (view_eq(r->scopes.ptr[i].prefix, prefix))
			return r->scopes.ptr[i].space;
	return VIEW_NONE;
}

static void use_space(struct rdf_xml *r, const struct rdf_xml_name *n)
{
	if (view_eq(n->prefix, VIEW_LIT("xml")) || view_eq(space_of(r, n->prefix), n->space))
		return;
	*vec_push(&r->scopes) = (struct rdf_xml_scope){arena_view(&r->memory, n->prefix),
	    arena_view(&r->memory, n->space), r->literal_depth};
}

static int by_prefix(const void *a, const void *b)
{
	return view_cmp(((const struct rdf_xml_scope *)a)->prefix,
	    ((const struct rdf_xml_scope *)b)->prefix);
}

static int by_space(const void *a, const void *b)
{
	struct rdf_xml_name x = rdf_xml_name(((const char *const *)a)[0]);
	struct rdf_xml_name y = rdf_xml_name(((const char *const *)b)[0]);
	int order = view_cmp(x.space, y.space);

	return order ? order : view_cmp(x.local, y.local);
}

static void add_spaces(struct rdf_xml *r, size_t from)
{
	qsort(r->scopes.ptr + from, r->scopes.len - from, sizeof(*r->scopes.ptr), by_prefix);
	for (size_t i = from; i < r->scopes.len; i++) {
		const struct rdf_xml_scope *s = &r->scopes.ptr[i];

		str_addf(&r->text, s->prefix.len ? " xmlns:%.*s=\"" : " xmlns%.*s=\"",
		    VIEW_ARG(s->prefix));
		add_escaped(r, s->space, "&<\"\t\n\r");
		str_addc(&r->text, '"');
	}
}

void rdf_xml_literal_start(struct rdf_xml *r, const char *name, const char **attributes)
{
	struct rdf_xml_name n = rdf_xml_name(name);
	size_t from = r->scopes.len, count = 0;

	if (!has_room(r, strlen(name)))
		return;
	r->literal_depth++;
	while (attributes[2 * count])
		count++;
	qsort(attributes, count, 2 * sizeof(*attributes), by_space);
	str_addc(&r->text, '<');
	add_name(r, &n);
	use_space(r, &n);
	for (size_t i = 0; i < count; i++) {
		n = rdf_xml_name(attributes[2 * i]);
		if (n.space.len)
			use_space(r, &n);
	}
	if (r->scopes.len > from)
		add_spaces(r, from);
	for (size_t i = 0; i < count && has_room(r, strlen(attributes[2 * i])); i++) {
		n = rdf_xml_name(attributes[2 * i]);
		str_addc(&r->text, ' ');
		add_name(r, &n);
		str_addz(&r->text, "=\"");
		add_escaped(r, VIEW(attributes[2 * i + 1]), "&<\"\t\n\r");
		str_addc(&r->text, '"');
	}
	str_addc(&r->text, '>');
}

void rdf_xml_literal_end(struct rdf_xml *r, const char *name)
{
	struct rdf_xml_name n = rdf_xml_name(name);

	while (r->scopes.len && r->scopes.ptr[r->scopes.len - 1].depth == r->literal_depth)
		r->scopes.len--;
	r->literal_depth--;
	str_addz(&r->text, "</");
	add_name(r, &n);
	str_addc(&r->text, '>');
}

void rdf_xml_literal_text(struct rdf_xml *r, struct view text)
{
	add_escaped(r, text, "&<>\r");
}

void rdf_xml_literal_comment(struct rdf_xml *r, const char *text)
{
	if (has_room(r, strlen(text)))
		str_addf(&r->text, "<!--%s-->", text);
}

void rdf_xml_literal_instruction(struct rdf_xml *r, const char *target, const char *data)
{
	if (has_room(r, strlen(target) + strlen(data)))
		str_addf(&r->text, "<?%s%s%s?>", target, *data ? " " : "", data);
}
