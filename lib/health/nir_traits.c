#include "health/nir_traits.h"

#include <assert.h>

/* Codes that only say "not told". */
static bool place_is_told(struct view place)
{
	if (place.len != PLACE_LEN)
		return false;
	if (place_is_abroad(place))
		return memcmp(place.ptr + 2, "000", 3) != 0 && memcmp(place.ptr + 2, "999", 3) != 0;
	return memcmp(place.ptr + 2, "99", 2) != 0 && memcmp(place.ptr + 2, "000", 3) != 0;
}

static unsigned place_contradicts(struct view a, struct view b, const struct places *p)
{
	if (!place_is_told(a) || !place_is_told(b) || places_same(p, a, b))
		return 0;
	return place_is_abroad(a) || place_is_abroad(b) ? NIR_TRAIT_COUNTRY : NIR_TRAIT_COMMUNE;
}

unsigned nir_traits_contradict(const struct nir *n, const struct nir_traits *t,
    const struct places *p)
{
	unsigned bits = 0;

	if (t->sex && t->sex != n->sex)
		bits |= NIR_TRAIT_SEX;
	if (n->year < 0)
		return bits;
	if (t->birth.year && t->birth.year % 100 != n->year)
		bits |= NIR_TRAIT_YEAR;
	if (t->birth.month >= 1 && t->birth.month <= 12 && n->month && t->birth.month != n->month)
		bits |= NIR_TRAIT_MONTH;
	return bits | place_contradicts(VIEW(n->place), t->place, p);
}

const char *nir_trait_name(unsigned bit)
{
	static const char *const names[NIR_TRAIT_BITS] = {"sex", "year", "month", "commune",
	    "country"};
	int at = __builtin_ctz(bit);

	assert(bit && at < NIR_TRAIT_BITS);
	return names[at];
}

static enum place_state better(enum place_state a, enum place_state b)
{
	if (a == PLACE_KNOWN || b == PLACE_UNKNOWN)
		return a;
	return b;
}

unsigned nir_check_place(const struct nir *n, int year, const struct places *p)
{
	struct view place = VIEW(n->place);
	enum place_state state;

	if (n->year < 0 || (n->warnings & NIR_NO_COMMUNE))
		return 0;
	if (year)
		state = places_find(p, place, year);
	else
		state = better(places_find(p, place, 1900 + n->year),
		    places_find(p, place, 2000 + n->year));
	if (state == PLACE_KNOWN)
		return 0;
	return state == PLACE_UNKNOWN ? NIR_PLACE_UNKNOWN : NIR_PLACE_YEAR;
}
