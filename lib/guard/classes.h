/*
 * The pass over a file that counts: how many rows are alike in each set of variables, and
 * how often each value of an attribute stands in a class. The variables are known after the
 * first pass over the file, so it is read again.
 */
#ifndef GUARD_CLASSES_H
#define GUARD_CLASSES_H

#include "guard/diversity.h"

/* Fills risk and diversity. ERR_IO, ERR_LIMIT. Nothing to do without variables. */
MUST_CHECK int guard_classes_measure(struct guard_risk *r, struct guard_diversity *d,
    const struct guard_csv *c, const char *path, const struct guard_csv_options *o,
    struct err *err);
/*
 * The rows of a part of a table: into r->count + 1 tallies, and d->count more of the
 * attributes, which add up with those of other parts (guard_tally_merge, then
 * guard_risk_judge, guard_diversity_judge) and which the caller clears.
 */
MUST_CHECK int guard_classes_count(const struct guard_risk *r, const struct guard_diversity *d,
    const struct guard_csv *c, const char *path, const struct guard_csv_options *o,
    struct guard_tally *ret_sets, struct guard_tally *ret_pairs, struct err *err);

#endif
