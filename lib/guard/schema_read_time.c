#include "guard/schema_read.h"
#include "guard/schema_time.h"

/* SNDS: ISO, 20180131, 31012018, 31JAN2018:00:00:00. */
static bool loose_day(struct view cell, struct guard_moment *m)
{
	struct view ten = {cell.ptr, MIN(cell.len, (size_t)10)};
	struct view nine = {cell.ptr, MIN(cell.len, (size_t)9)};

	if (guard_iso_date(ten, m) &&
	    (cell.len == 10 || cell.ptr[10] == ' ' || cell.ptr[10] == 'T'))
		return true;
	if (cell.len == 8)
		return guard_strptime(cell, VIEW_LIT("%Y%m%d"), m) ||
		       guard_strptime(cell, VIEW_LIT("%d%m%Y"), m);
	return guard_strptime(nine, VIEW_LIT("%d%b%Y"), m) && (cell.len == 9 || cell.ptr[9] == ':');
}

static bool read_moment(const struct guard_field *f, struct view cell, struct guard_moment *m)
{
	bool is_default = strcmp(f->format, "default") == 0;
	bool date = f->type != GUARD_FIELD_TIME, time = f->type != GUARD_FIELD_DATE;

	if (f->loose && date)
		return loose_day(cell, m);
	if (strcmp(f->format, "any") == 0)
		return guard_any_moment(cell, date, time, m);
	if (!is_default)
		return guard_strptime(cell, VIEW(f->format), m);
	if (!time)
		return guard_iso_date(cell, m);
	return date ? guard_iso_datetime(cell, m) : guard_iso_time(cell, m);
}

void guard_read_time(const struct guard_field *f, struct view cell, struct guard_typed *v)
{
	struct guard_moment m;

	if (!read_moment(f, cell, &m))
		return;
	if (f->type == GUARD_FIELD_TIME)
		guard_typed_set_integer(v, guard_moment_clock(&m));
	else if (f->type == GUARD_FIELD_DATE || f->loose)
		guard_typed_set_integer(v, guard_moment_day(&m));
	else
		guard_typed_set_integer(v, guard_moment_instant(&m));
}

void guard_read_year(const struct guard_field *f, struct view cell, struct guard_typed *v)
{
	struct view text = f->loose ? guard_plain(cell) : cell, rest = text;
	size_t digits;
	int64_t x;

	if (!f->loose && rest.len && rest.ptr[0] == '-')
		rest = (struct view){rest.ptr + 1, rest.len - 1};
	digits = guard_count_digits(&rest);
	text.len -= rest.len;
	if (digits < 4 || (f->loose && digits != 4) || !view_to_i64(text, &x))
		return;
	if (rest.len == 0 || view_eq(rest, VIEW_LIT("Z")))
		guard_typed_set_integer(v, x);
}

void guard_read_yearmonth(const struct guard_field *f, struct view cell, struct guard_typed *v)
{
	struct view rest = cell;
	int64_t year, month;
	size_t dash;

	if (guard_count_digits(&rest) < 4 || cell.len < 6)
		return;
	dash = cell.ptr[4] == '-';
	if ((!dash && !f->loose) || cell.len < 6 + dash ||
	    !view_to_i64((struct view){cell.ptr, 4}, &year) ||
	    !view_to_i64((struct view){cell.ptr + 4 + dash, 2}, &month) || month < 1 || month > 12)
		return;
	rest = (struct view){cell.ptr + 6 + dash, cell.len - 6 - dash};
	if (rest.len == 0 || (f->loose && (rest.ptr[0] == '.' || rest.ptr[0] == '-')))
		guard_typed_set_integer(v, year * 12 + month - 1);
}

void guard_read_duration(struct view cell, struct guard_typed *v)
{
	if (guard_iso_duration(cell, &v->number))
		v->kind = GUARD_VALUE_NUMBER;
}
