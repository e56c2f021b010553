/*
 * Attrition tables: persons left after each step, and who was excluded by it.
 * For lib/sdc's own files.
 *
 *   left[k] = left[k - 1] - excluded[k]
 *
 * so a hidden count can be recomputed from its neighbours, and more has to go:
 *
 *   a small exclusion   is hidden with the persons left behind it and with the
 *                       following exclusions, until those that are not small
 *                       make 2 x min_cell; when the table ends before that,
 *                       with the exclusions before it; when it begins before
 *                       that, with the persons left at the end
 *   few persons left    are hidden with all that follows, whatever it is, and
 *                       with as many exclusions before them
 *
 * Other exclusions of nobody stay. What remains tells sums of hidden exclusions, large
 * enough for the small one to have several sizes.
 */
#ifndef SDC_ATTRITION_H
#define SDC_ATTRITION_H

#include "base/base.h"

enum { SDC_STEPS_MAX = 32 };

struct sdc_attrition {
	size_t count; /* steps */
	int64_t left[SDC_STEPS_MAX], excluded[SDC_STEPS_MAX];
	bool hide_left[SDC_STEPS_MAX], hide_excluded[SDC_STEPS_MAX];
	size_t few; /* step at which few are left; behind it nothing is said, not even "<5" */
};

/* From left and excluded to what must be hidden of them. */
void sdc_attrition_hide(struct sdc_attrition *a, int min_cell);

#endif
