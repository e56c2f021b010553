/* A person as a centre has written it: some errors of data/synth_errors.csv, or none. */
#ifndef LINK_SYNTH_RECORD_H
#define LINK_SYNTH_RECORD_H

#include "link/synth_person.h"

struct synth_record {
	struct synth_text surname, used, given, place; /* empty: missing */
	char sex;                                      /* 'M', 'F' or 0 */
	char date[BIRTH_TEXT_SIZE];                    /* AAAAMMJJ or "" */
	char code[SYNTH_CODE];                         /* or "" */
	char nir[SYNTH_NIR_SIZE];                      /* or "" */
	bool capitals;                                 /* names in capitals without accents */
	uint64_t errors;                               /* bits 1 << enum link_synth_error */
};

/* What all records of a run share. */
struct synth_errors {
	double rates[SYNTH_ERRORS];
	bool nir;
};

/* Record `index` of a person; `counts` goes on counting. */
void synth_record_make(struct synth_record *rec, const struct synth_world *w,
    const struct synth_errors *e, const struct synth_person *p, uint64_t index,
    struct link_synth_count counts[SYNTH_ERRORS]);

/* A record in the making, for synth_error_*.c. */
struct synth_making {
	struct synth_record *rec;
	const struct synth_world *world;
	const struct synth_errors *errors;
	const struct synth_person *person;
	struct rng rng;
	struct link_synth_count *counts;
};

/* Whether the error happens; only asked, and counted, where it `applies`. */
bool synth_hit(struct synth_making *k, enum link_synth_error error, bool applies);
void synth_make_names(struct synth_making *k);
void synth_make_birth(struct synth_making *k);
void synth_make_number(struct synth_making *k);

/* Edits of a text's plain form; its display form becomes that, capitalised. */
void synth_text_set(struct synth_text *t, struct view plain);
void synth_text_typo(struct synth_text *t, struct rng *r);
/* A spelling that sounds alike; false, and nothing changes, when none is known. */
bool synth_text_sound(struct synth_text *t, struct rng *r);
bool synth_text_has_sound(const struct synth_text *t);

#endif
