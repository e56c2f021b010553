/*
 * RDF in memory: quads of numbered terms. Whatever was read is kept, also what
 * the catalogue knows nothing of, so it stands in the next export again.
 *
 * Terms are numbered from 1 in order of first sight; 0 is the default graph.
 * Two literals are one when text, type and language are; a type xsd:string is
 * no type (RDF 1.1 Concepts, section 3.3).
 */
#ifndef CATALOG_GRAPH_H
#define CATALOG_GRAPH_H

#include "base/map.h"
#include "base/str.h"

enum rdf_kind {
	RDF_NONE,
	RDF_IRI,
	RDF_BLANK,
	RDF_LITERAL,
};

struct rdf_term {
	enum rdf_kind kind;
	uint32_t type;    /* of a literal: the term of its datatype, or 0 */
	struct view text; /* IRI, label of a blank node, or lexical form */
	struct view lang; /* of a literal, or empty */
};

struct rdf_quad {
	uint32_t subject, predicate, object, graph;
};

struct rdf_graph {
	struct map ids;
	VEC(struct rdf_term) terms;
	VEC(struct rdf_quad) quads; /* once indexed: by subject, predicate, object, graph */
	VEC(uint32_t) starts;       /* once indexed: of each subject in quads; one more */
	struct str scratch;
	uint32_t documents; /* read into it: keeps their blank nodes apart */
	bool indexed;
};

#define AUTO_GRAPH AUTO(rdf_clear)

void rdf_clear(struct rdf_graph *g);
/* Empty it, keep the memory. */
void rdf_reset(struct rdf_graph *g);

uint32_t rdf_iri(struct rdf_graph *g, struct view iri);
uint32_t rdf_blank(struct rdf_graph *g, struct view label);
/* `type`: an IRI's term or 0; `lang` empty: none. */
uint32_t rdf_literal(struct rdf_graph *g, struct view text, uint32_t type, struct view lang);
/* The term of an IRI, or 0 when nothing speaks of it. */
uint32_t rdf_find_iri(const struct rdf_graph *g, struct view iri);
static inline const struct rdf_term *rdf_term(const struct rdf_graph *g, uint32_t id)
{
	return &g->terms.ptr[id];
}

void rdf_add(struct rdf_graph *g, uint32_t subject, uint32_t predicate, uint32_t object,
    uint32_t graph);
/* All statements of another graph, as of one more document: its blank nodes stay apart. */
void rdf_copy(struct rdf_graph *to, const struct rdf_graph *from);
/* Sorts, takes out what stands there twice; after it, the functions below, until rdf_add. */
void rdf_index(struct rdf_graph *g);
/* What is said of a subject. */
const struct rdf_quad *rdf_about(const struct rdf_graph *g, uint32_t subject, size_t *ret_count);
/* Its values of one predicate, side by side. */
const struct rdf_quad *rdf_values(const struct rdf_graph *g, uint32_t subject, uint32_t predicate,
    size_t *ret_count);
bool rdf_has(const struct rdf_graph *g, uint32_t subject, uint32_t predicate, uint32_t object);

/* An absolute IRI (RFC 3987) without the signs that Turtle's IRIREF does not have. */
bool rdf_iri_is_valid(struct view iri);
bool rdf_iri_is_absolute(struct view iri);
/*
 * Adds what a reference means by its base (RFC 3986, section 5.2); the base is absolute. An
 * absolute reference stays as it is (RDF 1.1 Concepts, section 3.2).
 */
void rdf_iri_resolve(struct str *out, struct view base, struct view reference);
/* A language tag as Turtle has it: "fr", "en-GB". */
bool rdf_lang_is_valid(struct view tag);

#endif
