#include "guard/shape.h"

#include <ctype.h>

enum {
	CODE_MAX = 24, /* bytes of a code: a NIR in groups has 21 */
	FEW_MAX = 20,  /* different values of sex with all its spellings */
	MANY_MIN = 10, /* or half of the cells, where there are fewer */
	NAME_MAX = 60, /* bytes */
	AGE_MAX = 130, /* years */
	YEAR_MIN = 1850,
	YEAR_MAX = 2100,
	KEY_CELLS = 100,
};

static const double MOST = 0.8;
static const double NEARLY_ALL = 0.95;
static const double WORDY = 0.1;

uint64_t guard_present(const struct guard_column *c)
{
	return c->cells - c->forms[GUARD_EMPTY] - c->forms[GUARD_BLANK] - c->forms[GUARD_MISSING];
}

static double share_of_values(const struct guard_column *c, bool (*is)(struct view))
{
	size_t n = 0;

	for (size_t i = 0; i < c->values.slot_count; i++) {
		const struct guard_value *v = &c->values.slots[i];

		n += v->hash && is(guard_distinct_text(&c->values, v));
	}
	return c->values.kept ? (double)n / (double)c->values.kept : 0;
}

static bool is_letters(struct view v)
{
	size_t letters = 0;

	for (size_t i = 0; i < v.len; i++) {
		unsigned char byte = (unsigned char)v.ptr[i];

		if (isalpha(byte) || byte >= 128)
			letters++;
		else if (!strchr(" -'.", byte) || !byte)
			return false;
	}
	return letters >= 2 && v.len <= NAME_MAX;
}

static bool is_phone(struct view v)
{
	size_t digits = 0;

	for (size_t i = 0; i < v.len; i++) {
		unsigned char byte = (unsigned char)v.ptr[i];

		if (!isdigit(byte) && (!byte || !strchr(" +.-()/", byte)))
			return false;
		digits += isdigit(byte) != 0;
	}
	return digits >= 7 && digits <= 15;
}

static bool is_code(const struct guard_column *c)
{
	enum guard_type type = guard_column_type(c);

	return c->length_max <= CODE_MAX && type != GUARD_TYPE_DECIMAL &&
	       type != GUARD_TYPE_DECIMAL_COMMA && type != GUARD_TYPE_DATE &&
	       type != GUARD_TYPE_DATE_FRENCH && type != GUARD_TYPE_DATE_TIME &&
	       (double)c->detected[GUARD_WORDS].count < WORDY * (double)guard_present(c);
}

static bool is_many(const struct guard_column *c)
{
	uint64_t distinct = guard_distinct_count(&c->values);

	return distinct >= MANY_MIN || distinct * 2 >= guard_present(c);
}

static bool is_year(const struct guard_column *c)
{
	return guard_column_type(c) == GUARD_TYPE_INTEGER && c->numbers.count &&
	       c->numbers.min >= YEAR_MIN && c->numbers.max <= YEAR_MAX;
}

/* 195003 */
static bool is_year_and_month(const struct guard_column *c)
{
	return guard_column_type(c) == GUARD_TYPE_INTEGER && c->numbers.count &&
	       c->numbers.min >= YEAR_MIN * 100 && c->numbers.max <= YEAR_MAX * 100;
}

static bool is_birth(const struct guard_column *c)
{
	return guard_type_is_date(guard_column_type(c)) || is_year(c) || is_year_and_month(c) ||
	       guard_column_type(c) == GUARD_TYPE_TEXT;
}

static bool is_age(const struct guard_column *c)
{
	return guard_type_is_number(guard_column_type(c)) && c->numbers.min >= 0 &&
	       c->numbers.max <= AGE_MAX;
}

static bool has_form(const struct guard_column *c, unsigned form)
{
	switch (form) {
	case GUARD_KIND_CODE: return is_code(c);
	case GUARD_KIND_MANY: return is_many(c);
	case GUARD_KIND_LETTERS: return share_of_values(c, is_letters) >= MOST;
	case GUARD_KIND_TEXT: return guard_column_type(c) == GUARD_TYPE_TEXT;
	case GUARD_KIND_DATE:
		return guard_type_is_date(guard_column_type(c)) || is_year(c) ||
		       is_year_and_month(c);
	case GUARD_KIND_BIRTH: return is_birth(c);
	case GUARD_KIND_FEW: return guard_distinct_count(&c->values) <= FEW_MAX;
	case GUARD_KIND_AGE: return is_age(c);
	case GUARD_KIND_PHONE: return share_of_values(c, is_phone) >= MOST;
	case GUARD_KIND_KEY: return is_many(c) && (is_code(c) || c->length_max > CODE_MAX);
	default: return false;
	}
}

bool guard_has_forms(const struct guard_column *c, unsigned forms)
{
	for (; forms; forms &= forms - 1)
		if (!has_form(c, forms & -forms))
			return false;
	return true;
}

double guard_first_name_share(const struct guard_column *c, const struct guard_knowledge *k)
{
	size_t n = 0;

	for (size_t i = 0; i < c->values.slot_count; i++) {
		const struct guard_value *v = &c->values.slots[i];
		struct view text;

		if (!v->hash)
			continue;
		text = guard_distinct_text(&c->values, v);
		n += is_letters(text) && (guard_distinct_is_masked(&c->values, v)
						 ? c->values.texts[i].is_first_name
						 : guard_is_first_name(k, text));
	}
	return c->values.kept ? (double)n / (double)c->values.kept : 0;
}

bool guard_is_key(const struct guard_column *c)
{
	enum guard_type type = guard_column_type(c);
	uint64_t present = guard_present(c);
	bool is_number = type == GUARD_TYPE_INTEGER || type == GUARD_TYPE_DIGITS;

	return is_number && present >= KEY_CELLS &&
	       (double)guard_distinct_count(&c->values) >= NEARLY_ALL * (double)present;
}

int guard_years_spanned(const struct guard_column *c)
{
	if (c->day_min == DATE_NONE || !guard_type_is_date(guard_column_type(c)))
		return 0;
	return date_to_civil(c->day_max).year - date_to_civil(c->day_min).year;
}
