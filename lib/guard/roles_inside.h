/* Shared by the parts of roles.h. */
#ifndef GUARD_ROLES_INSIDE_H
#define GUARD_ROLES_INSIDE_H

#include "guard/cell.h"
#include "guard/roles.h"

#include "base/map.h"
#include "base/str.h"

enum { NO_RANK = 1 << 20 };

enum role { DAY,
	NOT_DAY,
	YEAR,
	MONTH,
	YEAR_MONTH,
	SITE,
	UNIT,
	VALUE,
	MEASURED,
	ROLES };

/* A line of data/role_words.csv. */
struct phrase {
	struct view words;
	enum role role;
};

/* What the first rows say of a variable. */
struct trait {
	struct str name; /* folded */
	size_t cells, days, compact_days, numbers, units;
	size_t years, months, year_months; /* 2018; 3 or 03; 201803 */
	struct map values;
};

struct finder {
	const struct guard_dialect *dialect;
	const struct guard_missing *missing;
	VEC(struct phrase) phrases;
	struct map units;
	struct trait *traits;
	size_t count;
	struct arena arena;
};

/* The first of a role's phrases that a name has, or NO_RANK. */
size_t guard_role_rank(const struct finder *f, size_t column, enum role role);
/* A name without the words of a role: "creat" of "creat unite". */
void guard_role_strip(const struct finder *f, size_t column, enum role role, struct str *ret);
/* Nine in ten of its cells. */
bool guard_role_most(size_t n, const struct trait *t);
/* The year, the month, or both that a cell may be. */
void guard_role_see_month(struct trait *t, const struct guard_cell *cell);
/* Which columns tell the month of a row that has no day. */
void guard_role_find_month(struct guard_roles *ret, const struct finder *f);

#endif
