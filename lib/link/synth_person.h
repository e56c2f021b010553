/* One person of the synthetic population, a pure function of its world and rank. */
#ifndef LINK_SYNTH_PERSON_H
#define LINK_SYNTH_PERSON_H

#include "health/birth_date.h"
#include "link/synth_model.h"

/* Streams of rng_at: one a purpose. */
enum synth_stream {
	SYNTH_STREAM_PERSON,
	SYNTH_STREAM_SURNAME,
	SYNTH_STREAM_FAMILY,
	SYNTH_STREAM_PICK,
	SYNTH_STREAM_RECORD,
};

struct synth_world {
	const struct synth_model *model;
	uint64_t seed;
	uint64_t people;
};

/*
 * Where a rank falls. People are ranked by birth: year, month, place, and within
 * that cell the order of registration. Each cell gets its share of the population
 * by systematic sampling with a random start, so a rank gives its cell and a cell
 * its ranks without any table, and order numbers are unique.
 */
struct synth_cell {
	size_t year; /* in model.years */
	int month;   /* 0..11 */
	size_t place;
	uint32_t order; /* from 1 */
	uint32_t count; /* people of the cell */
};

struct synth_cell synth_cell_at(const struct synth_world *w, uint64_t rank);
/*
 * A rank of a cell's month, its order taken modulo the people: of its place when somebody was
 * born there, else of any; false when nobody was.
 */
bool synth_cell_rank(const struct synth_world *w, const struct synth_cell *cell,
    uint64_t *ret_rank);
/* The largest order number that some cell could have. */
uint32_t synth_largest_order(const struct synth_world *w);

enum { SYNTH_TEXT_MAX = 120,
	SYNTH_GIVEN_MAX = 3,
	SYNTH_NIR_SIZE = 16 };

/* A text in both spellings. */
struct synth_text {
	char display[SYNTH_TEXT_MAX], plain[SYNTH_TEXT_MAX];
	size_t display_len, plain_len;
};

/* Adds as much as there is room for, which is all: names are short. */
void synth_add(struct synth_text *t, struct view display, struct view plain);
void synth_add_word(struct synth_text *t, const struct synth_word *word);
void synth_addz(struct synth_text *t, const char *ascii);

struct synth_person {
	uint64_t rank;
	bool woman;
	struct birth_date birth;
	const struct synth_place *place;
	const struct synth_word *city;   /* abroad */
	char code[SYNTH_CODE];           /* of the place, in the year of birth */
	struct synth_text surname;       /* of birth */
	struct synth_text used;          /* empty: none */
	uint32_t given[SYNTH_GIVEN_MAX]; /* in model.names */
	int given_count;
	char nir[SYNTH_NIR_SIZE]; /* 15 characters */
	uint64_t parent;          /* rank of one, or UINT64_MAX: not in the population */
};

void synth_person_make(struct synth_person *p, const struct synth_world *w, uint64_t rank);
/* The NIR alone. */
void synth_person_nir(const struct synth_world *w, uint64_t rank, char ret[SYNTH_NIR_SIZE]);

#endif
