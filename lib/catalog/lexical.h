/* Literals of XSD types: of that very type, and written as XML Schema 1.1 part 2 has it. */
#ifndef CATALOG_LEXICAL_H
#define CATALOG_LEXICAL_H

#include "catalog/graph.h"

/* `type`: boolean, nonNegativeInteger, anyURI, date, duration or decimal. */
bool lexical_is(const struct rdf_graph *g, uint32_t literal, const char *type);
/* xsd:date, dateTime, gYearMonth or gYear. */
bool lexical_is_date(const struct rdf_graph *g, uint32_t literal);

#endif
