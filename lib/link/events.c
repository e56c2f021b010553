#include "link/events.h"

static const char *const names[LINK_EVENTS] = {
    "created", "joined", "merged", "split", "moved", "removed", "ended"};

void link_events_clear(struct link_events *e)
{
	vec_clear(&e->list);
	*e = (struct link_events){0};
}

const char *link_event_name(enum link_event_kind kind)
{
	return names[kind];
}

static void add(struct link_events *e, enum link_event_kind kind, uint32_t cluster, uint32_t other,
    size_t records)
{
	*vec_push(&e->list) = (struct link_event){kind, cluster, other, records};
	e->count[kind]++;
}

/* An old id and the place of its oldest record. */
struct founder {
	uint32_t id, place;
};

static int by_id(const void *x, const void *y)
{
	const struct founder *a = x;
	const struct founder *b = y;

	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

/* One founder an old id, in order; their number. */
static size_t find_founders(const struct link_regrouped *g, struct founder *ret)
{
	size_t n = 0;
	size_t kept = 0;

	for (size_t i = 0; i < g->count; i++)
		if (g->before[i])
			ret[n++] = (struct founder){g->before[i], (uint32_t)i};
	if (n)
		qsort(ret, n, sizeof(*ret), by_id);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || ret[i].id != ret[kept - 1].id)
			ret[kept++] = ret[i];
	return kept;
}

static void give_ids(const struct link_regrouped *g, const struct founder *f, size_t founders,
    uint32_t *next)
{
	for (size_t i = 0; i < g->count; i++)
		g->after[i] = 0;
	for (size_t i = founders; i-- > 0;) /* the lowest is written last */
		g->after[g->leader[f[i].place]] = f[i].id;
	for (size_t i = 0; i < g->count; i++) {
		if (g->leader[i] == i && !g->after[i])
			g->after[i] = (*next)++;
		g->after[i] = g->after[g->leader[i]]; /* a leader comes first */
	}
}

/* From which cluster to which. */
struct step {
	uint32_t to, from;
};

static int by_step(const void *x, const void *y)
{
	const struct step *a = x;
	const struct step *b = y;

	if (a->to != b->to)
		return a->to < b->to ? -1 : 1;
	return (a->from > b->from) - (a->from < b->from);
}

static uint32_t place_of_founder(const struct founder *f, size_t founders, uint32_t id)
{
	size_t low = 0;

	while (founders - low > 1) {
		size_t middle = low + (founders - low) / 2;

		if (f[middle].id <= id)
			low = middle;
		else
			founders = middle;
	}
	return f[low].place;
}

struct telling {
	struct link_events *events;
	const struct link_regrouped *g;
	const struct founder *founder;
	size_t founders;
	uint32_t first_new; /* id */
};

/* `alone`: no record of the cluster was there before. */
static void tell(const struct telling *t, struct step s, size_t records, bool alone)
{
	if (!s.from)
		add(t->events, alone ? LINK_CREATED : LINK_JOINED, s.to, 0, records);
	else if (t->g->after[place_of_founder(t->founder, t->founders, s.from)] == s.to)
		add(t->events, LINK_MERGED, s.to, s.from, records);
	else
		add(t->events, s.to >= t->first_new ? LINK_SPLIT : LINK_MOVED, s.from, s.to,
		    records);
}

static void tell_steps(const struct telling *t, struct step *steps, size_t count)
{
	if (count)
		qsort(steps, count, sizeof(*steps), by_step);
	for (size_t i = 0, end; i < count; i = end) {
		bool alone;

		end = i + 1;
		while (end < count && by_step(&steps[end], &steps[i]) == 0)
			end++;
		alone = end == count || steps[end].to != steps[i].to;
		if (steps[i].from != steps[i].to)
			tell(t, steps[i], end - i, alone);
	}
}

void link_events_find(struct link_events *ret, const struct link_regrouped *g, uint32_t *next)
{
	struct founder *founder = mem_alloc((g->count + 1) * sizeof(*founder));
	struct step *steps = mem_alloc((g->count + 1) * sizeof(*steps));
	struct telling t = {.events = ret, .g = g, .founder = founder, .first_new = *next};

	t.founders = find_founders(g, founder);
	give_ids(g, founder, t.founders, next);
	for (size_t i = 0; i < g->count; i++)
		steps[i] = (struct step){g->after[i], g->before[i]};
	tell_steps(&t, steps, g->count);
	free(founder);
	free(steps);
}

static int by_number(const void *x, const void *y)
{
	const uint32_t *a = x;
	const uint32_t *b = y;

	return (*a > *b) - (*a < *b);
}

void link_events_removed(struct link_events *ret, uint32_t *gone, size_t gone_count,
    uint32_t *left, size_t left_count)
{
	qsort(gone, gone_count, sizeof(*gone), by_number);
	if (left_count)
		qsort(left, left_count, sizeof(*left), by_number);
	for (size_t i = 0, end; i < gone_count; i = end) {
		end = i + 1;
		while (end < gone_count && gone[end] == gone[i])
			end++;
		add(ret, LINK_REMOVED, gone[i], 0, end - i);
		if (!left_count ||
		    !bsearch(&gone[i], left, left_count, sizeof(*left), by_number))
			add(ret, LINK_ENDED, gone[i], 0, 0);
	}
}
