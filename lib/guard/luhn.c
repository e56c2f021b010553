#include "guard/luhn.h"

#include "guard/digits.h"

/*
 * Of up to eight digits: every second one from the right counts twice, less 9 above 9. Eight
 * bytes of 9 at most.
 */
static uint64_t weigh(const char *p, size_t len)
{
	const uint64_t evens = 0x00FF00FF00FF00FFu, ones = 0x0001000100010001u;
	uint64_t v = guard_digits_load(p, len);
	uint64_t twice = v & evens;
	uint64_t above = (twice + ones * 123) >> 7 & ones;

	return twice * 2 - above * 9 + (v & ~evens);
}

bool guard_luhn(struct view digits)
{
	uint64_t bytes = 0;

	for (size_t left = digits.len; left;) {
		size_t n = MIN(left, 8);

		left -= n;
		bytes += weigh(digits.ptr + left, n);
	}
	/* three times 8 digits of 9 sum up to 216: one byte */
	return (bytes * 0x0101010101010101u >> 56) % 10 == 0;
}
