#include "guard/stat_value.h"

#include "base/date.h"
#include "base/embed.h"
#include "io/csv.h"
#include "io/json.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

enum { DAY_SECONDS = 86400,
	NAME_MAX = 16 };

static const char *const system_names[] = {
    [GUARD_STAT_SAS] = "sas",
    [GUARD_STAT_SPSS] = "spss",
    [GUARD_STAT_STATA] = "stata",
};

static const char *const unit_names[GUARD_UNITS] = {
    [GUARD_UNIT_NONE] = "",
    [GUARD_UNIT_DAY] = "day",
    [GUARD_UNIT_SECOND] = "second",
    [GUARD_UNIT_MILLISECOND] = "millisecond",
    [GUARD_UNIT_MONTH] = "month",
    [GUARD_UNIT_TIME] = "time",
};

static enum guard_unit unit_named(struct view name)
{
	for (int i = 0; i < GUARD_UNITS; i++)
		if (view_eq(name, VIEW(unit_names[i])))
			return (enum guard_unit)i;
	return GUARD_UNIT_NONE;
}

int guard_date_formats_load(struct guard_date_formats *f, struct err *err)
{
	static const char path[] = "guard/data/date_formats.csv";
	static const char *const names[] = {"system", "format", "unit"};
	AUTO_CSV struct csv_reader *r = csv_open_view(path, embed_find(path), ',');
	size_t at[3];
	int rc;

	if (csv_header(r, names, 3, at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0) {
		AUTO_FREE char *key = str_format("%.*s:%.*s", VIEW_ARG(csv_field(r, at[0])),
		    VIEW_ARG(csv_field(r, at[1])));

		(void)map_add(&f->units, VIEW(key), unit_named(csv_field(r, at[2])));
	}
	return rc;
}

void guard_date_formats_clear(struct guard_date_formats *f)
{
	map_clear(&f->units);
}

/* Without width and decimals; Stata's display form follows two or three letters. */
static struct view name_of(enum guard_stat_system system, struct view format)
{
	if (system == GUARD_STAT_STATA) {
		size_t len = view_starts(format, VIEW_LIT("%t")) ? 3 : 2;

		return (struct view){format.ptr, MIN(format.len, len)};
	}
	while (format.len && strchr("0123456789.", format.ptr[format.len - 1]))
		format.len--;
	return format;
}

enum guard_unit guard_unit_of(const struct guard_date_formats *f, enum guard_stat_system system,
    struct view format)
{
	struct view name = name_of(system, format);
	AUTO_STR struct str key = {0};
	const int64_t *unit;

	if (!name.len || name.len > NAME_MAX)
		return GUARD_UNIT_NONE;
	str_addf(&key, "%s:", system_names[system]);
	for (size_t i = 0; i < name.len; i++) {
		bool is_small = name.ptr[i] >= 'a' && name.ptr[i] <= 'z';

		str_addc(&key, system != GUARD_STAT_STATA && is_small ? (char)(name.ptr[i] - 32)
								      : name.ptr[i]);
	}
	unit = map_find(&f->units, str_view(&key));
	return unit ? (enum guard_unit) * unit : GUARD_UNIT_NONE;
}

static void add_number(struct str *out, double number)
{
	struct json_writer w = {.out = out};

	if (number == nearbyint(number) && fabs(number) < 0x1p53)
		str_addf(out, "%" PRId64, (int64_t)number);
	else
		json_add_double(&w, number);
}

void guard_stat_float(struct str *out, float number)
{
	char text[32];
	double read;

	if (number == nearbyintf(number) && fabsf(number) < 0x1p24f) {
		add_number(out, (double)number);
		return;
	}
	for (int digits = 6; digits <= 9; digits++) {
		(void)snprintf(text, sizeof(text), "%.*g", digits, (double)number);
		if (view_to_double(VIEW(text), &read) && (float)read == number)
			break;
	}
	str_addz(out, text);
}

static bool add_day(struct str *out, double day)
{
	char text[DATE_TEXT_SIZE];

	if (!(day >= date_from_civil(1, 1, 1) && day < date_from_civil(9999, 12, 31) + 1.0))
		return false;
	str_addz(out, date_format((date_t)floor(day), text));
	return true;
}

static bool add_time(struct str *out, double second)
{
	int64_t whole;

	if (!(fabs(second) < 1e12))
		return false;
	whole = (int64_t)floor(fabs(second));
	str_addf(out, "%s%02" PRId64 ":%02d:%02d", second < 0 ? "-" : "", whole / 3600,
	    (int)(whole / 60 % 60), (int)(whole % 60));
	return true;
}

static bool add_moment(struct str *out, double second)
{
	double day = floor(second / DAY_SECONDS);

	if (!add_day(out, day))
		return false;
	str_addc(out, ' ');
	return add_time(out, second - day * DAY_SECONDS);
}

static bool add_month(struct str *out, double month)
{
	double year = 1960 + floor(month / 12);

	if (!(year >= 1 && year <= 9999))
		return false;
	str_addf(out, "%04d-%02d", (int)year, 1 + (int)(month - (year - 1960) * 12));
	return true;
}

static bool add_by_unit(struct str *out, enum guard_stat_system system, enum guard_unit unit,
    double n)
{
	double epoch = system == GUARD_STAT_SPSS ? date_from_civil(1582, 10, 14)
	                                         : date_from_civil(1960, 1, 1);

	switch (unit) {
	case GUARD_UNIT_DAY:
		return add_day(out, epoch + (system == GUARD_STAT_SPSS ? n / DAY_SECONDS : n));
	case GUARD_UNIT_SECOND: return add_moment(out, epoch * DAY_SECONDS + n);
	case GUARD_UNIT_MILLISECOND: return add_moment(out, epoch * DAY_SECONDS + n / 1000);
	case GUARD_UNIT_MONTH: return add_month(out, n);
	case GUARD_UNIT_TIME: return add_time(out, n);
	case GUARD_UNIT_NONE:
	case GUARD_UNITS: break;
	}
	return false;
}

void guard_stat_number(struct str *out, enum guard_stat_system system, enum guard_unit unit,
    double number)
{
	if (!add_by_unit(out, system, unit, number))
		add_number(out, number);
}
