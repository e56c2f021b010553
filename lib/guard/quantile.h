/*
 * Quantiles of numbers, known to 1 % of their value: counts in buckets whose
 * bounds grow by 2 % (Masson, Rim and Lee, "DDSketch", VLDB 2019). Adding and
 * merging are additions, so the result depends on the numbers alone.
 */
#ifndef GUARD_QUANTILE_H
#define GUARD_QUANTILE_H

#include "base/base.h"

/* |x| from 1e-9 to 1e15 has buckets; smaller counts as 0, larger as the last. */
enum { GUARD_BUCKETS = 4000 };

struct guard_quantiles {
	uint64_t *below; /* of -x, NULL: none yet */
	uint64_t *above;
	uint64_t zero;
	uint64_t count;
	double min, max; /* exact, while count > 0 */
};

void guard_quantiles_clear(struct guard_quantiles *q);
void guard_quantiles_add_times(struct guard_quantiles *q, double x, uint64_t times);
/* Numbers from 0 on. */
void guard_quantiles_add_many(struct guard_quantiles *q, const double *x, size_t n);
static inline void guard_quantiles_add(struct guard_quantiles *q, double x)
{
	guard_quantiles_add_times(q, x, 1);
}
void guard_quantiles_merge(struct guard_quantiles *q, const struct guard_quantiles *from);
/* The number below which a share p (0..1) of them lies; count > 0. */
double guard_quantiles_at(const struct guard_quantiles *q, double p);

/*
 * All buckets in one row, from the most negative up: GUARD_BUCKETS of them, 0, and
 * GUARD_BUCKETS more. Bucket `at` holds the numbers from its edge to that of at + 1.
 */
enum { GUARD_BUCKET_ROW = 2 * GUARD_BUCKETS + 1 };

/* The place of a number in that row, as guard_quantiles_add counts it. */
size_t guard_bucket_of(double x);
/* The number that stands for all of a bucket: 1 % from any of them at most. */
double guard_bucket_middle(size_t at);
uint64_t guard_quantiles_in(const struct guard_quantiles *q, size_t at);
double guard_bucket_edge(size_t at);
/* The bucket whose edge is nearest to x: an edge written with six digits is found again. */
size_t guard_bucket_near(double x);

#endif
