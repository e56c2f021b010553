/*
 * How good the pairs and the clusters are, against the truth: pairs of records
 * of one entity. A true pair that blocking never compared is missed like any
 * other.
 */
#ifndef LINK_QUALITY_H
#define LINK_QUALITY_H

#include "link/cluster.h"

struct link_quality {
	uint64_t found, right, wanted; /* pairs: said, said rightly, true */
};

static inline double link_precision(struct link_quality q)
{
	return q.found ? (double)q.right / (double)q.found : 1;
}

static inline double link_recall(struct link_quality q)
{
	return q.wanted ? (double)q.right / (double)q.wanted : 1;
}

double link_f1(struct link_quality q);

/* entity: by record; records of one entity have one number. */
uint64_t link_true_pairs(const struct link_records *r, enum link_type type, const uint32_t *entity);
/* Of the pairs at or above a threshold; the edges are in order. */
struct link_quality link_quality_pairs(const struct link_edges *edges, int64_t threshold,
    const uint32_t *entity, uint64_t true_pairs);
/* Of all pairs inside the clusters (of two sources: across them). */
struct link_quality link_quality_clusters(const struct link_clusters *c,
    const struct link_records *r, enum link_type type, const uint32_t *entity,
    uint64_t true_pairs);
/* True pairs that meet in some pass. */
uint64_t link_blocked_true_pairs(const struct link_blocking *b, const uint32_t *entity);
/* The threshold whose pairs have the highest F1. */
int64_t link_best_threshold(
    const struct link_edges *edges, const uint32_t *entity, uint64_t true_pairs);

#endif
