/* The two studies: which pass, which kernel, what the counters become. */
#include "base/threads.h"
#include "stats/rate.h"
#include "study/run.h"

#include <assert.h>

static struct study_counts *counts_new(const struct study_design *design)
{
	struct study_counts *c = mem_zalloc(1, sizeof(*c));

	c->design = design;
	c->attrition = arena_zalloc(&c->arena, design->denominators.len, sizeof(*c->attrition));
	c->denominator_persons = arena_zalloc(&c->arena, design->denominators.len, sizeof(int64_t));
	c->read.events = arena_zalloc(&c->arena, design->outcomes.len + 1, sizeof(int64_t));
	return c;
}

void study_counts_free(struct study_counts **c)
{
	if (!*c)
		return;
	vec_clear(&(*c)->analyses);
	arena_clear(&(*c)->arena);
	free(*c);
	*c = NULL;
}

static void keep_read(struct study_counts *c, const struct study_read *read)
{
	int64_t *events = c->read.events;

	c->read = *read;
	c->read.events = events;
	for (size_t o = 0; o < c->design->outcomes.len; o++)
		events[o] = read->events[o];
}

static int64_t *keep(struct study_counts *c, const int64_t *numbers, size_t count)
{
	int64_t *copy = arena_alloc(&c->arena, count * sizeof(*copy));

	memcpy(copy, numbers, count * sizeof(*copy));
	return copy;
}

static struct study_analysis *add_analysis(
    struct study_counts *c, size_t d, size_t o, const struct study_tally *t)
{
	struct study_analysis *a = vec_push(&c->analyses);

	*a = (struct study_analysis){.denominator = d,
	    .outcome = o,
	    .count = t->count,
	    .subjects = keep(c, t->subjects, t->count),
	    .days = keep(c, t->days, t->count),
	    .events = keep(c, t->events, t->count)};
	a->spans = arena_zalloc(&c->arena, t->count, sizeof(*a->spans));
	return a;
}

static void keep_attrition(struct study_counts *c, const struct study_worker *w)
{
	for (size_t d = 0; d < c->design->denominators.len; d++) {
		c->denominator_persons[d] = w->denominator_persons[d];
		for (size_t r = 0; r < ATTRITION_COUNT; r++)
			c->attrition[d][r] = w->attrition[d][r];
	}
}

/* The days a study can touch: what was observed, within --start and --end. */
static struct study_span study_days(const struct study_cdm *cdm, const struct study_design *d)
{
	struct study_span s = study_cdm_observed(cdm);

	if (d->start != DATE_NONE)
		s.start = MAX(s.start, d->start);
	if (d->end != DATE_NONE)
		s.end = MIN(s.end, d->end);
	return s;
}

/* Counters of all threads together: beyond this the study is asked in parts. */
static const size_t COUNTERS_MAX_BYTES = (size_t)2 << 30;

static int check_counters(
    const struct study_design *d, size_t intervals, int threads, struct err *err)
{
	enum { BYTES_AN_INTERVAL = 4 * sizeof(int64_t) };
	size_t analyses = d->denominators.len * MAX(d->outcomes.len, (size_t)1);

	if (analyses * intervals * BYTES_AN_INTERVAL <= COUNTERS_MAX_BYTES / (size_t)threads)
		return 0;
	(void)err_set(err, ERR_LIMIT,
	    "%zu populations x %zu outcomes x %zu intervals are too many for "
	    "one run",
	    d->denominators.len, d->outcomes.len, intervals);
	return err_hint(err, "ask for some of them at a time, for longer intervals, or use fewer "
			     "--threads");
}

/* The exact interval is known up to STATS_POISSON_EVENTS_MAX. */
static int check_events(const struct study_counts *c, struct err *err)
{
	for (size_t i = 0; i < c->analyses.len; i++)
		for (size_t k = 0; k < c->analyses.ptr[i].count; k++)
			if (c->analyses.ptr[i].events[k] > STATS_POISSON_EVENTS_MAX) {
				(void)err_set(err, ERR_LIMIT,
				    "more than %lld events in one interval",
				    (long long)STATS_POISSON_EVENTS_MAX);
				return err_hint(err, "choose shorter intervals");
			}
	return 0;
}

static void workers_init(
    struct study_worker *workers, int threads, const struct study_design *design, size_t intervals)
{
	assert(threads > 0);
	for (int i = 0; i < threads; i++)
		study_worker_init(&workers[i], design, intervals);
}

/* All counters are added into the first worker's. */
static void workers_merge(struct study_worker *workers, int threads)
{
	for (int i = 1; i < threads; i++)
		study_worker_merge(&workers[0], &workers[i]);
}

static void workers_clear(struct study_worker *workers, int threads)
{
	for (int i = 0; i < threads; i++)
		study_worker_clear(&workers[i]);
}

static int one_pass(struct study_cdm *cdm, struct study_worker *workers,
    const struct study_run *run, bool with_outcomes, study_person_fn *fn, const void *ctx,
    const char *what, struct study_counts *c, struct err *err)
{
	AUTO_PEOPLE struct study_people *people = NULL;
	size_t outcomes = with_outcomes ? c->design->outcomes.len : 0;
	int rc;

	progress_start(run->progress, "reading and sorting", NULL, 100);
	rc = study_people_open(&people, cdm, with_outcomes, err);
	progress_end(run->progress);
	if (rc < 0)
		return -1;
	progress_start(run->progress, what, "persons", 0);
	rc = study_pass(people, outcomes, run->threads, workers, fn, ctx, run->progress, err);
	progress_end(run->progress);
	if (rc < 0)
		return -1;
	keep_read(c, study_people_read(people));
	return 0;
}

static void count_incidence(
    struct study_worker *w, const struct study_batch *b, size_t index, size_t d, const void *ctx)
{
	const struct calendar *calendar = ctx;

	for (size_t o = 0; o < b->outcome_count; o++) {
		const struct study_events *e = &b->outcomes[o];

		study_risk_rows(&w->spans, &e->all.ptr[e->first[index]], e->count[index], w->design,
		    b->persons[index].censor, &w->rows);
		tally_incidence(&w->tallies[d * b->outcome_count + o], calendar, &w->rows);
	}
}

static void finish_incidence(
    struct study_counts *c, struct study_worker *w, const struct calendar *calendar)
{
	size_t outcomes = c->design->outcomes.len;

	keep_attrition(c, w);
	for (size_t o = 0; o < outcomes; o++) {
		for (size_t d = 0; d < c->design->denominators.len; d++) {
			struct study_tally *t = &w->tallies[d * outcomes + o];
			struct study_analysis *a;

			tally_finish_incidence(t, calendar);
			a = add_analysis(c, d, o, t);
			calendar_report(calendar, t->first, t->last, c->design->complete_intervals,
			    c->design->compat_1_2_1, a->spans);
			a->persons_excluded_washout = c->denominator_persons[d] - t->persons;
		}
	}
}

int study_incidence(
    struct study_counts **ret, struct study_cdm *cdm, const struct study_run *run, struct err *err)
{
	const struct study_design *design = study_cdm_design(cdm);
	AUTO_COUNTS struct study_counts *c = counts_new(design);
	AUTO_CALENDAR struct calendar calendar = {0};
	struct study_worker workers[THREADS_MAX] = {0};
	struct study_span days = study_days(cdm, design);
	int rc;

	if (days.start > days.end)
		days.end = days.start; /* nobody: one interval without anyone */
	if (calendar_init(&calendar, design->interval, days.start, days.end, err) < 0 ||
	    check_counters(design, calendar.count, run->threads, err) < 0)
		return -1;
	workers_init(workers, run->threads, design, calendar.count);
	rc = one_pass(cdm, workers, run, true, count_incidence, &calendar, "time at risk", c, err);
	if (rc == 0) {
		workers_merge(workers, run->threads);
		finish_incidence(c, &workers[0], &calendar);
		rc = check_events(c, err);
	}
	workers_clear(workers, run->threads);
	if (rc == 0)
		*ret = TAKE(c);
	return rc;
}

struct prevalence {
	struct calendar calendar;
	struct study_span **reported; /* by denominator */
	enum study_reach row_reach, event_reach;
};

static void count_bounds(
    struct study_worker *w, const struct study_batch *b, size_t index, size_t d, const void *ctx)
{
	(void)b, (void)index, (void)ctx; /* the rows are all it takes */
	tally_bounds(&w->tallies[d], &w->spans);
}

static void count_prevalence(
    struct study_worker *w, const struct study_batch *b, size_t index, size_t d, const void *ctx)
{
	const struct prevalence *p = ctx;

	for (size_t o = 0; o < b->outcome_count; o++) {
		const struct study_events *e = &b->outcomes[o];

		tally_prevalence(&w->tallies[d * b->outcome_count + o], &p->calendar,
		    p->reported[d], &w->spans, &e->all.ptr[e->first[index]], e->count[index],
		    p->row_reach, p->event_reach);
	}
}

/* Points are single days; those outside of observation are not reported. */
static void report_points(const struct calendar *c, date_t from, date_t to, enum study_point point,
    struct study_span *ret)
{
	for (size_t i = 0; i < c->count; i++) {
		date_t day = calendar_point(c->unit, c->spans[i].start, point);

		ret[i] = day >= from && day <= to ? (struct study_span){day, day}
		                                  : (struct study_span){1, 0};
	}
}

/* First pass: which intervals each denominator reports depends on all its rows. */
static int find_bounds(struct prevalence *p, struct study_cdm *cdm, const struct study_run *run,
    struct study_counts *c, struct err *err)
{
	const struct study_design *design = c->design;
	struct study_worker workers[THREADS_MAX] = {0};
	int rc;

	workers_init(workers, run->threads, design, 1);
	rc = one_pass(cdm, workers, run, false, count_bounds, NULL, "denominators", c, err);
	workers_merge(workers, run->threads);
	p->reported = arena_zalloc(&c->arena, design->denominators.len, sizeof(*p->reported));
	for (size_t d = 0; d < design->denominators.len; d++) {
		const struct study_tally *t = &workers[0].tallies[d];

		p->reported[d] = arena_zalloc(&c->arena, p->calendar.count, sizeof(**p->reported));
		if (design->prevalence == STUDY_POINT)
			report_points(
			    &p->calendar, t->first, t->last, design->point, p->reported[d]);
		else
			calendar_report(&p->calendar, t->first, t->last, design->complete_intervals,
			    design->compat_1_2_1, p->reported[d]);
	}
	keep_attrition(c, &workers[0]);
	workers_clear(workers, run->threads);
	return rc;
}

static void finish_prevalence(
    struct study_counts *c, struct study_worker *w, const struct prevalence *p)
{
	size_t outcomes = c->design->outcomes.len;

	for (size_t o = 0; o < outcomes; o++) {
		for (size_t d = 0; d < c->design->denominators.len; d++) {
			struct study_tally *t = &w->tallies[d * outcomes + o];
			struct study_analysis *a;

			tally_finish_prevalence(t);
			a = add_analysis(c, d, o, t);
			memcpy(a->spans, p->reported[d], t->count * sizeof(*a->spans));
		}
	}
}

static int run_prevalence(struct prevalence *p, struct study_cdm *cdm, const struct study_run *run,
    struct study_counts *c, struct err *err)
{
	struct study_worker workers[THREADS_MAX] = {0};
	int rc;

	if (find_bounds(p, cdm, run, c, err) < 0)
		return -1;
	workers_init(workers, run->threads, c->design, p->calendar.count);
	rc = one_pass(cdm, workers, run, true, count_prevalence, p, "cases", c, err);
	if (rc == 0) {
		workers_merge(workers, run->threads);
		finish_prevalence(c, &workers[0], p);
	}
	workers_clear(workers, run->threads);
	return rc;
}

int study_prevalence(
    struct study_counts **ret, struct study_cdm *cdm, const struct study_run *run, struct err *err)
{
	const struct study_design *design = study_cdm_design(cdm);
	AUTO_COUNTS struct study_counts *c = counts_new(design);
	bool point = design->prevalence == STUDY_POINT;
	struct prevalence p = {
	    .row_reach = point || design->full_contribution ? STUDY_COVERS : STUDY_OVERLAPS,
	    .event_reach = point ? STUDY_COVERS : STUDY_OVERLAPS,
	};
	struct study_span days = study_days(cdm, design);
	int rc;

	if (design->compat_1_2_1 && design->censor_path)
		return err_set(err, ERR_USAGE,
		    "--censor: IncidencePrevalence 1.2.1 does not censor prevalence");
	if (days.start > days.end)
		days.end = days.start;
	if (calendar_init(&p.calendar, design->interval, days.start, days.end, err) < 0)
		return -1;
	rc = check_counters(design, p.calendar.count, run->threads, err);
	if (rc == 0)
		rc = run_prevalence(&p, cdm, run, c, err);
	calendar_clear(&p.calendar);
	if (rc == 0)
		*ret = TAKE(c);
	return rc;
}
