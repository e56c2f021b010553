/* The conditions of levels as Splink writes them: data/splink.csv. For model_json.c. */
#ifndef LINK_CONDITIONS_H
#define LINK_CONDITIONS_H

#include "base/str.h"
#include "link/compare.h"

/* The condition of a level; `other` is the column of an alternate or cross test. */
void link_condition_write(
    const struct link_level *level, const char *column, const char *other, struct str *out);
/*
 * The test and its number of a condition on a column; false when it is none.
 * `alternate` and `cross` are columns or NULL.
 */
bool link_condition_read(struct view text, const char *column, const char *alternate,
    const char *cross, struct link_level *ret);

#endif
