/*
 * Which counts of a study tell hidden ones by subtraction: denominators are
 * sets of person-time that overlap (sexes, age bands, prior observation).
 */
#ifndef STUDY_PROTECT_H
#define STUDY_PROTECT_H

#include "report/summarised.h"
#include "study/design.h"

/*
 * Before sdc_suppress: marks (SUMMARISED_LINKED) the counts that must go with
 * the small ones, interval by interval and outcome by outcome. Returns how many.
 */
size_t study_protect(struct summarised *s, const struct study_design *d, int min_cell);

#endif
