/* The tests of two known, different values of one dictionary, for compare.c. */
#ifndef LINK_VALUE_TESTS_H
#define LINK_VALUE_TESTS_H

#include "link/compare.h"

struct link_one_value {
	const struct link_sketch *sketch;
	const uint8_t *packed;
	struct view text; /* at most LINK_TEXT_MAX bytes */
};

struct link_pair_of_values {
	struct link_one_value a, b;
	double jaro_winkler; /* < 0: not known yet */
	int osa;             /* < 0: not known yet */
};

struct link_pair_of_values link_pair_of(const struct link_dictionary *d, uint32_t a, uint32_t b);
bool link_value_test(const struct link_kernels *k, const struct link_level *level,
    struct link_pair_of_values *v);

/* The tests of dates; a text that is no date has no parts. */
bool link_date_test(
    const struct link_level *l, const struct link_sketch *a, const struct link_sketch *b);

#endif
