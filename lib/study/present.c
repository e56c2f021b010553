/* What a person reads: built from suppressed results only, so that no page,
 * chart or table can show what the published file hides. */
#include "base/embed.h"
#include "io/json.h"
#include "report/cell.h"
#include "study/labels.h"
#include "study/study.h"

/* Columns of the table, in the order the estimates of an interval are given. */
static const struct report_column incidence_columns[] = {
    {"outcome", "Outcome", REPORT_TEXT},
    {"denominator", "Population", REPORT_TEXT},
    {"interval", "Interval", REPORT_TEXT},
    {"start", NULL, REPORT_DATE},
    {"end", NULL, REPORT_DATE},
    {"persons", "Persons", REPORT_COUNT},
    {"person_days", NULL, REPORT_COUNT},
    {"person_years", "Person-years", REPORT_NUMBER},
    {"events", "Events", REPORT_COUNT},
    {"rate", "Per 100 000 person-years", REPORT_NUMBER},
    {"rate_lower", "95 % CI from", REPORT_NUMBER},
    {"rate_upper", "to", REPORT_NUMBER},
};
static const struct report_column prevalence_columns[] = {
    {"outcome", "Outcome", REPORT_TEXT},
    {"denominator", "Population", REPORT_TEXT},
    {"interval", "Interval", REPORT_TEXT},
    {"start", NULL, REPORT_DATE},
    {"end", NULL, REPORT_DATE},
    {"persons", "Persons", REPORT_COUNT},
    {"cases", "Cases", REPORT_COUNT},
    {"prevalence", "Prevalence", REPORT_PERCENT},
    {"prevalence_lower", "95 % CI from", REPORT_PERCENT},
    {"prevalence_upper", "to", REPORT_PERCENT},
};
static const struct report_column attrition_columns[] = {
    {"denominator", "Population", REPORT_TEXT},
    {"reason", "Step", REPORT_TEXT},
    {"excluded", "Excluded", REPORT_COUNT},
    {"persons", "Persons left", REPORT_COUNT},
};
static const struct report_column export_columns[] = {
    {"result_id", "Result", REPORT_TEXT},
    {"cdm_name", "CDM", REPORT_TEXT},
    {"group_name", "Group", REPORT_TEXT},
    {"group_level", "Group level", REPORT_TEXT},
    {"strata_name", "Strata", REPORT_TEXT},
    {"strata_level", "Strata level", REPORT_TEXT},
    {"variable_name", "Variable", REPORT_TEXT},
    {"variable_level", "Variable level", REPORT_TEXT},
    {"estimate_name", "Estimate", REPORT_TEXT},
    {"estimate_type", "Type", REPORT_TEXT},
    {"estimate_value", "Value", REPORT_TEXT},
    {"additional_name", "Additional", REPORT_TEXT},
    {"additional_level", "Additional level", REPORT_TEXT},
};

/* The piece `index` of "a &&& b &&& c". */
static struct view level_piece(const char *level, size_t index)
{
	static const char separator[] = " &&& ";
	const char *at = level;
	const char *hit;

	while ((hit = strstr(at, separator)) && index--)
		at = hit + sizeof(separator) - 1;
	return (struct view){at, hit ? (size_t)(hit - at) : strlen(at)};
}

static void add_value(
    struct report *r, struct report_table *t, const struct summarised_row *row, int min_cell)
{
	if (row->hidden == SUMMARISED_SMALL)
		report_add_cell(r, t, "<%d", min_cell);
	else
		report_add_cell(r, t, "%s", row->estimate_value);
}

static bool same_group(const struct summarised_row *a, const struct summarised_row *b)
{
	return a->result_id == b->result_id && strcmp(a->group_level, b->group_level) == 0;
}

static bool same_place(const struct summarised_row *a, const struct summarised_row *b)
{
	return same_group(a, b) && strcmp(a->additional_level, b->additional_level) == 0;
}

/* The cells that say whose numbers follow. */
static void add_place(struct report *r, struct report_table *t, const struct summarised_row *row,
    const struct study_design *d)
{
	struct view start = level_piece(row->additional_level, 0);
	struct view end = level_piece(row->additional_level, 1);
	AUTO_STR struct str population = {0};
	AUTO_STR struct str interval = {0};
	struct study_span span = {0};

	study_label_population(d, (size_t)row->result_id - 1, &population);
	if (date_parse(start, &span.start) && date_parse(end, &span.end))
		study_label_interval(d->interval, span, &interval);
	report_add_cell(r, t, "%.*s", VIEW_ARG(level_piece(row->group_level, 1)));
	report_add_cell(r, t, "%s", str_get(&population));
	report_add_cell(r, t, "%s", str_get(&interval));
	report_add_cell(r, t, "%.*s", VIEW_ARG(start));
	report_add_cell(r, t, "%.*s", VIEW_ARG(end));
}

static void fill_results(struct report *r, struct report_table *t, const struct summarised *s,
    const struct study_design *d, int min_cell)
{
	for (size_t i = 0; i < s->rows.len; i++) {
		const struct summarised_row *row = &s->rows.ptr[i];

		if ((size_t)row->result_id > d->denominators.len)
			continue;
		if (i == 0 || !same_place(row, row - 1))
			add_place(r, t, row, d);
		add_value(r, t, row, min_cell);
	}
}

static void fill_attrition(struct report *r, struct report_table *t, const struct summarised *s,
    const struct study_design *d, int min_cell)
{
	AUTO_STR struct str population = {0};

	for (size_t i = 0; i + 1 < s->rows.len; i++) {
		const struct summarised_row *left = &s->rows.ptr[i];
		const struct summarised_row *excluded = left + 1;

		if ((size_t)left->result_id <= d->denominators.len ||
		    strcmp(left->variable_name, "number_subjects") != 0)
			continue;
		str_reset(&population);
		study_label_population(
		    d, (size_t)left->result_id - d->denominators.len - 1, &population);
		report_add_cell(r, t, "%s", str_get(&population));
		report_add_cell(r, t, "%s", left->strata_level);
		add_value(r, t, excluded, min_cell);
		add_value(r, t, left, min_cell);
	}
}

static void fill_export(struct report *r, struct report_table *t, const struct summarised *s)
{
	for (size_t i = 0; i < s->rows.len + s->settings.len; i++) {
		const char *const *fields = summarised_fields(s, i);

		for (size_t f = 0; f < ARRAY_LEN(export_columns); f++)
			report_add_cell(r, t, "%s", fields[f]);
	}
}

static void add_chart(struct report *r, const char *file, const char *outcome, size_t index,
    const char *measure, bool many)
{
	struct view spec = embed_find(file);
	struct view mark = VIEW_LIT("@OUTCOME@");
	const char *at = strstr(spec.ptr, mark.ptr);
	AUTO_STR struct str text = {0};
	AUTO_STR struct str alt = {0};
	AUTO_FREE char *id = str_format("chart_%zu", index + 1);
	struct json_writer w = {.out = &text};

	str_add(&text, (struct view){spec.ptr, (size_t)(at - spec.ptr)});
	json_add_text(&w, VIEW(outcome));
	str_addz(&text, at + mark.len);
	str_addf(&alt,
	    "%s of %s with 95 %% confidence intervals; the numbers are in the table below", measure,
	    outcome);
	if (many && strstr(spec.ptr, "\"picked\""))
		str_addz(&alt, "; a click in the legend shows one population alone");
	report_add_chart(r, id, outcome, str_get(&alt), "results", str_get(&text));
}

/* Whether any estimate of the outcome is left to draw. */
static bool is_drawable(const struct summarised *s, const char *outcome)
{
	for (size_t i = 0; i < s->rows.len; i++) {
		const struct summarised_row *row = &s->rows.ptr[i];

		if (strcmp(row->variable_level, outcome) == 0 && row->hidden == SUMMARISED_SHOWN)
			return true;
	}
	return false;
}

enum { FEW_INTERVALS = 30 }; /* up to so many, each gets its bars */

static size_t count_intervals(const struct summarised *s)
{
	size_t n = 0;

	/* of the first analysis; the others have about as many */
	for (size_t i = 0; i < s->rows.len && same_group(&s->rows.ptr[i], &s->rows.ptr[0]); i++)
		n += i == 0 || !same_place(&s->rows.ptr[i], &s->rows.ptr[i - 1]);
	return n;
}

static const char *chart_file(
    const struct summarised *s, const struct study_design *d, bool incidence)
{
	bool few = count_intervals(s) <= FEW_INTERVALS;

	if (!incidence)
		return few ? "study/data/prevalence_few.json" : "study/data/prevalence_time.json";
	if (d->interval == STUDY_OVERALL)
		return "study/data/incidence_overall.json";
	return few ? "study/data/incidence_few.json" : "study/data/incidence_time.json";
}

static void add_charts(
    struct report *r, const struct summarised *s, const struct study_design *d, bool incidence)
{
	for (size_t i = 0; i < d->outcomes.len; i++)
		if (is_drawable(s, d->outcomes.ptr[i].name))
			add_chart(r, chart_file(s, d, incidence), d->outcomes.ptr[i].name, i,
			    incidence ? "Incidence rate" : "Prevalence", d->denominators.len > 1);
}

/* Everybody is the first row of attrition, where the number may be hidden. */
static bool persons_hidden(const struct summarised *s, const struct study_design *d)
{
	for (size_t i = 0; i < s->rows.len; i++) {
		const struct summarised_row *row = &s->rows.ptr[i];

		if ((size_t)row->result_id > d->denominators.len &&
		    row->hidden != SUMMARISED_SHOWN &&
		    strcmp(row->variable_name, "number_subjects") == 0 &&
		    strcmp(row->additional_level, "1") == 0)
			return true;
	}
	return false;
}

/* What is done with intervals that were observed in part. */
static const char *interval_words(const struct study_design *d, bool incidence)
{
	if (d->interval == STUDY_OVERALL || (!incidence && d->prevalence == STUDY_POINT))
		return "";
	return d->complete_intervals ? ", whole ones only" : ", cut at both ends";
}

static void add_facts(struct report *r, const struct summarised *s, const struct study_design *d,
    const struct study_read *read, bool incidence, int min_cell)
{
	static const char *const points[] = {"start", "middle", "end"};
	AUTO_STR struct str shared = {0};
	AUTO_STR struct str digits = {0};
	AUTO_STR struct str persons = {0};

	report_add_fact(r, "cdm", "Data", "%s", s->cdm_name);
	study_label_shared(d, &shared);
	if (shared.len)
		report_add_fact(r, "population", "Population", "%s", str_get(&shared));
	if (persons_hidden(s, d))
		str_addz(&digits, SUMMARISED_HIDDEN_VALUE);
	else
		str_addf(&digits, "%lld", (long long)read->persons);
	report_add_shown(&persons, REPORT_COUNT, str_get(&digits), " ");
	report_add_fact(r, "persons", "Persons read", "%s", str_get(&persons));
	report_add_fact(r, "interval", "Interval", "%s%s", study_interval_name(d->interval),
	    interval_words(d, incidence));
	if (incidence) {
		if (d->washout_days == STUDY_WASHOUT_INF)
			report_add_fact(r, "washout", "Washout", "no earlier event at all");
		else
			report_add_fact(r, "washout", "Washout", "%d days", d->washout_days);
		report_add_fact(r, "events", "Events", "%s",
		    d->repeated_events ? "all of a person" : "the first of a person");
	} else if (d->prevalence == STUDY_POINT) {
		report_add_fact(
		    r, "type", "Prevalence", "point, at the %s of the interval", points[d->point]);
	} else {
		report_add_fact(r, "type", "Prevalence", "period%s",
		    d->full_contribution ? ", persons observed throughout" : "");
	}
	report_add_fact(r, "min_cell", "Smallest count shown", "%d", min_cell);
	if (d->compat_1_2_1)
		report_add_fact(r, "compat", "Compatible with", "IncidencePrevalence 1.2.1");
}

static void add_notes(struct report *r, const struct summarised *s, const struct study_design *d,
    const struct study_read *read, int min_cell)
{
	size_t hidden = 0;

	for (size_t i = 0; i < s->rows.len; i++)
		hidden += s->rows.ptr[i].hidden != SUMMARISED_SHOWN;
	if (hidden)
		report_add_note(r,
		    "%zu values are hidden: counts from 1 to %d, and what would tell them", hidden,
		    min_cell - 1);
	if (read->orphan_periods)
		report_add_note(r, "%lld observation periods have no person and were not used",
		    (long long)read->orphan_periods);
	if (read->orphan_events)
		report_add_note(r, "%lld outcome records have no person and were not used",
		    (long long)read->orphan_events);
	for (size_t i = 0; i < d->outcomes.len; i++)
		if (read->events[i] == 0)
			report_add_note(
			    r, "outcome %s has no record in the data", d->outcomes.ptr[i].name);
}

struct report *study_report(const struct summarised *s, const struct study_design *d,
    const struct study_read *read, bool incidence, int min_cell)
{
	struct report *r = report_new(incidence ? "Incidence" : "Prevalence",
	    incidence
		? "Events per 100 000 person-years at risk, with exact Poisson 95 % intervals."
		: "Share of persons with the outcome, with Wilson 95 % intervals.");
	struct report_table *t;

	add_facts(r, s, d, read, incidence, min_cell);
	t = report_add_table(r, "results", incidence ? "Incidence rates" : "Prevalence",
	    REPORT_SHOWN, incidence ? incidence_columns : prevalence_columns,
	    incidence ? ARRAY_LEN(incidence_columns) : ARRAY_LEN(prevalence_columns));
	fill_results(r, t, s, d, min_cell);
	add_charts(r, s, d, incidence);
	t = report_add_table(r, "attrition", "Who is counted", REPORT_DETAIL, attrition_columns,
	    ARRAY_LEN(attrition_columns));
	fill_attrition(r, t, s, d, min_cell);
	t = report_add_table(r, "summarised_result", "summarised_result (OHDSI)", REPORT_EXPORTED,
	    export_columns, ARRAY_LEN(export_columns));
	fill_export(r, t, s);
	add_notes(r, s, d, read, min_cell);
	return r;
}
