/*
 * Dirt adds rows beside the clean ones; the rules of lib/mainbase take them out
 * again. For dirt*.c: each fault is drawn from one of two streams, so that a
 * new one leaves those before as they were.
 */
#ifndef SNDS_DIRT_H
#define SNDS_DIRT_H

#include "snds/life.h"

struct dirt {
	struct snds_life *life;
	const struct snds_world *w;
	const struct snds_dirt_rates *rates;
	struct rng r;    /* of dirt_stays and of claims */
	struct rng more; /* of everything else */
	uint32_t statement;
};

/* Stays of MCO beside the clean ones. */
void dirt_stays(struct dirt *d);
/* The same, of the first `clean` stays and of the person. */
void dirt_more_stays(struct dirt *d, size_t clean);
/* Codes of the first `clean` stays that stand twice. */
void dirt_repeated_codes(struct dirt *d, size_t clean);
/* External contacts of somebody else. */
void dirt_contacts(struct dirt *d);
/* Rows of rehabilitation and psychiatry that are no stay. */
void dirt_other_stays(struct dirt *d);
/* A row of IR_IMB_R that is no ALD. */
void dirt_exemption(struct dirt *d);

#endif
