/*
 * Texts of law as routes, forms and tariffs name them, for people: without the
 * marks in brackets that say how sure the data are of it ("[V]", "[R]"), and in
 * the reader's language (data/source_fr.json).
 */
#ifndef DESK_SOURCE_H
#define DESK_SOURCE_H

#include "desk/form.h"

void desk_source_text(struct view source, enum desk_language language, struct str *out);

#endif
