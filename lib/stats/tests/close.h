/*
 * For the tests of lib/stats: doubles that must agree to a relative precision.
 */
#ifndef STATS_TESTS_CLOSE_H
#define STATS_TESTS_CLOSE_H

#include <math.h>

/* Prints both values when they differ by more than `rel` of `want`; inside cmocka tests only. */
#define assert_close(got, want, rel) assert_close_((got), (want), (rel), __FILE__, __LINE__)

static inline void assert_close_(double got, double want, double rel, const char *file, int line)
{
	if (fabs(got - want) <= rel * fabs(want))
		return;
	print_error("%s:%d: got %.17g, want %.17g\n", file, line, got, want);
	_fail(file, line);
}

#endif
