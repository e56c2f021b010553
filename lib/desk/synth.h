/*
 * Applications that never were, for demonstrations and load: each is played
 * through the law as commands, so none is impossible. How many end how follows
 * data/synth.json; the days between the steps are made up.
 */
#ifndef DESK_SYNTH_H
#define DESK_SYNTH_H

#include "base/progress.h"
#include "desk/record.h"

struct desk_synth_options {
	int64_t applications;
	uint64_t seed;
	const char *shape; /* "2025", "2020": whose proportions */
	int year;          /* of the deposits */
	int events;        /* at least so many an application, with notes */
	date_t until;      /* the last day on which something happens; DATE_NONE: none */
	/*
	 * As many as the shape has, and of each kind and ending exactly so many, all deposed in
	 * the year: `applications` is not looked at. Not together with `until`.
	 */
	bool whole_year;
	const json_t *file; /* attached wherever a form asks for one; NULL: forms stay empty */
};

/* How many applications the shape has in all. */
MUST_CHECK int desk_synth_total(const char *shape, int64_t *ret, struct err *err);

MUST_CHECK int desk_synth_run(const struct desk *d, const struct desk_synth_options *o,
    struct progress *progress, struct err *err);

#endif
