/*
 * Who is meant: candidates by seven keys, each weighed in bits as Fellegi and
 * Sunter do, with fixed agreement weights and the frequencies of the reference
 * (a rare name tells more). A link must outweigh the size of the population by
 * 8 bits and every other candidate by 6. That is certain when all traits agree
 * (identifie) or one differs (identifie_rectifie); less is an echo.
 *
 * This is the plain matcher that comes with the exchange. hygie link weighs
 * better (it learns its weights): exchange_links_read takes what it found.
 */
#include "exchange/civil.h"

#include <math.h>

enum agreement { AGREE_NO,
	AGREE_CLOSE,
	AGREE_EXACT,
	AGREE_UNKNOWN };

static const double CERTAIN_BITS = 8, APART_BITS = 6, ECHO_BITS = 0;

/* A query's traits, made alike. */
struct query {
	struct str birth, used, given;
	struct view first;
	struct civil_person as; /* numbers of known names; UNKNOWN_NAME else */
};

enum { UNKNOWN_NAME = UINT32_MAX };

struct weighed {
	double bits;
	uint32_t person;
	bool by_used_name;
	int departures; /* traits that do not agree in full */
};

struct best {
	struct weighed first, second; /* of different persons */
	size_t count;
};

static struct view name_text(const struct exchange_population *p, uint32_t number)
{
	return p->names.entries.ptr[number].key;
}

static uint32_t name_number(const struct exchange_population *p, struct view name)
{
	const int64_t *at = map_find(&p->names, name);

	return at ? (uint32_t)*at : (uint32_t)UNKNOWN_NAME;
}

/* All words of the shorter name stand in the longer one. */
static bool is_part(struct view a, struct view b)
{
	struct view rest = a.len <= b.len ? a : b;
	struct view whole = a.len <= b.len ? b : a;
	struct view word;

	while (view_next(&rest, ' ', &word)) {
		struct view left = whole;
		struct view other;
		bool found = false;

		while (!found && view_next(&left, ' ', &other))
			found = view_eq(word, other);
		if (!found || word.len < 3)
			return false;
	}
	return true;
}

/* Without blanks: LE GALL and LEGALL. */
static bool same_letters(struct view a, struct view b)
{
	size_t i = 0;
	size_t k = 0;

	for (;;) {
		while (i < a.len && a.ptr[i] == ' ')
			i++;
		while (k < b.len && b.ptr[k] == ' ')
			k++;
		if (i == a.len || k == b.len)
			return i == a.len && k == b.len;
		if (a.ptr[i++] != b.ptr[k++])
			return false;
	}
}

static enum agreement compare_names(struct view a, struct view b)
{
	int limit = MIN(a.len, b.len) >= 8 ? 2 : 1;

	if (a.len == 0 || b.len == 0)
		return AGREE_UNKNOWN;
	if (view_eq(a, b) || same_letters(a, b))
		return AGREE_EXACT;
	if (is_part(a, b) || (MIN(a.len, b.len) >= 4 && civil_distance(a, b, limit) <= limit))
		return AGREE_CLOSE;
	return AGREE_NO;
}

static double clamp(double x, double low, double high)
{
	return x < low ? low : x > high ? high
	                                : x;
}

static double rarity(const struct exchange_population *p, uint32_t count, double high)
{
	return clamp(log2((double)p->persons.len / (count ? count : 1)), 3, high);
}

static uint32_t count_at(const uint32_t *counts, size_t len, size_t number)
{
	return number < len ? counts[number] : 0;
}

static double weigh_name(const struct exchange_population *p, const struct query *q,
    const struct civil_person *c, struct weighed *w)
{
	struct view birth = name_text(p, c->birth_name);
	struct view used = name_text(p, c->used_name);
	enum agreement by_birth = compare_names(str_view(&q->birth), birth);
	double bits =
	    rarity(p, count_at(p->name_counts.ptr, p->name_counts.len, c->birth_name), 16);

	if (by_birth == AGREE_EXACT)
		return bits;
	w->departures++;
	if (by_birth == AGREE_CLOSE)
		return clamp(bits - 4, 2, 16);
	if (compare_names(str_view(&q->birth), used) == AGREE_EXACT ||
	    compare_names(str_view(&q->used), used) == AGREE_EXACT ||
	    compare_names(str_view(&q->used), birth) == AGREE_EXACT) {
		w->by_used_name = true;
		return clamp(bits - 4, 2, 16);
	}
	return -6;
}

static double weigh_given(const struct exchange_population *p, const struct query *q,
    const struct civil_person *c, struct weighed *w)
{
	struct view all = name_text(p, c->given_names);
	struct view first = name_text(p, c->first_name);
	struct view asked = q->first;
	struct view word;
	double bits = rarity(p, count_at(p->first_counts.ptr, p->first_counts.len, c->first_name),
	    12);

	if (view_eq(str_view(&q->given), all))
		return bits + (all.len > first.len ? 2 : 0);
	if (view_eq(asked, first) || same_letters(str_view(&q->given), all))
		return bits;
	w->departures++;
	if (compare_names(asked, first) == AGREE_CLOSE)
		return clamp(bits - 3, 2, 12);
	while (view_next(&all, ' ', &word))
		if (view_eq(word, asked))
			return clamp(bits - 4, 1, 12);
	return -5;
}

static double weigh_date(const struct query *q, const struct civil_person *c, struct weighed *w)
{
	enum birth_agreement a = birth_date_compare(q->as.date, c->date);

	w->departures += a != BIRTH_EQUAL;
	switch (a) {
	case BIRTH_EQUAL:
		return 14;
	case BIRTH_COMPATIBLE:
		return 7;
	case BIRTH_SWAPPED:
	case BIRTH_ONE_DIGIT:
		return 8;
	case BIRTH_SAME_YEAR:
		return 2;
	case BIRTH_UNKNOWN:
		return 0;
	case BIRTH_DIFFERENT:
		break;
	}
	w->departures++;
	return -10;
}

static double weigh_rest(const struct exchange_population *p, const struct query *q,
    const struct civil_person *c, struct weighed *w)
{
	const int64_t *place = map_find(&p->places, VIEW(c->place));
	double bits = 0;

	if (q->as.sex && c->sex) {
		bits += q->as.sex == c->sex ? 1 : -4;
		w->departures += q->as.sex != c->sex;
	}
	if (!q->as.place[0] || !c->place[0])
		return bits;
	if (places_same(p->cog, VIEW(q->as.place), VIEW(c->place)))
		return bits + rarity(p,
				  place ? count_at(p->place_counts.ptr, p->place_counts.len,
					      (size_t)*place)
					: 0,
				  12);
	w->departures++;
	return bits - 4;
}

static struct weighed weigh(const struct exchange_population *p, const struct query *q,
    uint32_t person)
{
	const struct civil_person *c = &p->persons.ptr[person];
	struct weighed w = {.person = person};

	w.bits = weigh_name(p, q, c, &w) + weigh_given(p, q, c, &w) + weigh_date(q, c, &w) +
	         weigh_rest(p, q, c, &w);
	return w;
}

static void keep_best(struct best *b, struct weighed w)
{
	if (b->count && w.person == b->first.person)
		return;
	if (b->count == 0 || w.bits > b->first.bits) {
		b->second = b->first;
		b->first = w;
		b->count++;
	} else if (w.person != b->second.person && (b->count == 1 || w.bits > b->second.bits)) {
		b->second = w;
		b->count++;
	}
}

static size_t first_entry(const struct exchange_population *p, uint64_t key)
{
	size_t low = 0;
	size_t high = p->index.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (p->index.ptr[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void look_up(const struct exchange_population *p, const struct query *q,
    const struct civil_person *as, struct best *best)
{
	uint64_t keys[CIVIL_KEYS];
	size_t n = civil_keys(as, keys);

	for (size_t k = 0; k < n; k++)
		for (size_t i = first_entry(p, keys[k]);
		     i < p->index.len && p->index.ptr[i].key == keys[k]; i++)
			keep_best(best, weigh(p, q, p->index.ptr[i].person));
}

static enum exchange_outcome decide(const struct exchange_population *p, const struct best *b)
{
	double size = log2((double)p->persons.len);

	if (b->count == 0 || b->first.bits < size + ECHO_BITS)
		return EXCHANGE_NO_ECHO;
	if (b->count > 1 && b->first.bits - b->second.bits < APART_BITS)
		return EXCHANGE_SOME_ECHOES;
	if (b->first.bits < size + CERTAIN_BITS || b->first.departures > 2)
		return EXCHANGE_ONE_ECHO;
	if (b->first.by_used_name)
		return EXCHANGE_USED_NAME;
	return b->first.departures == 0 ? EXCHANGE_IDENTIFIED : EXCHANGE_RECTIFIED;
}

static bool make_query(const struct exchange_population *p, const struct exchange_traits *t,
    struct query *q)
{
	civil_name(t->birth_name, &q->birth);
	civil_name(t->used_name, &q->used);
	civil_name(t->given_names, &q->given);
	q->first = civil_first(str_view(&q->given));
	q->as.birth_name = name_number(p, str_view(&q->birth));
	q->as.used_name = name_number(p, str_view(&q->used));
	q->as.first_name = name_number(p, q->first);
	q->as.sex = t->sex.len ? t->sex.ptr[0] : 0;
	if (t->birth_place.len == PLACE_LEN)
		memcpy(q->as.place, t->birth_place.ptr, PLACE_LEN);
	return birth_date_parse(t->birth_date, &q->as.date) && q->as.date.year && q->first.len &&
	       (q->birth.len || q->used.len);
}

static void answer(const struct exchange_population *p, const struct best *b,
    struct exchange_identity *ret)
{
	const struct civil_person *c = &p->persons.ptr[b->first.person];

	ret->outcome = decide(p, b);
	if (!exchange_outcome_is_certain(ret->outcome) && ret->outcome != EXCHANGE_ONE_ECHO)
		return;
	memcpy(ret->nir, c->nir, sizeof(ret->nir));
	(void)birth_date_format(c->date, ret->birth_date); /* returns the buffer */
	ret->sex = c->sex;
	ret->deceased = c->deceased;
}

static int find_person(void *ctx, const struct exchange_traits *t, struct exchange_identity *ret,
    struct err *err)
{
	const struct exchange_population *p = ctx;
	struct query q = {0};
	struct best best = {0};
	struct civil_person exchanged;

	(void)err;
	*ret = (struct exchange_identity){.outcome = EXCHANGE_REJECTED};
	if (make_query(p, t, &q)) {
		exchanged = q.as;
		exchanged.birth_name = q.as.used_name;
		exchanged.used_name = q.as.birth_name;
		look_up(p, &q, &q.as, &best);
		look_up(p, &q, &exchanged, &best);
		answer(p, &best, ret);
	}
	str_clear(&q.birth);
	str_clear(&q.used);
	str_clear(&q.given);
	return 0;
}

struct exchange_matcher exchange_civil_matcher(struct exchange_population *p)
{
	return (struct exchange_matcher){p, find_person};
}
