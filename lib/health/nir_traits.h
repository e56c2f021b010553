/*
 * Does a NIR agree with the traits written beside it? What it tells is the state
 * at registration: sex, year (two digits), month and place of birth. A
 * contradiction is a reason to look, not a proof: the sex of civil status can have
 * changed (decree 82-103, article 6), and files carry a parent's number.
 */
#ifndef HEALTH_NIR_TRAITS_H
#define HEALTH_NIR_TRAITS_H

#include "health/birth_date.h"
#include "health/nir.h"
#include "health/place.h"

struct nir_traits {
	char sex;                /* 'M', 'F', or 0 when it is not told */
	struct birth_date birth; /* zeros: not told */
	struct view place;       /* five characters, or empty: not told */
};

/* Bits. */
enum nir_trait {
	NIR_TRAIT_SEX = 1,
	NIR_TRAIT_YEAR = 2,
	NIR_TRAIT_MONTH = 4,
	NIR_TRAIT_COMMUNE = 8,  /* both in France, and never one the other */
	NIR_TRAIT_COUNTRY = 16, /* one in France and one not, or two countries */
	NIR_TRAIT_BITS = 5,
};

/*
 * The traits that contradict. What either side does not tell contradicts nothing:
 * MIG and NNP tell the sex alone, an odd month no month, 99999 no country.
 */
unsigned nir_traits_contradict(const struct nir *n, const struct nir_traits *t,
    const struct places *p);
const char *nir_trait_name(unsigned bit);

/*
 * NIR_PLACE_UNKNOWN or NIR_PLACE_YEAR, or 0. `year` of birth with four digits, or
 * 0: then a place known in 19AA or in 20AA is fine.
 */
unsigned nir_check_place(const struct nir *n, int year, const struct places *p);

#endif
