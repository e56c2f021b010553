#include "snds/life.h"

/* IR_EXO_V: from the sixth month of pregnancy; screening. */
enum { MATERNITY = 55,
	PREVENTION = 81 };

/* Care in town that a state, a pregnancy or a screening programme brings about. */
static void add_care(struct snds_life *life, const struct snds_state_care *c, date_t on, bool ald,
    int exemption)
{
	const struct snds_person *p = &life->person;
	struct snds_claim *claim;

	if (on < p->entry || on > p->exit || snds_stay_on(life, on))
		return;
	claim = vec_push(&life->claims);
	*claim = (struct snds_claim){
	    .on = on,
	    .prescribed = c->prescribed ? MAX(p->birth, on - 7) : on,
	    .nature = c->nature,
	    .specialty = c->specialty,
	    .activity = c->activity,
	    .price = c->price,
	    .rate = ald ? 100 : c->rate,
	    .ald = ald,
	    .exemption = c->rate == 100 ? exemption : 0,
	    .quantity = 1,
	    .line = c->has_line ? &c->line : NULL,
	    .by_doctor = c->prescribed,
	    .dirt = SNDS_DIRT_COUNT,
	};
	claim->sequence = (uint32_t)life->claims.len;
}

static void add_state(struct snds_life *life, const struct snds_onset *o, struct rng *r)
{
	const struct snds_person *p = &life->person;
	date_t from = MAX(p->entry, o->on);
	date_t to = o->until == DATE_NONE ? p->exit : MIN(p->exit, o->until - 1);

	for (size_t i = 0; i < o->disease->care.len && from <= to; i++) {
		const struct snds_state_care *c = &o->disease->care.ptr[i];
		unsigned count = rng_poisson(r, c->yearly * (to - from + 1) / 365.25);

		while (count-- > 0) {
			date_t on = from + (date_t)rng_below(r, (uint32_t)(to - from + 1));

			add_care(life, c, on, o->ald_from != DATE_NONE && o->ald_from <= on,
			    0);
		}
	}
}

static date_t found_on(const struct snds_life *life, size_t disease)
{
	for (size_t i = 0; i < life->onsets.len; i++) {
		if (life->onsets.ptr[i].disease->index == disease)
			return life->onsets.ptr[i].on;
	}
	return life->person.exit + 1;
}

static void add_programme(struct snds_life *life, const struct snds_programme *g, struct rng *r)
{
	const struct snds_person *p = &life->person;
	date_t end = MIN(p->exit, found_on(life, g->disease) - 1);
	bool takes_part = rng_chance(r, g->share);
	date_t on = p->entry + (date_t)rng_below(r, (uint32_t)g->days);

	if (!takes_part || (g->sex != SNDS_BOTH && g->sex != p->sex))
		return;
	for (; on <= end; on += g->days + rng_range(r, -20, 60)) {
		int age = date_age(p->birth, on);

		if (age >= g->age_min && age <= g->age_max)
			add_care(life, &g->act, on, false, PREVENTION);
	}
}

static void add_pregnancies(struct snds_life *life, const struct snds_model *m, struct rng *r)
{
	for (size_t i = 0; i < life->births.count; i++) {
		if (i && life->births.items[i].on == life->births.items[i - 1].on)
			continue;
		for (size_t k = 0; k < m->pregnancy.len; k++) {
			const struct snds_state_care *c = &m->pregnancy.ptr[k];
			date_t birth = life->births.items[i].on;

			add_care(life, c, birth - c->days_before + rng_range(r, -8, 8), false,
			    MATERNITY);
		}
	}
}

void snds_state_care_step(struct snds_life *life, const struct snds_world *w)
{
	struct rng r = rng_at(w->seed, SNDS_STREAM_STATE, life->person.index);

	for (size_t i = 0; i < life->onsets.len; i++)
		add_state(life, &life->onsets.ptr[i], &r);
	for (size_t i = 0; i < w->model->programmes.len; i++)
		add_programme(life, &w->model->programmes.ptr[i], &r);
	add_pregnancies(life, w->model, &r);
}
