/*
 * Counts to estimates. Every rounding that IncidencePrevalence 1.2.1 makes is
 * made here once: person-years to 3 decimals, rate and limits from the rounded
 * person-years to 3, prevalence to 5.
 */
#include "base/version.h"
#include "stats/proportion.h"
#include "stats/rate.h"
#include "stats/round.h"
#include "study/study.h"

#include <stdio.h>

static const double DAYS_A_YEAR = 365.25, PER = 100000;

/* One interval of one analysis, under which rows are added. */
struct place {
	struct summarised *s;
	int result_id;
	const char *group_level, *additional_name, *additional_level;
};

static void add(const struct place *p, const char *variable, const char *level,
    const char *estimate, const char *type, const char *value)
{
	*vec_push(&p->s->rows) = (struct summarised_row){
	    .result_id = p->result_id,
	    .group_name = "denominator_cohort_name &&& outcome_cohort_name",
	    .group_level = p->group_level,
	    .strata_name = "overall",
	    .strata_level = "overall",
	    .variable_name = variable,
	    .variable_level = level,
	    .estimate_name = estimate,
	    .estimate_type = type,
	    .estimate_value = arena_strdup(&p->s->arena, VIEW(value)),
	    .additional_name = p->additional_name,
	    .additional_level = p->additional_level,
	};
}

static void add_int(const struct place *p, const char *variable, const char *level,
    const char *estimate, int64_t value)
{
	char text[32];

	snprintf(text, sizeof(text), "%lld", (long long)value);
	add(p, variable, level, estimate, "integer", text);
}

static void add_number(const struct place *p, const char *variable, const char *level,
    const char *estimate, double value)
{
	char text[STATS_FORMAT_SIZE];

	stats_format(text, sizeof(text), value);
	add(p, variable, level, estimate, "numeric", text);
}

static void add_incidence(
    const struct place *p, const struct study_analysis *a, size_t i, const char *outcome)
{
	double years = stats_round((double)a->days[i] / DAYS_A_YEAR, 3);
	struct stats_interval ci = stats_poisson_exact(a->events[i], 0.95);

	add_int(p, "Denominator", "", "denominator_count", a->subjects[i]);
	add_int(p, "Denominator", "", "person_days", a->days[i]);
	add_number(p, "Denominator", "", "person_years", years);
	add_int(p, "Outcome", outcome, "outcome_count", a->events[i]);
	add_number(p, "Outcome", outcome, "incidence_100000_pys",
	    stats_round((double)a->events[i] / years * PER, 3));
	add_number(p, "Outcome", outcome, "incidence_100000_pys_95CI_lower",
	    stats_round(ci.lower / years * PER, 3));
	add_number(p, "Outcome", outcome, "incidence_100000_pys_95CI_upper",
	    stats_round(ci.upper / years * PER, 3));
}

static void add_prevalence(
    const struct place *p, const struct study_analysis *a, size_t i, const char *outcome)
{
	struct stats_interval ci = stats_wilson(a->events[i], a->subjects[i], STATS_Z95_OHDSI);

	add_int(p, "Denominator", "", "denominator_count", a->subjects[i]);
	add_int(p, "Outcome", outcome, "outcome_count", a->events[i]);
	add_number(p, "Outcome", outcome, "prevalence",
	    stats_round((double)a->events[i] / (double)a->subjects[i], 5));
	add_number(p, "Outcome", outcome, "prevalence_95CI_lower", stats_round(ci.lower, 5));
	add_number(p, "Outcome", outcome, "prevalence_95CI_upper", stats_round(ci.upper, 5));
}

static void set_bool(struct summarised *s, int id, const char *name, bool value)
{
	summarised_set(s, id, name, "logical", "%s", value ? "TRUE" : "FALSE");
}

static void set_denominator(struct summarised *s, int id, const struct study_design *design,
    const struct study_denominator *d)
{
	char day[DATE_TEXT_SIZE];

	summarised_set(
	    s, id, "denominator_age_group", "character", "%d to %d", d->min_age, d->max_age);
	summarised_set(s, id, "denominator_sex", "character", "%s", study_sex_name(d->sex));
	summarised_set(s, id, "denominator_days_prior_observation", "numeric", "%d", d->prior_days);
	if (design->start != DATE_NONE)
		summarised_set(
		    s, id, "denominator_start_date", "date", "%s", date_format(design->start, day));
	if (design->end != DATE_NONE)
		summarised_set(
		    s, id, "denominator_end_date", "date", "%s", date_format(design->end, day));
	summarised_set(s, id, "denominator_target_cohort_name", "character", "None");
	summarised_set(s, id, "denominator_time_at_risk", "character", "0 to Inf");
}

static void set_common(
    struct summarised *s, int id, const struct study_design *d, const char *result_type)
{
	summarised_set(s, id, "result_type", "character", "%s", result_type);
	summarised_set(s, id, "package_name", "character", "hygie");
	summarised_set(s, id, "package_version", "character", "%s", hygie_version());
	summarised_set(
	    s, id, "group", "character", "denominator_cohort_name &&& outcome_cohort_name");
	set_bool(s, id, "analysis_complete_database_intervals", d->complete_intervals);
	summarised_set(s, id, "analysis_censor_cohort_name", "character", "%s",
	    d->censor_path ? "censor" : "None");
	if (d->compat_1_2_1)
		summarised_set(s, id, "compat", "character", "IncidencePrevalence 1.2.1");
}

static void set_incidence(struct summarised *s, int id, const struct study_design *d)
{
	if (d->washout_days == STUDY_WASHOUT_INF)
		summarised_set(s, id, "analysis_outcome_washout", "character", "Inf");
	else
		summarised_set(
		    s, id, "analysis_outcome_washout", "character", "%d", d->washout_days);
	set_bool(s, id, "analysis_repeated_events", d->repeated_events);
}

static void set_prevalence(struct summarised *s, int id, const struct study_design *d)
{
	static const char *const points[] = {"start", "middle", "end"};

	summarised_set(s, id, "analysis_type", "character", "%s",
	    d->prevalence == STUDY_POINT ? "point" : "period");
	if (d->prevalence == STUDY_POINT)
		summarised_set(s, id, "analysis_time_point", "character", "%s", points[d->point]);
	set_bool(s, id, "analysis_full_contribution", d->full_contribution);
	summarised_set(s, id, "analysis_level", "character", "person");
}

static void add_analysis(struct summarised *s, const struct study_counts *c,
    const struct study_analysis *a, bool incidence)
{
	const char *outcome =
	    arena_strdup(&s->arena, VIEW(c->design->outcomes.ptr[a->outcome].name));
	struct place p = {
	    .s = s,
	    .result_id = (int)a->denominator + 1,
	    .group_level = arena_format(
		&s->arena, "denominator_cohort_%zu &&& %s", a->denominator + 1, outcome),
	    .additional_name =
		incidence ? "incidence_start_date &&& incidence_end_date &&& analysis_interval"
			  : "prevalence_start_date &&& prevalence_end_date &&& analysis_interval",
	};

	for (size_t i = 0; i < a->count; i++) {
		char start[DATE_TEXT_SIZE], end[DATE_TEXT_SIZE];

		if (a->spans[i].start > a->spans[i].end || a->subjects[i] == 0)
			continue;
		p.additional_level = arena_format(&s->arena, "%s &&& %s &&& %s",
		    date_format(a->spans[i].start, start), date_format(a->spans[i].end, end),
		    study_interval_name(c->design->interval));
		if (incidence)
			add_incidence(&p, a, i, outcome);
		else
			add_prevalence(&p, a, i, outcome);
	}
}

/* Who left at which step: persons only. */
static void add_attrition(struct summarised *s, const struct study_counts *c, size_t d, int id)
{
	int64_t left = c->read.persons;
	struct place p = {.s = s,
	    .result_id = id,
	    .group_level = arena_format(&s->arena, "denominator_cohort_%zu &&& overall", d + 1),
	    .additional_name = "reason_id"};

	for (int r = ATTRITION_STARTING; r <= ATTRITION_NOT_AVAILABLE; r++) {
		int64_t excluded = c->attrition[d][r];
		size_t first = s->rows.len;

		if (!*study_attrition_reason((enum study_attrition)r))
			continue;
		left -= excluded;
		p.additional_level = arena_format(&s->arena, "%d", r);
		add_int(&p, "number_subjects", "", "count", left);
		add_int(&p, "excluded_subjects", "", "count", excluded);
		for (size_t i = first; i < s->rows.len; i++) {
			s->rows.ptr[i].strata_name = "reason";
			s->rows.ptr[i].strata_level =
			    study_attrition_reason((enum study_attrition)r);
		}
	}
}

static struct summarised *estimate(
    const struct study_counts *c, const char *cdm_name, bool incidence)
{
	const struct study_design *design = c->design;
	size_t denominators = design->denominators.len;
	struct summarised *s = summarised_new(cdm_name);

	for (size_t i = 0; i < c->analyses.len; i++)
		add_analysis(s, c, &c->analyses.ptr[i], incidence);
	for (size_t d = 0; d < denominators; d++) {
		int id = (int)d + 1;

		set_common(s, id, design, incidence ? "incidence" : "prevalence");
		set_denominator(s, id, design, &design->denominators.ptr[d]);
		if (incidence)
			set_incidence(s, id, design);
		else
			set_prevalence(s, id, design);
	}
	for (size_t d = 0; d < denominators; d++) {
		int id = (int)(denominators + d) + 1;

		add_attrition(s, c, d, id);
		set_common(
		    s, id, design, incidence ? "incidence_attrition" : "prevalence_attrition");
		set_denominator(s, id, design, &design->denominators.ptr[d]);
	}
	return s;
}

struct summarised *study_estimate_incidence(const struct study_counts *c, const char *cdm_name)
{
	return estimate(c, cdm_name, true);
}

struct summarised *study_estimate_prevalence(const struct study_counts *c, const char *cdm_name)
{
	return estimate(c, cdm_name, false);
}
