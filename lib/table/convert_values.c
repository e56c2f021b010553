#include "table/convert_values.h"

#include "base/date.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

enum { DIGITS_MAX = 18,                             /* of an int64_t, surely */
	NUMBER_MAX = 30 };                          /* bytes of a double as text */
static const double WHOLE_MAX = 9007199254740992.0; /* 2^53 */

bool convert_is_known(enum table_type have, enum table_type want)
{
	if (have == want)
		return want != TABLE_TYPE_I32;
	if (have == TABLE_TYPE_TEXT)
		return want != TABLE_TYPE_I32;
	if (have == TABLE_TYPE_I32 || have == TABLE_TYPE_I64)
		return want == TABLE_TYPE_I64 || want == TABLE_TYPE_DOUBLE ||
		       want == TABLE_TYPE_TEXT;
	return have == TABLE_TYPE_DOUBLE && want == TABLE_TYPE_I64;
}

bool convert_is_checked(enum table_type have, enum table_type want)
{
	return have != want && (have == TABLE_TYPE_TEXT || have == TABLE_TYPE_DOUBLE);
}

/* DuckDB's trim: spaces, nothing else. */
static struct view trim(struct view v)
{
	while (v.len && v.ptr[0] == ' ')
		v = (struct view){v.ptr + 1, v.len - 1};
	while (v.len && v.ptr[v.len - 1] == ' ')
		v.len--;
	return v;
}

static size_t digits_of(struct view v)
{
	size_t n = 0;

	while (n < v.len && v.ptr[n] >= '0' && v.ptr[n] <= '9')
		n++;
	return n;
}

static struct view rest_of(struct view v, size_t n)
{
	return (struct view){v.ptr + n, v.len - n};
}

/* [+-]?[0-9]+([.]0*)? */
static bool whole_of(struct view v, int64_t *ret)
{
	bool negative = v.len && v.ptr[0] == '-';
	size_t n;
	int64_t sum = 0;

	if (v.len && (v.ptr[0] == '-' || v.ptr[0] == '+'))
		v = rest_of(v, 1);
	n = digits_of(v);
	if (n == 0 || n > DIGITS_MAX)
		return false;
	for (size_t i = 0; i < n; i++)
		sum = sum * 10 + (v.ptr[i] - '0');
	*ret = negative ? -sum : sum;
	v = rest_of(v, n);
	if (v.len && v.ptr[0] == '.')
		for (v = rest_of(v, 1); v.len && v.ptr[0] == '0';)
			v = rest_of(v, 1);
	return v.len == 0;
}

/* -?[0-9]+([.][0-9]+)? */
static bool double_of(struct view v, double *ret)
{
	struct view rest = v.len && v.ptr[0] == '-' ? rest_of(v, 1) : v;
	size_t n = digits_of(rest);

	if (n == 0 || v.len > NUMBER_MAX)
		return false;
	rest = rest_of(rest, n);
	if (rest.len && (rest.ptr[0] != '.' || rest.len == 1 ||
			    digits_of(rest_of(rest, 1)) != rest.len - 1))
		return false;
	return view_to_double(v, ret);
}

/* 2018-01-31, 2018-01-31 00:00:00, 20180131 */
static bool date_of(struct view v, date_t *ret)
{
	char text[] = "0000-00-00";

	if (v.len == 8 && digits_of(v) == 8) {
		memcpy(text, v.ptr, 4);
		memcpy(text + 5, v.ptr + 4, 2);
		memcpy(text + 8, v.ptr + 6, 2);
		return date_parse(VIEW(text), ret);
	}
	if (v.len > 10 && v.ptr[10] != ' ' && v.ptr[10] != 'T')
		return false;
	return v.len >= 10 && !memchr(v.ptr, '\n', v.len) &&
	       date_parse((struct view){v.ptr, 10}, ret);
}

static uint64_t bits_of(double d)
{
	uint64_t bits;

	memcpy(&bits, &d, sizeof(bits));
	return bits;
}

/* A text as 64 bits; *ret_null: nothing stands there. */
static bool text_bits(struct view text, enum table_type want, uint64_t *ret, bool *ret_null)
{
	int64_t whole;
	double number;
	date_t day;
	bool good;

	text = trim(text);
	*ret_null = text.len == 0;
	if (*ret_null)
		return true;
	if (want == TABLE_TYPE_DOUBLE) {
		good = double_of(text, &number);
		*ret = good ? bits_of(number) : 0;
	} else if (want == TABLE_TYPE_DATE) {
		good = date_of(text, &day);
		*ret = good ? (uint64_t)(int64_t)day : 0;
	} else {
		good = whole_of(text, &whole);
		*ret = good ? (uint64_t)whole : 0;
	}
	return good;
}

static bool double_bits(uint64_t bits, enum table_type want, uint64_t *ret)
{
	double d;

	memcpy(&d, &bits, sizeof(d));
	*ret = bits;
	if (want == TABLE_TYPE_DOUBLE)
		return true;
	if (!(fabs(d) <= WHOLE_MAX) || d != trunc(d))
		return false;
	*ret = (uint64_t)(int64_t)d;
	return true;
}

static bool bits_as(const struct parquet_values *v, enum table_type have, enum table_type want,
    size_t index, uint64_t *ret, bool *ret_null)
{
	*ret_null = false;
	if (have == TABLE_TYPE_TEXT)
		return text_bits(v->texts.ptr[index], want, ret, ret_null);
	if (have == TABLE_TYPE_DOUBLE)
		return double_bits(v->numbers.ptr[index], want, ret);
	*ret = v->numbers.ptr[index];
	if (want == TABLE_TYPE_DOUBLE)
		*ret = bits_of((double)(int64_t)*ret);
	return true;
}

static uint32_t text_code(const struct parquet_values *v, enum table_type have, size_t index,
    struct value_set *set)
{
	char text[24];

	if (have == TABLE_TYPE_TEXT)
		return v->texts.ptr[index].len ? value_set_text(set, v->texts.ptr[index]) : 0;
	snprintf(text, sizeof(text), "%" PRId64, (int64_t)v->numbers.ptr[index]);
	return value_set_text(set, VIEW(text));
}

bool convert_value(const struct parquet_values *v, enum table_type have, size_t index,
    struct value_set *set, uint32_t *ret)
{
	uint64_t bits;
	bool null;

	*ret = 0;
	if (set->type == TABLE_TYPE_TEXT) {
		*ret = text_code(v, have, index, set);
		return true;
	}
	if (!bits_as(v, have, set->type, index, &bits, &null))
		return false;
	if (!null)
		*ret = value_set_number(set, bits);
	return true;
}

bool convert_all_plain(const struct parquet_values *v, enum table_type have, enum table_type want)
{
	uint64_t bits;
	bool null;

	if (want == TABLE_TYPE_TEXT)
		return true;
	for (size_t i = 0; i < v->count; i++)
		if (!bits_as(v, have, want, i, &bits, &null))
			return false;
	return true;
}
