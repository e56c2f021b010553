/* The fast version of bytes.h; false where the CPU has it not. */
#ifndef GUARD_BYTES_X86_H
#define GUARD_BYTES_X86_H

#include "guard/bytes.h"

/* One byte of each class in its lane, as struct guard_bytes has them from the lowest byte up. */
extern const uint64_t guard_bytes_lanes[256];

bool guard_bytes_x86_works(void);
void guard_bytes_count_x86(const struct view *cells, size_t n, struct guard_bytes *ret);

#endif
