#include "stats/round.h"

#include "base/view.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SIGNIFICANT 17
#define LOG10_2 0.301029995663981195214

static double nearer_candidate(double x, double scale)
{
	double below = floor(x * scale);
	double lo = below / scale;
	double hi = ceil(x * scale) / scale;
	double to_lo = x - lo;
	double to_hi = hi - x;
	bool even = fmod(below, 2) == 0;

	return to_lo < to_hi || (to_lo == to_hi && even) ? lo : hi;
}

/*
 * log10 at the geometric middle of the binade of x: R decides by it, not by log10(x), whether x has
 * digits to lose, which shows where x has 15 or 16 digits at that place.
 */
static double rough_log10(double x)
{
	return LOG10_2 * (logb(x) + 0.5);
}

double stats_round(double x, int digits)
{
	double size = fabs(x);
	double scale = 1;

	assert(digits >= 0 && digits <= STATS_ROUND_DIGITS_MAX);
	if (!isfinite(x) || x == 0)
		return x;
	if (digits == 0)
		return nearbyint(x);
	if (digits + rough_log10(size) > DBL_DIG)
		return x;
	for (int i = 0; i < digits; i++)
		scale *= 10;
	return copysign(nearer_candidate(size, scale), x);
}

/* The significant digits of |x|, those of 10^exponent first, without zeros at the end. */
struct decimal {
	char digit[MAX_SIGNIFICANT + 1];
	int len;
	int exponent;
};

/*
 * printf writes d<point>ddde<sign>dd, the point as the locale has it (of one or more bytes) but of
 * the digits only the first stands before it.
 */
static void split(struct decimal *d, const char *text, int significant)
{
	const char *e = strchr(text, 'e');

	d->digit[0] = text[0];
	memcpy(d->digit + 1, e - (significant - 1), (size_t)significant - 1);
	d->len = significant;
	while (d->len > 1 && d->digit[d->len - 1] == '0')
		d->len--;
	d->digit[d->len] = '\0';
	d->exponent = 0;
	for (const char *c = e + 2; *c; c++)
		d->exponent = 10 * d->exponent + (*c - '0');
	if (e[1] == '-')
		d->exponent = -d->exponent;
}

static double read_back(const struct decimal *d)
{
	char text[48];
	double back = 0;

	snprintf(text, sizeof(text), "%c.%se%d", d->digit[0], d->digit + 1, d->exponent);
	return view_to_double(VIEW(text), &back) ? back : 0;
}

static void shortest(struct decimal *d, double size)
{
	char text[48];

	for (int significant = DBL_DIG; significant <= MAX_SIGNIFICANT; significant++) {
		snprintf(text, sizeof(text), "%.*e", significant - 1, size);
		split(d, text, significant);
		if (read_back(d) == size)
			return;
	}
}

static int write_plain(char *buf, size_t size, const char *sign, const struct decimal *d)
{
	int whole = d->exponent + 1;

	if (whole <= 0)
		return snprintf(buf, size, "%s0.%.*s%s", sign, -whole, "0000", d->digit);
	if (whole >= d->len)
		return snprintf(buf, size, "%s%s%.*s", sign, d->digit, whole - d->len,
		    "00000000000000");
	return snprintf(buf, size, "%s%.*s.%s", sign, whole, d->digit, d->digit + whole);
}

static int write_scientific(char *buf, size_t size, const char *sign, const struct decimal *d)
{
	return snprintf(buf, size, "%s%c%s%se%+03d", sign, d->digit[0], d->len > 1 ? "." : "",
	    d->digit + 1, d->exponent);
}

size_t stats_format(char *buf, size_t size, double x)
{
	const char *sign = x < 0 ? "-" : "";
	struct decimal d;
	int len;

	assert(size >= STATS_FORMAT_SIZE);
	if (isnan(x) || x == 0)
		return (size_t)snprintf(buf, size, "%s", x == 0 ? "0" : "NaN");
	if (isinf(x))
		return (size_t)snprintf(buf, size, "%sInf", sign);
	shortest(&d, fabs(x));
	if (d.exponent >= -5 && d.exponent < DBL_DIG)
		len = write_plain(buf, size, sign, &d);
	else
		len = write_scientific(buf, size, sign, &d);
	return (size_t)len;
}
