/*
 * Incidence and prevalence again, day by day and as slow as it is plain: every
 * rule of IncidencePrevalence 1.2.1 is asked of every day of every person. It
 * shares the calendar arithmetic of lib/base with lib/study and nothing else.
 */
#ifndef STUDY_TESTS_NAIVE_H
#define STUDY_TESTS_NAIVE_H

#include "study/study.h"

enum { NAIVE_DAYS = 800,
	NAIVE_LIST = 8,
	NAIVE_PERSONS = 6,
	NAIVE_INTERVALS = NAIVE_DAYS };

struct naive_person {
	date_t birth, censor; /* DATE_NONE: unknown, none */
	enum study_sex sex;   /* STUDY_BOTH: neither */
	struct study_span periods[NAIVE_LIST];
	size_t period_count;
	struct study_event events[NAIVE_LIST]; /* by start, then end */
	size_t event_count;
};

/* The days first .. first + NAIVE_DAYS - 1 are all that exists. */
struct naive_world {
	date_t first;
	struct naive_person persons[NAIVE_PERSONS];
	size_t count;
};

struct naive_interval {
	struct study_span span;
	int64_t subjects, days, events;
};

struct naive_result {
	struct naive_interval intervals[NAIVE_INTERVALS];
	size_t count;
	int64_t persons; /* in the denominator */
	int64_t with_time;
};

/* What a person is on a day: the number of their denominator row, 0 when in none. */
typedef uint8_t naive_rows[NAIVE_DAYS];

static inline bool naive_within(struct study_span s, date_t day)
{
	return s.start <= day && day <= s.end;
}

/* Completed years; who is born on 29 February has the birthday on the 28th in other years. */
static inline int naive_age(date_t birth, date_t day)
{
	struct civil b = date_to_civil(birth);
	struct civil d = date_to_civil(day);
	int last = date_days_in_month(d.year, b.month);
	date_t birthday = date_from_civil(d.year, b.month, b.day < last ? b.day : last);

	return d.year - b.year - (day < birthday);
}

static inline bool naive_in_denominator(const struct naive_person *p, size_t period, date_t day,
    const struct study_denominator *d, const struct study_design *design, bool censored)
{
	return naive_within(p->periods[period], day) && p->birth != DATE_NONE &&
	       p->sex != STUDY_BOTH && (d->sex == STUDY_BOTH || d->sex == p->sex) &&
	       naive_age(p->birth, day) >= d->min_age && naive_age(p->birth, day) <= d->max_age &&
	       day - p->periods[period].start >= d->prior_days &&
	       (design->start == DATE_NONE || day >= design->start) &&
	       (design->end == DATE_NONE || day <= design->end) &&
	       (!censored || p->censor == DATE_NONE || day <= p->censor);
}

/* Returns whether there is any day. */
static inline bool naive_fill_rows(naive_rows rows, const struct naive_world *w, size_t person,
    const struct study_denominator *d, const struct study_design *design, bool censored)
{
	const struct naive_person *p = &w->persons[person];
	bool any = false;

	memset(rows, 0, sizeof(naive_rows));
	for (int i = 0; i < NAIVE_DAYS; i++)
		for (size_t period = 0; period < p->period_count; period++)
			if (naive_in_denominator(p, period, w->first + i, d, design, censored)) {
				rows[i] = (uint8_t)(period + 1);
				any = true;
			}
	return any;
}

/* The last outcome that starts before a day, by start and end; -1: none. */
static inline int naive_previous(const struct naive_person *p, date_t day)
{
	int last = -1;

	for (size_t e = 0; e < p->event_count; e++)
		if (p->events[e].start < day)
			last = (int)e;
	return last;
}

static inline bool naive_starts_on(const struct naive_person *p, date_t day)
{
	for (size_t e = 0; e < p->event_count; e++)
		if (p->events[e].start == day)
			return true;
	return false;
}

/* Days at risk and the stretch each belongs to: days of one row behind the same outcome. */
struct naive_risk {
	int stretch[NAIVE_DAYS]; /* 0: not at risk */
	bool event[NAIVE_DAYS];
};

static inline bool naive_washed_out(const struct naive_person *p, int previous, date_t day,
    int washout)
{
	return previous < 0 ||
	       (washout != STUDY_WASHOUT_INF && day > p->events[previous].end + washout);
}

/* Upstream drops the stretch before an outcome that lies behind the censor date. */
static inline bool naive_lost_upstream(const struct naive_world *w, const struct naive_person *p,
    const naive_rows rows, int i)
{
	for (int j = i; j < NAIVE_DAYS && rows[j] == rows[i]; j++)
		if (naive_starts_on(p, w->first + j))
			return w->first + j > p->censor;
	return false;
}

static inline bool naive_at_risk(const struct naive_world *w, const struct naive_person *p,
    const naive_rows rows, int i, const struct study_design *design)
{
	date_t day = w->first + i;

	if (!rows[i] || !naive_washed_out(p, naive_previous(p, day), day, design->washout_days))
		return false;
	if (!design->compat_1_2_1 || p->censor == DATE_NONE)
		return true;
	return day <= p->censor && !naive_lost_upstream(w, p, rows, i);
}

/* Of stretches with an outcome before or at their end only the first is kept,
 * for a person who has an event; stretches without any stay. */
static inline void naive_keep_first(struct naive_risk *r, const struct naive_person *p,
    const struct naive_world *w)
{
	bool touched[(NAIVE_LIST + 1) * (NAIVE_LIST + 2)] = {0};
	bool any = false;
	int first = 0;

	for (int i = 0; i < NAIVE_DAYS; i++) {
		if (!r->stretch[i])
			continue;
		any |= r->event[i];
		touched[r->stretch[i]] |= r->event[i] || naive_previous(p, w->first + i) >= 0;
	}
	for (int i = 0; i < NAIVE_DAYS && !first; i++)
		if (r->stretch[i] && touched[r->stretch[i]])
			first = r->stretch[i];
	for (int i = 0; any && i < NAIVE_DAYS; i++)
		if (r->stretch[i] != first && touched[r->stretch[i]]) {
			r->stretch[i] = 0;
			r->event[i] = false;
		}
}

static inline void naive_fill_risk(struct naive_risk *r, const struct naive_world *w,
    size_t person, const naive_rows rows, const struct study_design *design)
{
	const struct naive_person *p = &w->persons[person];

	memset(r, 0, sizeof(*r));
	for (int i = 0; i < NAIVE_DAYS; i++) {
		if (!naive_at_risk(w, p, rows, i, design))
			continue;
		r->stretch[i] = rows[i] * (NAIVE_LIST + 1) + naive_previous(p, w->first + i) + 1;
		r->event[i] = naive_starts_on(p, w->first + i);
	}
	if (!design->repeated_events && design->washout_days != STUDY_WASHOUT_INF)
		naive_keep_first(r, p, w);
}

/* The name of the interval that a day belongs to. */
static inline int naive_label(const struct study_design *design, date_t day)
{
	struct civil c = date_to_civil(day);
	int year, week;

	switch (design->interval) {
	case STUDY_WEEKS:
		date_iso_week(day, &year, &week);
		/* upstream: the calendar year, less one for a week 51 to 53 in January */
		if (design->compat_1_2_1)
			year = c.month == 1 && week > 50 ? c.year - 1 : c.year;
		return year * 100 + week;
	case STUDY_MONTHS: return c.year * 100 + c.month;
	case STUDY_QUARTERS: return c.year * 100 + (c.month + 2) / 3;
	case STUDY_YEARS: return c.year;
	case STUDY_OVERALL: return 0;
	}
	abort();
}

static inline bool naive_is_complete(const struct study_design *design, struct study_span s)
{
	if (design->interval == STUDY_OVERALL)
		return true;
	if (design->interval == STUDY_WEEKS)
		return s.end - s.start == 6;
	return naive_label(design, s.start - 1) != naive_label(design, s.start) &&
	       naive_label(design, s.end + 1) != naive_label(design, s.end);
}

static inline struct naive_interval *naive_interval_of(struct naive_result *r,
    const struct study_design *design, date_t day)
{
	for (size_t i = 0; i < r->count; i++)
		if (naive_label(design, r->intervals[i].span.start) == naive_label(design, day))
			return &r->intervals[i];
	r->intervals[r->count] = (struct naive_interval){.span = {day, day}};
	return &r->intervals[r->count++];
}

/* Days within what was observed, gathered by label. */
static inline void naive_make_intervals(struct naive_result *r, const struct study_design *design,
    struct study_span observed)
{
	size_t kept = 0;

	for (date_t d = observed.start; d <= observed.end; d++)
		naive_interval_of(r, design, d)->span.end = d;
	for (size_t i = 0; i < r->count; i++)
		if (!design->complete_intervals || naive_is_complete(design, r->intervals[i].span))
			r->intervals[kept++] = r->intervals[i];
	r->count = kept;
}

static inline bool naive_is_point(const struct study_design *design, date_t day)
{
	struct civil c = date_to_civil(day);

	if (design->point == STUDY_POINT_START)
		return naive_label(design, day - 1) != naive_label(design, day);
	if (design->point == STUDY_POINT_END)
		return naive_label(design, day + 1) != naive_label(design, day);
	switch (design->interval) {
	case STUDY_WEEKS: return date_weekday(day) == 3;
	case STUDY_MONTHS: return c.day == 15;
	case STUDY_QUARTERS: return c.day == 15 && c.month % 3 == 2;
	case STUDY_YEARS: return c.day == 1 && c.month == 7;
	case STUDY_OVERALL: break;
	}
	abort();
}

static inline void naive_make_points(struct naive_result *r, const struct study_design *design,
    struct study_span observed)
{
	for (date_t d = observed.start; d <= observed.end; d++)
		if (naive_is_point(design, d))
			r->intervals[r->count++] = (struct naive_interval){.span = {d, d}};
}

static inline void naive_widen(struct study_span *s, date_t day)
{
	s->start = s->start < day ? s->start : day;
	s->end = s->end > day ? s->end : day;
}

static inline void naive_incidence(struct naive_result *r, const struct naive_world *w,
    const struct study_denominator *d, const struct study_design *design)
{
	static struct naive_risk risks[NAIVE_PERSONS];
	struct study_span observed = {INT32_MAX, INT32_MIN};

	*r = (struct naive_result){0};
	for (size_t p = 0; p < w->count; p++) {
		naive_rows rows;
		bool time = false;

		r->persons += naive_fill_rows(rows, w, p, d, design, !design->compat_1_2_1);
		naive_fill_risk(&risks[p], w, p, rows, design);
		for (int i = 0; i < NAIVE_DAYS; i++)
			if (risks[p].stretch[i]) {
				naive_widen(&observed, w->first + i);
				time = true;
			}
		r->with_time += time;
	}
	naive_make_intervals(r, design, observed);
	for (size_t n = 0; n < r->count; n++) {
		struct naive_interval *in = &r->intervals[n];

		for (size_t p = 0; p < w->count; p++) {
			int64_t before = in->days;

			for (int i = 0; i < NAIVE_DAYS; i++)
				if (naive_within(in->span, w->first + i) && risks[p].stretch[i]) {
					in->days++;
					in->events += risks[p].event[i];
				}
			in->subjects += in->days > before;
		}
	}
}

/* Does one row of the person count for the interval, and has it a case in it? */
static inline void naive_row_in(struct study_span in, const struct naive_world *w,
    const struct naive_person *p, const naive_rows rows, int row, bool whole, bool *ret_counts,
    bool *ret_case)
{
	int days = 0;
	bool ill = false;

	for (date_t day = in.start; day <= in.end; day++) {
		if (rows[day - w->first] != row)
			continue;
		days++;
		for (size_t e = 0; e < p->event_count; e++)
			ill |= p->events[e].start <= day && day <= p->events[e].end;
	}
	if (whole ? days != in.end - in.start + 1 : days == 0)
		return;
	*ret_counts = true;
	*ret_case |= ill;
}

static inline void naive_prevalence(struct naive_result *r, const struct naive_world *w,
    const struct study_denominator *d, const struct study_design *design)
{
	static naive_rows rows[NAIVE_PERSONS];
	struct study_span observed = {INT32_MAX, INT32_MIN};

	*r = (struct naive_result){0};
	for (size_t p = 0; p < w->count; p++) {
		r->persons += naive_fill_rows(rows[p], w, p, d, design, true);
		for (int i = 0; i < NAIVE_DAYS; i++)
			if (rows[p][i])
				naive_widen(&observed, w->first + i);
	}
	if (design->prevalence == STUDY_POINT)
		naive_make_points(r, design, observed);
	else
		naive_make_intervals(r, design, observed);
	for (size_t n = 0; n < r->count; n++) {
		struct naive_interval *in = &r->intervals[n];

		for (size_t p = 0; p < w->count; p++) {
			bool counts = false, ill = false;

			for (int row = 1; row <= NAIVE_LIST; row++)
				naive_row_in(in->span, w, &w->persons[p], rows[p], row,
				    design->full_contribution, &counts, &ill);
			in->subjects += counts;
			in->events += ill;
		}
	}
}

/* Records to outcomes: half days, so that records which only touch stay apart. */
static inline void naive_clean(struct naive_person *p, date_t first)
{
	bool half[2 * NAIVE_DAYS] = {0};

	for (size_t e = 0; e < p->event_count; e++)
		for (size_t i = 0; i < p->period_count; i++)
			if (naive_within(p->periods[i], p->events[e].start))
				for (date_t h = 2 * p->events[e].start;
				     h <= 2 * p->events[e].end && h <= 2 * p->periods[i].end; h++)
					half[h - 2 * first] = true;
	p->event_count = 0;
	for (int h = 0; h < 2 * NAIVE_DAYS; h++) {
		if (half[h] && (h == 0 || !half[h - 1]))
			p->events[p->event_count++].start = first + h / 2;
		if (half[h])
			p->events[p->event_count - 1].end = first + h / 2;
	}
}

#endif
