#include "study/tally.h"

void tally_init(struct study_tally *t, size_t intervals)
{
	*t = (struct study_tally){.count = intervals, .first = INT32_MAX, .last = INT32_MIN};
	t->days = mem_zalloc(intervals + 1, sizeof(*t->days));
	t->events = mem_zalloc(intervals + 1, sizeof(*t->events));
	t->subjects = mem_zalloc(intervals + 1, sizeof(*t->subjects));
	t->whole_rows = mem_zalloc(intervals + 1, sizeof(*t->whole_rows));
}

void tally_clear(struct study_tally *t)
{
	free(t->days);
	free(t->events);
	free(t->subjects);
	free(t->whole_rows);
	vec_clear(&t->ranges);
	vec_clear(&t->cases);
	*t = (struct study_tally){0};
}

void tally_merge(struct study_tally *into, const struct study_tally *from)
{
	for (size_t i = 0; i <= into->count; i++) {
		into->days[i] += from->days[i];
		into->events[i] += from->events[i];
		into->subjects[i] += from->subjects[i];
		into->whole_rows[i] += from->whole_rows[i];
	}
	into->first = MIN(into->first, from->first);
	into->last = MAX(into->last, from->last);
	into->rows += from->rows;
	into->persons += from->persons;
}

static void integrate(int64_t *differences, size_t count)
{
	for (size_t i = 1; i < count; i++)
		differences[i] += differences[i - 1];
}

void tally_finish_incidence(struct study_tally *t, const struct calendar *c)
{
	integrate(t->subjects, t->count);
	integrate(t->whole_rows, t->count);
	for (size_t i = 0; i < t->count; i++)
		t->days[i] += t->whole_rows[i] * (c->spans[i].end - c->spans[i].start + 1);
}

void tally_finish_prevalence(struct study_tally *t)
{
	integrate(t->subjects, t->count);
	integrate(t->events, t->count);
}

/* Count the person once in every interval of the ranges. Rows come almost
 * sorted, so insertion is cheap; there are few. */
static void count_union(int64_t *differences, struct study_range *ranges, size_t count)
{
	size_t next = 0; /* first interval not counted yet */

	for (size_t i = 1; i < count; i++)
		for (size_t j = i; j > 0 && ranges[j].from < ranges[j - 1].from; j--) {
			struct study_range swap = ranges[j];

			ranges[j] = ranges[j - 1];
			ranges[j - 1] = swap;
		}
	for (size_t i = 0; i < count; i++) {
		size_t from = MAX(ranges[i].from, next);

		if (from > ranges[i].to)
			continue;
		differences[from]++;
		differences[ranges[i].to + 1]--;
		next = ranges[i].to + 1;
	}
}

static void add_days(struct study_tally *t, const struct calendar *c, const struct study_row *r,
    struct study_range at)
{
	if (at.from == at.to) {
		t->days[at.from] += r->end - r->start + 1;
		return;
	}
	t->days[at.from] += c->spans[at.from].end - r->start + 1;
	t->days[at.to] += r->end - c->spans[at.to].start + 1;
	t->whole_rows[at.from + 1]++;
	t->whole_rows[at.to]--;
}

static void observe(struct study_tally *t, date_t start, date_t end)
{
	t->first = MIN(t->first, start);
	t->last = MAX(t->last, end);
	t->rows++;
}

void tally_incidence(struct study_tally *t, const struct calendar *c, const study_rows *rows)
{
	t->ranges.len = 0;
	for (size_t i = 0; i < rows->len; i++) {
		const struct study_row *r = &rows->ptr[i];
		struct study_range at = {calendar_index(c, r->start), calendar_index(c, r->end)};

		*vec_push(&t->ranges) = at;
		add_days(t, c, r, at);
		t->events[at.to] += r->event;
		observe(t, r->start, r->end);
	}
	count_union(t->subjects, t->ranges.ptr, t->ranges.len);
	t->persons += rows->len > 0;
}

void tally_bounds(struct study_tally *t, const study_spans *rows)
{
	for (size_t i = 0; i < rows->len; i++)
		observe(t, rows->ptr[i].start, rows->ptr[i].end);
	t->persons += rows->len > 0;
}

/* The reported intervals that a span reaches; false when none. */
static bool reach(const struct calendar *c, const struct study_span *reported,
    struct study_span s, enum study_reach how, struct study_range *ret)
{
	*ret = (struct study_range){calendar_index(c, s.start), calendar_index(c, s.end)};
	if (how == STUDY_COVERS) {
		bool last_cut = reported[ret->to].end > s.end;

		if (reported[ret->from].start < s.start)
			ret->from++;
		if (last_cut && ret->to == 0)
			return false;
		ret->to -= last_cut;
	}
	return ret->from <= ret->to;
}

static void add_cases(struct study_tally *t, const struct calendar *c,
    const struct study_span *reported, struct study_span row, struct study_range in,
    struct study_event event, enum study_reach how)
{
	struct study_span s = {MAX(event.start, row.start), MIN(event.end, row.end)};
	struct study_range hit;

	if (s.start > s.end || !reach(c, reported, s, how, &hit))
		return;
	hit = (struct study_range){MAX(hit.from, in.from), MIN(hit.to, in.to)};
	if (hit.from <= hit.to)
		*vec_push(&t->cases) = hit;
}

void tally_prevalence(struct study_tally *t, const struct calendar *c,
    const struct study_span *reported, const study_spans *rows, const struct study_event *events,
    size_t count, enum study_reach row_reach, enum study_reach event_reach)
{
	t->ranges.len = 0;
	t->cases.len = 0;
	for (size_t i = 0; i < rows->len; i++) {
		struct study_range in;

		if (!reach(c, reported, rows->ptr[i], row_reach, &in))
			continue;
		*vec_push(&t->ranges) = in;
		for (size_t e = 0; e < count; e++)
			add_cases(t, c, reported, rows->ptr[i], in, events[e], event_reach);
	}
	count_union(t->subjects, t->ranges.ptr, t->ranges.len);
	count_union(t->events, t->cases.ptr, t->cases.len);
	tally_bounds(t, rows);
}
