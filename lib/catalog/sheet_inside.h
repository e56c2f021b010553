/* Namespaces that the makers of descriptions use. */
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

#endif
