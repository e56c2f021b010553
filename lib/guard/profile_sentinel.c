/*
 * A number that stands for nothing lies at an end and apart from the rest: 999 among ages up
 * to 104, so that the buckets between it and half of it are empty; -9 where nothing else is
 * below 0. Among 0 to 998 it is a number.
 */
#include "guard/profile.h"

#include "base/embed.h"

#include <math.h>

enum { GAP_MONTHS = 60 };

static uint64_t count_between(const struct guard_quantiles *q, size_t from, size_t to)
{
	uint64_t n = 0;

	for (size_t at = from; at < to; at++)
		n += guard_quantiles_in(q, at);
	return n;
}

/* Whether no other number shares the buckets of x, as far as different values are known. */
static bool is_alone(const struct guard_column *c, double x, uint64_t rows)
{
	uint64_t n = 0;

	for (size_t i = 0; c->values.level == 0 && i < c->values.slot_count; i++) {
		const struct guard_value *v = &c->values.slots[i];
		double number;

		if (v->hash && view_to_double(guard_distinct_text(&c->values, v), &number) &&
		    fabs(number - x) < 1e-9)
			n += v->count;
	}
	return c->values.level > 0 || n == rows;
}

/* Buckets of x: the two about it, for one edge may be its. */
static uint64_t count_number(const struct guard_column *c, double x)
{
	const struct guard_quantiles *q = &c->numbers;
	size_t at = guard_bucket_near(x);
	double outmost = x > 0 ? q->max : q->min;
	uint64_t here, others;

	if (!q->count || outmost < x || outmost > x)
		return 0;
	here = count_between(q, at - 1, at + 2);
	others = x > 0 ? count_between(q, guard_bucket_near(x / 2), at - 1)
	               : count_between(q, at + 2, GUARD_BUCKETS);
	return others == 0 && here < q->count && is_alone(c, x, here) ? here : 0;
}

static uint64_t count_day(const struct guard_column *c, date_t day)
{
	struct civil civil = date_to_civil(day);
	int month = (civil.year - 1880) * 12 + civil.month - 1;

	if (c->day_min != day || !c->months)
		return 0;
	for (int i = 1; i < GAP_MONTHS; i++)
		if (c->months[month + i])
			return 0;
	return c->day_max > day ? c->months[month] : 0;
}

static uint64_t count_sentinel(const struct guard_column *c, struct view value)
{
	double number;
	date_t day;

	if (view_to_double(value, &number))
		return count_number(c, number);
	return date_parse(value, &day) ? count_day(c, day) : 0;
}

void guard_sentinel_find(const struct guard_column *c, char ret[16], uint64_t *ret_rows)
{
	struct view rest = embed_find("guard/data/sentinels.csv"), line, value;

	ret[0] = '\0';
	*ret_rows = 0;
	while (*ret_rows == 0 && view_next(&rest, '\n', &line)) {
		if (!view_next(&line, ',', &value) || value.len >= 16)
			continue;
		*ret_rows = count_sentinel(c, value);
		if (!*ret_rows)
			continue;
		memcpy(ret, value.ptr, value.len);
		ret[value.len] = '\0';
	}
}

void guard_numbers_copy(struct guard_quantiles *ret, const struct guard_column *c)
{
	char sentinel[16];
	uint64_t rows;
	double x;

	*ret = (struct guard_quantiles){0};
	guard_quantiles_merge(ret, &c->numbers);
	guard_sentinel_find(c, sentinel, &rows);
	if (!rows || !view_to_double(VIEW(sentinel), &x))
		return;
	ret->count -= rows;
	if (x < 0)
		memset(ret->below, 0, GUARD_BUCKETS * sizeof(*ret->below));
	else
		for (size_t at = guard_bucket_near(x) - 1, i = 0; i < 3; i++)
			ret->above[at + i - GUARD_BUCKETS - 1] = 0;
}

bool guard_sentinel_at(size_t i, char ret[16])
{
	struct view rest = embed_find("guard/data/sentinels.csv"), line, value;

	(void)view_next(&rest, '\n', &line); /* its header */
	while (view_next(&rest, '\n', &line)) {
		if (!view_next(&line, ',', &value) || !value.len || value.len >= 16 || i-- > 0)
			continue;
		memcpy(ret, value.ptr, value.len);
		ret[value.len] = '\0';
		return true;
	}
	return false;
}
