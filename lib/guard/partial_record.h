/* The fields of a partial, written or read: partial_codec.h. */
#ifndef GUARD_PARTIAL_RECORD_H
#define GUARD_PARTIAL_RECORD_H

#include "guard/partial.h"
#include "guard/partial_codec.h"

void guard_record_walk(struct guard_codec *c, struct guard_partial *p);
/* One column; reading: into an initialised one. */
void guard_record_column(struct guard_codec *c, struct guard_column *column);

#endif
