#include "guard/row_months.h"

#include "guard/type.h"

#include <stdlib.h>

static bool is_month_of_rows(const struct guard_csv *c, size_t column)
{
	return c->roles.month == (int)column;
}

bool guard_has_months(const struct guard_csv *c, size_t column)
{
	return is_month_of_rows(c, column) ||
	       guard_type_is_date(guard_column_type(&c->columns[column]));
}

static int by_key(const void *key, const void *item)
{
	uint64_t wanted = *(const uint64_t *)key;
	uint64_t other = ((const struct guard_tally_slot *)item)->key;

	return wanted < other ? -1 : wanted > other;
}

static bool find_rows(uint64_t *ret, const struct guard_tally *t)
{
	size_t count;
	struct guard_tally_slot *slots;
	bool found = false;

	if (t->level > 0 || t->kept == 0)
		return false;
	slots = guard_tally_sorted(t, &count);
	for (int m = 0; m < GUARD_MONTHS; m++) {
		uint64_t key = guard_group_key(guard_group_of_month(m + GUARD_FIRST_MONTH),
		    GUARD_GROUP_ROWS);
		const struct guard_tally_slot *s =
		    bsearch(&key, slots, count, sizeof(*slots), by_key);

		ret[m] = s ? s->count : 0;
		found = found || s;
	}
	free(slots);
	return found;
}

bool guard_months_of(uint64_t *ret, const struct guard_csv *c, size_t column)
{
	const uint64_t *months = c->columns[column].months;

	if (is_month_of_rows(c, column))
		return find_rows(ret, &c->joint.months);
	if (months)
		memcpy(ret, months, GUARD_MONTHS * sizeof(*ret));
	return months;
}
