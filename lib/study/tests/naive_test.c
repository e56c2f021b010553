/*
 * Thousands of tiny random CDMs: the library and the day-by-day model of
 * naive.h count the same. HYGIE_TEST_SEED repeats a run.
 */
#include "naive_world.h"
#include "study/tally.h"
#include "support.h"

#define PERSONS "person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth\n"
#define PERIODS "person_id,observation_period_start_date,observation_period_end_date\n"

static uint64_t seed = 20250723;

/* Prevalence has no points in one interval for everything; nor has upstream. */
static void allow_prevalence(struct study_design *d)
{
	if (d->interval == STUDY_OVERALL)
		d->prevalence = STUDY_PERIOD;
	d->compat_1_2_1 = false;
}

static struct study_person person_of(const struct naive_person *p)
{
	return (struct study_person){p->birth, p->censor, (uint8_t)p->sex, p->periods,
	    (uint32_t)p->period_count};
}

/* What lib/study/count.c makes of its parts, for one denominator. */
struct counted {
	struct study_tally tally;
	struct study_span *spans;
	int64_t persons;
};

static void count_persons(struct counted *c, const struct calendar *calendar,
    const struct naive_world *w, const struct study_denominator *d,
    const struct study_design *design, bool incidence, bool bounds_only)
{
	study_spans spans = {0};
	study_rows rows = {0};
	bool point = design->prevalence == STUDY_POINT;
	bool whole = point || design->full_contribution;

	c->persons = 0;
	for (size_t i = 0; i < w->count; i++) {
		const struct naive_person *n = &w->persons[i];
		struct study_person p = person_of(n);

		if (study_denominator_rows(&p, d, design, &spans) != ATTRITION_NONE)
			continue;
		c->persons++;
		if (bounds_only) {
			tally_bounds(&c->tally, &spans);
		} else if (incidence) {
			study_risk_rows(&spans, n->events, n->event_count, design, p.censor,
			    &rows);
			tally_incidence(&c->tally, calendar, &rows);
		} else {
			tally_prevalence(&c->tally, calendar, c->spans, &spans, n->events,
			    n->event_count, whole ? STUDY_COVERS : STUDY_OVERLAPS,
			    point ? STUDY_COVERS : STUDY_OVERLAPS);
		}
	}
	vec_clear(&spans);
	vec_clear(&rows);
}

static void report_points(struct counted *c, const struct calendar *calendar,
    enum study_point point)
{
	for (size_t i = 0; i < calendar->count; i++) {
		date_t at = calendar_point(calendar->unit, calendar->spans[i].start, point);

		c->spans[i] = (struct study_span){1, 0};
		if (at >= c->tally.first && at <= c->tally.last)
			c->spans[i] = (struct study_span){at, at};
	}
}

static void count(struct counted *c, const struct calendar *calendar, const struct naive_world *w,
    const struct study_denominator *d, const struct study_design *design, bool incidence)
{
	*c = (struct counted){.spans = mem_zalloc(calendar->count, sizeof(*c->spans))};
	tally_init(&c->tally, calendar->count);
	count_persons(c, calendar, w, d, design, incidence, !incidence);
	if (!incidence && design->prevalence == STUDY_POINT)
		report_points(c, calendar, design->point);
	else
		calendar_report(calendar, c->tally.first, c->tally.last, design->complete_intervals,
		    design->compat_1_2_1, c->spans);
	if (incidence) {
		tally_finish_incidence(&c->tally, calendar);
		return;
	}
	count_persons(c, calendar, w, d, design, false, false);
	tally_finish_prevalence(&c->tally);
}

struct got {
	size_t count;
	const struct study_span *spans;
	const int64_t *subjects, *days, *events;
};

static const struct naive_interval *find(const struct naive_result *want, struct study_span s)
{
	for (size_t i = 0; i < want->count; i++) {
		const struct naive_interval *in = &want->intervals[i];

		if (in->span.start == s.start && in->span.end == s.end)
			return in;
	}
	return NULL;
}

static void differ(const struct naive_interval *want, const struct got *got, size_t i,
    uint64_t index)
{
	char start[DATE_TEXT_SIZE], end[DATE_TEXT_SIZE];

	print_message("%s..%s: %lld persons, %lld events\n",
	    date_format(got->spans[i].start, start), date_format(got->spans[i].end, end),
	    (long long)got->subjects[i], (long long)got->events[i]);
	if (want)
		print_message("the model: %lld persons, %lld days, %lld events\n",
		    (long long)want->subjects, (long long)want->days, (long long)want->events);
	fail_msg("seed %llu world %llu", (unsigned long long)seed, (unsigned long long)index);
}

/* The same intervals with persons in them, and the same numbers. */
static void compare(const struct naive_result *want, const struct got *got, bool incidence,
    uint64_t index)
{
	size_t left = 0;

	for (size_t i = 0; i < want->count; i++)
		left += want->intervals[i].subjects > 0;
	for (size_t i = 0; i < got->count; i++) {
		const struct naive_interval *in;

		if (got->spans[i].start > got->spans[i].end || got->subjects[i] == 0)
			continue;
		in = find(want, got->spans[i]);
		if (!in || in->subjects != got->subjects[i] || in->events != got->events[i] ||
		    (incidence && in->days != got->days[i]))
			differ(in, got, i, index);
		left--;
	}
	if (left)
		fail_msg("seed %llu world %llu: %zu intervals are missing",
		    (unsigned long long)seed, (unsigned long long)index, left);
}

/* Days from the first to the last observed, within the study; false when none. */
static bool study_days(const struct naive_world *w, const struct study_design *d,
    struct study_span *ret)
{
	*ret = (struct study_span){INT32_MAX, INT32_MIN};
	for (size_t p = 0; p < w->count; p++)
		for (size_t i = 0; i < w->persons[p].period_count; i++) {
			naive_widen(ret, w->persons[p].periods[i].start);
			naive_widen(ret, w->persons[p].periods[i].end);
		}
	if (d->start != DATE_NONE)
		ret->start = MAX(ret->start, d->start);
	if (d->end != DATE_NONE)
		ret->end = MIN(ret->end, d->end);
	return ret->start <= ret->end;
}

static void check_denominator(const struct naive_world *w, const struct study_design *d, size_t i,
    const struct calendar *calendar, bool incidence, uint64_t index)
{
	static struct naive_result want;
	struct counted c;
	struct got got;

	count(&c, calendar, w, &d->denominators.ptr[i], d, incidence);
	got = (struct got){calendar->count, c.spans, c.tally.subjects, c.tally.days,
	    c.tally.events};
	(incidence ? naive_incidence : naive_prevalence)(&want, w, &d->denominators.ptr[i], d);
	compare(&want, &got, incidence, index);
	assert_int_equal(c.persons, want.persons);
	if (incidence)
		assert_int_equal(c.tally.persons, want.with_time);
	tally_clear(&c.tally);
	free(c.spans);
}

static void check_world(uint64_t index, bool incidence)
{
	struct rng r = rng_at(seed, 1, index);
	struct naive_world w = random_world(&r);
	struct study_design d = {0};
	AUTO_CALENDAR struct calendar calendar = {0};
	struct study_span days;
	struct err err;

	random_design(&r, &d, &w);
	if (!incidence)
		allow_prevalence(&d);
	for (size_t i = 0; i < w.count && index % 2; i++)
		naive_clean(&w.persons[i], w.first);
	if (study_days(&w, &d, &days)) {
		assert_int_equal(calendar_init(&calendar, d.interval, days.start, days.end, &err),
		    0);
		for (size_t i = 0; i < d.denominators.len; i++)
			check_denominator(&w, &d, i, &calendar, incidence, index);
	}
	study_design_clear(&d);
}

static void incidence_agrees_with_the_model(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < 3000; i++)
		check_world(i, true);
}

static void prevalence_agrees_with_the_model(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < 3000; i++)
		check_world(i, false);
}

static void cleaned_records_agree_with_the_model(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < 3000; i++) {
		struct rng r = rng_at(seed, 2, i);
		struct naive_world w = random_world(&r);
		struct naive_person p = w.persons[0];
		struct study_event events[NAIVE_LIST];
		size_t left;

		memcpy(events, p.events, sizeof(events));
		left = study_clean_events(events, p.event_count, p.periods, p.period_count);
		naive_clean(&p, w.first);
		assert_int_equal(left, p.event_count);
		for (size_t e = 0; e < left; e++) {
			assert_int_equal(events[e].start, p.events[e].start);
			assert_int_equal(events[e].end, p.events[e].end);
		}
	}
}

/* The world as a folder of CSV files; rows in no order, missing ends and all. */
static void write_world(const struct naive_world *w)
{
	AUTO_STR struct str persons = {0};
	AUTO_STR struct str periods = {0};
	AUTO_STR struct str records = {0};
	AUTO_STR struct str censor = {0};
	char a[DATE_TEXT_SIZE], b[DATE_TEXT_SIZE];

	str_addz(&persons, PERSONS);
	str_addz(&periods, PERIODS);
	str_addz(&records, "subject_id,cohort_start_date,cohort_end_date\n");
	str_addz(&censor, "subject_id,cohort_start_date\n");
	for (size_t n = w->count; n--;) {
		const struct naive_person *p = &w->persons[n];
		struct civil c = date_to_civil(p->birth == DATE_NONE ? 0 : p->birth);
		int id = 1000 - (int)n * 7;

		str_addf(&persons, "%d,%d,", id, (const int[]){0, 8507, 8532}[p->sex]);
		if (p->birth == DATE_NONE)
			str_addz(&persons, ",,\n");
		else
			str_addf(&persons, "%d.0,%d,%d\n", c.year, c.month, c.day);
		for (size_t i = p->period_count; i--;)
			str_addf(&periods, "%d,%s,%s\n", id, date_format(p->periods[i].start, a),
			    date_format(p->periods[i].end, b));
		for (size_t i = p->event_count; i--;)
			str_addf(&records, "%d,%s,%s\n", id, date_format(p->events[i].start, a),
			    date_format(p->events[i].end, b));
		if (p->censor != DATE_NONE)
			str_addf(&censor, "%d,%s\n", id, date_format(p->censor, a));
	}
	(void)mkdir("cdm", 0777); /* kept from world to world */
	put("cdm/person.csv", str_get(&persons));
	put("cdm/observation_period.csv", str_get(&periods));
	put("outcome.csv", str_get(&records));
	put("censor.csv", str_get(&censor));
}

/* As write_world's outcome file, as records of concept 7 among others. */
static void write_records(const struct naive_world *w)
{
	AUTO_STR struct str records = {0};
	char a[DATE_TEXT_SIZE], b[DATE_TEXT_SIZE];

	str_addz(&records,
	    "person_id,condition_concept_id,condition_start_date,condition_end_date\n");
	for (size_t n = 0; n < w->count; n++)
		for (size_t i = w->persons[n].event_count; i--;) {
			const struct study_event *e = &w->persons[n].events[i];
			int id = 1000 - (int)n * 7;

			str_addf(&records, "%d,7,%s,%s\n", id, date_format(e->start, a),
			    e->start == e->end ? "" : date_format(e->end, b));
			str_addf(&records, "%d,8,%s,\n", id, a);
		}
	put("cdm/condition_occurrence.csv", str_get(&records));
}

static void check_analysis(const struct naive_world *w, const struct study_counts *c,
    const struct study_analysis *a, bool incidence, uint64_t index)
{
	static struct naive_result want;
	const struct study_design *d = c->design;
	struct got got = {a->count, a->spans, a->subjects, a->days, a->events};

	(incidence ? naive_incidence : naive_prevalence)(&want, w,
	    &d->denominators.ptr[a->denominator], d);
	compare(&want, &got, incidence, index);
	assert_int_equal(c->denominator_persons[a->denominator], want.persons);
	if (incidence)
		assert_int_equal(a->persons_excluded_washout, want.persons - want.with_time);
}

static void check_cdm(uint64_t index, bool incidence)
{
	struct rng r = rng_at(seed, 3, index);
	struct naive_world w = random_world(&r);
	AUTO_DESIGN struct study_design d = design_of("whole=cohort:outcome.csv");
	AUTO_COUNTS struct study_counts *c = NULL;
	struct err err;

	random_design(&r, &d, &w);
	if (!incidence)
		allow_prevalence(&d);
	write_world(&w);
	write_records(&w);
	assert_int_equal(study_design_add_outcome(&d, "records=condition:7", &err), 0);
	d.censor_path = "censor.csv";
	c = study("cdm", &d, incidence, 1 + (int)(index % 3));
	assert_int_equal(c->analyses.len, 2 * d.denominators.len);
	for (size_t i = 0; i < c->analyses.len; i++) {
		if (i == d.denominators.len) /* the second outcome is made of records */
			for (size_t p = 0; p < w.count; p++)
				naive_clean(&w.persons[p], w.first);
		check_analysis(&w, c, &c->analyses.ptr[i], incidence, index);
	}
}

static void whole_studies_agree_with_the_model(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < 40; i++)
		check_cdm(i, i % 2);
}

int main(void)
{
	char folder[] = "/tmp/hygie-naive-XXXXXX";
	const char *wanted = getenv("HYGIE_TEST_SEED");
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(incidence_agrees_with_the_model),
	    cmocka_unit_test(prevalence_agrees_with_the_model),
	    cmocka_unit_test(cleaned_records_agree_with_the_model),
	    cmocka_unit_test(whole_studies_agree_with_the_model),
	};
	int64_t given;

	if (wanted && view_to_i64(VIEW(wanted), &given))
		seed = (uint64_t)given;
	print_message("seed %llu\n", (unsigned long long)seed);
	if (!mkdtemp(folder) || chdir(folder) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
