/* What the commands of the catalogue share: files in and out. */
#ifndef CMD_CATALOG_FILES_H
#define CMD_CATALOG_FILES_H

#include "base/opt.h"
#include "catalog/rdf.h"
#include "catalog/rules.h"

#define CATALOG_BASE "https://hub.example"
#define CATALOG_WRITTEN RDF_WRITTEN "|csv"

enum { CATALOG_AS_CSV = RDF_JSONLD + 1 };

/*
 * RDF by the end of the name; .csv: a spreadsheet of the columns of docs/catalog.md, whose
 * datasets stand below `base`. `address`: of RDF documents, for what they name relative to
 * it; NULL: that is an error.
 */
MUST_CHECK int catalog_files_read(struct rdf_graph *g, const struct catalog_rules *r,
    const struct opt_list *files, const char *base, const char *address, struct err *err);
/* To a file, or to standard output without one. `to`: of CATALOG_WRITTEN. */
MUST_CHECK int catalog_files_write(const struct rdf_graph *g, const struct catalog_rules *r, int to,
    const char *path, struct err *err);
/* Is it an address that "/dataset/..." can stand behind? */
MUST_CHECK int catalog_base_check(const char *base, struct err *err);

#endif
