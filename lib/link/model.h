/*
 * The Fellegi-Sunter model (Fellegi, Sunter, JASA 1969): for each comparison
 * and level, m = share among pairs of one person, u = share among pairs of
 * two. The weight of a level is log2(m / u), that of a pair the prior plus the
 * weights of its levels plus, for equal values, the term of their frequency.
 *
 * Weights are whole millionths of a bit: sums are exact, in any order.
 */
#ifndef LINK_MODEL_H
#define LINK_MODEL_H

#include "link/block.h"
#include "link/compare.h"

enum { LINK_BIT = 1000000 };

struct link_weights {
	int32_t level[LINK_LEVELS_MAX]; /* [0] is 0: a missing value says nothing */
	int32_t most_unequal;           /* the largest of levels above 1 */
	int32_t *frequency;             /* by value: added at level 1; NULL: none */
};

struct link_model {
	size_t comparisons;
	struct link_comparison comparison[LINK_COMPARISONS_MAX];
	double m[LINK_COMPARISONS_MAX][LINK_LEVELS_MAX];
	double u[LINK_COMPARISONS_MAX][LINK_LEVELS_MAX];
	bool trained[LINK_COMPARISONS_MAX]; /* m was estimated, not assumed */
	double lambda;                      /* share of true pairs among all possible */
	size_t passes;                      /* that the model brings; 0: they are chosen */
	struct link_given_pass pass[LINK_PASSES_MAX];
	/* made of the above by link_model_weigh */
	int32_t prior;
	struct link_weights weights[LINK_COMPARISONS_MAX];
};

#define AUTO_LINK_MODEL AUTO(link_model_clear)

/* Comparisons of the records with the assumed m; u and lambda are still 0. */
void link_model_init(struct link_model *m, const struct link_records *r);
void link_model_clear(struct link_model *m);
/* Weights, and frequency terms from the records' values. */
void link_model_weigh(struct link_model *m, const struct link_records *r);
/* The weight of a pattern without frequency terms, with the prior. */
int64_t link_model_weight(const struct link_model *m, uint64_t pattern);
/* The frequency term of a comparison at level 1; else 0. */
static inline int32_t link_frequency_term(
    const struct link_model *m, size_t comparison, unsigned level, uint32_t value)
{
	const int32_t *f = m->weights[comparison].frequency;

	return level == 1 && f ? f[value] : 0;
}
/* The whole weight of two rows. */
int64_t link_model_pair(const struct link_model *m, struct link_comparer *c, const uint32_t *a,
    const uint32_t *b);
/* 2^w / (1 + 2^w) */
double link_probability(int64_t weight);

#endif
