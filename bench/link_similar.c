/*
 * The string kernels, nanoseconds a pair on one core: random pairs of 4,096
 * names, so that all are in the cache and no branch is foreseen. The bar is
 * 60 ns. rapidfuzz-cpp was measured at 100-119 ns (Jaro-Winkler) and 89-91 ns
 * (OSA) on such names.
 */
#include "base/progress.h"
#include "base/rng.h"
#include "link/similar.h"

#include <stdio.h>

enum { NAMES = 4096,
	PAIRS = 4000000,
	ROUNDS = 5 };

struct name {
	uint8_t text[LINK_PACK];
	int len;
};

static void make_names(struct name *names)
{
	static const char *const syllables[] = {"BA", "BER", "CHAN", "DU", "EL", "FA", "GUI", "HE",
	    "JO", "KA", "LAN", "LE", "MA", "MAR", "NI", "NO", "PE", "RI", "RO", "SA", "TAN", "TI"};

	for (size_t i = 0; i < NAMES; i++) {
		struct rng r = rng_at(3, 0, i);
		int count = rng_range(&r, 2, 3);

		for (int s = 0; s < count; s++) {
			const char *part = syllables[rng_below(&r, ARRAY_LEN(syllables))];

			memcpy(names[i].text + names[i].len, part, strlen(part));
			names[i].len += (int)strlen(part);
		}
	}
}

static double time_jaro(const struct link_kernels *k, const struct name *names, uint64_t *sum)
{
	int64_t start = time_now_ns();
	uint32_t at = 1;

	for (int i = 0; i < PAIRS; i++) {
		const struct name *a, *b;
		struct link_jaro j;

		at = at * 1664525 + 1013904223;
		a = &names[at >> 20];
		b = &names[at >> 8 & (NAMES - 1)];
		j = k->jaro(a->text, a->len, b->text, b->len);
		*sum += link_jaro_winkler(j, a->len, b->len) >= 0.88;
	}
	return (double)(time_now_ns() - start) / PAIRS;
}

static double time_osa(const struct link_kernels *k, const struct name *names, uint64_t *sum)
{
	int64_t start = time_now_ns();
	uint32_t at = 1;

	for (int i = 0; i < PAIRS; i++) {
		const struct name *a, *b;

		at = at * 1664525 + 1013904223;
		a = &names[at >> 20];
		b = &names[at >> 8 & (NAMES - 1)];
		*sum += (uint64_t)k->osa(a->text, a->len, b->text, b->len);
	}
	return (double)(time_now_ns() - start) / PAIRS;
}

int main(void)
{
	static struct name names[NAMES];
	uint64_t sum = 0;

	make_names(names);
	for (int cpu = 0; cpu < LINK_CPUS; cpu++) {
		const struct link_kernels *k = link_kernels_of((enum link_cpu)cpu);
		double jaro = 1e9;
		double osa = 1e9;

		for (int i = 0; k && i < ROUNDS; i++) {
			jaro = MIN(jaro, time_jaro(k, names, &sum));
			osa = MIN(osa, time_osa(k, names, &sum));
		}
		if (k)
			printf("%-10s Jaro-Winkler %5.1f ns a pair  OSA %5.1f ns a pair\n", k->name,
			    jaro, osa);
	}
	return sum == 0;
}
