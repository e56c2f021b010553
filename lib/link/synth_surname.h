/* Surnames by origin and Zipf's law, for synth_person.c. */
#ifndef LINK_SYNTH_SURNAME_H
#define LINK_SYNTH_SURNAME_H

#include "link/synth_person.h"

/* The surname of somebody born in a place and year, instead of what `t` held; its group. */
size_t synth_surname_make(struct synth_text *t, const struct synth_world *w,
    const struct synth_place *place, int year, struct rng *r);

#endif
