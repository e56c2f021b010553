/*
 * What the files of the RDF/XML reader share: a frame for each open element, the
 * terms of a name or an address, XML that is a literal.
 */
#ifndef CATALOG_RDF_XML_INSIDE_H
#define CATALOG_RDF_XML_INSIDE_H

#include "base/arena.h"
#include "catalog/rdf_xml.h"

#define XML_DTD /* else expat.h hides the limits of what entities may grow to */
#include <expat.h>

#define RDF_SYNTAX "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define RDF_XML_SPACE "http://www.w3.org/XML/1998/namespace"

/* Between namespace, name and prefix, as expat gives them; no character of XML. */
enum { RDF_XML_BETWEEN = '\x1f' };

enum rdf_xml_kind {
	RDF_XML_TOP,
	RDF_XML_NODES,      /* rdf:RDF */
	RDF_XML_NODE,       /* of it, properties are said */
	RDF_XML_PROPERTY,   /* a text or one node */
	RDF_XML_RESOURCE,   /* parseType="Resource": properties of its blank node */
	RDF_XML_COLLECTION, /* nodes */
	RDF_XML_LITERAL,    /* XML as it stands */
	RDF_XML_EMPTY,      /* a property whose attributes said all */
};

struct rdf_xml_frame {
	enum rdf_xml_kind kind;
	uint32_t subject;   /* of what is said inside; of a collection: its first cell */
	uint32_t owner;     /* of a property: whose it is */
	uint32_t predicate; /* of a property */
	uint32_t object;    /* of a property: its node, once seen; of a collection: the last cell */
	uint32_t statement; /* of a property: its rdf:ID, or 0 */
	uint32_t type;      /* of a property: its datatype, or 0 */
	uint32_t items;     /* rdf:li seen */
	const char *base;   /* without fragment; NULL: none */
	struct view lang;
};

/* A namespace that a literal has told already. */
struct rdf_xml_scope {
	struct view prefix, space;
	size_t depth;
};

struct rdf_xml {
	struct rdf_graph *g;
	struct rdf_limits limits;
	XML_Parser parser;
	struct err *err;
	bool failed;
	bool elsewhere; /* a part of the document type is not in the document */
	VEC(struct rdf_xml_frame) frames;
	VEC(struct rdf_xml_scope) scopes;
	struct str text;     /* of the innermost property */
	struct str word;     /* an IRI */
	struct map ids;      /* rdf:ID seen, in full */
	struct map entities; /* declared in the document */
	struct arena memory;
	size_t literal_depth, quads, bytes;
	uint32_t blanks;
};

struct rdf_xml_name {
	struct view space, local, prefix;
};

/* The first failure stays, with the place of what is being read. */
void rdf_xml_fail(struct rdf_xml *r, enum err_code code, const char *what);
/* The same for wrong documents; false. */
bool rdf_xml_refuse(struct rdf_xml *r, const char *what);
/* A statement, unless a part of it failed. */
void rdf_xml_say(struct rdf_xml *r, uint32_t subject, uint32_t predicate, uint32_t object);
struct rdf_xml_name rdf_xml_name(const char *raw);
/* Is it that name of RDF's own? */
bool rdf_xml_is(const struct rdf_xml_name *n, const char *local);

/* Attributes that RDF/XML knows; whether there are others, which say something. */
struct rdf_xml_attributes {
	const char *id, *node_id, *about, *resource, *datatype, *parse_type;
	bool said;
};
/* Names that stand for no property and no class. */
bool rdf_xml_is_reserved(const struct rdf_xml_name *n);
bool rdf_xml_attributes_read(struct rdf_xml *r, const char **raw, struct rdf_xml_attributes *ret);
/* Those that say something, of `subject`; base and language are those of `f`. */
void rdf_xml_attributes_say(struct rdf_xml *r, const struct rdf_xml_frame *f, uint32_t subject,
    const char **raw);

/* The events of the document. */
void rdf_xml_start(struct rdf_xml *r, const char *name, const char **attributes);
void rdf_xml_end(struct rdf_xml *r, const char *name);
void rdf_xml_characters(struct rdf_xml *r, struct view v);

/* Terms; 0: failed. */
uint32_t rdf_xml_own(struct rdf_xml *r, const char *local);
uint32_t rdf_xml_named(struct rdf_xml *r, const struct rdf_xml_name *n);
uint32_t rdf_xml_address(struct rdf_xml *r, const struct rdf_xml_frame *f, const char *text);
uint32_t rdf_xml_id(struct rdf_xml *r, const struct rdf_xml_frame *f, const char *text);
uint32_t rdf_xml_blank(struct rdf_xml *r);
uint32_t rdf_xml_labelled(struct rdf_xml *r, const char *label);
uint32_t rdf_xml_text(struct rdf_xml *r, struct view text, uint32_t type, struct view lang);
/* The base that xml:base gives; NULL: failed. */
const char *rdf_xml_base(struct rdf_xml *r, const struct rdf_xml_frame *f, const char *text);
bool rdf_xml_lang(struct rdf_xml *r, const char *text, struct view *ret);

/* XML inside a literal, as Exclusive XML Canonicalization 1.0 with comments writes it. */
void rdf_xml_literal_begin(struct rdf_xml *r);
void rdf_xml_literal_start(struct rdf_xml *r, const char *name, const char **attributes);
void rdf_xml_literal_end(struct rdf_xml *r, const char *name);
void rdf_xml_literal_text(struct rdf_xml *r, struct view text);
void rdf_xml_literal_comment(struct rdf_xml *r, const char *text);
void rdf_xml_literal_instruction(struct rdf_xml *r, const char *target, const char *data);

#endif
