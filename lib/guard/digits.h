/* Numbers of digits alone, eight at a time. */
#ifndef GUARD_DIGITS_H
#define GUARD_DIGITS_H

#include "base/view.h"

#include <string.h>

/* Eight bytes 0..9, the first one lowest: two, four, then eight digits at a time. */
static inline uint64_t guard_digits_join(uint64_t v)
{
	v = (v * 10 + (v >> 8)) & 0x00FF00FF00FF00FFu;
	v = (v * 100 + (v >> 16)) & 0x0000FFFF0000FFFFu;
	return (v * 10000 + (v >> 32)) & 0xFFFFFFFFu;
}

/*
 * Up to eight digits as bytes 0..9, the first lowest, with zeros before them. Only
 * bytes of the text are read.
 */
static inline uint64_t guard_digits_load(const char *p, size_t len)
{
	uint64_t v = 0;
	uint32_t a, b;

	if (len == 8) {
		memcpy(&v, p, 8);
	} else if (len >= 4) {
		memcpy(&a, p, 4);
		memcpy(&b, p + len - 4, 4);
		v = (uint64_t)b << 32 | (uint64_t)a << (8 - len) * 8;
	} else {
		for (size_t i = 0; i < len; i++)
			v |= (uint64_t)(unsigned char)p[i] << (8 - len + i) * 8;
	}
	return v & 0x0F0F0F0F0F0F0F0Fu;
}

/* At most 16 digits, and nothing else. */
static inline uint64_t guard_digits_value(struct view v)
{
	if (v.len <= 8)
		return guard_digits_join(guard_digits_load(v.ptr, v.len));
	return guard_digits_join(guard_digits_load(v.ptr, v.len - 8)) * 100000000 +
	       guard_digits_join(guard_digits_load(v.ptr + v.len - 8, 8));
}

#endif
