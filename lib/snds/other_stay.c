#include "snds/life.h"

/* Stays outside MCO: rehabilitation and hospital at home after a long stay, psychiatry. */
enum { LONG_STAY = 7,
	ADULT = 18 };

static uint32_t count(const struct snds_life *life, enum snds_field field)
{
	uint32_t n = 0;

	for (size_t i = 0; i < life->others.len; i++)
		n += life->others.ptr[i].field == field;
	return n;
}

static void add_das(struct snds_other_stay *s, struct view code)
{
	if (s->das_count == SNDS_OTHER_DAS_MAX || view_eq(code, s->dp))
		return;
	for (size_t i = 0; i < s->das_count; i++) {
		if (view_eq(s->das[i], code))
			return;
	}
	s->das[s->das_count++] = code;
}

/* The chronic diseases of the person, then the background of the age. */
static void fill_das(struct snds_other_stay *s, const struct snds_life *life,
    const struct snds_world *w, struct rng *r)
{
	const struct snds_person *p = &life->person;
	int age = date_age(p->birth, s->entry);
	unsigned more = rng_poisson(r, w->model->rates.das[snds_band(age)] / 2);

	for (size_t i = 0; i < life->onsets.len; i++) {
		const struct snds_onset *o = &life->onsets.ptr[i];

		if (o->on < s->entry && snds_lasts(o, s->entry) && o->disease->das.len &&
		    rng_chance(r, o->disease->das_share))
			add_das(s, o->disease->das);
	}
	while (more-- > 0)
		add_das(s, snds_diagnosis_draw(w->model, p->sex, age, r));
}

static void add(struct snds_life *life, const struct snds_world *w, struct snds_other_stay s,
    double days_mean, struct rng *r)
{
	const struct snds_person *p = &life->person;
	double days = 2 + (days_mean - 2) * rng_exponential(r);

	s.exit = s.entry + (date_t)MIN(days, 6 * days_mean);
	s.exit = MIN(s.exit, p->exit);
	/* One that runs beyond the base is in the files of the next year. */
	if (s.entry > p->exit || (s.exit == w->end && p->death != w->end))
		return;
	s.serial = count(life, s.field);
	if (s.serial >= (s.field == SNDS_HAD ? SNDS_HAD_MAX : SNDS_OTHERS_MAX))
		return;
	s.dirt = SNDS_DIRT_COUNT;
	fill_das(&s, life, w, r);
	*vec_push(&life->others) = s;
}

static void follow(struct snds_life *life, const struct snds_world *w,
    const struct snds_stay *stay, struct rng *r)
{
	const struct snds_rates *rates = &w->model->rates;
	bool ssr = rng_chance(r, rates->goes_to_ssr);
	struct snds_other_stay s = {
	    .field = ssr ? SNDS_SSR : SNDS_HAD,
	    .entry = stay->exit,
	    .dp = stay->dp,
	    .hospital = stay->hospital,
	};

	if (stay->dead || stay->newborn || stay->exit - stay->entry < LONG_STAY)
		return;
	if (ssr)
		add(life, w, s, rates->ssr_days, r);
	else if (rng_chance(r, rates->goes_to_had))
		add(life, w, s, rates->had_days, r);
}

static void add_psychiatry(struct snds_life *life, const struct snds_world *w, struct rng *r)
{
	const struct snds_person *p = &life->person;
	const struct snds_rates *rates = &w->model->rates;
	double yearly = rates->psychiatry_background;
	date_t from = MAX(p->entry, date_add_years(p->birth, ADULT));
	unsigned stays;

	for (size_t i = 0; i < life->onsets.len; i++) {
		const struct snds_onset *o = &life->onsets.ptr[i];

		if (view_eq(o->disease->cim10, VIEW_LIT("F329")) && snds_lasts(o, p->exit)) {
			yearly = rates->psychiatry;
			from = MAX(from, o->on);
		}
	}
	if (from > p->exit)
		return;
	stays = rng_poisson(r, yearly * (p->exit - from + 1) / 365.25);
	for (unsigned i = 0; i < stays && i < 4; i++) {
		date_t on = from + (date_t)rng_below(r, (uint32_t)(p->exit - from + 1));

		if (snds_stay_on(life, on))
			continue;
		add(life, w,
		    (struct snds_other_stay){
			.field = SNDS_RIP,
			.entry = on,
			.dp = rng_chance(r, 0.7) ? VIEW_LIT("F322") : VIEW_LIT("F209"),
			.hospital = &snds_place_on(&p->places, on)->department->hospitals[0],
		    },
		    rates->rip_days, r);
	}
}

void snds_other_step(struct snds_life *life, const struct snds_world *w)
{
	struct rng r = rng_at(w->seed, SNDS_STREAM_OTHER, life->person.index);

	for (size_t i = 0; i < life->stays.len; i++)
		follow(life, w, &life->stays.ptr[i], &r);
	add_psychiatry(life, w, &r);
}
