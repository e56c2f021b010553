/*
 * Clerical review: pairs of a finished run, drawn to be judged by people who
 * do not see what the model says.
 *
 * The population are the pairs that the run kept. They fall into strata: by
 * weight, in bands around the threshold, and by whether they were linked. The
 * draw takes as many pairs from the linked as from the other strata, inside
 * each half by the square roots of their sizes, by random numbers of (seed, pair): more pairs of
 * the same seed hold the fewer. They are read in an order that is random too,
 * so whoever stops early has still judged a random sample of each stratum.
 *
 * Labels, CSV:  source_l,id_l,source_r,id_r,clerical_match_score,stands_for,draw
 *   the score is 1, 0, or empty where the reader could not say; it stands for so
 *   many pairs of the run (those of its stratum, for each one decided there); the
 *   draw names the pairs it is from, the seed and the number drawn. Only ids of records
 *   stand in it.
 */
#ifndef LINK_REVIEW_H
#define LINK_REVIEW_H

#include "link/write.h"

enum link_answer {
	LINK_OPEN,
	LINK_ONE_PERSON,
	LINK_TWO_PERSONS,
	LINK_UNSURE,
	LINK_ANSWERS,
};

enum {
	LINK_REVIEW_PAIRS = 200, /* drawn, when nothing is said */
	LINK_REVIEW_SEED = 1,
	LINK_REVIEW_LEAST = 2, /* from each stratum, as long as the draw goes */
	LINK_REVIEW_PAIRS_MAX = 100000,
	LINK_REVIEW_CELL = 1000, /* bytes of a value that are shown */
	LINK_POPULATION = 17,    /* 16 digits and NUL */
};

struct link_stratum {
	int64_t from, to; /* weights, from <= w < to */
	bool linked;
	uint64_t pairs;
	size_t drawn;
};

struct link_review_pair {
	uint32_t a, b; /* records, a < b */
	int32_t weight;
	enum link_decision decision;
	size_t stratum;
	enum link_answer answer;
	bool settled; /* not to be shown: two readers have agreed */
};

struct link_review {
	const struct link_job *job;       /* opened, with its results */
	char population[LINK_POPULATION]; /* of the SHA-256 of the run's pairs */
	uint64_t seed, wanted;
	VEC(struct link_stratum) strata;    /* lowest weight first, the linked ones last */
	VEC(struct link_review_pair) pairs; /* in the order of reading */
	struct arena arena;
	size_t fields;
	const struct view *cells; /* as written in the files: pair x side x field */
};

#define AUTO_LINK_REVIEW AUTO(link_review_clear)
void link_review_clear(struct link_review *r);

/* Draw from a job with its results; no pairs: ERR_FORMAT. */
MUST_CHECK int link_review_draw(struct link_review *r, const struct link_job *job, uint64_t seed,
    uint64_t wanted, struct err *err);
/* Read what the drawn records hold, from the inputs; of a linkage that is kept, as standardised. */
MUST_CHECK int link_review_read(struct link_review *r, struct progress *progress, struct err *err);

static inline struct view link_review_cell(
    const struct link_review *r, size_t pair, int side, size_t field)
{
	return r->cells[(pair * 2 + (size_t)side) * r->fields + field];
}

/* "Record A"; where there are two files, with the name of its file. The caller frees. */
char *link_review_heading(const struct link_review *r, size_t pair, int side, const char *name);

/* Pairs that have an answer, and of those shown how many there are. */
struct link_review_count {
	size_t shown, done, answer[LINK_ANSWERS];
};
struct link_review_count link_review_counts(const struct link_review *r);

#endif
