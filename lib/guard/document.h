/* Documents that `hygie guard scan --format json` wrote, read again: facts and rows of tables. */
#ifndef GUARD_DOCUMENT_H
#define GUARD_DOCUMENT_H

#include "io/json.h"

/* ERR_FORMAT when it has no table "variables": a scan of something else, or no scan. */
MUST_CHECK int guard_document_check(const json_t *doc, const char *name, struct err *err);
/* The rows of a table, or NULL. Borrowed. */
const json_t *guard_document_rows(const json_t *doc, const char *table);
/*
 * Of a document of many files, what it says of one, as a document of that file alone; NULL when
 * it has no such file, or could not read it. The caller decrefs it.
 */
json_t *guard_document_part(const json_t *doc, const char *file);
/* A cell; "" and NAN when it is missing or of another kind. */
const char *guard_row_text(const json_t *row, const char *column);
double guard_row_number(const json_t *row, const char *column);

#endif
