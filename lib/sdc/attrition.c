#include "sdc/attrition.h"

static bool is_small(int64_t n, int min_cell)
{
	return n > 0 && n < min_cell;
}

/* Hide the exclusion of a step; returns what it adds to the cover of a small count. */
static int64_t take(struct sdc_attrition *a, size_t step, int min_cell)
{
	a->hide_excluded[step] |= a->excluded[step] != 0;
	return a->excluded[step] >= min_cell ? a->excluded[step] : 0;
}

static void cover_exclusion(struct sdc_attrition *a, size_t step, int min_cell)
{
	int64_t wanted = 2 * (int64_t)min_cell;
	int64_t cover = take(a, step, min_cell);
	size_t last = step;

	while (cover < wanted && last + 1 < a->count) {
		a->hide_left[last++] = true;
		cover += take(a, last, min_cell);
	}
	while (cover < wanted && step > 0) {
		a->hide_left[--step] = true;
		cover += take(a, step, min_cell);
	}
	if (cover < wanted)
		a->hide_left[last] = true;
}

static void cover_few_left(struct sdc_attrition *a, size_t step, int min_cell)
{
	int64_t cover = take(a, step, min_cell);

	a->few = step;
	for (size_t i = step; i < a->count; i++) {
		a->hide_left[i] = true;
		a->hide_excluded[i] |= i > step;
	}
	while (cover < 2 * (int64_t)min_cell && step > 0) {
		a->hide_left[--step] = true;
		cover += take(a, step, min_cell);
	}
}

void sdc_attrition_hide(struct sdc_attrition *a, int min_cell)
{
	a->few = a->count;
	for (size_t i = 0; i < a->few; i++) {
		if (is_small(a->excluded[i], min_cell))
			cover_exclusion(a, i, min_cell);
		if (is_small(a->left[i], min_cell))
			cover_few_left(a, i, min_cell);
	}
}
