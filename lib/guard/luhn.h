/* Luhn's check (ISO/IEC 7812-1, annex B): SIREN, SIRET, RPPS. */
#ifndef GUARD_LUHN_H
#define GUARD_LUHN_H

#include "base/view.h"

/* Digits only, 24 of them at most. */
bool guard_luhn(struct view digits);

#endif
