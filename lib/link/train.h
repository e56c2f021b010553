/*
 * Parameters without labels. u: agreement of random pairs, less the pairs
 * that are likely of one person. m: expectation maximisation (Dempster, Laird,
 * Rubin 1977) on the histogram of patterns of several blocking passes, each
 * leaving out the comparisons its key decides; the expected counts are pooled.
 * lambda: pairs that agree on all of some strong comparisons, by the share m
 * of true pairs that do.
 */
#ifndef LINK_TRAIN_H
#define LINK_TRAIN_H

#include "link/histogram.h"
#include "link/model.h"
#include "link/walk.h"

struct link_train {
	const struct link_records *records;
	enum link_type type;
	int threads;
	struct progress *progress;
};

/* Fill m, u, lambda and the weights of an initialised model. */
MUST_CHECK int link_train(
    struct link_model *m, const struct link_train *t, struct err *err);

#endif
