#include "base/rng.h"

#include <math.h>
#include <string.h>

/* Constants of the paper, section 4.2. */
static const uint32_t M0 = 0xD2511F53, M1 = 0xCD9E8D57;
static const uint32_t W0 = 0x9E3779B9, W1 = 0xBB67AE85;

void rng_philox4x32_10(const uint32_t counter[4], const uint32_t key[2], uint32_t ret[4])
{
	uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
	uint32_t k0 = key[0], k1 = key[1];

	for (int round = 0; round < 10; round++) {
		uint64_t p0 = (uint64_t)M0 * c0;
		uint64_t p1 = (uint64_t)M1 * c2;

		c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
		c1 = (uint32_t)p1;
		c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
		c3 = (uint32_t)p0;
		k0 += W0;
		k1 += W1;
	}
	ret[0] = c0;
	ret[1] = c1;
	ret[2] = c2;
	ret[3] = c3;
}

struct rng rng_at(uint64_t seed, uint32_t stream, uint64_t index)
{
	return (struct rng){
	    .key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
	    .counter = {0, stream, (uint32_t)index, (uint32_t)(index >> 32)},
	    .used = 4,
	};
}

uint32_t rng_u32(struct rng *r)
{
	if (r->used == 4) {
		rng_philox4x32_10(r->counter, r->key, r->block);
		r->counter[0]++;
		r->used = 0;
	}
	return r->block[r->used++];
}

uint64_t rng_u64(struct rng *r)
{
	uint64_t high = rng_u32(r);

	return high << 32 | rng_u32(r);
}

double rng_unit(struct rng *r)
{
	return (double)(rng_u64(r) >> 11) * 0x1p-53;
}

uint32_t rng_below(struct rng *r, uint32_t n)
{
	uint64_t m = (uint64_t)rng_u32(r) * n;

	if ((uint32_t)m < n) {
		uint32_t reject = -n % n;

		while ((uint32_t)m < reject)
			m = (uint64_t)rng_u32(r) * n;
	}
	return (uint32_t)(m >> 32);
}

int rng_range(struct rng *r, int lo, int hi)
{
	return lo + (int)rng_below(r, (uint32_t)(hi - lo) + 1);
}

bool rng_chance(struct rng *r, double p)
{
	return rng_unit(r) < p;
}

double rng_exponential(struct rng *r)
{
	return -log1p(-rng_unit(r));
}

double rng_normal(struct rng *r)
{
	double radius = sqrt(2 * rng_exponential(r));

	return radius * cos(2 * M_PI * rng_unit(r));
}

/* Counts exponential gaps: exact, and linear in the mean. */
unsigned rng_poisson(struct rng *r, double mean)
{
	unsigned n = 0;
	double sum = rng_exponential(r);

	while (sum < mean) {
		n++;
		sum += rng_exponential(r);
	}
	return n;
}

size_t rng_weighted(struct rng *r, const double *weights, size_t count)
{
	double total = 0;
	double at;

	for (size_t i = 0; i < count; i++)
		total += weights[i];
	at = rng_unit(r) * total;
	for (size_t i = 0; i + 1 < count; i++) {
		if (at < weights[i])
			return i;
		at -= weights[i];
	}
	return count - 1;
}
