/*
 * A run against the truth: precision, recall and F1 of its pairs over
 * thresholds and of its clusters, recall of its blocking, calibration of its
 * probabilities. A true pair that was never compared counts as missed.
 */
#ifndef LINK_EVALUATE_H
#define LINK_EVALUATE_H

#include "link/quality.h"
#include "link/run.h"

struct link_evaluation {
	uint64_t true_pairs;
	uint64_t blocked;          /* true pairs that blocking brings together */
	size_t named;              /* records that the truth names */
	struct link_quality pairs; /* at the run's threshold */
	struct link_quality clusters;
	struct link_quality best; /* of pairs, at the threshold of highest F1 */
	int64_t best_threshold;
};

/* Read pairs and clusters of an opened run into the job, as they are stored. */
MUST_CHECK int link_job_read_results(struct link_job *job, struct err *err);
/* The job has its pairs, clusters and passes. */
MUST_CHECK int link_evaluate(struct link_evaluation *ret, const struct link_job *job,
    const char *truth, uint32_t *entity, struct err *err);
struct report *link_evaluation_report(const struct link_evaluation *e, const struct link_job *job,
    const uint32_t *entity, const char *truth);

#endif
