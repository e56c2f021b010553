#include "snds/life.h"

/*
 * Mothers and children. A newborn's mother is the nearest person, by number,
 * who can be: a woman of 18 to 44 years, drawn by the fertility of her age.
 * Both sides find it out alone: the child looks for her among its neighbours,
 * she looks which newborns among hers would find her. Of children that cannot
 * be hers, less than SPACING days apart, she keeps the first.
 */
enum { NEIGHBOURS = 64,
	SPACING = 300,
	FERTILE_FROM = 18,
	FERTILE_TO = 44 };

static double fertility(const struct snds_rates *r, int age)
{
	return r->fertility[age < 20 ? 0 : (age - 15) / 5];
}

static bool can_bear(const struct snds_world *w, uint64_t index, date_t on)
{
	struct rng r;
	date_t birth = 0;
	int sex = 0, age;

	if (snds_population_birth(w, index, &sex, &birth) || sex != SNDS_WOMAN)
		return false;
	age = date_age(birth, on);
	if (age < FERTILE_FROM || age > FERTILE_TO)
		return false;
	r = rng_at(w->seed, SNDS_STREAM_FERTILITY, index * 64 + (uint64_t)age);
	return rng_chance(&r, fertility(&w->model->rates, age));
}

/* The nearest one who can; twins look from the first of them. */
static uint64_t candidate_of(const struct snds_world *w, uint64_t child, date_t birth)
{
	uint64_t from = snds_is_twin(w, child) ? child & ~(uint64_t)1 : child;

	for (uint64_t away = 1; away < NEIGHBOURS; away++) {
		if (away <= from && can_bear(w, from - away, birth))
			return from - away;
		if (from + away < w->patients && can_bear(w, from + away, birth))
			return from + away;
	}
	return SNDS_NOBODY;
}

static int compare_births(const void *a, const void *b)
{
	const struct snds_birth *x = a, *y = b;

	if (x->on != y->on)
		return x->on < y->on ? -1 : 1;
	return x->child < y->child ? -1 : x->child > y->child;
}

static void keep_spaced(struct snds_births *births)
{
	size_t kept = 0;

	for (size_t i = 0; i < births->count; i++) {
		date_t before = kept ? births->items[kept - 1].on : DATE_NONE;
		date_t on = births->items[i].on;

		if (!kept || on == before || on - before >= SPACING)
			births->items[kept++] = births->items[i];
	}
	births->count = kept;
}

void snds_births_of(const struct snds_world *w, uint64_t mother, struct snds_births *ret)
{
	uint64_t first = mother > NEIGHBOURS ? mother - NEIGHBOURS : 0;
	uint64_t last = MIN(mother + NEIGHBOURS + 1, w->patients - 1);

	ret->count = 0;
	for (uint64_t i = first; i <= last && ret->count < SNDS_BIRTHS_MAX; i++) {
		date_t birth = 0;
		int sex;

		if (i != mother && snds_population_birth(w, i, &sex, &birth) &&
		    can_bear(w, mother, birth) && candidate_of(w, i, birth) == mother)
			ret->items[ret->count++] = (struct snds_birth){i, birth};
	}
	qsort(ret->items, ret->count, sizeof(*ret->items), compare_births);
	keep_spaced(ret);
}

uint64_t snds_mother_of(const struct snds_world *w, uint64_t child, date_t birth)
{
	uint64_t mother = candidate_of(w, child, birth);
	struct snds_births births;

	if (mother == SNDS_NOBODY)
		return SNDS_NOBODY;
	snds_births_of(w, mother, &births);
	for (size_t i = 0; i < births.count; i++) {
		if (births.items[i].child == child)
			return mother;
	}
	return SNDS_NOBODY;
}

const struct snds_hospital *snds_birth_hospital(const struct snds_world *w, uint64_t child,
    const struct snds_department *d)
{
	uint64_t family = snds_is_twin(w, child) ? child & ~(uint64_t)1 : child;
	struct rng r = rng_at(w->seed, SNDS_STREAM_BIRTH, family);

	return &d->hospitals[rng_below(&r, (uint32_t)d->hospital_count)];
}

/* What the child's stay says of the mother, if she lives on that day. */
static void meet_mother(struct snds_life *life, const struct snds_world *w)
{
	struct snds_person *p = &life->person;
	struct snds_life mother = {0};

	snds_population_step(&mother, w, p->mother);
	snds_disease_step(&mother, w);
	if (mother.person.exit <= p->birth) {
		p->mother = SNDS_NOBODY;
	} else {
		snds_identity_make(&mother, w);
		memcpy(p->mother_psa, snds_identity_on(&mother.person, p->birth - 1)->psa,
		    SNDS_PSEUDONYM_LEN);
	}
	snds_life_clear(&mother);
}

static void drop_late_births(struct snds_life *life)
{
	size_t kept = 0;

	for (size_t i = 0; i < life->births.count; i++) {
		if (life->births.items[i].on < life->person.exit)
			life->births.items[kept++] = life->births.items[i];
	}
	life->births.count = kept;
}

void snds_family_step(struct snds_life *life, const struct snds_world *w)
{
	const struct snds_person *p = &life->person;

	life->births.count = 0;
	if (p->mother != SNDS_NOBODY)
		meet_mother(life, w);
	if (p->sex != SNDS_WOMAN || p->newborn ||
	    date_age(p->birth, p->entry) > FERTILE_TO || date_age(p->birth, p->exit) < FERTILE_FROM)
		return;
	snds_births_of(w, p->index, &life->births);
	drop_late_births(life);
}
