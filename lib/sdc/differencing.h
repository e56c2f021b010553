/*
 * Disclosure by subtraction: 9 of both sexes and 6 women are 3 men, whether
 * the table shows men or not.
 *
 * Counts are of sets of people that overlap (both sexes and women, all ages
 * and an age band). Each set is a union of atoms (sex x age segment x ...),
 * so a published count is a linear equation over the atoms, and a hidden one
 * is told when it follows from those that are left.
 */
#ifndef SDC_DIFFERENCING_H
#define SDC_DIFFERENCING_H

#include "base/base.h"

enum { SDC_CELLS_MAX = 256 };

struct sdc_cells {
	size_t count;          /* cells, at most SDC_CELLS_MAX */
	size_t atoms;          /* columns of member */
	const uint8_t *member; /* count x atoms: 1 when the atom belongs to the cell */
	const int64_t *value;
	bool *hidden; /* in: the small ones; out: with those that would tell them */
};

/*
 * Hide more cells until (1) no hidden value is a linear combination of visible
 * ones, and (2) no visible set that lies within another differs from it by 1
 * to min_cell - 1. Of several that would do, the smallest count goes. Returns
 * how many were hidden.
 */
size_t sdc_hide_differences(struct sdc_cells *c, int min_cell);

#endif
