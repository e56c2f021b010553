#include "snds/life.h"

#include <math.h>

/* Spread of the use of care between persons of one age; mean 1, at most 4. Hypothesis. */
static const double FRAILTY_SIGMA = 0.45, FRAILTY_MAX = 4;

static void draw_age(struct snds_person *p, const struct snds_world *w, struct rng *r)
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
			p->sex = sex;
			p->birth = w->start - (date_t)(band->age_min * 365.25) - 1 -
			           (date_t)rng_below(r, (uint32_t)days);
			return;
		}
	}
}

/* Births of the years take their share of the patients. */
static void draw_birth(struct snds_person *p, const struct snds_world *w, struct rng *r)
{
	double births = w->model->mortality[0].births * (w->end - w->start + 1) / 365.25;

	p->newborn = rng_chance(r, births / (1 + births));
	if (!p->newborn) {
		draw_age(p, w, r);
		return;
	}
	p->birth = w->start + (date_t)rng_below(r, (uint32_t)(w->end - w->start + 1));
	p->sex = rng_chance(r, 0.512) ? SNDS_MAN : SNDS_WOMAN; /* INSEE: 105 boys for 100 girls */
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

static void draw_place(struct snds_person *p, const struct snds_model *m, struct rng *r)
{
	double total = 0, at;
	size_t i = 0;

	for (size_t d = 0; d < m->departments.len; d++)
		total += m->departments.ptr[d].population;
	at = rng_unit(r) * total;
	while (i + 1 < m->departments.len && at >= m->departments.ptr[i].population)
		at -= m->departments.ptr[i++].population;
	p->department = &m->departments.ptr[i];
	p->commune = draw_commune(p->department, r);
}

/*
 * Twins of one sex are neighbours 2k and 2k+1: the second takes birth, sex and
 * place of the first. Twin children of one insured person share BEN_NIR_PSA.
 */
static bool draw_twin(const struct snds_world *w, uint64_t index)
{
	struct rng r = rng_at(w->seed, SNDS_STREAM_TWIN, index / 2);

	return rng_chance(&r, w->model->rates.twin_same_sex);
}

static double draw_frailty(struct rng *r)
{
	double f = exp(FRAILTY_SIGMA * rng_normal(r) - FRAILTY_SIGMA * FRAILTY_SIGMA / 2);

	return MIN(f, FRAILTY_MAX);
}

void snds_population_step(struct snds_life *life, const struct snds_world *w, uint64_t index)
{
	struct snds_person *p = &life->person;
	bool twin = draw_twin(w, index);
	uint64_t family = twin ? index & ~(uint64_t)1 : index;
	struct rng shared = rng_at(w->seed, SNDS_STREAM_PERSON, family * 2);
	struct rng own = rng_at(w->seed, SNDS_STREAM_PERSON, index * 2 + 1);

	*p = (struct snds_person){
	    .index = index,
	    .twin = twin,
	    .death = DATE_NONE,
	    .cause = VIEW_LIT(""),
	};
	draw_birth(p, w, &shared);
	draw_place(p, w->model, &shared);
	p->entry = MAX(p->birth, w->start);
	p->exit = w->end;
	p->complementary = rng_chance(&own, w->model->rates.complementary_cover);
	p->providers = rng_u32(&own);
	p->frailty = draw_frailty(&own);
	snds_pseudonym(w, index * 16, p->nir_ano);
}
