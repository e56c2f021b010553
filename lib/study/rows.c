#include "study/person.h"

const char *study_attrition_reason(enum study_attrition reason)
{
	static const char *const words[ATTRITION_COUNT] = {
	    [ATTRITION_STARTING] = "Starting population",
	    [ATTRITION_NO_BIRTH] = "Missing year of birth",
	    [ATTRITION_NO_SEX] = "Missing sex",
	    [ATTRITION_AGE_BY_BIRTH] =
		"Cannot satisfy age criteria during the study period based on "
		"year of birth",
	    [ATTRITION_NO_TIME] = "No observation time available during study period",
	    [ATTRITION_AGE] = "Doesn't satisfy age criteria during the study period",
	    [ATTRITION_PRIOR] = "Prior history requirement not fulfilled during study period",
	    [ATTRITION_OTHER_SEX] = "Not of the sex asked for",
	    [ATTRITION_NOT_AVAILABLE] =
		"No observation time available after applying age and prior "
		"history criteria",
	    [ATTRITION_ANALYSIS] = "Starting analysis population",
	    [ATTRITION_WASHOUT] = "Excluded due to prior event (do not pass outcome washout during "
				  "study period)",
	};

	return words[reason] ? words[reason] : "";
}

static struct study_span study_time(const struct study_design *d)
{
	return (struct study_span){
	    d->start == DATE_NONE ? INT32_MIN / 2 : d->start,
	    d->end == DATE_NONE ? INT32_MAX / 2 : d->end,
	};
}

static struct study_span cut(struct study_span a, struct study_span b)
{
	return (struct study_span){MAX(a.start, b.start), MIN(a.end, b.end)};
}

static bool is_empty(struct study_span s)
{
	return s.start > s.end;
}

/* How far a period gets: one of the reasons, or NONE with the row in *ret. */
static enum study_attrition qualify(struct study_span period, struct study_span study,
    struct study_span ages, int prior, struct study_span *ret)
{
	struct study_span observed = cut(period, study);
	struct study_span aged = cut(observed, ages);

	if (is_empty(observed))
		return ATTRITION_NO_TIME;
	if (is_empty(aged))
		return ATTRITION_AGE;
	*ret = cut(aged, (struct study_span){period.start + prior, period.end});
	return is_empty(*ret) ? ATTRITION_PRIOR : ATTRITION_NONE;
}

static enum study_attrition check_person(const struct study_person *p,
    const struct study_denominator *d, struct study_span study, struct study_span *ret_ages)
{
	if (p->birth == DATE_NONE)
		return ATTRITION_NO_BIRTH;
	if (p->sex == STUDY_BOTH)
		return ATTRITION_NO_SEX;
	*ret_ages = (struct study_span){
	    date_add_years(p->birth, d->min_age), date_add_years(p->birth, d->max_age + 1) - 1};
	if (is_empty(cut(*ret_ages, study)))
		return ATTRITION_AGE_BY_BIRTH;
	if (p->period_count == 0)
		return ATTRITION_NO_TIME;
	return ATTRITION_NONE;
}

enum study_attrition study_denominator_rows(const struct study_person *p,
    const struct study_denominator *d, const struct study_design *design, study_spans *ret)
{
	struct study_span study = study_time(design);
	struct study_span ages;
	enum study_attrition best = check_person(p, d, study, &ages);

	ret->len = 0;
	if (best != ATTRITION_NONE)
		return best;
	for (uint32_t i = 0; i < p->period_count; i++) {
		struct study_span row;
		enum study_attrition reason =
		    qualify(p->periods[i], study, ages, d->prior_days, &row);

		best = MAX(best, reason);
		if (reason != ATTRITION_NONE)
			continue;
		if (p->censor != DATE_NONE && !design->compat_1_2_1)
			row.end = MIN(row.end, p->censor);
		if (!is_empty(row))
			*vec_push(ret) = row;
	}
	if (d->sex != STUDY_BOTH && d->sex != p->sex) {
		if (ret->len)
			best = ATTRITION_OTHER_SEX;
		ret->len = 0;
	}
	if (ret->len)
		return ATTRITION_NONE;
	return best ? best : ATTRITION_NOT_AVAILABLE;
}

/* The end of the observation period that holds a day; DATE_NONE outside. */
static date_t observed_until(const struct study_span *periods, size_t count, date_t day)
{
	for (size_t i = 0; i < count; i++)
		if (periods[i].start <= day && day <= periods[i].end)
			return periods[i].end;
	return DATE_NONE;
}

size_t study_clean_events(
    struct study_event *events, size_t count, const struct study_span *periods, size_t period_count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		struct study_event e = events[i];
		date_t until = observed_until(periods, period_count, e.start);

		if (until == DATE_NONE)
			continue;
		e.end = MIN(e.end, until);
		if (kept && e.start <= events[kept - 1].end)
			events[kept - 1].end = MAX(events[kept - 1].end, e.end);
		else
			events[kept++] = e;
	}
	return kept;
}
