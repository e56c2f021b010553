/*
 * Sheets for others: CSV and XLSX in the columns of columns.h with French
 * labels, JSON as sheet.h has them, Turtle (schema.org, PROV, SKOS). A CSV cell
 * that a spreadsheet would take for a formula begins with an apostrophe; texts
 * of an XLSX are never formulas.
 */
#ifndef REGISTER_EXPORT_H
#define REGISTER_EXPORT_H

#include "register/columns.h"
#include "register/index.h"

enum register_format {
	REGISTER_AS_CSV,
	REGISTER_AS_XLSX,
	REGISTER_AS_JSON,
	REGISTER_AS_RDF,
	REGISTER_FORMATS,
};
#define REGISTER_FORMAT_WORDS "csv|xlsx|json|rdf"

/* Sheets one after the other, wherever they come from. */
struct register_rows {
	size_t count;
	int (*sheet)(void *ctx, size_t n, json_t **ret, struct err *err); /* the caller's */
	void *ctx;
	const char *origin; /* "https://hub.example": sheets are ORIGIN/register/REFERENCE */
};

MUST_CHECK int register_export(const struct register_rows *rows, enum register_format format,
    struct str *out, struct err *err);
/* What a search found. */
MUST_CHECK int register_export_found(const struct register_index *i,
    const struct search_result *found, const char *origin, enum register_format format,
    struct str *out, struct err *err);
/* Of its bytes; and of its file, without the dot. */
const char *register_format_type(enum register_format f);
const char *register_format_suffix(enum register_format f);

/* Inside: the text of one cell of register_columns. */
void register_cell(const json_t *sheet, const struct register_column *c, struct str *out);
MUST_CHECK int register_export_xlsx(const struct register_rows *rows, struct str *out,
    struct err *err);
MUST_CHECK int register_export_rdf(const struct register_rows *rows, struct str *out,
    struct err *err);

#endif
