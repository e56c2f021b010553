/* The tables of care that can be made, and what each needs. For this folder's files. */
#ifndef MAINBASE_CARE_H
#define MAINBASE_CARE_H

#include "table/db.h"

/*
 * Made by sql/NAME.sql; or by a file that several share, with @care@ its name,
 * @stage@, @filters@ the rules of that stage, and these words filled in.
 */
struct mainbase_care {
	const char *name;
	const char *what;  /* for progress */
	const char *needs; /* others, spaces between */
	const char *shared;
	const char *stage;
	struct table_word words[4];
};

/* The table must exist: assert. At most 64 do. */
size_t mainbase_care_find(struct view name);
const struct mainbase_care *mainbase_care_at(size_t index);

#endif
