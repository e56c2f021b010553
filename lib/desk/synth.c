#include "desk/synth.h"
#include "base/cancel.h"
#include "base/embed.h"
#include "base/rng.h"
#include "desk/play.h"
#include "desk/story.h"

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

/* What was to come of it did come of it, and in its year. */
static bool ended_so(const struct maker *m, enum ending ending, int year)
{
	static const char *const last[ENDINGS] = {[TRANSMITTED] = "authority_received",
	    [REORIENTED] = "reoriented",
	    [INCOMPLETE] = "closed_incomplete",
	    [ESND] = "approved",
	    [MR] = "submitted",
	    [APPROVED] = "approved",
	    [REJECTED] = "rejected",
	    [TO_STANDARD] = "reoriented",
	    [SIMPLIFIED_INCOMPLETE] = "closed_incomplete"};

	return m->basis.submitted_on != DATE_NONE &&
	       date_to_civil(m->basis.submitted_on).year == year &&
	       desk_has_seen(&m->basis, last[ending]);
}

struct making {
	const struct desk *desk;
	const struct desk_synth_options *o;
	double weights[ENDINGS];
	enum ending *endings; /* of whole_year: of each */
	const json_t *words;  /* of stories */
};

static int make(struct maker *m, const struct making *x, int64_t n, uint32_t attempt,
    struct err *err)
{
	const struct desk_synth_options *o = x->o;
	date_t first = date_from_civil(o->year, 1, 1), last = date_from_civil(o->year, 12, 31);
	bool open = o->until == DATE_NONE;
	const struct desk_route *route;
	enum ending ending;

	m->rng = rng_at(o->seed, 1 + attempt, (uint64_t)n);
	ending = (enum ending)rng_weighted(&m->rng, x->weights, ENDINGS);
	if (x->endings)
		ending = x->endings[n];
	m->until = open ? INT32_MAX : o->until;
	m->day = rng_range(&m->rng, first, MIN(last, m->until));
	m->at = 0;
	m->count = 0;
	route = desk_law_current(x->desk->law, VIEW(route_of(m, ending)), m->day);
	if (!route)
		return err_set(err, ERR_USAGE, "a route was not in force in %d", o->year);
	m->events[m->count++] = desk_play_created(route,
	    1000 + (int64_t)rng_below(&m->rng, 2000), next_time(m, 0, 0));
	if (desk_begin(&m->basis, x->desk->law, &m->events[0], err) < 0)
		return -1;
	lead(m, ending);
	while (m->count < (size_t)MIN(o->events, EVENTS_MAX) &&
	       take(m, "note", "", 0, open ? 2 : 0))
		continue;
	return 0;
}

static void forget(struct maker *m)
{
	for (size_t i = 0; i < m->count; i++)
		json_decref(m->events[i].data);
	m->count = 0;
}

/* Played again, by other dice, until it ends as it has to. */
static int make_so(struct maker *m, const struct making *x, int64_t n, struct err *err)
{
	enum { ATTEMPTS = 1000 };
	uint32_t attempt = 0;

	if (make(m, x, n, attempt, err) < 0)
		return -1;
	while (x->endings && !ended_so(m, x->endings[n], x->o->year)) {
		forget(m);
		if (++attempt == ATTEMPTS)
			return err_set(err, ERR_INTERNAL, "no application ends as '%s'",
			    endings[x->endings[n]]);
		if (make(m, x, n, attempt, err) < 0)
			return -1;
	}
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
	struct desk_form forms[BATCH];
	json_t *answers[BATCH];
	char *titles[BATCH];
	size_t count;
};

static void clear(struct batch *b)
{
	for (size_t i = 0; i < b->count; i++) {
		for (size_t k = 0; k < b->histories[i].count; k++)
			json_decref(b->events[i][k].data);
		desk_form_clear(&b->forms[i]);
		json_decref(b->answers[i]);
		free(b->titles[i]);
	}
	b->count = 0;
}

static void free_batch(struct batch **b)
{
	clear(*b);
	free(*b);
}

/* 1: the form of this history's route is filled in; 0: it has none. */
static int fill(struct batch *b, size_t i, const struct maker *m, const struct making *x,
    struct err *err)
{
	struct rng rng = m->rng;
	struct desk_story story = {.form = &b->forms[i],
	    .route = m->basis.route->id,
	    .file = x->o->file,
	    .day = desk_paris_day(m->events[0].at)};
	int got = desk_form_choose(&b->forms[i], VIEW(story.route), story.day, err);

	if (got == 1)
		b->answers[i] = desk_story_answers(&story, x->words, &rng);
	return got;
}

static const char *title_of(const json_t *answers)
{
	return json_string_value(json_object_get(answers, "project_title"));
}

static int add_one(struct batch *b, const struct making *x, int64_t n, struct err *err)
{
	size_t i = b->count++;
	struct maker m = {.events = b->events[i]};
	struct desk_history *h = &b->histories[i];
	int rc = make_so(&m, x, n, err);

	b->answers[i] = NULL;
	b->titles[i] = NULL;
	b->forms[i] = (struct desk_form){0};
	*h = (struct desk_history){.events = m.events, .count = m.count};
	if (rc == 0 && x->o->file)
		rc = fill(b, i, &m, x, err);
	if (rc == 1)
		*h = (struct desk_history){NULL, m.events, m.count, &b->forms[i], b->answers[i]};
	b->titles[i] = b->answers[i] ? mem_strdup(title_of(b->answers[i]))
	                             : str_format("Synthetic study %lld", (long long)n + 1);
	h->title = b->titles[i];
	return rc < 0 ? -1 : 0;
}

static int make_all(struct batch *b, const struct making *x, int64_t count,
    struct progress *progress, struct err *err)
{
	for (int64_t n = 0; n < count; n++) {
		if (cancel_check(err) < 0 || add_one(b, x, n, err) < 0)
			return -1;
		if (b->count < BATCH && n + 1 < count)
			continue;
		if (desk_import(x->desk, b->histories, b->count, err) < 0)
			return -1;
		progress_add(progress, b->count);
		clear(b);
	}
	return 0;
}

static int64_t total_of(const double *weights)
{
	double total = 0;

	for (int i = 0; i < ENDINGS; i++)
		total += weights[i];
	return (int64_t)total;
}

int desk_synth_total(const char *shape, int64_t *ret, struct err *err)
{
	double weights[ENDINGS];

	if (read_shape(shape, weights, err) < 0)
		return -1;
	*ret = total_of(weights);
	return 0;
}

/* Each ending as often as the shape has it, in an order of chance. */
static enum ending *deal(const double *weights, int64_t total, uint64_t seed)
{
	enum ending *all = mem_zalloc((size_t)total, sizeof(*all));
	struct rng rng = rng_at(seed, 0, 0);
	int64_t n = 0;

	for (int i = 0; i < ENDINGS; i++)
		for (int64_t k = 0; k < (int64_t)weights[i]; k++)
			all[n++] = (enum ending)i;
	for (int64_t i = total - 1; i > 0; i--) {
		int64_t k = rng_below(&rng, (uint32_t)i + 1);
		enum ending other = all[k];

		all[k] = all[i];
		all[i] = other;
	}
	return all;
}

int desk_synth_run(const struct desk *d, const struct desk_synth_options *o,
    struct progress *progress, struct err *err)
{
	AUTO(free_batch)
	struct batch *b = mem_zalloc(1, sizeof(*b));
	AUTO_JSON json_t *words = desk_story_words();
	struct making x = {.desk = d, .o = o, .words = words};
	int64_t count = o->applications;
	int rc;

	if (read_shape(o->shape, x.weights, err) < 0)
		return -1;
	if (o->whole_year && o->until != DATE_NONE)
		return err_set(err, ERR_USAGE, "a whole year has no last day");
	if (o->whole_year) {
		count = total_of(x.weights);
		x.endings = deal(x.weights, count, o->seed);
	}
	progress_start(progress, "desk synth", "applications", (uint64_t)count);
	rc = make_all(b, &x, count, progress, err);
	progress_end(progress);
	free(x.endings);
	return rc;
}
