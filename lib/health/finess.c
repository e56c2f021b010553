#include "health/finess.h"

#include <assert.h>

static int digit(char c, size_t at)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (at == 1 && (c == 'A' || c == 'B'))
		return c - 'A' + 1;
	return -1;
}

/* Luhn's sum of `v` as if it ended at place FINESS_LEN, or -1. */
static int sum(struct view v)
{
	int total = 0;

	for (size_t i = 0; i < v.len; i++) {
		int d = digit(v.ptr[i], i);

		if (d < 0)
			return -1;
		if ((FINESS_LEN - 1 - i) % 2 == 1)
			d = d * 2 > 9 ? d * 2 - 9 : d * 2;
		total += d;
	}
	return total;
}

bool finess_valid(struct view number)
{
	int total = number.len == FINESS_LEN ? sum(number) : -1;

	return total >= 0 && total % 10 == 0 && number.ptr[FINESS_LEN - 1] <= '9';
}

char finess_key(struct view head)
{
	int total = sum(head);

	assert(head.len == FINESS_LEN - 1 && total >= 0);
	return (char)('0' + (10 - total % 10) % 10);
}
