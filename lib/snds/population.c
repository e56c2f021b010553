#include "snds/life.h"

#include <math.h>

/* Spread of the use of care between persons of one age; mean 1, at most 4. Hypothesis. */
static const double FRAILTY_SIGMA = 0.45, FRAILTY_MAX = 4;

static void draw_age(const struct snds_world *w, struct rng *r, int *ret_sex, date_t *ret_birth)
{
	const struct snds_model *m = w->model;
	double total = 0, at;

	for (size_t i = 0; i < m->pyramid.len; i++)
		total += m->pyramid.ptr[i].weight[0] + m->pyramid.ptr[i].weight[1];
	at = rng_unit(r) * total;
	for (size_t i = 0; i < m->pyramid.len; i++) {
		const struct snds_pyramid *band = &m->pyramid.ptr[i];
		int days = (int)((band->age_max + 1 - band->age_min) * 365.25);

		for (int sex = SNDS_MAN; sex <= SNDS_WOMAN; sex++) {
			at -= band->weight[sex - 1];
			if (at >= 0 && (i + 1 < m->pyramid.len || sex == SNDS_MAN))
				continue;
			*ret_sex = sex;
			*ret_birth = w->start - (date_t)(band->age_min * 365.25) - 1 -
			             (date_t)rng_below(r, (uint32_t)days);
			return;
		}
	}
}

/* Births of the years take their share of the patients. */
static bool draw_birth(const struct snds_world *w, struct rng *r, int *ret_sex, date_t *ret_birth)
{
	double births = w->model->mortality[0].births * (w->end - w->start + 1) / 365.25;

	if (!rng_chance(r, births / (1 + births))) {
		draw_age(w, r, ret_sex, ret_birth);
		return false;
	}
	*ret_birth = w->start + (date_t)rng_below(r, (uint32_t)(w->end - w->start + 1));
	*ret_sex = rng_chance(r, 0.512) ? SNDS_MAN : SNDS_WOMAN; /* INSEE: 105 boys for 100 girls */
	return true;
}

static const struct snds_commune *draw_commune(const struct snds_department *d, struct rng *r)
{
	double total = 0, at;
	size_t i = 0;

	for (size_t c = 0; c < d->communes.len; c++)
		total += d->communes.ptr[c].population;
	at = rng_unit(r) * total;
	while (i + 1 < d->communes.len && at >= d->communes.ptr[i].population)
		at -= d->communes.ptr[i++].population;
	return &d->communes.ptr[i];
}

/*
 * Twins of one sex are neighbours 2k and 2k+1: the second takes birth, sex and
 * place of the first. Twin children of one insured person share BEN_NIR_PSA.
 */
bool snds_is_twin(const struct snds_world *w, uint64_t index)
{
	struct rng r = rng_at(w->seed, SNDS_STREAM_TWIN, index / 2);

	return rng_chance(&r, w->model->rates.twin_same_sex);
}

/* The number under which twins are one. */
static uint64_t family_of(const struct snds_world *w, uint64_t index)
{
	return snds_is_twin(w, index) ? index & ~(uint64_t)1 : index;
}

bool snds_population_birth(const struct snds_world *w, uint64_t index, int *ret_sex,
    date_t *ret_birth)
{
	struct rng r = rng_at(w->seed, SNDS_STREAM_PERSON, family_of(w, index) * 4);

	return draw_birth(w, &r, ret_sex, ret_birth);
}

static const struct snds_department *draw_department(const struct snds_model *m, struct rng *r)
{
	double total = 0, at;
	size_t i = 0;

	for (size_t d = 0; d < m->departments.len; d++)
		total += m->departments.ptr[d].population;
	at = rng_unit(r) * total;
	while (i + 1 < m->departments.len && at >= m->departments.ptr[i].population)
		at -= m->departments.ptr[i++].population;
	return &m->departments.ptr[i];
}

/* One who moves within a département may stay in the commune: that is no move here. */
static void move_to(struct snds_places *p, const struct snds_model *m, date_t on, struct rng *r)
{
	struct snds_place next = p->items[p->count - 1];

	if (rng_chance(r, m->rates.move_far))
		next.department = draw_department(m, r);
	next.commune = draw_commune(next.department, r);
	next.from = on;
	if (next.commune != p->items[p->count - 1].commune)
		p->items[p->count++] = next;
}

void snds_population_places(const struct snds_world *w, uint64_t index, struct snds_places *ret)
{
	uint64_t family = family_of(w, index);
	struct rng r = rng_at(w->seed, SNDS_STREAM_PERSON, family * 4 + 1);
	date_t birth = 0;
	int sex;

	ret->count = 1;
	ret->items[0].from = w->start;
	ret->items[0].department = draw_department(w->model, &r);
	ret->items[0].commune = draw_commune(ret->items[0].department, &r);
	r = rng_at(w->seed, SNDS_STREAM_MOVE, family);
	(void)snds_population_birth(w, family, &sex, &birth);
	for (date_t from = w->start; from <= w->end; from += 365) {
		int age = from > birth ? date_age(birth, from) : 0;
		bool moves = rng_chance(&r, w->model->rates.moves[snds_band(age)]);
		date_t on = from + 1 + (date_t)rng_below(&r, 365);

		if (moves && on > birth && on <= w->end && ret->count < SNDS_PLACES_MAX)
			move_to(ret, w->model, on, &r);
	}
}

const struct snds_place *snds_place_on(const struct snds_places *p, date_t on)
{
	size_t i = p->count - 1;

	while (i > 0 && p->items[i].from > on)
		i--;
	return &p->items[i];
}

static double draw_frailty(struct rng *r)
{
	double f = exp(FRAILTY_SIGMA * rng_normal(r) - FRAILTY_SIGMA * FRAILTY_SIGMA / 2);

	return MIN(f, FRAILTY_MAX);
}

void snds_population_step(struct snds_life *life, const struct snds_world *w, uint64_t index)
{
	struct snds_person *p = &life->person;
	struct rng own = rng_at(w->seed, SNDS_STREAM_PERSON, index * 4 + 2);

	*p = (struct snds_person){
	    .index = index,
	    .twin = snds_is_twin(w, index),
	    .death = DATE_NONE,
	    .cause = VIEW_LIT(""),
	    .mother = SNDS_NOBODY,
	};
	p->newborn = snds_population_birth(w, index, &p->sex, &p->birth);
	if (p->newborn)
		p->mother = snds_mother_of(&life->families, w, index);
	snds_population_places(w, p->mother == SNDS_NOBODY ? index : p->mother, &p->places);
	p->entry = MAX(p->birth, w->start);
	p->exit = w->end;
	p->complementary = rng_chance(&own, w->model->rates.complementary_cover);
	p->providers = rng_u32(&own);
	p->frailty = draw_frailty(&own);
	snds_pseudonym(w, index * 16, p->nir_ano);
}
