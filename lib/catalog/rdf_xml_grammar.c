/*
 * The grammar of RDF/XML, section 7 of the recommendation: elements are in turn a
 * node and a property of the node around it. A frame for each open element says
 * which it is; what a property says becomes a statement when its end is seen.
 */
#include "catalog/rdf_xml_inside.h"

#include <stdio.h>

static struct rdf_xml_frame *top(struct rdf_xml *r)
{
	return &r->frames.ptr[r->frames.len - 1];
}

/* The frame of an element inside `parent`: its language and base. */
static bool open_frame(struct rdf_xml *r, const char **raw)
{
	struct rdf_xml_frame f = *top(r);

	f = (struct rdf_xml_frame){.base = f.base, .lang = f.lang};
	if (r->frames.len > 2 * r->limits.nesting) {
		rdf_xml_fail(r, ERR_LIMIT, "more elements inside each other than allowed");
		return false;
	}
	for (size_t i = 0; raw[i] && !r->failed; i += 2) {
		struct rdf_xml_name n = rdf_xml_name(raw[i]);

		if (!view_eq(n.space, VIEW_LIT(RDF_XML_SPACE)))
			continue;
		if (view_eq(n.local, VIEW_LIT("lang")))
			(void)rdf_xml_lang(r, raw[i + 1], &f.lang);
		else if (view_eq(n.local, VIEW_LIT("base")))
			f.base = rdf_xml_base(r, &f, raw[i + 1]);
	}
	*vec_push(&r->frames) = f;
	return !r->failed;
}

static uint32_t node_subject(struct rdf_xml *r, const struct rdf_xml_attributes *a)
{
	if ((a->id != NULL) + (a->node_id != NULL) + (a->about != NULL) > 1)
		return rdf_xml_refuse(r, "a node with two names");
	if (a->resource || a->datatype || a->parse_type)
		return rdf_xml_refuse(r, "an attribute of a property at a node");
	if (a->id)
		return rdf_xml_id(r, top(r), a->id);
	if (a->node_id)
		return rdf_xml_labelled(r, a->node_id);
	return a->about ? rdf_xml_address(r, top(r), a->about) : rdf_xml_blank(r);
}

static bool is_white(struct view text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!strchr(" \t\r\n", text.ptr[i]))
			return false;
	return true;
}

/* The cell of a node in a collection, behind the last one. */
static void add_cell(struct rdf_xml *r, struct rdf_xml_frame *list, uint32_t node)
{
	uint32_t cell = rdf_xml_blank(r);

	if (list->object)
		rdf_xml_say(r, list->object, rdf_xml_own(r, "rest"), cell);
	else
		list->subject = cell;
	rdf_xml_say(r, cell, rdf_xml_own(r, "first"), node);
	list->object = cell;
}

static void start_node(struct rdf_xml *r, const struct rdf_xml_name *n, const char **raw)
{
	struct rdf_xml_attributes a = {0};
	struct rdf_xml_frame *parent;
	uint32_t subject;

	if (rdf_xml_is_reserved(n) || rdf_xml_is(n, "li")) {
		(void)rdf_xml_refuse(r, "a name of RDF/XML that is no class");
		return;
	}
	if (!open_frame(r, raw) || !rdf_xml_attributes_read(r, raw, &a))
		return;
	subject = node_subject(r, &a);
	if (!subject)
		return;
	top(r)->kind = RDF_XML_NODE;
	top(r)->subject = subject;
	parent = top(r) - 1;
	if (parent->kind == RDF_XML_COLLECTION)
		add_cell(r, parent, subject);
	else if (parent->kind == RDF_XML_PROPERTY &&
		 (parent->object || !is_white(str_view(&r->text))))
		(void)rdf_xml_refuse(r, "a node beside another one, or beside text");
	else if (parent->kind == RDF_XML_PROPERTY)
		parent->object = subject;
	str_reset(&r->text);
	if (!rdf_xml_is(n, "Description"))
		rdf_xml_say(r, subject, rdf_xml_own(r, "type"), rdf_xml_named(r, n));
	rdf_xml_attributes_say(r, top(r), subject, raw);
}

static uint32_t property_name(struct rdf_xml *r, const struct rdf_xml_name *n,
    struct rdf_xml_frame *parent)
{
	char number[24];

	if (rdf_xml_is_reserved(n) || rdf_xml_is(n, "Description"))
		return rdf_xml_refuse(r, "a name of RDF/XML that is no property");
	if (!rdf_xml_is(n, "li"))
		return rdf_xml_named(r, n);
	snprintf(number, sizeof(number), "_%u", ++parent->items);
	return rdf_xml_own(r, number);
}

static void start_parsed(struct rdf_xml *r, struct rdf_xml_frame *f,
    const struct rdf_xml_attributes *a)
{
	if (a->said || a->resource || a->node_id || a->datatype) {
		(void)rdf_xml_refuse(r, "rdf:parseType beside another attribute");
	} else if (strcmp(a->parse_type, "Resource") == 0) {
		f->kind = RDF_XML_RESOURCE;
		f->subject = rdf_xml_blank(r);
	} else if (strcmp(a->parse_type, "Collection") == 0) {
		f->kind = RDF_XML_COLLECTION;
	} else {
		f->kind = RDF_XML_LITERAL;
		rdf_xml_literal_begin(r);
	}
}

/* A property without content: its attributes name or describe the object. */
static void start_empty(struct rdf_xml *r, struct rdf_xml_frame *f,
    const struct rdf_xml_attributes *a, const char **raw)
{
	if ((a->resource && a->node_id) || a->datatype) {
		(void)rdf_xml_refuse(r, "a property with two objects");
		return;
	}
	f->kind = RDF_XML_EMPTY;
	f->object = a->resource  ? rdf_xml_address(r, f, a->resource)
	            : a->node_id ? rdf_xml_labelled(r, a->node_id)
	                         : rdf_xml_blank(r);
	rdf_xml_attributes_say(r, f, f->object, raw);
}

static void start_property(struct rdf_xml *r, const struct rdf_xml_name *n, const char **raw)
{
	struct rdf_xml_attributes a = {0};
	struct rdf_xml_frame *f;

	if (!open_frame(r, raw) || !rdf_xml_attributes_read(r, raw, &a))
		return;
	f = top(r);
	f->owner = f[-1].subject;
	f->predicate = property_name(r, n, &f[-1]);
	f->kind = RDF_XML_PROPERTY;
	str_reset(&r->text);
	if (r->failed)
		return;
	if (a.about) {
		(void)rdf_xml_refuse(r, "an attribute of a node at a property");
		return;
	}
	if (a.id)
		f->statement = rdf_xml_id(r, f, a.id);
	if (a.parse_type)
		start_parsed(r, f, &a);
	else if (a.resource || a.node_id || a.said)
		start_empty(r, f, &a, raw);
	else if (a.datatype)
		f->type = rdf_xml_address(r, f, a.datatype);
}

void rdf_xml_start(struct rdf_xml *r, const char *name, const char **attributes)
{
	struct rdf_xml_name n = rdf_xml_name(name);
	struct rdf_xml_attributes a = {0};

	switch (r->failed ? RDF_XML_EMPTY : top(r)->kind) {
	case RDF_XML_TOP:
		if (!rdf_xml_is(&n, "RDF")) {
			start_node(r, &n, attributes);
		} else if (open_frame(r, attributes) &&
			   rdf_xml_attributes_read(r, attributes, &a)) {
			top(r)->kind = RDF_XML_NODES;
			if (a.said || a.id || a.about || a.resource || a.node_id || a.datatype ||
			    a.parse_type)
				(void)rdf_xml_refuse(r, "an attribute at rdf:RDF");
		}
		break;
	case RDF_XML_NODES:
	case RDF_XML_PROPERTY:
	case RDF_XML_COLLECTION:
		start_node(r, &n, attributes);
		break;
	case RDF_XML_NODE:
	case RDF_XML_RESOURCE:
		start_property(r, &n, attributes);
		break;
	case RDF_XML_LITERAL:
		if (r->frames.len + r->literal_depth > 2 * r->limits.nesting)
			rdf_xml_fail(r, ERR_LIMIT, "more elements inside each other than allowed");
		else
			rdf_xml_literal_start(r, name, attributes);
		break;
	case RDF_XML_EMPTY:
		(void)rdf_xml_refuse(r, "an element inside a property that has its object");
	}
}

/* What a property says, and what is said of that statement. */
static void end_property(struct rdf_xml *r, const struct rdf_xml_frame *f, uint32_t object)
{
	rdf_xml_say(r, f->owner, f->predicate, object);
	if (!f->statement)
		return;
	rdf_xml_say(r, f->statement, rdf_xml_own(r, "type"), rdf_xml_own(r, "Statement"));
	rdf_xml_say(r, f->statement, rdf_xml_own(r, "subject"), f->owner);
	rdf_xml_say(r, f->statement, rdf_xml_own(r, "predicate"), f->predicate);
	rdf_xml_say(r, f->statement, rdf_xml_own(r, "object"), object);
}

static uint32_t end_object(struct rdf_xml *r, const struct rdf_xml_frame *f)
{
	switch (f->kind) {
	case RDF_XML_RESOURCE:
		return f->subject;
	case RDF_XML_EMPTY:
		return f->object;
	case RDF_XML_LITERAL:
		return rdf_xml_text(
		    r, str_view(&r->text), rdf_xml_own(r, "XMLLiteral"), VIEW_NONE);
	case RDF_XML_COLLECTION:
		rdf_xml_say(r, f->object, rdf_xml_own(r, "rest"), rdf_xml_own(r, "nil"));
		return f->subject ? f->subject : rdf_xml_own(r, "nil");
	case RDF_XML_PROPERTY:
		if (!f->object)
			return rdf_xml_text(r, str_view(&r->text), f->type, f->lang);
		if (f->type)
			return rdf_xml_refuse(r, "a node where rdf:datatype wants text");
		return is_white(str_view(&r->text)) ? f->object
		                                    : rdf_xml_refuse(r, "text beside a node");
	case RDF_XML_TOP:
	case RDF_XML_NODES:
	case RDF_XML_NODE:
		break;
	}
	return 0;
}

void rdf_xml_end(struct rdf_xml *r, const char *name)
{
	struct rdf_xml_frame f;

	if (r->failed)
		return;
	f = *top(r);
	if (f.kind == RDF_XML_LITERAL && r->literal_depth) {
		rdf_xml_literal_end(r, name);
		return;
	}
	if (f.kind != RDF_XML_NODE && f.kind != RDF_XML_NODES)
		end_property(r, &f, end_object(r, &f));
	str_reset(&r->text);
	r->frames.len--;
}

void rdf_xml_characters(struct rdf_xml *r, struct view v)
{
	if (r->failed)
		return;
	if (top(r)->kind == RDF_XML_LITERAL)
		rdf_xml_literal_text(r, v);
	else if (top(r)->kind != RDF_XML_PROPERTY && !is_white(v))
		(void)rdf_xml_refuse(r, "text where none may be");
	else if (top(r)->kind == RDF_XML_PROPERTY && r->text.len + v.len > r->limits.literal_bytes)
		rdf_xml_fail(r, ERR_LIMIT, "a literal longer than allowed");
	else if (top(r)->kind == RDF_XML_PROPERTY)
		str_add(&r->text, v);
}
