/*
 * Numbers by their unit, from the counts of joint.h: which range each unit of a variable
 * has, which numbers lie far outside that of their own unit, and which of those would fit
 * another unit of the same thing measured.
 *
 * Far is beyond the quartiles by three times their distance (Tukey 1977), by three times
 * their ratio where all numbers are above 0: laboratory values are skewed.
 */
#ifndef GUARD_UNITS_H
#define GUARD_UNITS_H

#include "guard/csv.h"

enum { GUARD_UNIT_NUMBERS = 100 /* of a group that is judged */ };

/* The numbers of a unit of one thing measured. */
struct guard_unit {
	uint64_t group;
	const struct guard_value *unit;     /* of its column; NULL: missing, or not known */
	const struct guard_value *measured; /* idem */
	bool is_known;                      /* what they are; else the two say nothing */
	uint64_t count;
	size_t from, to; /* its buckets in slots */
	bool is_judged;  /* has a range */
	double p05, p50, p95;
	double low, high;   /* beyond is far */
	uint64_t far;       /* numbers */
	uint64_t elsewhere; /* of them, those from 5 to 95 % of another unit's */
};

/* Those of one measure. */
struct guard_units {
	const struct guard_tally_slot *slots; /* of all measures; borrowed */
	VEC(struct guard_unit) list;          /* by what was measured, then by numbers */
	uint64_t numbers;                     /* of all */
	uint64_t judged, far, elsewhere;
	uint64_t without; /* a unit, where others of the same have one */
	uint64_t rare;    /* with another unit than the most frequent one of the same */
	uint64_t of_unit; /* numbers with a unit */
	bool is_sample;
};

#define AUTO_UNITS AUTO(guard_units_clear)

/* `slots`: guard_tally_sorted of c->joint.units, `count` of them. */
void guard_units_find(struct guard_units *ret, const struct guard_csv *c, size_t measure,
    const struct guard_tally_slot *slots, size_t count);
void guard_units_clear(struct guard_units *u);

#endif
