/* The catalogue for programs: RDF by negotiation, pages, the feed, what children send. */
#ifndef PORTAL_CATALOG_MACHINE_H
#define PORTAL_CATALOG_MACHINE_H

#include "portal/visit.h"

/* catalog_rdf.c */
visit_handler catalog_file_document, catalog_file_dataset, catalog_file_page, catalog_file_feed,
    catalog_file_stream;
/* catalog_ingest.c */
visit_handler catalog_api_whoami, catalog_api_ingest, catalog_api_ingest_put,
    catalog_api_ingest_delete;

#endif
