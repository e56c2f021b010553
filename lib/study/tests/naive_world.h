/* Random tiny worlds and questions about them, for the tests against naive.h. */
#ifndef STUDY_TESTS_NAIVE_WORLD_H
#define STUDY_TESTS_NAIVE_WORLD_H

#include "base/rng.h"
#include "naive.h"

#include <stdlib.h>

static inline struct study_span random_span(struct rng *r, date_t from, int longest)
{
	date_t start = from + rng_range(r, 0, longest);

	return (struct study_span){start, start + rng_range(r, 0, longest)};
}

static inline void random_periods(struct rng *r, struct naive_person *p, date_t first)
{
	date_t from = first;
	size_t count = rng_below(r, 4);

	while (p->period_count < count) {
		struct study_span s = random_span(r, from, rng_chance(r, 0.3) ? 20 : 400);

		if (s.end >= first + NAIVE_DAYS)
			return;
		p->periods[p->period_count++] = s;
		from = s.end + 1; /* the next one may begin the day after */
	}
}

static inline int by_start(const void *a, const void *b)
{
	const struct study_event *x = a;
	const struct study_event *y = b;

	return x->start != y->start ? (x->start > y->start) - (x->start < y->start)
	                            : (x->end > y->end) - (x->end < y->end);
}

static inline void random_events(struct rng *r, struct naive_person *p, date_t first)
{
	size_t count = rng_below(r, NAIVE_LIST);

	while (p->event_count < count) {
		struct study_event *e = &p->events[p->event_count++];
		bool same = p->event_count > 1 && rng_chance(r, 0.2);
		int length = rng_chance(r, 0.5) ? 0 : rng_range(r, 0, 60);

		e->start = same ? e[-1].start : first + rng_range(r, 0, NAIVE_DAYS - 1);
		e->end = MIN(e->start + length, first + NAIVE_DAYS - 1);
	}
	qsort(p->events, p->event_count, sizeof(p->events[0]), by_start);
}

static inline struct naive_person random_person(struct rng *r, date_t first)
{
	struct naive_person p = {.censor = DATE_NONE, .birth = DATE_NONE};

	p.sex = (enum study_sex)rng_weighted(r, (const double[]){1, 6, 6}, 3);
	if (rng_chance(r, 0.95))
		p.birth = rng_chance(r, 0.1) ? date_from_civil(1992, 2, 29)
		                             : first - rng_range(r, -200, 40 * 365);
	random_periods(r, &p, first);
	random_events(r, &p, first);
	if (rng_chance(r, 0.3))
		p.censor = first + rng_range(r, 0, NAIVE_DAYS - 1);
	return p;
}

static inline struct naive_world random_world(struct rng *r)
{
	struct naive_world w = {.first = date_from_civil(2011, 1, 1) + rng_range(r, 0, 1500)};

	w.count = 1 + rng_below(r, NAIVE_PERSONS);
	for (size_t i = 0; i < w.count; i++)
		w.persons[i] = random_person(r, w.first);
	return w;
}

static inline struct study_denominator random_denominator(struct rng *r)
{
	static const int priors[] = {0, 0, 0, 10, 365};
	struct study_denominator d = {.min_age = 0, .max_age = 150};

	if (rng_chance(r, 0.6)) {
		d.min_age = rng_range(r, 0, 25);
		d.max_age = d.min_age + rng_range(r, 0, 20);
	}
	d.sex = (enum study_sex)rng_below(r, 3);
	d.prior_days = priors[rng_below(r, ARRAY_LEN(priors))];
	return d;
}

/* Upstream's weeks are only defined for complete intervals (calendar.h). */
static inline void random_design(struct rng *r, struct study_design *d, const struct naive_world *w)
{
	static const int washouts[] = {0, 1, 5, 30, STUDY_WASHOUT_INF};

	d->interval = (enum study_interval)rng_below(r, 5);
	d->complete_intervals = rng_chance(r, 0.5);
	d->washout_days = washouts[rng_below(r, ARRAY_LEN(washouts))];
	d->repeated_events = rng_chance(r, 0.5);
	d->prevalence = rng_chance(r, 0.5) ? STUDY_POINT : STUDY_PERIOD;
	d->point = (enum study_point)rng_below(r, 3);
	d->full_contribution = rng_chance(r, 0.3);
	d->compat_1_2_1 = rng_chance(r, 0.3) &&
	                  (d->interval != STUDY_WEEKS || d->complete_intervals);
	d->start = d->end = DATE_NONE;
	if (rng_chance(r, 0.4))
		d->start = w->first + rng_range(r, 0, 500);
	if (rng_chance(r, 0.4))
		d->end = w->first + rng_range(r, 300, NAIVE_DAYS + 50);
	if (d->start != DATE_NONE && d->end != DATE_NONE && d->start > d->end)
		d->end = d->start;
	for (unsigned i = 1 + rng_below(r, 3); i--;)
		*vec_push(&d->denominators) = random_denominator(r);
}

#endif
