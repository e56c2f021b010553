/*
 * Incidence and prevalence of outcomes in a CDM.
 *
 *   CDM ── people.h ──► batches of persons ── person.h ──► rows of time
 *       ── tally.h ──► counts an interval ── estimate ──► summarised_result
 *
 * Semantics: DARWIN EU IncidencePrevalence 1.2.1. One pass over sorted streams;
 * memory does not grow with the number of persons; sums are integers, so the
 * result is the same with any number of threads.
 */
#ifndef STUDY_STUDY_H
#define STUDY_STUDY_H

#include "base/progress.h"
#include "report/report.h"
#include "report/summarised.h"
#include "study/people.h"

/* One denominator x outcome: what was counted. */
struct study_analysis {
	size_t denominator, outcome;
	size_t count;             /* intervals of the calendar */
	struct study_span *spans; /* reported: start > end is not */
	int64_t *subjects, *days, *events;
	int64_t persons_excluded_washout; /* incidence: in the denominator, no time at risk */
};

struct study_counts {
	const struct study_design *design;
	VEC(struct study_analysis) analyses;
	int64_t (*attrition)[ATTRITION_COUNT]; /* persons, by denominator and reason */
	int64_t *denominator_persons;
	struct study_read read;
	struct arena arena;
};

#define AUTO_COUNTS AUTO(study_counts_free)

void study_counts_free(struct study_counts **c);

struct study_run {
	int threads;
	struct progress *progress;
};

MUST_CHECK int study_incidence(struct study_counts **ret, struct study_cdm *cdm,
    const struct study_run *run, struct err *err);
/* Censored prevalence with compat_1_2_1 is ERR_USAGE: upstream has none. */
MUST_CHECK int study_prevalence(struct study_counts **ret, struct study_cdm *cdm,
    const struct study_run *run, struct err *err);

/* Counts into rates and shares with intervals, in the OHDSI layout. */
struct summarised *study_estimate_incidence(const struct study_counts *c, const char *cdm_name);
struct summarised *study_estimate_prevalence(const struct study_counts *c, const char *cdm_name);

/*
 * The document a person reads, from suppressed results; `read` tells of the
 * input, `min_cell` is what was suppressed below.
 */
struct report *study_report(const struct summarised *result, const struct study_design *design,
    const struct study_read *read, bool incidence, int min_cell);

#endif
