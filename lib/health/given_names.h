/*
 * Given names in France (data/given_names.csv): the 170 given most in each
 * decade and sex, with their births, and the 1,500 of one word given most
 * since 1900. Source: INSEE, fichier des prénoms, 1900-2021, Licence Ouverte
 * 2.0; made by tools/synth_data.
 */
#ifndef HEALTH_GIVEN_NAMES_H
#define HEALTH_GIVEN_NAMES_H

#include "base/base.h"
#include "base/view.h"

enum { GIVEN_NAME_DECADES = 13 }; /* from 1900; the last one has two years */

struct given_name {
	struct view name;                    /* with its accents: "Anaïs" */
	bool is_woman;                       /* who has it more often, where births are not told */
	bool has_births;                     /* stands with those of its decades */
	uint32_t births[GIVEN_NAME_DECADES]; /* hundreds */
};

typedef void given_name_fn(void *ctx, const struct given_name *name);

/* Each name, in the order of the file: those with births first, women before men. */
MUST_CHECK int given_names_read(given_name_fn *take, void *ctx, struct err *err);

#endif
