/* Whether the values of a column have the form that data of a kind has. */
#ifndef GUARD_SHAPE_H
#define GUARD_SHAPE_H

#include "guard/knowledge.h"
#include "guard/type.h"

/* All of `forms` (guard_kind_form bits). */
bool guard_has_forms(const struct guard_column *c, unsigned forms);
/* Cells with a value. */
uint64_t guard_present(const struct guard_column *c);
/* Share of the different values that are first names. */
double guard_first_name_share(const struct guard_column *c, const struct guard_knowledge *k);
/* Nearly every row has its own number or code. */
bool guard_is_key(const struct guard_column *c);
/* Days over more years than a delivery has: 0 when it has none. */
int guard_years_spanned(const struct guard_column *c);

#endif
