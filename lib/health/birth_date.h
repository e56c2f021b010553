/*
 * Dates of birth as civil status and insurance files have them: not always a day
 * of the calendar. Parts can be unknown (00, 99, 0000), and people born abroad may
 * carry a month beyond 12 or a day beyond the month ("lunar" dates of the Vitale
 * card). So a date is three small numbers, 0 where unknown, kept as written.
 *
 * Sources: RNIV (identitovigilance), local rules for missing parts; the form
 * AAAAMMJJ of the RNIPP; shared knowledge of files in lib/health/README.md.
 */
#ifndef HEALTH_BIRTH_DATE_H
#define HEALTH_BIRTH_DATE_H

#include "base/date.h"

struct birth_date {
	int16_t year; /* 0 unknown; else BIRTH_YEAR_MIN..9999 */
	int8_t month; /* 0 unknown, 1..12, or a lunar 13..98 */
	int8_t day;   /* 0 unknown, 1..31, or a lunar 32..98, or no day of its month */
};

enum { BIRTH_YEAR_MIN = 1800,
	BIRTH_TEXT_SIZE = 9 };

/*
 * AAAAMMJJ, AAAA-MM-JJ (a time behind it is dropped), JJ/MM/AAAA (also with "-"
 * or "."), AAAA-MM, MM/AAAA, AAAA. Unknown parts are 00, 99 or 0000, 9999. false
 * when it is anything else, or nothing is known.
 */
bool birth_date_parse(struct view text, struct birth_date *ret);
/* AAAAMMJJ, zeros where unknown, into buf, which it returns. */
const char *birth_date_format(struct birth_date d, char buf[BIRTH_TEXT_SIZE]);
/* Every part known and a day of the calendar. */
bool birth_date_is_day(struct birth_date d);
/* A month or a day that no calendar has. */
bool birth_date_is_lunar(struct birth_date d);
/*
 * The day that a French hospital writes for it (RNIV): unknown or lunar day 01,
 * unknown or lunar month 01, both 31 December. The year must be known: assert.
 */
date_t birth_date_local(struct birth_date d);

enum birth_agreement {
	BIRTH_EQUAL,      /* all parts known and equal */
	BIRTH_COMPATIBLE, /* equal where both are known, at least the year */
	BIRTH_SWAPPED,    /* day and month exchanged */
	BIRTH_ONE_DIGIT,  /* one of the eight digits differs, or two neighbours are exchanged */
	BIRTH_SAME_YEAR,
	BIRTH_DIFFERENT,
	BIRTH_UNKNOWN, /* a year is not known */
};
enum birth_agreement birth_date_compare(struct birth_date a, struct birth_date b);

#endif
