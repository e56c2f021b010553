#include "desk/year.h"
#include "base/embed.h"

enum kind {
	STANDARD,
	ESND,
	MR_OPINION,
	SIMPLIFIED,
	DECLARED,
	OTHER,
	KINDS
};
static const char *const kind_names[KINDS] = {"Standard (CNIL)", "ESND samples",
    "MR-007 and MR-008", "Simplified", "Declarations MR-004 to MR-006", "Other routes"};

enum fate {
	TRANSMITTED, /* the authority has received it */
	REORIENTED,
	INCOMPLETE,
	WITHDRAWN,
	APPROVED,
	REJECTED,
	UNDER_WAY,
	FATES
};
static const char *const fate_names[FATES] = {"transmitted to the authority", "reoriented",
    "closed as incomplete", "withdrawn or not pursued", "authorised", "refused", "under way"};

enum step {
	COMPLETENESS,
	OPINION,
	AUTHORITY,
	WHOLE,
	APPROVAL,
	STEPS
};
static const struct {
	const char *name, *from, *to;
	enum kind kind;
} steps[STEPS] = {
    {"Deposit to transmission", "submitted", "transmitted", STANDARD},
    {"Transmission to opinion", "transmitted", "opinion", STANDARD},
    {"Authority: receipt to decision", "authority_received", "decision", STANDARD},
    {"Deposit to decision", "submitted", "decision", STANDARD},
    {"Simplified: to approval", "submitted", "approved", SIMPLIFIED},
};

struct year {
	int year;
	date_t today;
	size_t counts[KINDS][FATES];
	size_t months[KINDS][12];
	VEC(int)
	delays[STEPS];
	size_t silences;
};

/* The legal day of the first event of a type. */
static date_t day_of(const struct desk_dossier *d, const struct desk_application *a,
    const char *what)
{
	if (strcmp(what, "opinion") == 0)
		return a->opinion_day;
	if (strcmp(what, "decision") == 0)
		return a->decision_day;
	for (size_t i = 0; i < d->events.len; i++) {
		const struct desk_event *e = &d->events.ptr[i];
		const char *day = json_string_value(json_object_get(e->data, "day"));
		date_t legal = desk_paris_day(e->at);

		if (strcmp(e->type, what) != 0)
			continue;
		return day && date_parse(VIEW(day), &legal) ? legal : desk_paris_day(e->at);
	}
	return DATE_NONE;
}

static bool is_esnd(const struct desk_dossier *d)
{
	for (size_t i = 0; i < d->events.len; i++) {
		const char *base =
		    json_string_value(json_object_get(d->events.ptr[i].data, "base"));

		if (base)
			return strcmp(base, "datamart") != 0;
	}
	return false;
}

static enum kind kind_of(const struct desk_dossier *d, const struct desk_application *a)
{
	struct view id = VIEW(a->route->id);

	if (view_eq(id, VIEW_LIT("standard")))
		return STANDARD;
	if (view_eq(id, VIEW_LIT("simplified")))
		return is_esnd(d) ? ESND : SIMPLIFIED;
	if (view_eq(id, VIEW_LIT("mr-007")) || view_eq(id, VIEW_LIT("mr-008")))
		return MR_OPINION;
	return view_starts(id, VIEW_LIT("mr-")) ? DECLARED : OTHER;
}

static enum fate fate_of(const struct desk_application *a, enum kind kind)
{
	if (kind == STANDARD && desk_has_seen(a, "authority_received"))
		return TRANSMITTED;
	if (desk_has_seen(a, "reoriented"))
		return REORIENTED;
	if (desk_has_seen(a, "closed_incomplete"))
		return INCOMPLETE;
	switch (desk_state(a)->outcome) {
	case DESK_AUTHORISED:
		return APPROVED;
	case DESK_REFUSED:
		return REJECTED;
	case DESK_CLOSED:
		return WITHDRAWN;
	case DESK_OPEN:
	case DESK_OUTCOMES:
		break;
	}
	return UNDER_WAY;
}

static void take_delays(struct year *y, const struct desk_dossier *d,
    const struct desk_application *a, enum kind kind)
{
	for (int i = 0; i < STEPS; i++) {
		date_t from = day_of(d, a, steps[i].from), to = day_of(d, a, steps[i].to);

		if (steps[i].kind == kind && from != DATE_NONE && to != DATE_NONE)
			*vec_push(&y->delays[i]) = to - from;
	}
}

static int visit(struct store_tx *tx, const struct desk_dossier *d, void *arg, struct err *err)
{
	struct year *y = arg;
	struct desk_application a = desk_at(&d->basis, MAX(y->today, d->basis.day));
	struct civil on;
	enum kind kind;

	(void)tx;
	(void)err;
	if (a.submitted_on == DATE_NONE || (on = date_to_civil(a.submitted_on)).year != y->year)
		return 0;
	kind = kind_of(d, &a);
	y->counts[kind][fate_of(&a, kind)]++;
	y->months[kind][on.month - 1]++;
	y->silences += a.opinion_mode == DESK_TACIT || a.decision_mode == DESK_TACIT;
	take_delays(y, d, &a, kind);
	return 0;
}

static size_t sum(const size_t *counts, size_t n)
{
	size_t all = 0;

	for (size_t i = 0; i < n; i++)
		all += counts[i];
	return all;
}

/* A line for each kind, and below it what became of it. */
static void add_counts(struct report *r, const struct year *y)
{
	static const struct report_column columns[] = {
	    {"kind", "Deposed", REPORT_TEXT},
	    {"fate", "What became of it", REPORT_TEXT},
	    {"applications", "Applications", REPORT_COUNT},
	    {"share", "Share", REPORT_PERCENT},
	};
	struct report_table *t = report_add_table(r, "deposed", "Deposed, and what became of it",
	    REPORT_SHOWN | REPORT_EXPORTED, columns, ARRAY_LEN(columns));

	for (int k = 0; k < KINDS; k++) {
		size_t all = sum(y->counts[k], FATES);

		for (int f = -1; all && f < FATES; f++) {
			size_t n = f < 0 ? all : y->counts[k][f];

			if (!n)
				continue;
			report_add_cell(r, t, "%s", kind_names[k]);
			report_add_cell(r, t, "%s", f < 0 ? "all" : fate_names[f]);
			report_add_cell(r, t, "%zu", n);
			report_add_cell(r, t, "%.4f", (double)n / (double)all);
		}
	}
}

static int compare(const void *a, const void *b)
{
	const int *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The smallest value that `percent` of the sorted ones do not exceed. */
static int rank(const int *sorted, size_t n, size_t percent)
{
	return sorted[(n * percent + 99) / 100 - 1];
}

static void add_delays(struct report *r, struct year *y)
{
	static const struct report_column columns[] = {
	    {"step", "Step", REPORT_TEXT},
	    {"applications", "Applications", REPORT_COUNT},
	    {"median", "Median, days", REPORT_COUNT},
	    {"p90", "90th percentile, days", REPORT_COUNT},
	};
	struct report_table *t = report_add_table(r, "delays", "Delays", REPORT_SHOWN, columns,
	    ARRAY_LEN(columns));

	for (int i = 0; i < STEPS; i++) {
		size_t n = y->delays[i].len;

		if (!n)
			continue;
		qsort(y->delays[i].ptr, n, sizeof(int), compare);
		report_add_cell(r, t, "%s", steps[i].name);
		report_add_cell(r, t, "%zu", n);
		report_add_cell(r, t, "%d", rank(y->delays[i].ptr, n, 50));
		report_add_cell(r, t, "%d", rank(y->delays[i].ptr, n, 90));
	}
	report_add_chart(r, "delays_chart", "Delays",
	    "Days of each step, median to 90th percentile",
	    "delays", embed_find("desk/data/year_delays.json").ptr);
}

static void add_months(struct report *r, const struct year *y)
{
	static const struct report_column columns[] = {
	    {"month", "Month", REPORT_TEXT},
	    {"kind", "Kind", REPORT_TEXT},
	    {"deposed", "Deposed", REPORT_COUNT},
	};
	struct report_table *t = report_add_table(r, "months", "Deposed by month", REPORT_DETAIL,
	    columns, ARRAY_LEN(columns));

	for (int m = 0; m < 12; m++)
		for (int k = 0; k < KINDS; k++) {
			if (!sum(y->months[k], 12))
				continue;
			report_add_cell(r, t, "%d-%02d", y->year, m + 1);
			report_add_cell(r, t, "%s", kind_names[k]);
			report_add_cell(r, t, "%zu", y->months[k][m]);
		}
	report_add_chart(r, "months_chart", "Deposed by month",
	    "Applications deposed each month, by kind", "months",
	    embed_find("desk/data/year_months.json").ptr);
}

static void clear(struct year *y)
{
	for (int i = 0; i < STEPS; i++)
		vec_clear(&y->delays[i]);
}

int desk_year_report(const struct desk *d, int year, date_t today, struct report **ret,
    struct err *err)
{
	AUTO(clear)
	struct year y = {.year = year, .today = today};
	struct report *r;
	char buf[DATE_TEXT_SIZE];
	size_t at_desk = 0;

	if (desk_each(d, visit, &y, err) < 0)
		return -1;
	r = report_new("The year of the desk", "Applications by the year of their deposit.");
	for (int k = STANDARD; k <= MR_OPINION; k++)
		at_desk += sum(y.counts[k], FATES);
	report_add_fact(r, "year", "Year", "%d", year);
	report_add_fact(r, "on", "As the law has it on", "%s", date_format(today, buf));
	report_add_fact(r, "deposed", "Deposed at the desk", "%zu", at_desk);
	report_add_fact(r, "simplified", "Deposed, simplified", "%zu",
	    sum(y.counts[SIMPLIFIED], FATES));
	report_add_fact(r, "silences", "Decided by silence", "%zu",
	    y.silences);
	add_counts(r, &y);
	add_delays(r, &y);
	add_months(r, &y);
	*ret = r;
	return 0;
}
