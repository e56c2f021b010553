/*
 * Whether the first row of a file holds names of variables. Names are printed, values of
 * persons are not: so a first row is names only by evidence, and a row that could be of a
 * person is not.
 */
#ifndef GUARD_NAMES_H
#define GUARD_NAMES_H

#include "guard/knowledge.h"

enum guard_names {
	GUARD_NAMES_NOT,   /* numbers, dates, mostly nothing: a row of data */
	GUARD_NAMES_DOUBT, /* words, of which nothing says that they are names */
	GUARD_NAMES_YES,
};

/* `sample`: whole rows at the beginning of the file, UTF-8 or not, without a mark. */
enum guard_names guard_names_find(struct view sample, bool is_whole, char separator, char quote,
    const struct guard_missing *missing, const struct guard_knowledge *k);

#endif
