/* File names and the patterns of yearly tables: "aa", "AAAA", and N behind "_G". */
#include "snds/schema.h"

#include <ctype.h>

struct part {
	size_t pattern; /* characters of the pattern */
	size_t digits;  /* that stand for them */
	bool year;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The variable part that begins here, if one does; N takes 1 or 2 digits. */
static bool part_at(const char *pattern, const char *at, struct part *ret)
{
	if (strncmp(at, "aa", 2) == 0)
		*ret = (struct part){2, 2, true};
	else if (strncmp(at, "AAAA", 4) == 0)
		*ret = (struct part){4, 4, true};
	else if (strcmp(at, "N") == 0 && at >= pattern + 2 && strncmp(at - 2, "_G", 2) == 0)
		*ret = (struct part){1, 2, false};
	else
		return false;
	return true;
}

static size_t digits_at(struct view file, size_t at, size_t max)
{
	size_t n = 0;

	while (n < max && at + n < file.len && is_digit(file.ptr[at + n]))
		n++;
	return n;
}

static int number(const char *digits, size_t n)
{
	int value = 0;

	for (size_t i = 0; i < n; i++)
		value = value * 10 + (digits[i] - '0');
	return value;
}

static bool matches(const char *pattern, struct view file, int *ret_year)
{
	size_t at = 0;
	struct part part;

	*ret_year = 0;
	for (const char *p = pattern; *p;) {
		if (part_at(pattern, p, &part)) {
			size_t n = digits_at(file, at, part.digits);

			if (n == 0 || (part.year && n < part.digits))
				return false;
			if (part.year)
				*ret_year = number(file.ptr + at, n) + (n == 2 ? 2000 : 0);
			at += n;
			p += part.pattern;
			continue;
		}
		if (at >= file.len ||
		    toupper((unsigned char)*p) != toupper((unsigned char)file.ptr[at]))
			return false;
		at++;
		p++;
	}
	return at == file.len;
}

struct snds_schema_table *snds_schema_match(const struct snds_schema *s, struct view file,
    int *ret_year)
{
	*ret_year = 0;
	for (size_t i = 0; i < s->tables.len; i++)
		if (matches(s->tables.ptr[i].name, file, ret_year))
			return &s->tables.ptr[i];
	*ret_year = 0;
	return snds_schema_table(s, file);
}

/* The year's last two digits and the version, as they stand in the file's name. */
void snds_schema_sibling(struct str *out, const char *pattern, const char *own_pattern,
    const char *file)
{
	const char *year = "", *version = "";
	size_t year_len = 0, version_len = 0, at = 0;
	struct part part;

	for (const char *p = own_pattern; *p;) {
		if (!part_at(own_pattern, p, &part)) {
			at++;
			p++;
			continue;
		}
		if (part.year) {
			year = file + at + part.digits - 2;
			year_len = 2;
		} else {
			version = file + at;
			version_len = digits_at(VIEW(file), at, 2);
		}
		at += part.year ? part.digits : version_len;
		p += part.pattern;
	}
	for (const char *p = pattern; *p;) {
		if (!part_at(pattern, p, &part)) {
			str_addc(out, *p++);
			continue;
		}
		if (part.year && part.digits == 4)
			str_addz(out, "20");
		str_add(out, part.year ? (struct view){year, year_len}
				       : (struct view){version, version_len});
		p += part.pattern;
	}
}
