/* The fast version of bytes.h; false where the CPU has it not. */
#ifndef GUARD_BYTES_X86_H
#define GUARD_BYTES_X86_H

#include "guard/bytes.h"

bool guard_bytes_x86_works(void);
void guard_bytes_count_x86(const struct view *cells, size_t n, struct guard_bytes *ret);

#endif
