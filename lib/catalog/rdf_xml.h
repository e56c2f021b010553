/*
 * RDF/XML (RDF 1.1 XML Syntax, 2014), as most DCAT portals serve it, read by expat
 * as a stream. Nothing outside the document is ever fetched, and of a document type
 * only short entities of plain text are taken, so that nothing in it can grow.
 */
#ifndef CATALOG_RDF_XML_H
#define CATALOG_RDF_XML_H

#include "catalog/rdf.h"
#include "io/stream.h"

/* Of `stream`, or of `text` where that is NULL. Every limit is set. Errors: line and column. */
MUST_CHECK int rdf_xml_read(struct rdf_graph *g, struct view text, struct stream *stream,
    const char *base, const struct rdf_limits *limits, struct err *err);

#endif
