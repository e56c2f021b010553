#include "guard/quantile.h"

#include <math.h>
#include <string.h>

/*
 * The logarithm to base 2 is taken piecewise linearly: exponent plus mantissa.
 * A bucket of STEP is then between 1 % and 2 % of its numbers wide, and its
 * middle 1 % from any of them at most. 1e-9 to 1e15 are 80 doublings.
 */
#define SMALLEST 1e-9
#define STEP 0.02
#define STEPS_A_DOUBLING 50

/*
 * exponent + (mantissa in 0..1): grows by one with each doubling. From the bits of a
 * normal number (IEEE 754 binary64), as frexp has it.
 */
static double linear_log2(double x)
{
	uint64_t bits;
	int exponent;

	memcpy(&bits, &x, sizeof(bits));
	exponent = (int)(bits >> 52 & 0x7ff) - 1022;
	return exponent + (double)(bits & ((1ull << 52) - 1)) * 0x1p-52;
}

static double linear_exp2(double y)
{
	double whole = floor(y);

	return ldexp((y - whole + 1) / 2, (int)whole);
}

static size_t bucket_of(double x)
{
	double y = (linear_log2(x) - linear_log2(SMALLEST)) * STEPS_A_DOUBLING;

	return y >= GUARD_BUCKETS - 1 ? GUARD_BUCKETS - 1 : (size_t)y;
}

static double middle_of(size_t bucket)
{
	return linear_exp2(linear_log2(SMALLEST) + ((double)bucket + 0.5) * STEP);
}

void guard_quantiles_clear(struct guard_quantiles *q)
{
	free(q->below);
	free(q->above);
	*q = (struct guard_quantiles){0};
}

static void count_in(uint64_t **buckets, double x, uint64_t times)
{
	if (!*buckets)
		*buckets = mem_zalloc(GUARD_BUCKETS, sizeof(**buckets));
	(*buckets)[bucket_of(x)] += times;
}

void guard_quantiles_add_times(struct guard_quantiles *q, double x, uint64_t times)
{
	if (x >= SMALLEST)
		count_in(&q->above, x, times);
	else if (x <= -SMALLEST)
		count_in(&q->below, -x, times);
	else
		q->zero += times;
	if (q->count == 0)
		q->min = q->max = x;
	q->min = x < q->min ? x : q->min;
	q->max = x > q->max ? x : q->max;
	q->count += times;
}

void guard_quantiles_add_many(struct guard_quantiles *q, const double *x, size_t n)
{
	double min = x[0], max = x[0];
	uint64_t *above;

	if (!q->above)
		q->above = mem_zalloc(GUARD_BUCKETS, sizeof(*q->above));
	above = q->above;
	for (size_t i = 0; i < n; i++) {
		if (x[i] >= SMALLEST)
			above[bucket_of(x[i])]++;
		else
			q->zero++;
		min = x[i] < min ? x[i] : min;
		max = x[i] > max ? x[i] : max;
	}
	q->min = q->count && q->min < min ? q->min : min;
	q->max = q->count && q->max > max ? q->max : max;
	q->count += n;
}

static void add_buckets(uint64_t **to, const uint64_t *from)
{
	if (!from)
		return;
	if (!*to)
		*to = mem_zalloc(GUARD_BUCKETS, sizeof(**to));
	for (size_t i = 0; i < GUARD_BUCKETS; i++)
		(*to)[i] += from[i];
}

void guard_quantiles_merge(struct guard_quantiles *q, const struct guard_quantiles *from)
{
	if (!from->count)
		return;
	q->min = q->count ? fmin(q->min, from->min) : from->min;
	q->max = q->count ? fmax(q->max, from->max) : from->max;
	q->count += from->count;
	q->zero += from->zero;
	add_buckets(&q->below, from->below);
	add_buckets(&q->above, from->above);
}

/* From the most negative up, until `rank` numbers are behind. */
static double find_rank(const struct guard_quantiles *q, uint64_t rank)
{
	uint64_t seen = 0;

	for (size_t i = GUARD_BUCKETS; q->below && i-- > 0;)
		if ((seen += q->below[i]) > rank)
			return -middle_of(i);
	if ((seen += q->zero) > rank)
		return 0;
	for (size_t i = 0; q->above && i < GUARD_BUCKETS; i++)
		if ((seen += q->above[i]) > rank)
			return middle_of(i);
	return q->max;
}

double guard_quantiles_at(const struct guard_quantiles *q, double p)
{
	double x = find_rank(q, (uint64_t)(p * (double)(q->count - 1)));

	return fmin(fmax(x, q->min), q->max);
}

uint64_t guard_quantiles_in(const struct guard_quantiles *q, size_t at)
{
	if (at < GUARD_BUCKETS)
		return q->below ? q->below[GUARD_BUCKETS - 1 - at] : 0;
	if (at == GUARD_BUCKETS)
		return q->zero;
	return q->above ? q->above[at - GUARD_BUCKETS - 1] : 0;
}

size_t guard_bucket_of(double x)
{
	if (x >= SMALLEST)
		return GUARD_BUCKETS + 1 + bucket_of(x);
	return x <= -SMALLEST ? GUARD_BUCKETS - 1 - bucket_of(-x) : GUARD_BUCKETS;
}

double guard_bucket_middle(size_t at)
{
	if (at == GUARD_BUCKETS)
		return 0;
	return at < GUARD_BUCKETS ? -middle_of(GUARD_BUCKETS - 1 - at)
	                          : middle_of(at - GUARD_BUCKETS - 1);
}

static double bound_of(size_t bucket)
{
	return linear_exp2(linear_log2(SMALLEST) + (double)bucket * STEP);
}

double guard_bucket_edge(size_t at)
{
	return at <= GUARD_BUCKETS ? -bound_of(GUARD_BUCKETS - at)
	                           : bound_of(at - GUARD_BUCKETS - 1);
}

size_t guard_bucket_near(double x)
{
	double y = fabs(x) < SMALLEST ? 0 : linear_log2(fabs(x)) - linear_log2(SMALLEST);
	size_t bucket = MIN((size_t)lround(y * STEPS_A_DOUBLING), (size_t)GUARD_BUCKETS);

	return x < 0 ? GUARD_BUCKETS - bucket : GUARD_BUCKETS + 1 + bucket;
}
