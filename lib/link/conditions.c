#include "link/conditions.h"

#include "base/embed.h"
#include "io/csv.h"

#include <math.h>

static void add_number(struct str *out, double d)
{
	if (d == floor(d))
		str_addf(out, "%.0f", d);
	else
		str_addf(out, "%g", d);
}

/* The template with its columns; the number stays "@n@". */
static void fill(struct view template, const char *column, const char *other, struct str *out)
{
	str_reset(out);
	while (template.len) {
		if (view_starts(template, VIEW_LIT("@c@")) ||
		    view_starts(template, VIEW_LIT("@o@"))) {
			str_addz(out, template.ptr[1] == 'c' ? column : other);
			template = (struct view){template.ptr + 3, template.len - 3};
			continue;
		}
		str_addc(out, *template.ptr);
		template = (struct view){template.ptr + 1, template.len - 1};
	}
}

static struct csv_reader *open_templates(void)
{
	return csv_open_view("splink.csv", embed_find("link/data/splink.csv"), ',');
}

static void put_number(struct view filled, double number, struct str *out)
{
	const char *hole;

	while ((hole = memmem(filled.ptr, filled.len, "@n@", 3))) {
		str_add(out, (struct view){filled.ptr, (size_t)(hole - filled.ptr)});
		add_number(out, number);
		filled.len -= (size_t)(hole + 3 - filled.ptr);
		filled.ptr = hole + 3;
	}
	str_add(out, filled);
}

void link_condition_write(
    const struct link_level *level, const char *column, const char *other, struct str *out)
{
	AUTO_CSV struct csv_reader *row = open_templates();
	AUTO_STR struct str filled = {0};
	struct err err = {0};

	while (csv_next(row, &err) > 0)
		if (view_eq(csv_field(row, 0), VIEW(link_test_name(level->test)))) {
			fill(csv_field(row, 1), column, other, &filled);
			put_number(str_view(&filled), level->argument, out);
			return;
		}
}

/* Whether the text is the filled template with one number in its holes. */
static bool fits(struct view text, struct view filled, double *ret_number)
{
	const char *hole = memmem(filled.ptr, filled.len, "@n@", 3);
	AUTO_STR struct str again = {0};
	size_t start, len = 0;

	*ret_number = 0;
	if (!hole)
		return view_eq(text, filled);
	start = (size_t)(hole - filled.ptr);
	while (start + len < text.len && strchr("0123456789.", text.ptr[start + len]))
		len++;
	if (!view_to_double((struct view){text.ptr + MIN(start, text.len), len}, ret_number))
		return false;
	put_number(filled, *ret_number, &again);
	return view_eq(text, str_view(&again));
}

bool link_condition_read(struct view text, const char *column, const char *alternate,
    const char *cross, struct link_level *ret)
{
	AUTO_CSV struct csv_reader *row = open_templates();
	AUTO_STR struct str filled = {0};
	struct err err = {0};

	while (csv_next(row, &err) > 0) {
		enum link_test test = link_test_of(csv_field(row, 0));
		const char *other = test == LINK_TEST_ALTERNATE ? alternate
		                    : test == LINK_TEST_CROSS   ? cross
		                                                : "";

		if (test == LINK_TESTS || !other)
			continue;
		fill(csv_field(row, 1), column, other, &filled);
		if (fits(text, str_view(&filled), &ret->argument)) {
			ret->test = test;
			return true;
		}
	}
	return false;
}
