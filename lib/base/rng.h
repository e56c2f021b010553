/*
 * Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror, Shaw,
 * "Parallel random numbers: as easy as 1, 2, 3", SC'11). A draw depends on
 * (seed, stream, index, position) and on nothing else: not on threads, not on
 * the order in which records are made.
 */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include "base/base.h"

/* One record's numbers. Copy it freely; it owns nothing. */
struct rng {
	uint32_t key[2];
	uint32_t counter[4]; /* [0] position, [1] stream, [2..3] index */
	uint32_t block[4];
	unsigned used;
};

/* The generator of record `index` in `stream` (one stream a purpose). */
struct rng rng_at(uint64_t seed, uint32_t stream, uint64_t index);
uint32_t rng_u32(struct rng *r);
uint64_t rng_u64(struct rng *r);
/* Uniform in [0, 1), 53 bits. */
double rng_unit(struct rng *r);
/* Uniform in 0..n-1 without bias (Lemire 2019); n > 0. */
uint32_t rng_below(struct rng *r, uint32_t n);
/* lo..hi, both included. */
int rng_range(struct rng *r, int lo, int hi);
bool rng_chance(struct rng *r, double p);
/* Exponential of mean 1; standard normal (Box-Muller); Poisson of any mean. */
double rng_exponential(struct rng *r);
double rng_normal(struct rng *r);
unsigned rng_poisson(struct rng *r, double mean);
/* Index drawn with the given weights (sum > 0). */
size_t rng_weighted(struct rng *r, const double *weights, size_t count);

/* The bare function, for its published test vectors. */
void rng_philox4x32_10(const uint32_t counter[4], const uint32_t key[2], uint32_t ret[4]);

#endif
