/*
 * Why two records have their weight: the prior, what each comparison adds,
 * and what the frequency of an equal value adds, with the running sum. The
 * terms are whole millionths of a bit and add up exactly to the stored weight.
 * No value of a person is told.
 */
#ifndef LINK_EXPLAIN_H
#define LINK_EXPLAIN_H

#include "link/run.h"

struct link_term {
	const char *name;  /* "prior", or the field; borrowed */
	const char *level; /* what is alike */
	bool frequency;    /* the term of how frequent the equal value is */
	int64_t weight;
	int64_t before, after; /* running sums */
};

struct link_explanation {
	VEC(struct link_term) terms;
	int64_t weight;
};

void link_explanation_clear(struct link_explanation *e);
void link_explain(struct link_explanation *e, const struct link_job *job, uint32_t a, uint32_t b);
/*
 * The report of records named `a` (of the left file) and `b` (of the right one,
 * if there is one) of an opened run; ERR_USAGE when there is no such record,
 * ERR_INTERNAL should the sum differ from the stored weight.
 */
MUST_CHECK int link_explain_report(struct report **ret, const struct link_job *job, const char *a,
    const char *b, struct err *err);

#endif
