/*
 * Time at risk, as DARWIN EU IncidencePrevalence 1.2.1 defines it.
 *
 * A denominator row with n outcomes (the last one that starts before the row,
 * and all that start within it) becomes n + 1 candidates:
 *
 *     row      |--------------------------------------|
 *     outcome       [1 ]          [2 ]
 *     rows     |----*   wash |----*   wash |----------|
 *
 * Candidate k ends on the start of outcome k (the event's day counts) and may
 * not begin before the end of outcome k-1 + washout + 1 day. An infinite
 * washout keeps only the candidate that has no outcome before it. With a finite
 * one and without repeated events, a person with an event keeps of the
 * candidates that touch an outcome only the earliest; this may be one without
 * the event (kept for parity). Rows that no outcome touches stay.
 */
#include "study/person.h"

struct candidate {
	const struct study_event *previous; /* NULL: no outcome before */
	const struct study_event *event;    /* NULL: ends with the row */
};

/* First outcome that starts on or after `day`. */
static size_t first_from(const struct study_event *events, size_t count, date_t day)
{
	size_t i = 0;

	while (i < count && events[i].start < day)
		i++;
	return i;
}

static void add_candidate(struct candidate c, struct study_span row,
    const struct study_design *design, date_t censor, study_rows *ret)
{
	struct study_row r = {row.start, row.end, c.event != NULL, c.event || c.previous};

	if (design->compat_1_2_1 && censor != DATE_NONE) {
		/* upstream cuts here and drops whoever has a later outcome */
		r.end = MIN(r.end, censor);
		if (r.start > r.end || (c.event && c.event->start > r.end))
			return;
	}
	if (c.event)
		r.end = MIN(r.end, c.event->start);
	if (c.previous) {
		if (design->washout_days == STUDY_WASHOUT_INF)
			return;
		r.start = MAX(r.start, c.previous->end + design->washout_days + 1);
	}
	if (r.start <= r.end)
		*vec_push(ret) = r;
}

static void add_row(struct study_span row, const struct study_event *events, size_t count,
    const struct study_design *design, date_t censor, study_rows *ret)
{
	size_t i = first_from(events, count, row.start);
	const struct study_event *previous = i ? &events[i - 1] : NULL;

	/* the one before the row makes a candidate of its own that ends before it starts */
	for (; i < count && events[i].start <= row.end; i++) {
		add_candidate((struct candidate){previous, &events[i]}, row, design, censor, ret);
		previous = &events[i];
	}
	add_candidate((struct candidate){previous, NULL}, row, design, censor, ret);
}

static void keep_earliest(study_rows *rows)
{
	date_t earliest = INT32_MAX;
	bool any_event = false;
	size_t kept = 0;

	for (size_t i = 0; i < rows->len; i++) {
		any_event |= rows->ptr[i].event;
		if (rows->ptr[i].touched)
			earliest = MIN(earliest, rows->ptr[i].start);
	}
	if (!any_event)
		return;
	for (size_t i = 0; i < rows->len; i++)
		if (!rows->ptr[i].touched || rows->ptr[i].start == earliest)
			rows->ptr[kept++] = rows->ptr[i];
	rows->len = kept;
}

void study_risk_rows(const study_spans *rows, const struct study_event *events, size_t count,
    const struct study_design *design, date_t censor, study_rows *ret)
{
	ret->len = 0;
	for (size_t i = 0; i < rows->len; i++)
		add_row(rows->ptr[i], events, count, design, censor, ret);
	if (!design->repeated_events && design->washout_days != STUDY_WASHOUT_INF && count)
		keep_earliest(ret);
}
