/*
 * What a column holds. The kind decides how its values are standardised,
 * compared and blocked: data/kinds.csv, data/levels.csv, data/columns.csv.
 */
#ifndef LINK_KIND_H
#define LINK_KIND_H

#include "base/view.h"

enum link_kind {
	LINK_IGNORE, /* not used: truth, free text, codes of the file */
	LINK_ID,     /* names the record in the results */
	LINK_GIVEN,
	LINK_SURNAME, /* of birth */
	LINK_USED,    /* surname in use: by marriage */
	LINK_FULL,    /* all names in one text */
	LINK_DATE,    /* of birth, with unknown parts */
	LINK_SEX,
	LINK_IDENTIFIER,
	LINK_NUMBER, /* of a house */
	LINK_POSTCODE,
	LINK_PLACE,
	LINK_ADDRESS,
	LINK_EMAIL,
	LINK_PHONE,
	LINK_CATEGORY,
	LINK_KINDS,
};

/* "surname"; LINK_KINDS when it is none. */
const char *link_kind_name(enum link_kind kind);
enum link_kind link_kind_of(struct view name);

/* How often two records of one person agree, as assumed before anything is known. */
struct link_habit {
	double exact; /* share of pairs that agree to the letter */
	double part;  /* of the others, share that agree on a coarser key */
};
struct link_habit link_kind_habit(enum link_kind kind);

#endif
