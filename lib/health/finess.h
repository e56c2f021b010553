/*
 * FINESS numbers of establishments: nine characters, département first ("2A"
 * and "2B" in Corsica), the last one a key.
 *
 * The key is Luhn's (ISO/IEC 7812-1, annex B) over all nine characters, with
 * A counted 1 and B counted 2. Checked against numbers the State publishes:
 * 750712184 (AP-HP), 690781810 (HCL), 130786049 (AP-HM).
 */
#ifndef HEALTH_FINESS_H
#define HEALTH_FINESS_H

#include "base/view.h"

enum { FINESS_LEN = 9 };

/* Nine characters, digits (A or B in second place allowed), and the key fits. */
bool finess_valid(struct view number);
/* The key '0'..'9' that completes the eight characters of `head`: assert they are well formed. */
char finess_key(struct view head);

#endif
