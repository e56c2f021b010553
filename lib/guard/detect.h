/*
 * Which identifiers a cell could be, by its form and its check digits alone.
 * How much a match means is for evidence.h: a random number of nine digits
 * has a right SIREN key once in ten.
 */
#ifndef GUARD_DETECT_H
#define GUARD_DETECT_H

#include "guard/cell.h"

enum guard_detector {
	GUARD_NIR,       /* 15 characters with their key, of somebody registered, month 1-12 */
	GUARD_NIR_ODD,   /* the same, of others: health/nir.h */
	GUARD_NIR_SHORT, /* 13 characters: form only */
	GUARD_FIFTEEN,   /* 15 characters that could be a NIR: what its matches are a share of */
	GUARD_RPPS,      /* 11 digits, Luhn */
	GUARD_FINESS,    /* 9 characters, Luhn, département first */
	GUARD_ADELI,     /* 9 characters, département first */
	GUARD_SIREN,     /* 9 digits, Luhn */
	GUARD_SIRET,     /* 14 digits, Luhn */
	GUARD_PHONE,     /* French, 0X or +33 */
	GUARD_EMAIL,
	GUARD_URL,
	GUARD_IP,       /* version 4 */
	GUARD_IBAN,     /* ISO 13616, its key */
	GUARD_PASSPORT, /* French: 12AB34567 */
	GUARD_ID_CARD,  /* French: 12 digits, or 9 characters since 2021 */
	GUARD_PLATE,    /* AA-123-AA, or 123 ABC 75 */
	GUARD_POSTCODE, /* 5 digits, département first */
	GUARD_UUID,
	GUARD_HASH,       /* 32, 40, 56, 64, 96 or 128 hexadecimal digits */
	GUARD_PSEUDONYM,  /* 17 characters or more of one word, letters and digits mixed */
	GUARD_BLOB,       /* base64 of 120 characters or more */
	GUARD_COORDINATE, /* two decimal degrees in one cell */
	GUARD_TEXT_NIR,   /* a NIR within other words */
	GUARD_TEXT_FIFTEEN,
	GUARD_TEXT_EMAIL,
	GUARD_TEXT_PHONE,
	GUARD_TEXT_NAME, /* M., Mme, Dr before a capital */
	GUARD_WORDS,     /* four words and more: free text */
	GUARD_STREET,    /* rue, avenue … : an address */
	GUARD_DETECTORS,
};

/* Bit d is set when detector d says yes. */
uint64_t guard_detect(const struct guard_cell *c);
/* The same of a cell of digits alone. */
uint64_t guard_detect_digits(struct view v);
/* "nir", "text_email". */
const char *guard_detector_name(enum guard_detector d);

#endif
