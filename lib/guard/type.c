#include "guard/type.h"

/* The forms that fit a type, most special first. */
static const struct {
	enum guard_type type;
	unsigned forms;
} types[] = {
    {GUARD_TYPE_DATE, 1u << GUARD_DATE},
    {GUARD_TYPE_DATE_FRENCH, 1u << GUARD_DATE_FRENCH},
    {GUARD_TYPE_DATE_COMPACT, 1u << GUARD_DATE_COMPACT},
    {GUARD_TYPE_DATE_TIME, 1u << GUARD_DATE_TIME | 1u << GUARD_DATE},
    {GUARD_TYPE_INTEGER, 1u << GUARD_INTEGER | 1u << GUARD_DATE_COMPACT},
    {GUARD_TYPE_DECIMAL,
	1u << GUARD_DECIMAL | 1u << GUARD_INTEGER | 1u << GUARD_DATE_COMPACT},
    {GUARD_TYPE_DECIMAL_COMMA,
	1u << GUARD_DECIMAL_COMMA | 1u << GUARD_INTEGER | 1u << GUARD_DATE_COMPACT},
    {GUARD_TYPE_DIGITS, 1u << GUARD_DIGITS | 1u << GUARD_INTEGER | 1u << GUARD_DATE_COMPACT},
};

enum { OF_100 = 99 };

static uint64_t count_forms(const struct guard_column *c, unsigned forms)
{
	uint64_t n = 0;

	for (int i = 0; i < GUARD_FORMS; i++)
		n += forms >> i & 1 ? c->forms[i] : 0;
	return n;
}

enum guard_type guard_column_type(const struct guard_column *c)
{
	uint64_t present = count_forms(c, ~0u << GUARD_INTEGER);

	if (present == 0)
		return GUARD_TYPE_NONE;
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (count_forms(c, types[i].forms) * 100 >= present * OF_100)
			return types[i].type;
	return GUARD_TYPE_TEXT;
}

const char *guard_type_name(enum guard_type t)
{
	static const char *const names[GUARD_TYPES] = {
	    [GUARD_TYPE_NONE] = "",
	    [GUARD_TYPE_INTEGER] = "integer",
	    [GUARD_TYPE_DECIMAL] = "decimal",
	    [GUARD_TYPE_DECIMAL_COMMA] = "decimal comma",
	    [GUARD_TYPE_DATE] = "date",
	    [GUARD_TYPE_DATE_FRENCH] = "date dd/mm/yyyy",
	    [GUARD_TYPE_DATE_COMPACT] = "date yyyymmdd",
	    [GUARD_TYPE_DATE_TIME] = "date and time",
	    [GUARD_TYPE_DIGITS] = "digits",
	    [GUARD_TYPE_TEXT] = "text",
	};

	return names[t];
}

bool guard_type_is_date(enum guard_type t)
{
	return t >= GUARD_TYPE_DATE && t <= GUARD_TYPE_DATE_TIME;
}

bool guard_type_is_number(enum guard_type t)
{
	return t >= GUARD_TYPE_INTEGER && t <= GUARD_TYPE_DECIMAL_COMMA;
}
