/*
 * Decimal rounding and decimal text, so that published numbers agree to the last digit with those
 * of other programs.
 */
#ifndef STATS_ROUND_H
#define STATS_ROUND_H

#include <stddef.h>

#define STATS_ROUND_DIGITS_MAX 15

/*
 * x rounded to so many decimals, 0 <= digits <= STATS_ROUND_DIGITS_MAX, as round(x, digits) does
 * in R 4.0.0 and later: of floor(x 10^d) / 10^d and ceil(x 10^d) / 10^d, each a double, the one
 * nearer to x measured in doubles; when both are as near, the one whose last digit is even. So
 * 0.15 gives 0.1 and 2.5 gives 2. An x that would keep more than about 15 significant digits is its
 * own result, as are NaN and the infinities.
 *
 * Source: the help page "Round" of R, and M. Maechler, "Rounding to Decimal Digits in Binary",
 * vignette of the R package round (version "r3d.C").
 */
double stats_round(double x, int digits);

/* Room for any text of stats_format with its end. */
#define STATS_FORMAT_SIZE 32

/*
 * Write x as decimal text that reads back as the same double: 15 significant digits where they do,
 * else 16, else 17, without zeros at the end. Plain notation for 0 and for 1e-5 <= |x| < 1e15
 * ("0.0006", "150"), else like "1.5e-06"; "NaN", "Inf", "-Inf"; minus zero is "0". The decimal
 * point is a point in every locale. size is at least STATS_FORMAT_SIZE (assert). Returns the length
 * of the text.
 */
size_t stats_format(char *buf, size_t size, double x);

#endif
