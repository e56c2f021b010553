/* What type a column has, from the forms of its cells. */
#ifndef GUARD_TYPE_H
#define GUARD_TYPE_H

#include "guard/column.h"

enum guard_type {
	GUARD_TYPE_NONE, /* no cell has a value */
	GUARD_TYPE_INTEGER,
	GUARD_TYPE_DECIMAL,
	GUARD_TYPE_DECIMAL_COMMA,
	GUARD_TYPE_DATE,
	GUARD_TYPE_DATE_FRENCH,
	GUARD_TYPE_DATE_COMPACT,
	GUARD_TYPE_DATE_TIME,
	GUARD_TYPE_DIGITS, /* codes of digits: leading zeros count */
	GUARD_TYPE_TEXT,
	GUARD_TYPES,
};

/* The type of at least 99 of 100 cells with a value; text when there is none. */
enum guard_type guard_column_type(const struct guard_column *c);
const char *guard_type_name(enum guard_type t);
bool guard_type_is_date(enum guard_type t);
bool guard_type_is_number(enum guard_type t);

#endif
