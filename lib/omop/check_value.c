#include "omop/check_value.h"

#include <inttypes.h>
#include <stdio.h>

enum { SHIFT_MAX = 100000 }; /* days or years from today */

/* "PREFIX 12 SUFFIX" as 12; a missing number is 0. */
static bool between(struct view cell, const char *prefix, const char *suffix, int64_t *ret)
{
	struct view p = VIEW(prefix), s = VIEW(suffix);

	if (cell.len < p.len + s.len || !view_eq_nocase((struct view){cell.ptr, p.len}, p) ||
	    !view_eq_nocase((struct view){cell.ptr + cell.len - s.len, s.len}, s))
		return false;
	cell = (struct view){cell.ptr + p.len, cell.len - p.len - s.len};
	*ret = 0;
	if (cell.len && cell.ptr[0] == '+')
		cell = (struct view){cell.ptr + 1, cell.len - 1};
	return cell.len == 0 || view_to_i64(cell, ret);
}

/* 19500101 */
static bool compact_day(int64_t n, date_t *ret)
{
	char text[DATE_TEXT_SIZE];
	int len;

	if (n < 10101 || n > 99991231)
		return false;
	len = snprintf(text, sizeof(text), "%04d-%02d-%02d", (int)(n / 10000),
	    (int)(n / 100 % 100), (int)(n % 100));
	return date_parse((struct view){text, (size_t)len}, ret);
}

static bool day_of(const struct omop_facts *facts, struct view cell, date_t *ret)
{
	int64_t n;

	if (between(cell, "today", "", &n) || between(cell, "dateadd(dd,", ",getdate())", &n)) {
		*ret = facts->today + (date_t)n;
		return n >= -SHIFT_MAX && n <= SHIFT_MAX;
	}
	if (between(cell, "'", "'", &n))
		return compact_day(n, ret);
	return date_parse(cell, ret);
}

static bool number_of(const struct omop_facts *facts, struct view cell, const char **ret)
{
	struct arena *a = &facts->result->arena;
	double number;
	int64_t n;

	if (between(cell, "year", "", &n) || between(cell, "year(getdate())", "", &n)) {
		*ret = arena_format(a, "%" PRId64, date_to_civil(facts->today).year + n);
		return n >= -SHIFT_MAX && n <= SHIFT_MAX;
	}
	if (!view_to_double(cell, &number))
		return false;
	*ret = arena_strdup(a, cell);
	return true;
}

bool omop_value_bound(const struct omop_facts *facts, struct view cell, enum table_type type,
    const char **ret)
{
	char text[DATE_TEXT_SIZE];
	date_t day;

	if (type == TABLE_TYPE_TEXT)
		return false;
	if (type != TABLE_TYPE_DATE)
		return number_of(facts, cell, ret);
	if (!day_of(facts, cell, &day))
		return false;
	*ret = arena_strdup(&facts->result->arena, VIEW(date_format(day, text)));
	return true;
}

bool omop_value_ids(const struct omop_facts *facts, struct view cell, const char **ret)
{
	AUTO_STR struct str ids = {0};
	struct view piece;
	int64_t id;

	while (view_next(&cell, ',', &piece)) {
		piece = view_trim(piece);
		if (!view_to_i64(piece, &id))
			return false;
		str_addf(&ids, "%s%" PRId64, ids.len ? "," : "", id);
	}
	*ret = arena_strdup(&facts->result->arena, str_view(&ids));
	return true;
}

bool omop_value_gender(struct view cell, const char **ret)
{
	static const char *const genders[] = {"Male", "Female"};

	for (size_t i = 0; i < ARRAY_LEN(genders); i++) {
		*ret = genders[i];
		if (view_eq_nocase(cell, VIEW(genders[i])))
			return true;
	}
	return false;
}
