/* The attributes of an element: those of RDF, and those that say something of it. */
#include "catalog/rdf_xml_inside.h"

/* Names that stand for no property and no class. */
bool rdf_xml_is_reserved(const struct rdf_xml_name *n)
{
	static const char *const reserved[] = {"RDF", "ID", "about", "parseType", "resource",
	    "nodeID", "datatype", "aboutEach", "aboutEachPrefix", "bagID"};

	for (size_t i = 0; i < ARRAY_LEN(reserved); i++)
		if (rdf_xml_is(n, reserved[i]))
			return true;
	return false;
}

/* Of an attribute: RDF's, also in the old way without its prefix; nothing: not one for us. */
static bool attribute_name(struct rdf_xml *r, const char *raw, struct rdf_xml_name *ret)
{
	static const char *const old[] = {"ID", "about", "resource", "parseType", "type"};

	*ret = rdf_xml_name(raw);
	if (view_eq(ret->space, VIEW_LIT(RDF_XML_SPACE)) ||
	    (ret->space.len == 0 && ret->local.len > 2 &&
		view_eq_nocase((struct view){ret->local.ptr, 3}, VIEW_LIT("xml"))))
		return false;
	for (size_t i = 0; ret->space.len == 0 && i < ARRAY_LEN(old); i++)
		if (view_eq(ret->local, VIEW(old[i])))
			ret->space = VIEW_LIT(RDF_SYNTAX);
	return ret->space.len || rdf_xml_refuse(r, "an attribute without a namespace");
}

static const char **own_attribute(struct rdf_xml_attributes *a, const struct rdf_xml_name *n)
{
	const struct {
		const char *name;
		const char **value;
	} own[] = {{"ID", &a->id}, {"nodeID", &a->node_id}, {"about", &a->about},
	    {"resource", &a->resource}, {"datatype", &a->datatype},
	    {"parseType", &a->parse_type}};

	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		if (rdf_xml_is(n, own[i].name))
			return own[i].value;
	return NULL;
}

bool rdf_xml_attributes_read(struct rdf_xml *r, const char **raw, struct rdf_xml_attributes *ret)
{
	struct rdf_xml_name n;

	for (size_t i = 0; raw[i] && !r->failed; i += 2) {
		const char **own;

		if (!attribute_name(r, raw[i], &n))
			continue;
		own = own_attribute(ret, &n);
		if (own && *own)
			return rdf_xml_refuse(r, "an attribute of RDF twice");
		if (own)
			*own = raw[i + 1];
		else if (rdf_xml_is_reserved(&n) || rdf_xml_is(&n, "Description") ||
			 rdf_xml_is(&n, "li"))
			return rdf_xml_refuse(r, "an attribute that RDF/XML does not have");
		else
			ret->said = true;
	}
	return !r->failed;
}

/* Property attributes, of `subject`. */
void rdf_xml_attributes_say(struct rdf_xml *r, const struct rdf_xml_frame *f, uint32_t subject,
    const char **raw)
{
	struct rdf_xml_attributes none = {0};
	struct rdf_xml_name n;

	for (size_t i = 0; raw[i] && !r->failed; i += 2) {
		if (!attribute_name(r, raw[i], &n) || own_attribute(&none, &n))
			continue;
		if (rdf_xml_is(&n, "type"))
			rdf_xml_say(r, subject, rdf_xml_own(r, "type"),
			    rdf_xml_address(r, f, raw[i + 1]));
		else
			rdf_xml_say(r, subject, rdf_xml_named(r, &n),
			    rdf_xml_text(r, VIEW(raw[i + 1]), 0, f->lang));
	}
}
