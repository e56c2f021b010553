/* Identifiers among other words. For detect.c. */
#ifndef GUARD_DETECT_TEXT_H
#define GUARD_DETECT_TEXT_H

#include "guard/cell.h"
#include "health/nir.h"

enum { GUARD_BLOB_MIN = 120 };

/* Registered, month 1-12, place and order told: one random number of 15 digits in 4,000. */
bool guard_is_plain_nir(const struct nir *nir);
bool guard_is_email(struct view v);
/* Of one byte at least. */
bool guard_is_url(struct view v);
/* The bits of GUARD_TEXT_..., GUARD_WORDS, GUARD_STREET, GUARD_BLOB. */
uint64_t guard_detect_text(const struct guard_cell *c);

#endif
