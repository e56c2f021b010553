/*
 * What the name of a variable says: words without accents and case, split at
 * signs, at digits and where small letters turn to capitals.
 */
#ifndef GUARD_HEADER_H
#define GUARD_HEADER_H

#include "base/str.h"
#include "guard/knowledge.h"

/* "dateNaiss_patient2" is "date naiss patient 2"; small words (de, la, of) are left out. */
void guard_header_fold(struct str *ret, struct view name);
/* The kind that its longest known words tell, or GUARD_NO_KIND. */
int guard_header_kind(const struct guard_knowledge *k, struct view name);

#endif
