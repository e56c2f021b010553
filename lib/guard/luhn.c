#include "guard/luhn.h"

#include <assert.h>

bool guard_luhn(struct view digits)
{
	int sum = 0;

	for (size_t i = 0; i < digits.len; i++) {
		int n = digits.ptr[digits.len - 1 - i] - '0';

		assert(n >= 0 && n <= 9);
		n <<= i & 1;
		sum += n > 9 ? n - 9 : n;
	}
	return sum % 10 == 0;
}
