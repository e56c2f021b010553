/*
 * Places of birth, as the five characters of INSEE's Code officiel géographique:
 * a commune ("69123", "2A004", "97105") or a country ("99" and three digits).
 *
 * Communes come and go: 39 000 codes since 1943, each with its years and the
 * code that took it over (data/communes.txt). Before 1968 the Seine was 75 and
 * Seine-et-Oise 78, before 1976 Corsica was 20; births in Algeria, Morocco and
 * Tunisia before independence were coded 91-94, 95 and 96. Countries are in
 * data/countries.csv, with the last year of those that are no more: facts of the
 * COG's list of countries of 2025 (INSEE, Licence Ouverte 2.0).
 */
#ifndef HEALTH_PLACE_H
#define HEALTH_PLACE_H

#include "base/view.h"

enum { PLACE_LEN = 5 };

struct places;

#define AUTO_PLACES AUTO(places_free)

/* The embedded tables; ERR_INTERNAL when they are damaged. */
MUST_CHECK int places_load(struct places **ret, struct err *err);
void places_free(struct places **p);

enum place_state {
	PLACE_UNKNOWN, /* never was a code of the kind */
	PLACE_KNOWN,   /* was one in that year */
	PLACE_NOT_YET, /* became one later */
	PLACE_ENDED,   /* was one earlier */
};

/*
 * What `code` was in `year`; year 0 asks for any. Upper case. Years before 1943
 * count as 1943. 99000 and 99999 ("country not told") are not known.
 */
enum place_state places_find(const struct places *p, struct view code, int year);
bool place_is_abroad(struct view code);
/* The code that holds the commune today, into ret; its own when in use or never known. */
void places_heir(const struct places *p, struct view code, char ret[PLACE_LEN + 1]);
/*
 * Whether two codes can mean one place of birth: the same, one the heir of the
 * other or of the same, a ward and its city (75101 and 75056), or a former
 * colony's code and its country (91xxx and 99352).
 */
bool places_same(const struct places *p, struct view a, struct view b);
/* "Portugal" for "99139"; empty when it is no country. Borrowed from the embedded file. */
struct view places_country_name(const struct places *p, struct view code);

#endif
