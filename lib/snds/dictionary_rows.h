/* Pieces that the documents of the dictionary share. */
#ifndef SNDS_DICTIONARY_ROWS_H
#define SNDS_DICTIONARY_ROWS_H

#include "snds/dictionary.h"

enum { SNDS_CODES_LISTED = 100 }; /* of a nomenclature, on pages that list them all */

void snds_rows_table(struct report *r, struct report_table *t, const struct snds_schema *s,
    const struct snds_schema_table *table, enum snds_lang lang);
struct report_table *snds_rows_tables(struct report *r, unsigned role);
/* `with_table`: the column's table is the first cell. */
struct report_table *snds_rows_columns(struct report *r, unsigned role, bool with_table);
void snds_rows_column(struct report *r, struct report_table *t, const struct snds_schema *s,
    size_t column, bool with_table, enum snds_lang lang);
/* Links of one table: those that leave it, those that reach it. */
struct report_table *snds_rows_links(struct report *r, const char *id, const char *title,
    unsigned role);
void snds_rows_link(struct report *r, struct report_table *t, const struct snds_schema *s,
    const struct snds_link *l);
struct report_table *snds_rows_codes(struct report *r, unsigned role);
void snds_rows_code(struct report *r, struct report_table *t, const struct snds_nomenclature *n,
    size_t code, enum snds_lang lang);
/* The table a column belongs to. */
const struct snds_schema_table *snds_table_of(const struct snds_schema *s, size_t column);
/* "2008-2015", "2012-", "" */
void snds_years_text(const struct snds_life_span *years, struct str *out);
/* "string (17)" */
void snds_type_text(const struct snds_schema_column *c, struct str *out);

#endif
