#include "snds/emit.h"

#include <assert.h>

size_t snds_sink_count(const struct snds_sink *s)
{
	return SNDS_TABLES_WHOLE + (size_t)s->year_count * SNDS_TABLES_YEARLY;
}

size_t snds_sink_index(const struct snds_sink *s, enum snds_table table, int year)
{
	if (table < SNDS_TABLES_WHOLE)
		return table;
	assert(year >= s->year_first && year < s->year_first + s->year_count);
	return (size_t)(year - s->year_first) * SNDS_TABLES_YEARLY + table;
}

enum snds_table snds_sink_table(const struct snds_sink *s, size_t index, int *ret_year)
{
	size_t yearly;

	*ret_year = 0;
	if (index < SNDS_TABLES_WHOLE)
		return (enum snds_table)index;
	yearly = index - SNDS_TABLES_WHOLE;
	*ret_year = s->year_first + (int)(yearly / SNDS_TABLES_YEARLY);
	return (enum snds_table)(SNDS_TABLES_WHOLE + yearly % SNDS_TABLES_YEARLY);
}

void snds_set_digits(struct table_batch *b, size_t column, uint64_t number, int width)
{
	char digits[24];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number || sizeof(digits) - at < (size_t)width);
	table_set_text(b, column, (struct view){digits + at, sizeof(digits) - at});
}

void snds_set_month(struct table_batch *b, size_t column, date_t day)
{
	struct civil c = date_to_civil(day);

	snds_set_digits(b, column, (uint64_t)c.year * 100 + (uint64_t)c.month, 6);
}

void snds_set_month_of_year(struct table_batch *b, size_t column, date_t day)
{
	static const char months[] = "010203040506070809101112";

	size_t month = (size_t)date_to_civil(day).month;

	table_set_literal(b, column, (struct view){months + 2 * (month - 1), 2});
}

void snds_emit(struct snds_sink *s, struct snds_life *life)
{
	snds_emit_claims(s, life);
	snds_emit_stays(s, life);
	snds_emit_contacts(s, life);
	snds_emit_others(s, life);
	snds_emit_tops(s, life);
	snds_emit_persons(s, life);
	snds_emit_truth(s, life);
	snds_emit_dirt(s, life);
}
