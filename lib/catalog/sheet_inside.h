/* Namespaces that the makers of descriptions use, and what the files sheet*.c share. */
#ifndef CATALOG_SHEET_INSIDE_H
#define CATALOG_SHEET_INSIDE_H

#define SHEET_RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define SHEET_RDFS "http://www.w3.org/2000/01/rdf-schema#"
#define SHEET_SKOS "http://www.w3.org/2004/02/skos/core#"
#define SHEET_DCT "http://purl.org/dc/terms/"
#define SHEET_DCAT "http://www.w3.org/ns/dcat#"
#define SHEET_FOAF "http://xmlns.com/foaf/0.1/"
#define SHEET_ELI "http://data.europa.eu/eli/ontology#"
#define SHEET_CSVW "http://www.w3.org/ns/csvw#"
#define SHEET_XSD "http://www.w3.org/2001/XMLSchema#"
#define SHEET_HEALTH "http://healthdataportal.eu/ns/health#"

#include "catalog/sheet.h"

/* What a value of a cell is in a graph; ERR_FORMAT: it cannot be said. */
MUST_CHECK int catalog_sheet_term(const struct catalog_sheet_line *l, struct rdf_graph *g,
    const struct catalog_rules *r, struct view value, uint32_t *ret, struct err *err);
const struct catalog_sheet_line *catalog_sheet_line(const struct catalog_sheet *s,
    size_t column);
/* Would a cell of this line show the term? */
bool catalog_sheet_shows(const struct catalog_sheet_line *l, const struct rdf_term *t);

#endif
