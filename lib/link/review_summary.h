/*
 * What labels tell: precision and recall of the pairs that the run linked, by
 * stratum and together, with 95 % intervals (stats/strata.h); and how well two
 * readers agree. Ids of records may stand in these reports, no values.
 */
#ifndef LINK_REVIEW_SUMMARY_H
#define LINK_REVIEW_SUMMARY_H

#include "link/review.h"
#include "stats/strata.h"

struct link_review_estimates {
	bool known;                      /* every stratum has a label that decides */
	struct stats_estimate precision; /* of the linked pairs; where there are any */
	struct stats_estimate missed;    /* pairs of one person, kept but not linked */
	struct stats_estimate recall;    /* among the pairs that were kept */
};

/* What becomes of pairs about which the reader could not say: left out, or counted as `unsure`. */
struct link_review_estimates link_review_estimate(
    const struct link_review *r, enum link_answer unsure);
struct report *link_review_report(const struct link_review *r, const char *labels);

/* The answers of two readers, by pair of the review. */
struct link_readings {
	const char *path[2];
	const enum link_answer *answer[2];
};
struct report *link_review_agreement(const struct link_review *r, const struct link_readings *two);
/*
 * Give the pairs the answers on which both agree, and settle them; those that
 * one has not read are settled without. What is left are the disagreements.
 */
void link_review_settle(struct link_review *r, const struct link_readings *two);

#endif
