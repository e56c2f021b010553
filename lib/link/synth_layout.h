/*
 * Which person a record is of, without any table. One file: its first records
 * are each of another person, the others of a person drawn at random, and a
 * permutation hides which is which. Several centres: each has a sample without
 * repetition of one population, whose size makes the wanted share of repeats.
 */
#ifndef LINK_SYNTH_LAYOUT_H
#define LINK_SYNTH_LAYOUT_H

#include "link/synth_person.h"

struct synth_layout {
	uint64_t seed;
	uint64_t records, people;
	int centres;
	bool disjoint; /* no duplicates: each centre its own people */
};

/* ERR_USAGE when it would take more than SYNTH_PEOPLE_MAX people. */
MUST_CHECK int synth_layout_init(struct synth_layout *l, const struct link_synth_options *o,
    struct err *err);
/* Centre 0.. of a record, which are numbered centre by centre. */
int synth_layout_centre(const struct synth_layout *l, uint64_t record);
/* First record of a centre; of `centres` their number. */
uint64_t synth_layout_first(const struct synth_layout *l, int centre);
/* Person 0..people-1 of a record. */
uint64_t synth_layout_person(const struct synth_layout *l, uint64_t record);
/* The rank by birth of a person. */
uint64_t synth_layout_rank(const struct synth_layout *l, uint64_t person);

#endif
