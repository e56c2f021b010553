/*
 * What one cell of text is: nothing, a word for nothing, a number, a date, a
 * code or words. Pure and short: it runs once a cell.
 */
#ifndef GUARD_CELL_H
#define GUARD_CELL_H

#include "base/date.h"
#include "guard/bytes.h"
#include "guard/missing.h"

enum guard_form {
	GUARD_EMPTY,         /* no byte, or "" */
	GUARD_BLANK,         /* blanks only */
	GUARD_MISSING,       /* a word for nothing: NA, NULL, inconnu (data/missing_words.csv) */
	GUARD_INTEGER,       /* -12, 0, 7 */
	GUARD_DIGITS,        /* 007, or more digits than a number has: a code */
	GUARD_DECIMAL,       /* 3.14, 1e-5 */
	GUARD_DECIMAL_COMMA, /* 3,14 */
	GUARD_DATE,          /* 2018-01-31 */
	GUARD_DATE_FRENCH,   /* 31/01/2018 */
	GUARD_DATE_COMPACT,  /* 20180131, where it is a day from 1880 to 2100 */
	GUARD_DATE_TIME,     /* 2018-01-31 12:00:00, 2018-01-31T12:00 */
	GUARD_TEXT,
	GUARD_FORMS,
};

struct guard_cell {
	struct view text; /* without quotes */
	enum guard_form form;
	bool short_enough; /* `bytes` is known: up to 255 bytes */
	struct guard_bytes bytes;
	double number;    /* of the three numbers */
	uint8_t decimals; /* digits behind the point */
	date_t day;       /* of the dates */
	int month;        /* of the dates: since January 1970 */
};

/* `text` is unquoted. */
void guard_cell_read(struct guard_cell *c, struct view text, const struct guard_missing *missing);
/* The same, its bytes counted before. */
void guard_cell_classify(struct guard_cell *c, struct view text, const struct guard_bytes *bytes,
    const struct guard_missing *missing);
const char *guard_form_name(enum guard_form form); /* "date_french" */

enum {
	GUARD_NUMBER_DIGITS = 15, /* that a double holds exactly */
	GUARD_DAY_DIGITS = 8,     /* 20180131 */
};

/* Of 1 to 15 digits that are no day. */
static inline enum guard_form guard_digits_form(struct view v)
{
	return v.ptr[0] == '0' && v.len > 1 ? GUARD_DIGITS : GUARD_INTEGER;
}

static inline bool guard_form_is_missing(enum guard_form form)
{
	return form <= GUARD_MISSING;
}

static inline bool guard_form_is_number(enum guard_form form)
{
	return form == GUARD_INTEGER || form == GUARD_DECIMAL || form == GUARD_DECIMAL_COMMA;
}

static inline bool guard_form_is_date(enum guard_form form)
{
	return form >= GUARD_DATE && form <= GUARD_DATE_TIME;
}

#endif
