/* scan_ends for whole blocks of 64 bytes, on CPUs with AVX2. For scan.c. */
#ifndef IO_SCAN_X86_H
#define IO_SCAN_X86_H

#include "io/scan.h"

bool scan_x86_works(void);
/* *ret_done: how many bytes were scanned, a multiple of 64. */
size_t scan_ends_x86(struct scan *s, const unsigned char *bytes, size_t len, uint32_t *ret_ends,
    size_t *ret_done);

#endif
