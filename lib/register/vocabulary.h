/*
 * The words of the register: codes with a label in each language and the
 * spellings that occur in the wild, from data/vocabulary.json.
 */
#ifndef REGISTER_VOCABULARY_H
#define REGISTER_VOCABULARY_H

#include "base/vec.h"
#include "base/view.h"

enum register_language {
	REGISTER_ENGLISH,
	REGISTER_FRENCH,
	REGISTER_LANGUAGES,
};

enum register_list {
	REGISTER_PROCEDURE,
	REGISTER_STATUS,
	REGISTER_ENTITY,
	REGISTER_DOMAIN,
	REGISTER_SOURCE, /* "snds", and its components "snds/dcir" */
	REGISTER_PURPOSE,
	REGISTER_OBJECTIVE,
	REGISTER_LEGAL_BASIS,
	REGISTER_RESULT,
	REGISTER_LISTS,
};

struct register_term {
	struct view code;
	struct view label[REGISTER_LANGUAGES];
};

struct register_terms {
	VEC(struct register_term) all; /* in the order of the file */
};

const struct register_terms *register_terms(enum register_list list);
/* NULL: there is no such code. */
const struct register_term *register_term_find(enum register_list list, struct view code);
/* The code itself when it is none of the list. */
struct view register_label(enum register_list list, struct view code, enum register_language l);
/*
 * What a text means, whatever its case, accents and signs; NULL: nothing known.
 * *ret_exact: it is the French label to the letter.
 */
const struct register_term *register_term_read(enum register_list list, struct view text,
    bool *ret_exact);

#endif
