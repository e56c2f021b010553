/*
 * The NIR (numéro d'inscription au répertoire, RNIPP): S AA MM LLLLL OOO and a
 * key of two digits; and the numbers that stand in its place.
 *
 *   S      1 2 registered · 3 4 being registered (NIA) · 5 6 passing migrant (MIG)
 *          7 8 provisional (NNP); odd is male
 *   AA MM  year and month of birth; months 20-42 and 50-99 tell an incomplete record
 *   LLLLL  place of birth, see health/place.h: "2A" and "2B" in Corsica
 *   OOO    order in the place's month
 *   key    97 - N mod 97, with N the 13 digits, 2A read as 19 and 2B as 18
 *
 * MIG and NNP are S, a kind (1 or 2, before 2012 also 0), three digits of the
 * caisse and eight more: they tell neither birth nor place.
 *
 * Sources: decree 82-103 of 22 January 1982; the Cnam's validator
 * (assurance-maladie-digital/nir-validation) for NIR, NNP and MIG; python-stdnum
 * fr/nir.py for Corsica; INSEE's schema for the months. What the Cnam's
 * validator refuses but registers do hold is a warning here, not a fault.
 */
#ifndef HEALTH_NIR_H
#define HEALTH_NIR_H

#include "base/view.h"

enum { NIR_LEN = 13,
	NIR_KEYED_LEN = 15,
	NIR_KEY_NONE = -1 };

enum nir_kind {
	NIR_REGISTERED,
	NIR_AWAITING,    /* NIA */
	NIR_MIGRANT,     /* MIG */
	NIR_PROVISIONAL, /* NNP */
	NIR_KINDS,
};

enum nir_fault {
	NIR_SOUND,
	NIR_WRONG_KEY,
	NIR_WRONG_LENGTH, /* neither 13 nor 15 characters */
	NIR_WRONG_CHARACTER,
	NIR_WRONG_FIRST, /* 0 or 9 */
	NIR_WRONG_MONTH,
	NIR_WRONG_PLACE, /* département 00, or 97 and 98 without a third digit */
	NIR_WRONG_KIND,  /* of MIG and NNP: not 0, 1 or 2 */
	NIR_FAULTS,
};

/* Bits: a sound number, and yet. */
enum nir_warning {
	NIR_ODD_MONTH = 1,     /* 20-42, 50-99 */
	NIR_NO_COMMUNE = 2,    /* commune 000 or 990-999, country 000 or 999 */
	NIR_NO_ORDER = 4,      /* order 000 */
	NIR_PLACE_UNKNOWN = 8, /* set by nir_check_place alone: never was a code */
	NIR_PLACE_YEAR = 16,   /* the same: no code in that year */
	NIR_OLD_KIND = 32,     /* NNP of before 2012 */
	NIR_FICTITIOUS = 64,   /* born 55, month 55, in 55: given for anonymous care */
	NIR_WARNING_BITS = 7,
};

struct nir {
	char digits[NIR_LEN + 1]; /* A and B in upper case */
	enum nir_kind kind;
	int key;           /* as written, or NIR_KEY_NONE */
	unsigned warnings; /* nir_warning bits */
	char sex;          /* 'M' or 'F': at registration, not of today */
	int year;          /* 0..99, -1 in MIG and NNP */
	int month;         /* 1..12, or 0: not told */
	char place[6];     /* five characters, "" in MIG and NNP */
};

/*
 * `text` with blanks, dots or hyphens between its groups, a or b in lower case.
 * With NIR_WRONG_KEY *ret is filled too; with the faults behind it, it is not to be read.
 * Some ten nanoseconds.
 */
enum nir_fault nir_parse(struct nir *ret, struct view text);
/* 1..97 for 13 well-formed characters: assert. */
int nir_key(const char digits[NIR_LEN]);
/*
 * The one number meant by a text that nir_parse refuses: letters that look like
 * digits (O, I, L), Corsica typed as 20 under the key of 2A or 2B. Only with a
 * key that fits then.
 */
bool nir_repair(struct nir *ret, struct view text);
/* Words for tables: "wrong_key", "odd_month". */
const char *nir_fault_name(enum nir_fault fault);
const char *nir_warning_name(unsigned bit);

#endif
