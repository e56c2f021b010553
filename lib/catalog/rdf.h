/*
 * RDF as text. Reading is serd's (Turtle, TriG, N-Triples, N-Quads; strict), that of
 * RDF/XML expat's and ours (rdf_xml.h), of JSON-LD ours (jsonld_read.h);
 * writing is ours, so that the same statements give the same bytes whatever the
 * order in which they came: sorted, blank nodes nested where one statement
 * points at them, else named by what is said of them.
 */
#ifndef CATALOG_RDF_H
#define CATALOG_RDF_H

#include "catalog/graph.h"

enum rdf_syntax {
	RDF_TURTLE,
	RDF_NTRIPLES,
	RDF_TRIG,
	RDF_JSONLD,
	RDF_NQUADS,
	RDF_XML,
};
#define RDF_WRITTEN "turtle|ntriples|trig|jsonld"

/* 0: the limit below. */
struct rdf_limits {
	size_t literal_bytes; /* of one literal or IRI: 1 MiB */
	size_t quads;         /* of one document: 50 million */
	size_t nesting;       /* of [ and (: 64 */
};

enum {
	RDF_LITERAL_MAX = 1 << 20,
	RDF_QUADS_MAX = 50000000,
	RDF_NESTING_MAX = 64,
};

/* By the end of a name, ".gz" and ".zst" left out; -1 when it is none of those read. */
int rdf_syntax_of(const char *path);
/*
 * Adds the statements of a document. `base` may be NULL: then a relative IRI
 * is an error. ERR_FORMAT and ERR_LIMIT name line and column; what stood
 * before is in the graph then, which the caller throws away.
 */
MUST_CHECK int rdf_read(struct rdf_graph *g, const char *name, struct view text,
    enum rdf_syntax syntax, const char *base, const struct rdf_limits *limits, struct err *err);
/* The same of a file, perhaps compressed, read as a stream. */
MUST_CHECK int rdf_read_file(struct rdf_graph *g, const char *path, enum rdf_syntax syntax,
    const char *base, const struct rdf_limits *limits, struct err *err);

/* What stands before and behind the statements: prefixes, the context of JSON-LD. */
void rdf_write_begin(struct str *out, enum rdf_syntax syntax);
void rdf_write_end(struct str *out, enum rdf_syntax syntax, bool empty);
/*
 * The statements of a graph that is indexed. Of several graphs one behind the
 * other, each without blank nodes of another, `*first` is true before the
 * first and `*blanks` 0: it counts the blank nodes that have a name.
 * Turtle and N-Triples leave out the names of graphs. ERR_FORMAT, JSON-LD only:
 * an IRI that begins like one of our prefixes.
 */
struct rdf_writing {
	enum rdf_syntax syntax;
	bool begun;
	uint32_t blanks;
};
MUST_CHECK int rdf_write_graph(struct rdf_writing *w, const struct rdf_graph *g, struct str *out,
    struct err *err);
/* All of it: begin, graph, end. */
MUST_CHECK int rdf_write(const struct rdf_graph *g, enum rdf_syntax syntax, struct str *out,
    struct err *err);

/* One term as N-Triples has it; blank nodes by `label`. */
void rdf_add_term(struct str *out, const struct rdf_graph *g, uint32_t id, const char *label);
/* "dct:title" of "http://purl.org/dc/terms/title"; false when no prefix of ours fits. */
bool rdf_compact(struct view iri, struct view *ret_prefix, struct view *ret_name);
/* The other way round, into scratch memory of the caller's; false: an unknown prefix. */
bool rdf_expand(struct str *out, struct view curie);

#endif
