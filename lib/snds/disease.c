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

static void add_onset(struct snds_life *life, const struct snds_disease *d, date_t on,
    struct rng *r)
{
	struct snds_onset *o = vec_push(&life->onsets);

	*o = (struct snds_onset){
	    .disease = d,
	    .on = on,
	    .prevalent = on < life->person.entry,
	    .ald_from = DATE_NONE,
	};
	if (d->ald && rng_chance(r, d->ald_share))
		o->ald_from = on + rng_range(r, 0, 60);
}

/* Ill before the base begins? Since a day of the last `history_years`. */
static bool draw_prevalent(struct snds_life *life, const struct snds_disease *d, struct rng *r)
{
	const struct snds_person *p = &life->person;
	double age = snds_age(p, p->entry);
	date_t on;

	if (p->newborn || age < d->age_min ||
	    !rng_chance(r, MIN(0.9, snds_curve_at(&d->prevalence, p->sex, age) / 1e5)))
		return false;
	on = p->entry - 1 - (date_t)rng_below(r, (uint32_t)d->history_years * 365);
	on = MAX(on, p->birth + (date_t)(d->age_min * 365.25));
	add_onset(life, d, MIN(on, p->entry - 1), r);
	return true;
}

static void draw_incident(struct snds_life *life, const struct snds_disease *d, struct rng *r)
{
	const struct snds_person *p = &life->person;
	double left = rng_exponential(r);

	for (date_t from = p->entry; from <= p->exit; from += STEP) {
		double age = snds_age(p, from + STEP / 2);
		double rate = age < d->age_min ? 0 : snds_curve_at(&d->incidence, p->sex, age);
		double here = rate / 1e5 * STEP / 365.25;

		if (left < here) {
			date_t on = from + (date_t)(left / here * STEP);

			if (on <= p->exit)
				add_onset(life, d, on, r);
			return;
		}
		left -= here;
	}
}

static void draw_onsets(struct snds_life *life, const struct snds_world *w)
{
	struct rng r = rng_at(w->seed, SNDS_STREAM_ONSET, life->person.index);

	for (size_t i = 0; i < w->model->diseases.len; i++) {
		const struct snds_disease *d = &w->model->diseases.ptr[i];

		if (d->sex != SNDS_BOTH && d->sex != life->person.sex)
			continue;
		if (!draw_prevalent(life, d, &r))
			draw_incident(life, d, &r);
	}
}

/* The factor that the person's diseases of the day put on the hazard of death. */
static double disease_ratio(const struct snds_life *life, date_t on)
{
	double ratio = 1;

	for (size_t i = 0; i < life->onsets.len; i++) {
		if (life->onsets.ptr[i].on <= on)
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

	if (!rng_chance(r, (ratio - 1) / ratio))
		return draw_background(life, w, r);
	for (size_t i = 0; i < life->onsets.len; i++) {
		if (life->onsets.ptr[i].on <= life->person.death)
			excess += life->onsets.ptr[i].disease->death_ratio - 1;
	}
	at = rng_unit(r) * excess;
	for (size_t i = 0; i < life->onsets.len; i++) {
		const struct snds_onset *o = &life->onsets.ptr[i];

		if (o->on > life->person.death)
			continue;
		if (at < o->disease->death_ratio - 1)
			return o->disease->cim10;
		at -= o->disease->death_ratio - 1;
	}
	return draw_background(life, w, r);
}

/* The disease that kills within 30 days of its onset, earliest first; NULL: none does. */
static const struct snds_disease *draw_fatal(const struct snds_life *life, date_t *ret_death,
    struct rng *r)
{
	const struct snds_disease *fatal = NULL;

	for (size_t i = 0; i < life->onsets.len; i++) {
		const struct snds_onset *o = &life->onsets.ptr[i];
		bool dies = !o->prevalent && rng_chance(r, o->disease->fatality);
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
	const struct snds_disease *fatal = draw_fatal(life, &death, &r);

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
