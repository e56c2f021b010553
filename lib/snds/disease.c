#include "snds/life.h"

#include <math.h>

/* Steps of the hazards of onset and death, days. */
enum { STEP = 91 };

double snds_mortality_at(const struct snds_mortality *m, double age)
{
	double h = m->at_60 * exp(m->slope * (age - 60));

	if (age < 1)
		h += m->infant;
	if (age >= 15)
		h += m->accident;
	return h;
}

static struct snds_onset *find_onset(struct snds_life *life, size_t disease)
{
	for (size_t i = 0; i < life->onsets.len; i++) {
		if (life->onsets.ptr[i].disease->index == disease)
			return &life->onsets.ptr[i];
	}
	return NULL;
}

/* A state that ends another one does so on its first day. */
static void add_onset(struct snds_life *life, const struct snds_disease *d, date_t on,
    struct rng *r)
{
	struct snds_onset *ended = find_onset(life, d->ends);
	struct snds_onset *o;

	if (ended)
		ended->until = on;
	o = vec_push(&life->onsets);
	*o = (struct snds_onset){
	    .disease = d,
	    .on = on,
	    .prevalent = on < life->person.entry,
	    .ald_from = DATE_NONE,
	    .until = DATE_NONE,
	};
	if (d->ald && rng_chance(r, d->ald_share))
		o->ald_from = on + rng_range(r, 0, 60);
}

/* Since a day between the state before and the base. */
static bool draw_prevalent_state(struct snds_life *life, const struct snds_disease *d,
    struct rng *r)
{
	const struct snds_onset *before = find_onset(life, d->after);
	date_t entry = life->person.entry;

	if (!before || !before->prevalent || !rng_chance(r, d->after_share))
		return false;
	add_onset(life, d, before->on + (date_t)rng_below(r, (uint32_t)(entry - before->on)), r);
	return true;
}

/* Ill before the base begins? Since a day of the last `history_years`. */
static bool draw_prevalent(struct snds_life *life, const struct snds_disease *d, struct rng *r)
{
	const struct snds_person *p = &life->person;
	double age = snds_age(p, p->entry);
	date_t on;

	if (d->after != SNDS_NO_DISEASE)
		return draw_prevalent_state(life, d, r);
	if (p->newborn || age < d->age_min ||
	    !rng_chance(r, MIN(0.9, snds_curve_at(&d->prevalence, p->sex, age) / 1e5)))
		return false;
	on = p->entry - 1 - (date_t)rng_below(r, (uint32_t)d->history_years * 365);
	on = MAX(on, p->birth + (date_t)(d->age_min * 365.25));
	add_onset(life, d, MIN(on, p->entry - 1), r);
	return true;
}

/* The hazard of a step that begins on `from`: of the population, or of the state before. */
static double hazard(struct snds_life *life, const struct snds_model *m,
    const struct snds_disease *d, date_t from)
{
	const struct snds_person *p = &life->person;
	double age = snds_age(p, from + STEP / 2);
	double yearly;

	if (d->after != SNDS_NO_DISEASE) {
		const struct snds_onset *before = find_onset(life, d->after);

		return before && snds_lasts(before, from) ? d->after_rate * STEP / 365.25 : 0;
	}
	yearly = age < d->age_min ? 0 : snds_curve_at(&d->incidence, p->sex, age) / 1e5;
	for (size_t i = 0; i < life->onsets.len; i++) {
		if (snds_lasts(&life->onsets.ptr[i], from))
			yearly *= m->onset_ratio[life->onsets.ptr[i].disease->index][d->index];
	}
	return yearly * STEP / 365.25;
}

/*
 * Each disease has an exponential threshold; its hazard uses it up step by
 * step. An onset raises the hazards of other diseases from the next step on.
 */
static void draw_incident(struct snds_life *life, const struct snds_model *m, double *left,
    struct rng *r)
{
	for (date_t from = life->person.entry; from <= life->person.exit; from += STEP) {
		for (size_t i = 0; i < m->diseases.len; i++) {
			double here = left[i] < 0 ? 0 : hazard(life, m, &m->diseases.ptr[i], from);

			if (left[i] >= here) {
				left[i] -= here;
			} else if (left[i] >= 0) {
				date_t on = from + (date_t)(left[i] / here * STEP);

				left[i] = -1;
				if (on <= life->person.exit)
					add_onset(life, &m->diseases.ptr[i], on, r);
			}
		}
	}
}

static void draw_onsets(struct snds_life *life, const struct snds_world *w)
{
	struct rng r = rng_at(w->seed, SNDS_STREAM_ONSET, life->person.index);
	double left[SNDS_DISEASES_MAX]; /* negative: ill already, or never */

	for (size_t i = 0; i < w->model->diseases.len; i++) {
		const struct snds_disease *d = &w->model->diseases.ptr[i];

		left[i] = -1;
		if (d->sex != SNDS_BOTH && d->sex != life->person.sex)
			continue;
		if (!draw_prevalent(life, d, &r))
			left[i] = rng_exponential(&r);
	}
	draw_incident(life, w->model, left, &r);
}

/* The factor that the person's diseases of the day put on the hazard of death. */
static double disease_ratio(const struct snds_life *life, date_t on)
{
	double ratio = 1;

	for (size_t i = 0; i < life->onsets.len; i++) {
		if (snds_lasts(&life->onsets.ptr[i], on))
			ratio *= life->onsets.ptr[i].disease->death_ratio;
	}
	return ratio;
}

static date_t draw_slow_death(const struct snds_life *life, const struct snds_world *w,
    struct rng *r)
{
	const struct snds_person *p = &life->person;
	const struct snds_mortality *m = &w->model->mortality[p->sex == SNDS_WOMAN];
	double left = rng_exponential(r);

	for (date_t from = p->entry; from <= p->exit; from += STEP) {
		double yearly = snds_mortality_at(m, snds_age(p, from + STEP / 2)) * m->background;
		double here = yearly * disease_ratio(life, from) * STEP / 365.25;

		if (left < here)
			return from + (date_t)(left / here * STEP);
		left -= here;
	}
	return DATE_NONE;
}

/* Background cause by age and sex; "R99" (unknown) when no rule of the file suits. */
static struct view draw_background(const struct snds_life *life, const struct snds_world *w,
    struct rng *r)
{
	const struct snds_person *p = &life->person;
	int age = date_age(p->birth, p->death);
	double total = 0, at;

	for (size_t i = 0; i < w->model->causes.len; i++) {
		const struct snds_cause *c = &w->model->causes.ptr[i];

		if (snds_applies(c->sex, c->age_min, c->age_max, p->sex, age))
			total += c->weight;
	}
	at = rng_unit(r) * total;
	for (size_t i = 0; i < w->model->causes.len; i++) {
		const struct snds_cause *c = &w->model->causes.ptr[i];

		if (!snds_applies(c->sex, c->age_min, c->age_max, p->sex, age))
			continue;
		if (at < c->weight)
			return c->cim10;
		at -= c->weight;
	}
	return VIEW_LIT("R99");
}

/* The excess hazard of the diseases is their share of the causes. */
static struct view draw_cause(const struct snds_life *life, const struct snds_world *w,
    struct rng *r)
{
	double ratio = disease_ratio(life, life->person.death);
	double excess = 0, at;

	if (ratio <= 1 || !rng_chance(r, (ratio - 1) / ratio))
		return draw_background(life, w, r);
	for (size_t i = 0; i < life->onsets.len; i++) {
		if (snds_lasts(&life->onsets.ptr[i], life->person.death))
			excess += life->onsets.ptr[i].disease->death_ratio - 1;
	}
	at = rng_unit(r) * excess;
	for (size_t i = 0; i < life->onsets.len; i++) {
		const struct snds_onset *o = &life->onsets.ptr[i];

		if (!snds_lasts(o, life->person.death))
			continue;
		if (at < o->disease->death_ratio - 1)
			return o->disease->cim10;
		at -= o->disease->death_ratio - 1;
	}
	return draw_background(life, w, r);
}

/* Hospitals differ in how many die, when that was planted: so the hospital is drawn here. */
static double fatality(const struct snds_life *life, const struct snds_world *w,
    struct snds_onset *o, struct rng *r)
{
	double spread = w->model->hospital_spread[o->disease->index];

	if (spread <= 0)
		return o->disease->fatality;
	o->department = snds_place_on(&life->person.places, o->on)->department;
	o->hospital = &o->department->hospitals[rng_below(r,
	    (uint32_t)o->department->hospital_count)];
	return MIN(1, o->disease->fatality * exp(spread * snds_hospital_rank(o->hospital)));
}

/* The disease that kills within 30 days of its onset, earliest first; NULL: none does. */
static const struct snds_disease *draw_fatal(struct snds_life *life, const struct snds_world *w,
    date_t *ret_death, struct rng *r)
{
	const struct snds_disease *fatal = NULL;

	for (size_t i = 0; i < life->onsets.len; i++) {
		struct snds_onset *o = &life->onsets.ptr[i];
		bool dies = !o->prevalent && rng_chance(r, fatality(life, w, o, r));
		double days = rng_exponential(r) * 8;
		date_t on = o->on + (date_t)MIN(30, days);

		if (dies && (*ret_death == DATE_NONE || on < *ret_death)) {
			*ret_death = on;
			fatal = o->disease;
		}
	}
	return fatal;
}

static void draw_death(struct snds_life *life, const struct snds_world *w)
{
	struct snds_person *p = &life->person;
	struct rng r = rng_at(w->seed, SNDS_STREAM_DEATH, p->index);
	date_t death = draw_slow_death(life, w, &r);
	const struct snds_disease *fatal = draw_fatal(life, w, &death, &r);

	if (death == DATE_NONE || death > w->end)
		return;
	p->death = p->exit = death;
	p->cause = fatal ? fatal->cim10 : draw_cause(life, w, &r);
}

static void drop_onsets_after_death(struct snds_life *life)
{
	size_t kept = 0;

	for (size_t i = 0; i < life->onsets.len; i++) {
		struct snds_onset o = life->onsets.ptr[i];

		if (o.on > life->person.exit)
			continue;
		if (o.ald_from > life->person.exit)
			o.ald_from = DATE_NONE;
		life->onsets.ptr[kept++] = o;
	}
	life->onsets.len = kept;
}

void snds_disease_step(struct snds_life *life, const struct snds_world *w)
{
	draw_onsets(life, w);
	draw_death(life, w);
	drop_onsets_after_death(life);
}
