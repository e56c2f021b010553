#include "snds/life.h"

#include <math.h>

/* Days between two visits to the pharmacy for a chronic treatment. */
enum { MONTH = 30,
	VISITS_MAX = SNDS_YEARS_MAX * 366 / MONTH + 2 };

struct visits {
	date_t on[VISITS_MAX];
	size_t count;
};

/* One rhythm a person, so that treatments are dispensed together. */
static void draw_visits(struct visits *v, const struct snds_life *life, struct rng *r)
{
	date_t next = life->person.entry + rng_range(r, 0, MONTH - 1);

	v->count = 0;
	while (v->count < VISITS_MAX) {
		date_t on = next + rng_range(r, -3, 4);
		const struct snds_stay *stay = snds_stay_on(life, on);

		if (stay)
			on = stay->exit + 1;
		if (on > life->person.exit || next > life->person.exit)
			return;
		if (on >= life->person.entry && (v->count == 0 || on > v->on[v->count - 1]))
			v->on[v->count++] = on;
		next += MONTH;
	}
}

static void dispense(struct snds_life *life, const struct snds_drug *drug, date_t on, bool ald)
{
	struct snds_claim *c = vec_push(&life->claims);
	/* PH1, PH7, PH4 and PH2 of IR_NAT_V by rate of reimbursement. */
	int nature = drug->rate == 100 ? 3311 : drug->rate == 65 ? 3313
	                                                         : 3312;

	*c = (struct snds_claim){
	    .on = on,
	    .prescribed = on - (on % 7),
	    .nature = nature,
	    .activity = 50,
	    .price = drug->price,
	    .rate = ald ? 100 : drug->rate,
	    .quantity = 1,
	    .drug = drug,
	    .by_doctor = true,
	    .ald = ald,
	    .dirt = SNDS_DIRT_COUNT,
	};
	c->prescribed = MAX(c->prescribed, life->person.birth);
	c->sequence = (uint32_t)life->claims.len;
}

static void add_exposure(struct snds_life *life, const struct snds_molecule *m, date_t start,
    date_t end)
{
	*vec_push(&life->exposures) =
	    (struct snds_exposure){
		.atc = m->atc,
		.causes = m->causes,
		.start = start,
		.end = MIN(end, life->person.exit),
	    };
}

static bool has_exposure(const struct snds_life *life, struct view atc)
{
	for (size_t i = 0; i < life->exposures.len; i++) {
		if (view_eq(life->exposures.ptr[i].atc, atc))
			return true;
	}
	return false;
}

static const struct snds_drug *draw_drug(const struct snds_model *m,
    const struct snds_molecule *molecule, struct rng *r)
{
	return &m->drugs.ptr[molecule->first + rng_below(r, (uint32_t)molecule->count)];
}

/* Monthly from `start`, with gaps, until it is stopped or life or base end. */
static void take(struct snds_life *life, const struct snds_model *m,
    const struct snds_treatment *t, const struct visits *v, date_t start,
    const struct snds_onset *o, struct rng *r)
{
	const struct snds_molecule *molecule = &m->molecules.ptr[t->molecule];
	const struct snds_drug *drug = draw_drug(m, molecule, r);
	double stop = 1 - exp(-t->stop_per_year * MONTH / 365.25);
	bool ald = o->ald_from != DATE_NONE && o->ald_from <= start;
	date_t first = DATE_NONE, last = DATE_NONE;

	for (size_t i = 0; i < v->count && (o->until == DATE_NONE || v->on[i] < o->until); i++) {
		if (v->on[i] < start || rng_chance(r, t->gap))
			continue;
		dispense(life, drug, v->on[i], ald);
		first = first == DATE_NONE ? v->on[i] : first;
		last = v->on[i];
		if (rng_chance(r, stop))
			break;
	}
	if (first != DATE_NONE)
		add_exposure(life, molecule, first, last + drug->days);
}

static void treat(struct snds_life *life, const struct snds_world *w, const struct snds_onset *o,
    const struct visits *v, struct rng *r)
{
	for (size_t i = 0; i < o->disease->treatments.len; i++) {
		const struct snds_treatment *t = &o->disease->treatments.ptr[i];
		date_t start = o->on + rng_range(r, t->delay_min, t->delay_max);
		double years = (life->person.entry - start) / 365.25;

		if (!rng_chance(r, t->share) ||
		    (years > 0 && !rng_chance(r, exp(-t->stop_per_year * years))) ||
		    has_exposure(life, w->model->molecules.ptr[t->molecule].atc))
			continue;
		take(life, w->model, t, v, start, o, r);
	}
}

/* A few boxes of one molecule, a month apart. */
static void add_episode(struct snds_life *life, const struct snds_world *w,
    const struct snds_episode *e, date_t on, struct rng *r)
{
	const struct snds_molecule *molecule = &w->model->molecules.ptr[e->molecule];
	const struct snds_drug *drug = draw_drug(w->model, molecule, r);
	date_t last = DATE_NONE, first = DATE_NONE;

	for (int i = 0; i < e->repeats; i++) {
		date_t day = on + i * MONTH;

		if (day > life->person.exit)
			break;
		if (snds_stay_on(life, day))
			continue;
		dispense(life, drug, day, false);
		first = first == DATE_NONE ? day : first;
		last = day;
	}
	if (first != DATE_NONE)
		add_exposure(life, molecule, first, last + drug->days);
}

static void add_episodes(struct snds_life *life, const struct snds_world *w, struct rng *r)
{
	const struct snds_person *p = &life->person;

	for (date_t from = p->entry; from <= p->exit; from += 365) {
		int days = MIN(365, p->exit - from + 1);
		int band = snds_band(date_age(p->birth, from));

		for (size_t i = 0; i < w->model->episodes.len; i++) {
			const struct snds_episode *e = &w->model->episodes.ptr[i];
			double yearly = e->rate[band] * p->frailty / e->repeats;
			unsigned count;

			if (yearly <= 0 || (e->sex != SNDS_BOTH && e->sex != p->sex))
				continue;
			count = rng_poisson(r, yearly * days / 365.25);
			while (count-- > 0) {
				date_t on = from + (date_t)rng_below(r, (uint32_t)days);

				add_episode(life, w, e, on, r);
			}
		}
	}
}

void snds_treatment_step(struct snds_life *life, const struct snds_world *w)
{
	struct rng r = rng_at(w->seed, SNDS_STREAM_TREATMENT, life->person.index);
	struct visits visits;

	draw_visits(&visits, life, &r);
	for (size_t i = 0; i < life->onsets.len; i++)
		treat(life, w, &life->onsets.ptr[i], &visits, &r);
	add_episodes(life, w, &r);
}
