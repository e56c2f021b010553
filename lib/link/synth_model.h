/*
 * What synthetic people are drawn from: the files data/synth_*, read once.
 *
 *   given, years, communes   facts of INSEE (Licence Ouverte 2.0), made by tools/synth_data
 *   surnames, foreign, variants, countries, errors   written for hygie, rates and shares are
 *                                                    hypotheses
 */
#ifndef LINK_SYNTH_MODEL_H
#define LINK_SYNTH_MODEL_H

#include "base/arena.h"
#include "base/map.h"
#include "base/rng.h"
#include "link/synth.h"

/* As written, and in capitals without accents; blanks, hyphens and apostrophes stay. */
struct synth_word {
	struct view display, plain;
};

struct synth_name {
	struct synth_word word;
	uint32_t variants, variant_count; /* in model.variants */
};

enum {
	SYNTH_DECADES = 13, /* 1900-1909 to 2020- */
	SYNTH_SEXES = 2,    /* men, women */
	SYNTH_CODE = 6,
};

/* Vectors, as vec_push has them. */
struct synth_ids {
	uint32_t *ptr;
	size_t len, cap;
};

struct synth_words {
	struct synth_word *ptr;
	size_t len, cap;
};

/* Given names of one sex; cumulative[d][i] births of names 0..i in decade d. */
struct synth_given {
	struct synth_ids names;
	struct synth_ids cumulative[SYNTH_DECADES];
};

/* Surnames of one origin: those listed, then those made of syllables, by rank. */
struct synth_group {
	struct view name;
	struct synth_words surnames;
	struct synth_words start, middle, end;
	struct synth_ids given[SYNTH_SEXES]; /* of people born abroad; empty: INSEE's */
	uint32_t ranks;                      /* how many surnames there are */
};

struct synth_place {
	char code[SYNTH_CODE];
	char before[SYNTH_CODE]; /* its code until the year `until`, or "" */
	int until;
	bool abroad;
	uint32_t group;  /* of births there */
	uint32_t weight; /* inhabitants */
	uint64_t first;  /* sum of the weights before */
	struct synth_word name;
	const struct synth_word *city; /* of a ward, whose code is city_code */
	const char *city_code;
	const struct synth_word *cities; /* abroad */
	size_t city_count;
	const char (*absorbed)[SYNTH_CODE];
	size_t absorbed_count;
};

struct synth_year {
	int year;
	uint32_t people; /* alive at the end of SYNTH_YEAR, of either sex */
	uint64_t first;
	double women; /* share */
};

/* The population is that of the end of this year. */
enum { SYNTH_YEAR = 2021 };

struct synth_model {
	struct arena arena;
	struct map name_ids;
	VEC(struct synth_name) names;
	struct synth_ids variants;
	struct synth_given given[SYNTH_SEXES];
	VEC(struct synth_group) groups; /* 0: French */
	VEC(struct synth_place) places;
	uint64_t place_weight;
	VEC(struct synth_year) years;
	uint64_t year_weight;
	const char *error_names[SYNTH_ERRORS];
	double rates[SYNTH_ERRORS];
};

#define AUTO_SYNTH_MODEL AUTO(synth_model_free)

/* ERR_INTERNAL when an embedded file is damaged. */
MUST_CHECK int synth_model_load(struct synth_model **ret, struct err *err);
void synth_model_free(struct synth_model **m);

/* For the loaders. */
void synth_word_of(struct synth_model *m, struct view text, struct synth_word *ret);
MUST_CHECK int synth_load_names(struct synth_model *m, struct err *err);
MUST_CHECK int synth_load_places(struct synth_model *m, struct err *err);
/* Index of a group; the first call for a name makes it. */
uint32_t synth_group_of(struct synth_model *m, struct view name);

#endif
