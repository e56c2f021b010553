/*
 * Disclosure control of published results: minimum cell count.
 *
 * Source: omopgenerics::suppress (counts from 1 to minimum - 1 are hidden,
 * zero is not), with the linked estimates hidden too. French practice for SNDS
 * exports is a minimum of 11; the OHDSI default is 5.
 */
#ifndef SDC_SUPPRESS_H
#define SDC_SUPPRESS_H

#include "report/summarised.h"

enum { SDC_MIN_CELL_DEFAULT = 5 };

struct sdc_summary {
	size_t small;  /* counts hidden because they are small */
	size_t linked; /* estimates hidden because they would tell one */
};

/*
 * Within each result, group, strata and interval: a count estimate with
 * 0 < value < min_cell becomes "-", and so do all estimates of its variable;
 * when the variable is `base` (the denominator), those of every variable.
 * Attrition, of each step a row number_subjects and a row excluded_subjects
 * behind it, is hidden as attrition.h says. min_cell 0 or 1 hides nothing. A
 * count that is marked hidden beforehand (differencing.h) takes the same with it.
 *
 * Not covered: weeks and their month, two runs with other dates or people, and
 * persons who leave a closed population from one interval to the next.
 */
struct sdc_summary sdc_suppress(struct summarised *s, int min_cell, const char *base);

#endif
