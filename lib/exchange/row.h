/*
 * Rows of fixed size, one shape a step: text fields in UTF-8 with NULs behind
 * them, digests as bytes. docs/exchange-format.md lists them.
 */
#ifndef EXCHANGE_ROW_H
#define EXCHANGE_ROW_H

#include "exchange/names.h"

enum {
	EXCHANGE_ROW_MAX = 512,
	EXCHANGE_TOKEN_BYTES = 32,
};

enum exchange_field {
	EXCHANGE_F_IDACC, /* subject number: non-signifying, of the depositor */
	EXCHANGE_F_INSURED,
	EXCHANGE_F_OWN,
	EXCHANGE_F_BIRTH_DATE, /* AAAAMMJJ, zeros where unknown */
	EXCHANGE_F_SEX,        /* 1 male, 2 female */
	EXCHANGE_F_TWIN,       /* rank of a same-sex twin */
	EXCHANGE_F_INSURED_CLASS,
	EXCHANGE_F_OWN_CLASS,
	EXCHANGE_F_BIRTH_NAME,
	EXCHANGE_F_USED_NAME,
	EXCHANGE_F_GIVEN_NAMES,
	EXCHANGE_F_BIRTH_PLACE, /* INSEE code */
	EXCHANGE_F_TRIPLET,     /* digest of insured NIR, birth date, sex; zeros: none */
	EXCHANGE_F_PERSON,      /* digest of the person's own NIR; zeros: none */
	EXCHANGE_F_CLASS,       /* exchange_class */
	EXCHANGE_F_CENTRE,
	EXCHANGE_F_PSEUDONYM,
	EXCHANGE_F_RENEWED,
	EXCHANGE_F_OUTCOME,  /* exchange_outcome as a letter */
	EXCHANGE_F_DECEASED, /* "1" */
	EXCHANGE_FIELDS,
};

/* How a project's person was told from the others, or why not. */
enum exchange_class {
	EXCHANGE_BY_PERSON = 'P',  /* the person's own NIR */
	EXCHANGE_BY_JOIN = 'J',    /* the triplet, which belongs to one own NIR */
	EXCHANGE_BY_TRIPLET = 'T', /* the triplet alone */
	EXCHANGE_BY_TWIN = 'R',    /* the triplet and a twin's rank */
	EXCHANGE_TWINS = 'W',      /* the triplet of several persons, no rank: which one is open */
	EXCHANGE_NIR_ABSENT = 'A',
	EXCHANGE_NIR_INVALID = 'I',
	EXCHANGE_NIR_FICTITIOUS = 'X',
};

/* What a depositor found of a NIR; a letter of NIR rows. */
enum exchange_nir_class {
	EXCHANGE_NIR_GOOD = 'v',
	EXCHANGE_NIR_STRANGE = 'm',     /* a month no calendar has: an incomplete birth record */
	EXCHANGE_NIR_STANDING_IN = 'p', /* provisional number, or of a passing migrant */
	EXCHANGE_NIR_WRONG_KEY = 'k',
	EXCHANGE_NIR_MALFORMED = 'f',
	EXCHANGE_NIR_FICTION = 'x', /* of anonymous care: emptied before it is sealed */
};

/* "own_nir", ...; NULL when the letter is none. */
const char *exchange_class_name(int letter);

size_t exchange_row_size(enum exchange_step step);
/* Size of a field, 0 when rows of that step have none. */
size_t exchange_field_size(enum exchange_step step, enum exchange_field field);
/* The field's bytes without the NULs at their end; borrowed. */
struct view exchange_row_get(enum exchange_step step, const unsigned char *row,
    enum exchange_field field);
/* All bytes of a field: digests, which may end with NULs. */
const unsigned char *exchange_row_bytes(enum exchange_step step, const unsigned char *row,
    enum exchange_field field);
/* Replace a field; the text fits (assert). */
void exchange_row_set(enum exchange_step step, unsigned char *row, enum exchange_field field,
    struct view text);
/* "idacc", "birth_name", ...: what it is called in CSV files. */
const char *exchange_field_name(enum exchange_field field);

#endif
