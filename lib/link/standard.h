/*
 * One spelling of a value: what two files write differently and mean alike
 * becomes the same text. Pure functions of kind and text.
 *
 *   names, places   upper case, no accents (NFKD), OE and AE for ligatures, apostrophes and
 *                   hyphens are spaces; titles go from names, ST and STE are SAINT and SAINTE
 *   dates           AAAAMMJJ, 0 for what is unknown; months and days that no calendar has
 *                   (typing errors, "lunar" dates of people born abroad) stay as written
 *   sex             M or F
 *   the others      letters and digits in upper case
 */
#ifndef LINK_STANDARD_H
#define LINK_STANDARD_H

#include "base/str.h"
#include "link/kind.h"

/* The standard text into `out` (reset before); empty when nothing is left: missing. */
void link_standard(enum link_kind kind, struct view raw, struct str *out);
/*
 * A key alike for names that sound alike in French and English: phonetic classes of the
 * consonants, first letter class kept. Only for blocking. 0 for a text without letters.
 */
uint32_t link_sound(struct view standard);

#endif
