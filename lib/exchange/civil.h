/* The reference population in memory, and how names are made alike. */
#ifndef EXCHANGE_CIVIL_H
#define EXCHANGE_CIVIL_H

#include "base/map.h"
#include "exchange/identify.h"
#include "health/birth_date.h"
#include "health/place.h"

enum { CIVIL_KEYS = 7 };

/* Names are numbers of a dictionary: equal names, equal numbers; 0 is none. */
struct civil_person {
	uint32_t birth_name, used_name, given_names, first_name;
	struct birth_date date;
	char sex; /* '1', '2', 0 */
	bool deceased;
	char place[PLACE_LEN + 1];
	char nir[14];
};

struct civil_entry {
	uint64_t key;
	uint32_t person;
};

struct exchange_population {
	VEC(struct civil_person) persons;
	struct map names;           /* number 0 is the empty name */
	VEC(uint32_t) name_counts;  /* as birth name, by number */
	VEC(uint32_t) first_counts; /* as first given name */
	struct map places;
	VEC(uint32_t) place_counts;
	VEC(struct civil_entry) index; /* sorted by key, all kinds of key together */
	struct places *cog;
};

/*
 * Upper case without accents, OE and AE for ligatures, hyphens and apostrophes
 * as blanks, one blank between words; empty when no letter is left.
 */
void civil_name(struct view raw, struct str *out);
/* The first word. */
struct view civil_first(struct view name);
/* At most `limit` edits (Damerau, restricted) between two names; limit + 1 when more. */
int civil_distance(struct view a, struct view b, int limit);
/*
 * The keys under which a person is found: name and date, name and given name,
 * given name, date and place, ... 0 where a part is missing. Returns how many.
 */
size_t civil_keys(const struct civil_person *p, uint64_t ret[CIVIL_KEYS]);

#endif
