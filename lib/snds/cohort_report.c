#include "snds/cohort.h"

#include "base/embed.h"
#include "mainbase/filters_report.h"
#include "report/cell.h"
#include "sdc/suppress.h"

#include <inttypes.h>

static const struct report_column attrition_columns[] = {
    {"step", "Step", REPORT_TEXT},
    {"persons", "Persons left", REPORT_COUNT},
    {"excluded", "Excluded", REPORT_COUNT},
};

static const struct report_column source_columns[] = {
    {"kind", "What", REPORT_TEXT},
    {"text", "Text", REPORT_TEXT},
};

static const struct report_column list_columns[] = {
    {"name", "Name", REPORT_TEXT},
    {"title", "Cohort", REPORT_TEXT},
    {"description", "Who is in it, and from when", REPORT_TEXT},
};

static const struct report_column list_source_columns[] = {
    {"name", "Name", REPORT_TEXT},
    {"kind", "What", REPORT_TEXT},
    {"text", "Text", REPORT_TEXT},
};

static void add_row(struct summarised *s, size_t step, const char *variable, int64_t n)
{
	*vec_push(&s->rows) = (struct summarised_row){
	    .result_id = 1,
	    .group_level = "cohort",
	    .strata_level = "",
	    .variable_name = variable,
	    .estimate_name = "count",
	    .estimate_value = arena_format(&s->arena, "%" PRId64, n),
	    .additional_level = arena_format(&s->arena, "%zu", step),
	};
}

/* Rows 2i and 2i + 1 are what line i leaves and excludes, hidden where they must be. */
static struct summarised *suppressed(const struct snds_cohort_result *r, int min_cell)
{
	struct summarised *s = summarised_new("");

	for (size_t i = 0; i < r->lines.len; i++) {
		add_row(s, i, "number_subjects", r->lines.ptr[i].persons);
		add_row(s, i, "excluded_subjects", r->lines.ptr[i].excluded);
	}
	(void)sdc_suppress(s, min_cell, ""); /* the report counts what is hidden */
	return s;
}

static bool last_is_hidden(const struct snds_cohort_result *r, const struct summarised *s)
{
	return s->rows.ptr[2 * r->lines.len - 2].hidden != SUMMARISED_SHOWN;
}

static void add_count(struct report *doc, struct report_table *t, const struct summarised_row *row,
    int min_cell)
{
	if (row->hidden == SUMMARISED_SMALL)
		report_add_cell(doc, t, "<%d", min_cell);
	else
		report_add_cell(doc, t, "%s", row->estimate_value);
}

static void add_attrition(struct report *doc, const struct snds_cohort_result *r,
    const struct summarised *s, int min_cell)
{
	struct report_table *t = report_add_table(doc, "attrition", "Who is counted",
	    REPORT_SHOWN | REPORT_EXPORTED, attrition_columns, ARRAY_LEN(attrition_columns));
	AUTO_STR struct str alt = {0};

	for (size_t i = 0; i < r->lines.len; i++) {
		report_add_cell(doc, t, "%s", r->lines.ptr[i].label);
		add_count(doc, t, &s->rows.ptr[2 * i], min_cell);
		add_count(doc, t, &s->rows.ptr[2 * i + 1], min_cell);
	}
	if (last_is_hidden(r, s))
		str_addf(&alt, "%zu steps; how many the last leaves is hidden", r->lines.len);
	else
		str_addf(&alt, "%zu steps; %s persons are left by the last", r->lines.len,
		    s->rows.ptr[2 * r->lines.len - 2].estimate_value);
	report_add_chart(doc, "attrition_chart", "Persons left by each step", str_get(&alt),
	    "attrition", embed_find("snds/data/cohort_attrition.json").ptr);
}

/* Entries tell persons where each has one. */
static void add_facts(struct report *doc, const struct snds_cohort_spec *spec,
    const struct snds_cohort_result *r, const struct summarised *s, const char *from)
{
	const struct snds_cohort_line *last = &r->lines.ptr[r->lines.len - 1];
	char day[DATE_TEXT_SIZE];
	AUTO_STR struct str digits = {0};
	AUTO_STR struct str entries = {0};

	str_addf(&digits, "%" PRId64, last->entries);
	report_add_shown(&entries, REPORT_COUNT, str_get(&digits), " ");
	report_add_fact(doc, "cohort", "Cohort", "%s", spec->name);
	report_add_fact(doc, "from", "From", "%s", from);
	report_add_fact(doc, "first_day", "First day of the data", "%s",
	    date_format(r->base.first_day, day));
	report_add_fact(doc, "last_day", "Last day of the data", "%s",
	    date_format(r->base.last_day, day));
	report_add_fact(doc, "entries", "Entries", "%s",
	    last_is_hidden(r, s) ? SUMMARISED_HIDDEN_VALUE : str_get(&entries));
}

static void add_texts(struct report *doc, struct report_table *t, const char *name,
    const char *kind, const struct snds_cohort_texts *texts)
{
	for (size_t i = 0; i < texts->items.len; i++) {
		if (name)
			report_add_cell(doc, t, "%s", name);
		report_add_cell(doc, t, "%s", kind);
		report_add_cell(doc, t, "%s", texts->items.ptr[i]);
	}
}

/* "codes" of each set, as add_texts. */
static void add_codes(struct report *doc, struct report_table *t, const char *name,
    const struct snds_cohort_spec *spec)
{
	for (size_t i = 0; i < spec->sets.len; i++) {
		const struct snds_cohort_set *set = &spec->sets.ptr[i];

		if (!set->source)
			continue;
		if (name)
			report_add_cell(doc, t, "%s", name);
		report_add_cell(doc, t, "codes");
		report_add_cell(doc, t, "%s: %s", set->name, set->source);
	}
}

static void add_sources(struct report *doc, const struct snds_cohort_spec *spec)
{
	struct report_table *t;

	if (spec->sources.items.len + spec->simplified.items.len == 0)
		return;
	t = report_add_table(doc, "sources", "Where the algorithm comes from", REPORT_DETAIL,
	    source_columns, ARRAY_LEN(source_columns));
	add_texts(doc, t, NULL, "source", &spec->sources);
	add_texts(doc, t, NULL, "simplified", &spec->simplified);
	add_codes(doc, t, NULL, spec);
}

static void add_notes(struct report *doc, const struct snds_cohort_spec *spec,
    const struct summarised *s, int min_cell)
{
	size_t hidden = 0;

	for (size_t i = 0; i < s->rows.len; i++)
		hidden += s->rows.ptr[i].hidden != SUMMARISED_SHOWN;
	if (hidden)
		report_add_note(doc,
		    "%zu values are hidden: counts from 1 to %d, and what would tell them", hidden,
		    min_cell - 1);
	if (spec->simplified.items.len)
		report_add_note(doc,
		    "simplified at %zu point%s: --format json and the page of --report tell them",
		    spec->simplified.items.len, spec->simplified.items.len > 1 ? "s" : "");
}

struct report *snds_cohort_report(const struct snds_cohort_spec *spec,
    const struct snds_cohort_result *r, const char *from, int min_cell)
{
	AUTO_SUMMARISED struct summarised *s = suppressed(r, min_cell);
	struct report *doc = report_new(spec->title, spec->description);

	add_facts(doc, spec, r, s, from);
	add_attrition(doc, r, s, min_cell);
	mainbase_report_counts(doc, &r->base.filters);
	add_sources(doc, spec);
	mainbase_report_rules(doc, &r->base.filters);
	add_notes(doc, spec, s, min_cell);
	return doc;
}

static int add_shipped(struct report *doc, struct report_table *t, struct report_table *sources,
    const char *name, const struct mainbase_events *events, struct err *err)
{
	AUTO_COHORT_SPEC struct snds_cohort_spec spec = {0};

	if (snds_cohort_spec_read(&spec, name, events, err) < 0)
		return -1;
	report_add_cell(doc, t, "%s", spec.name);
	report_add_cell(doc, t, "%s", spec.title);
	report_add_cell(doc, t, "%s", spec.description);
	add_texts(doc, sources, spec.name, "source", &spec.sources);
	add_texts(doc, sources, spec.name, "simplified", &spec.simplified);
	add_codes(doc, sources, spec.name, &spec);
	return 0;
}

int snds_cohort_list(struct report **ret, const struct mainbase_events *events, struct err *err)
{
	AUTO_REPORT struct report *doc = report_new("Cohorts of hygie",
	    "Published ways to find a disease in the SNDS. hygie snds cohort NAME DIR uses one; "
	    "hygie snds cohort NAME --print writes it, to make another of it.");
	struct report_table *t = report_add_table(doc, "cohorts", "Cohorts", REPORT_SHOWN,
	    list_columns, ARRAY_LEN(list_columns));
	struct report_table *sources = report_add_table(doc, "sources",
	    "Where they come from, and what is simplified", REPORT_DETAIL | REPORT_EXPORTED,
	    list_source_columns, ARRAY_LEN(list_source_columns));

	for (size_t i = 0; snds_cohort_shipped(i); i++)
		if (add_shipped(doc, t, sources, snds_cohort_shipped(i), events, err) < 0)
			return -1;
	report_add_note(doc, "--format csv or --report FILE: the sources of each");
	*ret = TAKE(doc);
	return 0;
}
