/*
 * The schema for people: what is there, what a name means, where it leads.
 * Each function makes one document of lib/report.
 */
#ifndef SNDS_DICTIONARY_H
#define SNDS_DICTIONARY_H

#include "report/report.h"
#include "snds/schema.h"

/*
 * `what` is a table, TABLE.COLUMN, a column that several tables have, or a
 * nomenclature; NULL: every table. `search` (may be NULL) keeps what holds that
 * word, in any case and with or without accents. An unknown name is ERR_USAGE
 * with the nearest one. Reads the codes it shows.
 */
MUST_CHECK int snds_dictionary(struct snds_schema *s, const char *what, const char *search,
    enum snds_lang lang, struct report **ret, struct err *err);

/* Tables as boxes by product, with their links, as the body of a drawing. */
void snds_diagram(const struct snds_schema *s, enum snds_lang lang, struct str *out);
/* How many links join tables of different products, and to how many of them. */
void snds_diagram_words(const struct snds_schema *s, struct str *out);

#endif
