/*
 * From pairs to persons.
 *
 * Two sources without duplicates: each record has at most one partner, the
 * best that is free (the pairs by weight, highest first). A pair whose record
 * has another free partner of the same weight is a tie: linked by neither.
 *
 * Else: records that pairs above the threshold connect are a component. Inside
 * it every pair is weighed, also those that were never candidates, and the two
 * groups with the highest mean weight join, as long as it reaches the
 * threshold (average linkage). One wrong pair does not tie two persons
 * together; one missed pair does not part a person.
 */
#ifndef LINK_CLUSTER_H
#define LINK_CLUSTER_H

#include "link/score.h"

struct link_cluster {
	const struct link_model *model;
	const struct link_records *records;
	enum link_type type;
	int64_t threshold;   /* weight */
	bool one_per_source; /* never two records of one source in a cluster */
	bool all_connected;  /* not two sources without duplicates: a component is a cluster */
	int threads;
	struct progress *progress;
};

struct link_clusters {
	uint32_t *of_record; /* the lowest record of its cluster */
	size_t count;        /* clusters of two records and more */
	size_t linked;       /* records in them */
	size_t largest;
	uint64_t pairs;   /* inside the clusters */
	size_t ties;      /* pairs not linked because another is as good */
	size_t bridges;   /* pairs above the threshold between clusters */
	size_t too_large; /* pairs that would have made a component beyond the limit */
};

#define AUTO_LINK_CLUSTERS AUTO(link_clusters_clear)
void link_clusters_clear(struct link_clusters *c);

/* The counts of clusters whose of_record is known. */
void link_clusters_count(
    struct link_clusters *c, size_t records, int64_t threshold, const struct link_edges *edges);
/* The edges are in order (link_score). */
MUST_CHECK int link_cluster(struct link_clusters *ret, const struct link_cluster *c,
    const struct link_edges *edges, struct err *err);

#endif
