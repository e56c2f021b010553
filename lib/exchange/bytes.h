/* Little-endian numbers, names in fixed fields, whole reads and writes. */
#ifndef EXCHANGE_BYTES_H
#define EXCHANGE_BYTES_H

#include "exchange/names.h"

#include <sys/types.h>

static inline uint64_t exchange_get_u64(const unsigned char *p)
{
	uint64_t n = 0;

	for (int i = 7; i >= 0; i--)
		n = n << 8 | p[i];
	return n;
}

static inline void exchange_put_u64(unsigned char *p, uint64_t n)
{
	for (int i = 0; i < 8; i++)
		p[i] = (unsigned char)(n >> 8 * i);
}

/* A valid name in 32 bytes, NUL behind it up to their end. */
bool exchange_field_is_name(const unsigned char field[EXCHANGE_NAME_SIZE - 1]);
/* 0, or -1 with errno. */
MUST_CHECK int exchange_write_all(int fd, const void *bytes, size_t len);
/* Up to `len`, fewer only at the end of the file; -1 with errno. */
MUST_CHECK ssize_t exchange_read_all(int fd, void *bytes, size_t len);

#endif
