#include "desk/synth.h"
#include "base/cancel.h"
#include "base/embed.h"
#include "base/rng.h"
#include "desk/play.h"

enum { BATCH = 100,
	EVENTS_MAX = 128,
	SECOND = 1000000 };

static const char *const endings[] = {"transmitted", "reoriented", "incomplete", "esnd", "mr",
    "approved", "rejected", "to_standard", "simplified_incomplete"};
enum ending {
	TRANSMITTED,
	REORIENTED,
	INCOMPLETE,
	ESND,
	MR,
	APPROVED,
	REJECTED,
	TO_STANDARD,
	SIMPLIFIED_INCOMPLETE,
	ENDINGS
};

/* One history in the making. */
struct maker {
	struct rng rng;
	struct desk_application basis;
	struct desk_event *events;
	size_t count;
	date_t day, until;
	int64_t at;
};

/* In office hours, some days on; never before what was done last. */
static int64_t next_time(struct maker *m, int from, int to)
{
	int64_t at;

	m->day += rng_range(&m->rng, from, to);
	at = desk_paris_midnight(m->day) +
	     (8 * 3600 + (int64_t)rng_below(&m->rng, 10 * 3600)) * SECOND;
	m->at = MAX(at, m->at + SECOND);
	return m->at;
}

/*
 * A step that the law no longer allows, because silence was quicker, is left
 * out; so is what would come later than the last day.
 */
static bool take(struct maker *m, const char *command, const char *word, int from, int to)
{
	struct maker before = *m;
	struct desk_event e;
	struct err err = {0};
	int64_t officer = 2 + (int64_t)rng_below(&m->rng, 6), at = next_time(m, from, to);

	if (m->count == EVENTS_MAX || m->day > m->until ||
	    desk_play(&m->basis, command, word, officer, at, &e, &err) < 0) {
		m->day = before.day;
		m->at = before.at;
		return false;
	}
	m->events[m->count++] = e;
	return true;
}

static void attach_some(struct maker *m, int most)
{
	for (int n = rng_range(&m->rng, 0, most); n > 0; n--)
		take(m, "attach", "", 0, 1);
}

static void prepare(struct maker *m, const char *word)
{
	take(m, "save_form", "", 0, 3);
	if (rng_chance(&m->rng, 0.6))
		take(m, "add_member", "", 0, 1);
	attach_some(m, 4);
	take(m, "save_form", "", 0, 10);
	take(m, "submit", word, 0, 10);
	if (rng_chance(&m->rng, 0.35) && take(m, "request_items", "", 1, 5))
		take(m, "supply_items", "", 2, 30);
}

static const char *any_opinion(struct maker *m)
{
	static const double weights[] = {0.4, 0.4, 0.15, 0.05};
	static const char *const words[] = {"favourable", "favourable_with_recommendations",
	    "reserved", "unfavourable"};

	return words[rng_weighted(&m->rng, weights, ARRAY_LEN(weights))];
}

static void go_to_committee(struct maker *m)
{
	take(m, "transmit", "", 1, 6);
	if (rng_chance(&m->rng, 0.4))
		take(m, "remark", "", 1, 8);
	take(m, "assign_rapporteurs", "", 1, 3);
	if (rng_chance(&m->rng, 0.15))
		take(m, "extend_opinion", "", 8, 12);
	if (!rng_chance(&m->rng, 0.06))
		take(m, "give_opinion", any_opinion(m), 12, 22);
	else
		m->day += 65;
}

static void go_to_authority(struct maker *m)
{
	if (rng_chance(&m->rng, 0.04)) {
		take(m, "give_up", "", 3, 30);
		return;
	}
	if (m->basis.opinion == DESK_NO_OPINION)
		take(m, "attest_tacit_opinion", "", 0, 3);
	take(m, "pursue", "", 1, 20);
	take(m, "transmit_authority", "", 1, 4);
	if (rng_chance(&m->rng, 0.3))
		take(m, "extend_authority", "", 30, 50);
	if (rng_chance(&m->rng, 0.88))
		take(m, "authorise", "", 5, 55);
	else if (rng_chance(&m->rng, 0.2))
		take(m, "refuse", "", 20, 50);
	take(m, "sign_convention", "", 10, 40);
	take(m, "make_available", "", 20, 80);
	if (rng_chance(&m->rng, 0.2))
		take(m, "publish_results", "", 200, 500);
}

static void lead_simplified(struct maker *m, enum ending ending)
{
	prepare(m, ending == ESND ? "ESND" : "datamart");
	if (ending == REJECTED)
		take(m, "reject", "", 3, 14);
	else if (ending == TO_STANDARD)
		take(m, "send_to_standard", "", 3, 14);
	else if (ending == SIMPLIFIED_INCOMPLETE && take(m, "request_items", "", 1, 5))
		take(m, "close_incomplete", "", 30, 90);
	else
		take(m, "approve", "", 3, 15);
}

static void lead(struct maker *m, enum ending ending)
{
	if (ending == ESND || ending >= APPROVED) {
		lead_simplified(m, ending);
		return;
	}
	prepare(m, "");
	if (ending == REORIENTED) {
		take(m, "reorient", rng_chance(&m->rng, 0.5) ? "MR-004" : "CPP", 1, 6);
	} else if (ending == INCOMPLETE) {
		take(m, "request_items", "", 1, 5);
		take(m, "close_incomplete", "", 30, 90);
	} else {
		go_to_committee(m);
		if (ending == TRANSMITTED)
			go_to_authority(m);
	}
}

static const char *route_of(struct maker *m, enum ending ending)
{
	if (ending == MR)
		return rng_chance(&m->rng, 0.6) ? "mr-007" : "mr-008";
	return ending == ESND || ending >= APPROVED ? "simplified" : "standard";
}

static int make(struct maker *m, const struct desk *d, const struct desk_synth_options *o,
    const double *weights, int64_t n, struct err *err)
{
	date_t first = date_from_civil(o->year, 1, 1), last = date_from_civil(o->year, 12, 31);
	bool open = o->until == DATE_NONE;
	const struct desk_route *route;
	enum ending ending;

	m->rng = rng_at(o->seed, 1, (uint64_t)n);
	ending = (enum ending)rng_weighted(&m->rng, weights, ENDINGS);
	m->until = open ? INT32_MAX : o->until;
	m->day = rng_range(&m->rng, first, MIN(last, m->until));
	m->at = 0;
	m->count = 0;
	route = desk_law_current(d->law, VIEW(route_of(m, ending)), m->day);
	if (!route)
		return err_set(err, ERR_USAGE, "a route was not in force in %d", o->year);
	m->events[m->count++] = desk_play_created(route,
	    1000 + (int64_t)rng_below(&m->rng, 2000), next_time(m, 0, 0));
	if (desk_begin(&m->basis, d->law, &m->events[0], err) < 0)
		return -1;
	lead(m, ending);
	while (m->count < (size_t)MIN(o->events, EVENTS_MAX) &&
	       take(m, "note", "", 0, open ? 2 : 0))
		continue;
	return 0;
}

static int read_shape(const char *shape, double *ret, struct err *err)
{
	AUTO_JSON json_t *j = NULL;
	const json_t *s;

	if (json_parse(&j, "synth.json", embed_find("desk/data/synth.json"), err) < 0)
		return -1;
	s = json_object_get(j, shape);
	if (!s)
		return err_set(err, ERR_USAGE, "no shape of this name");
	for (int i = 0; i < ENDINGS; i++)
		ret[i] = (double)json_integer_value(json_object_get(s, endings[i]));
	return 0;
}

struct batch {
	struct desk_event events[BATCH][EVENTS_MAX];
	struct desk_history histories[BATCH];
	char *titles[BATCH];
	size_t count;
};

static void clear(struct batch *b)
{
	for (size_t i = 0; i < b->count; i++) {
		for (size_t k = 0; k < b->histories[i].count; k++)
			json_decref(b->events[i][k].data);
		free(b->titles[i]);
	}
	b->count = 0;
}

static void free_batch(struct batch **b)
{
	clear(*b);
	free(*b);
}

static int add_one(struct batch *b, const struct desk *d, const struct desk_synth_options *o,
    const double *weights, int64_t n, struct err *err)
{
	struct maker m = {.events = b->events[b->count]};
	int rc = make(&m, d, o, weights, n, err);

	b->titles[b->count] = str_format("Synthetic study %lld", (long long)n + 1);
	b->histories[b->count] =
	    (struct desk_history){b->titles[b->count], m.events, m.count};
	b->count++;
	return rc;
}

static int make_all(struct batch *b, const struct desk *d, const struct desk_synth_options *o,
    struct progress *progress, struct err *err)
{
	double weights[ENDINGS];

	if (read_shape(o->shape, weights, err) < 0)
		return -1;
	for (int64_t n = 0; n < o->applications; n++) {
		if (cancel_check(err) < 0 || add_one(b, d, o, weights, n, err) < 0)
			return -1;
		if (b->count < BATCH && n + 1 < o->applications)
			continue;
		if (desk_import(d, b->histories, b->count, err) < 0)
			return -1;
		progress_add(progress, b->count);
		clear(b);
	}
	return 0;
}

int desk_synth_run(const struct desk *d, const struct desk_synth_options *o,
    struct progress *progress, struct err *err)
{
	AUTO(free_batch)
	struct batch *b = mem_zalloc(1, sizeof(*b));
	int rc;

	progress_start(progress, "desk synth", "applications", (uint64_t)o->applications);
	rc = make_all(b, d, o, progress, err);
	progress_end(progress);
	return rc;
}
