/*
 * How alike two texts are, on packed bytes: Jaro-Winkler and optimal string
 * alignment. The portable versions define the result; the others equal it.
 *
 * Jaro (Jaro, JASA 1989): with m matching bytes inside the window
 * max(la, lb) / 2 - 1 and t half transpositions (rounded down),
 *   J = (m/la + m/lb + (m - t)/m) / 3.
 * Winkler's bonus (Winkler 1990), 0.1 for each of up to four first bytes in
 * common, is given when J >= 7/10, decided in integers. OSA (Boytsov, ACM JEA
 * 2011): the restricted Damerau-Levenshtein distance; Hyyro 2003 bit vectors.
 * Equal to rapidfuzz (tests/link_rapidfuzz_long.sh).
 */
#ifndef LINK_SIMILAR_H
#define LINK_SIMILAR_H

#include "base/view.h"

enum {
	LINK_PACK = 16,     /* bytes of a packed text; what is behind its end is 0 */
	LINK_TEXT_MAX = 64, /* longer texts are compared by their first 64 bytes */
};

/* Versions a CPU may offer. */
enum link_cpu {
	LINK_CPU_PORTABLE,
	LINK_CPU_AVX2,
	LINK_CPU_AVX512, /* VBMI2, VL, BW */
	LINK_CPUS,
};

/* What Jaro-Winkler is made of. */
struct link_jaro {
	int matches;
	int transpositions; /* halves, rounded down */
	int prefix;         /* 0..4 */
};

struct link_kernels {
	const char *name;
	/* Both texts are packed, 1..16 bytes long. */
	struct link_jaro (*jaro)(const uint8_t *a, int la, const uint8_t *b, int lb);
	int (*osa)(const uint8_t *a, int la, const uint8_t *b, int lb);
};

/* The kernels of a version; NULL where this CPU lacks it. */
const struct link_kernels *link_kernels_of(enum link_cpu cpu);
/* The best version of this CPU. */
const struct link_kernels *link_kernels_best(void);

/* For texts of 0..LINK_TEXT_MAX bytes, not packed. */
struct link_jaro link_jaro_long(const uint8_t *a, int la, const uint8_t *b, int lb);
int link_osa_long(const uint8_t *a, int la, const uint8_t *b, int lb);
/* The similarity, 0..1, of two texts of these lengths; two empty texts: 1. */
double link_jaro_winkler(struct link_jaro j, int la, int lb);

#endif
