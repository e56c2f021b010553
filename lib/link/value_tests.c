#include "link/value_tests.h"

static struct link_one_value one(const struct link_dictionary *d, uint32_t value)
{
	size_t len = d->sketch.ptr[value].len;

	return (struct link_one_value){
	    .sketch = &d->sketch.ptr[value],
	    .packed = d->packed.ptr[value].text,
	    .text = len <= LINK_PACK
	                ? (struct view){(const char *)d->packed.ptr[value].text, len}
	                : (struct view){d->map.entries.ptr[value - 1].key.ptr, len},
	};
}

struct link_pair_of_values link_pair_of(const struct link_dictionary *d, uint32_t a, uint32_t b)
{
	return (struct link_pair_of_values){
	    .a = one(d, a), .b = one(d, b), .jaro_winkler = -1, .osa = -1};
}

static bool is_short(const struct link_pair_of_values *v)
{
	return v->a.text.len <= LINK_PACK && v->b.text.len <= LINK_PACK;
}

static double jaro_winkler(const struct link_kernels *k, struct link_pair_of_values *v)
{
	int la = (int)v->a.text.len;
	int lb = (int)v->b.text.len;

	if (v->jaro_winkler < 0)
		v->jaro_winkler = link_jaro_winkler(
		    is_short(v) ? k->jaro(v->a.packed, la, v->b.packed, lb)
				: link_jaro_long((const uint8_t *)v->a.text.ptr, la,
				      (const uint8_t *)v->b.text.ptr, lb),
		    la, lb);
	return v->jaro_winkler;
}

static int osa(const struct link_kernels *k, struct link_pair_of_values *v)
{
	int la = (int)v->a.text.len;
	int lb = (int)v->b.text.len;

	if (v->osa < 0)
		v->osa = is_short(v) ? k->osa(v->a.packed, la, v->b.packed, lb)
		                     : link_osa_long((const uint8_t *)v->a.text.ptr, la,
					   (const uint8_t *)v->b.text.ptr, lb);
	return v->osa;
}

/* One edit in a text of one letter leaves nothing in common. */
static bool near(const struct link_kernels *k, struct link_pair_of_values *v, int edits)
{
	size_t shorter = MIN(v->a.text.len, v->b.text.len);
	size_t longer = MAX(v->a.text.len, v->b.text.len);

	return shorter > (size_t)edits && longer - shorter <= (size_t)edits && osa(k, v) <= edits;
}

static size_t count_words(struct view text)
{
	size_t n = 1;

	for (size_t i = 0; i < text.len; i++)
		n += text.ptr[i] == ' ';
	return n;
}

static bool holds_word(struct view text, struct view word, bool initials)
{
	struct view other;

	while (view_next(&text, ' ', &other)) {
		bool initial = initials && MIN(other.len, word.len) == 1;

		if (view_eq(other, word) || (initial && other.ptr[0] == word.ptr[0]))
			return true;
	}
	return false;
}

static bool holds_all(struct view few, struct view many)
{
	struct view word;

	while (view_next(&few, ' ', &word))
		if (!holds_word(many, word, true))
			return false;
	return true;
}

static size_t shared_words(struct view a, struct view b)
{
	struct view word;
	size_t n = 0;

	while (view_next(&a, ' ', &word))
		n += holds_word(b, word, false);
	return n;
}

static bool tokens(struct view a, struct view b)
{
	return count_words(a) <= count_words(b) ? holds_all(a, b) : holds_all(b, a);
}

static bool prefix(struct view a, struct view b, size_t n)
{
	return a.len >= n && b.len >= n && memcmp(a.ptr, b.ptr, n) == 0;
}

static bool local_part(struct view a, struct view b)
{
	struct view la, lb;

	return view_next(&a, '@', &la) && view_next(&b, '@', &lb) && la.len && view_eq(la, lb);
}

static bool is_month(int month)
{
	return month >= 1 && month <= 12;
}

static bool is_day(int day)
{
	return day >= 1 && day <= 31;
}

static bool date_unknown(const struct link_sketch *a, const struct link_sketch *b)
{
	bool months = is_month(a->month) && is_month(b->month);
	bool days = is_day(a->day) && is_day(b->day);

	return a->year == b->year && a->year && (!months || !days) &&
	       (!months || a->month == b->month) && (!days || a->day == b->day);
}

static int equal_parts(const struct link_sketch *a, const struct link_sketch *b)
{
	return (a->year && a->year == b->year) + (a->month && a->month == b->month) +
	       (a->day && a->day == b->day);
}

static bool years(const struct link_sketch *a, const struct link_sketch *b, int most)
{
	return a->year && b->year && abs(a->year - b->year) <= most;
}

bool link_date_test(
    const struct link_level *l, const struct link_sketch *a, const struct link_sketch *b)
{
	switch ((int)l->test) {
	case LINK_TEST_DATE_SWAP:
		return a->year == b->year && a->day == b->month && a->month == b->day;
	case LINK_TEST_DATE_UNKNOWN: return date_unknown(a, b);
	case LINK_TEST_DATE_PARTS: return equal_parts(a, b) >= (int)l->argument;
	case LINK_TEST_DATE_YEARS: return years(a, b, (int)l->argument);
	default: return false;
	}
}

bool link_value_test(
    const struct link_kernels *k, const struct link_level *level, struct link_pair_of_values *v)
{
	struct view a = v->a.text;
	struct view b = v->b.text;

	switch (level->test) {
	case LINK_TEST_TOKENS: return tokens(a, b);
	case LINK_TEST_SHARED: return shared_words(a, b) >= (size_t)level->argument;
	case LINK_TEST_JARO_WINKLER: return jaro_winkler(k, v) >= level->argument;
	case LINK_TEST_OSA: return near(k, v, (int)level->argument);
	case LINK_TEST_PREFIX: return prefix(a, b, (size_t)level->argument);
	case LINK_TEST_LOCAL: return local_part(a, b);
	case LINK_TEST_DATE_SWAP:
	case LINK_TEST_DATE_UNKNOWN:
	case LINK_TEST_DATE_PARTS:
	case LINK_TEST_DATE_YEARS: return link_date_test(level, v->a.sketch, v->b.sketch);
	case LINK_TEST_ELSE: return true;
	case LINK_TEST_EXACT:
	case LINK_TEST_ALTERNATE:
	case LINK_TEST_CROSS:
	case LINK_TESTS: break;
	}
	return false;
}
