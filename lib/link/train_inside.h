/* What train.c is made of: counting patterns on all threads, and u. */
#ifndef LINK_TRAIN_INSIDE_H
#define LINK_TRAIN_INSIDE_H

#include "link/train.h"

enum { LINK_RANDOM_PAIRS = 4000000 };

/* One histogram a thread, merged at the end: counts do not depend on the order. */
struct link_counter {
	const struct link_model *model;
	const struct link_train *train;
	struct link_comparer *comparers; /* one a thread */
	struct link_histogram *patterns; /* idem */
};

void link_counter_open(struct link_counter *c, const struct link_model *m,
    const struct link_train *t);
/* What was counted, sorted, into *ret. */
void link_counter_close(struct link_counter *c, struct link_histogram *ret);

/*
 * u, from random pairs weighted by how likely they are of two persons. The
 * assumed u counts as ASSUMED_PAIRS more: of few records it decides, of many
 * it is not seen. `scale`: different pairs among those drawn.
 */
void link_estimate_u(struct link_model *m, const struct link_histogram *h, double scale,
    bool weighted);
/* LINK_RANDOM_PAIRS pairs into *random, then u and which comparisons tell the same. */
MUST_CHECK int link_train_u(struct link_model *m, const struct link_train *t, double scale,
    struct link_histogram *random, struct err *err);

#endif
