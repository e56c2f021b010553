#include "snds/life.h"

/* Rates change with exposures; they are looked at each so many days. */
enum { STEP = 7 };
enum { ADULT = 18 };

static unsigned causes_on(const struct snds_life *life, date_t day)
{
	unsigned causes = 0;

	for (size_t i = 0; i < life->exposures.len; i++) {
		const struct snds_exposure *e = &life->exposures.ptr[i];

		if (e->start <= day && day <= e->end)
			causes |= e->causes;
	}
	return causes;
}

static double ratio_of(const struct snds_adverse_event *event, unsigned causes)
{
	double ratio = 1;

	for (size_t i = 0; i < event->ratio_count; i++) {
		if ((event->ratios[i].causes & causes) == event->ratios[i].causes)
			ratio *= *event->ratios[i].value;
	}
	return ratio;
}

/* The first one of a person, or DATE_NONE. */
static date_t draw_event(const struct snds_life *life, const struct snds_adverse_event *event,
    struct rng *r)
{
	const struct snds_person *p = &life->person;
	double left = rng_exponential(r), step = event->rate / 1e5 * STEP / 365.25;
	date_t from = MAX(p->entry, date_add_years(p->birth, ADULT));

	for (; from <= p->exit; from += STEP) {
		double here = step * ratio_of(event, causes_on(life, from));

		if (left < here)
			return MIN(p->exit, from + (date_t)(left / here * STEP));
		left -= here;
	}
	return DATE_NONE;
}

/* Whether a person could have one at all: most cannot, whatever the drugs. */
static bool is_possible(const struct snds_life *life, const struct snds_adverse_event *event,
    struct rng r)
{
	unsigned all = 0;
	double most = event->rate / 1e5 * (life->person.exit - life->person.entry + 1 + STEP) /
	              365.25;

	for (size_t i = 0; i < life->exposures.len; i++)
		all |= life->exposures.ptr[i].causes;
	for (size_t i = 0; i < event->ratio_count; i++) {
		if ((event->ratios[i].causes & all) == event->ratios[i].causes)
			most *= MAX(1, *event->ratios[i].value);
	}
	return rng_exponential(&r) < most;
}

void snds_adverse_step(struct snds_life *life, const struct snds_world *w)
{
	const struct snds_model *m = w->model;
	struct rng r;

	for (size_t i = 0; i < m->events.len; i++) {
		const struct snds_adverse_event *event = &m->events.ptr[i];
		date_t on;

		r = rng_at(w->seed, SNDS_STREAM_EVENT, life->person.index * SNDS_EVENT_CAUSES + i);
		if (!is_possible(life, event, r))
			continue;
		on = draw_event(life, event, &r);
		if (on == DATE_NONE)
			continue;
		*vec_push(&life->events) = (struct snds_event){
		    .kind = event,
		    .on = on,
		    .told = snds_stay_force(life, w, &event->kind, on, &r),
		};
	}
}
