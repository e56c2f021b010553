#include "desk/application_inside.h"

#include <assert.h>

const char *const desk_mode_names[] = {"none", "express", "tacit"};
const char *const desk_member_names[] = {"investigator", "member", "reader"};

#define BIT(set, i) ((set) >> (i)&1)

static void enter(struct desk_application *a, int state, date_t day, enum desk_mode mode)
{
	enum desk_outcome outcome = a->route->states[state].outcome;
	bool decides = outcome == DESK_AUTHORISED || outcome == DESK_REFUSED;

	if (decides && outcome != desk_state(a)->outcome) {
		a->decision_mode = mode;
		a->decision_day = day;
	}
	a->state = state;
	a->state_since = day;
}

static void run_clocks(struct desk_application *a, const struct desk_change *c, date_t day,
    date_t until)
{
	for (int i = 0; i < (int)a->route->clock_count; i++) {
		if (BIT(c->stop, i))
			desk_clock_stop(a, i, day);
		if (BIT(c->pause, i))
			desk_clock_pause(a, i, day);
		if (BIT(c->resume, i))
			desk_clock_resume(a, i, day);
		if (BIT(c->start, i))
			desk_clock_start(a, i, day, until);
	}
	if (c->extend >= 0)
		desk_clock_extend(a, c->extend, until);
}

/* The running clock with an effect that has run out first, -1: none. */
static int find_expired(const struct desk_application *a, date_t today)
{
	int clock = desk_next_due(a, true);

	return clock >= 0 && a->clocks[clock].last_day < today ? clock : -1;
}

static void remember(struct desk_application *a, int clock, const struct desk_expiry *e)
{
	if (a->silence_count == DESK_TACITS_KEPT) {
		memmove(a->silences, a->silences + 1,
		    (DESK_TACITS_KEPT - 1) * sizeof(a->silences[0]));
		a->silence_count--;
	}
	a->silences[a->silence_count++] = (struct desk_silence){
	    clock, e->effect, a->clocks[clock].last_day, e->source};
}

static bool decides_by_silence(enum desk_effect e)
{
	return e == DESK_TACIT_AUTHORISATION || e == DESK_IMPLICIT_REFUSAL || e == DESK_LAPSE;
}

static void expire(struct desk_application *a, int clock)
{
	const struct desk_expiry *e = desk_ending(a, clock);
	date_t day = a->clocks[clock].last_day;

	remember(a, clock, e);
	a->clocks[clock].status = DESK_CLOCK_EXPIRED;
	a->clocks[clock].ended_on = day;
	if (e->effect == DESK_TACIT_FAVOURABLE) {
		a->opinion = e->change.tacit;
		a->opinion_mode = DESK_TACIT;
		a->opinion_day = day + 1;
	}
	run_clocks(a, &e->change, day, DATE_NONE);
	if (e->change.to >= 0)
		enter(a, e->change.to, day + 1,
		    decides_by_silence(e->effect) ? DESK_TACIT : DESK_NONE);
}

void desk_advance(struct desk_application *a, date_t today)
{
	int clock;

	while ((clock = find_expired(a, today)) >= 0)
		expire(a, clock);
}

struct desk_application desk_at(const struct desk_application *basis, date_t today)
{
	struct desk_application a = *basis;

	desk_advance(&a, today);
	return a;
}

static const char *text_of(const struct desk_event *e, const char *key)
{
	const char *text = json_string_value(json_object_get(e->data, key));

	return text ? text : "";
}

int desk_begin(struct desk_application *ret, const struct desk_law *law,
    const struct desk_event *e, struct err *err)
{
	const struct desk_route *route =
	    desk_law_find(law, VIEW(text_of(e, "route")), VIEW(text_of(e, "version")));

	if (strcmp(e->type, "created") != 0 || e->role != DESK_APPLICANT)
		return err_set(err, ERR_FORMAT, "the first event must be 'created', by the "
						"applicant");
	if (!route)
		return err_set(err, ERR_FORMAT, "no route '%.40s' of version '%.40s'",
		    text_of(e, "route"), text_of(e, "version"));
	*ret = (struct desk_application){
	    .law = law,
	    .route = route,
	    .calendar = desk_law_calendar(law, route),
	    .opinion_day = DATE_NONE,
	    .decision_day = DATE_NONE,
	    .submitted_on = DATE_NONE,
	    .applicant = e->actor,
	    .events = 1,
	    .at = e->at,
	    .day = desk_paris_day(e->at),
	};
	ret->state_since = ret->day;
	for (int i = 0; i < DESK_CLOCKS_MAX; i++)
		ret->clocks[i].start = ret->clocks[i].last_day = DATE_NONE;
	return 0;
}

/* Without a word: a member like the others. */
static enum desk_member_kind kind_of(const struct desk_event *e)
{
	for (int i = DESK_INVESTIGATOR; i <= DESK_READER; i++)
		if (strcmp(text_of(e, "as"), desk_member_names[i]) == 0)
			return (enum desk_member_kind)i;
	return DESK_COWORKER;
}

static void take_members(struct desk_application *a, const struct desk_event *e)
{
	int64_t account = json_integer_value(json_object_get(e->data, "account"));
	size_t i = 0;

	while (i < a->member_count && a->members[i] != account)
		i++;
	if (strcmp(e->type, "member_added") == 0 && i == a->member_count)
		a->members[a->member_count++] = account;
	if (strcmp(e->type, "member_added") == 0)
		a->kinds[i] = kind_of(e);
	if (strcmp(e->type, "member_removed") == 0 && i < a->member_count) {
		a->members[i] = a->members[--a->member_count];
		a->kinds[i] = a->kinds[a->member_count];
	}
}

static void take_opinion(struct desk_application *a, const struct desk_event *e, date_t day)
{
	for (int i = 1; i < DESK_OPINIONS; i++)
		if (strcmp(text_of(e, "opinion"), desk_opinion_names[i]) == 0)
			a->opinion = (enum desk_opinion)i;
	a->opinion_mode = DESK_EXPRESS;
	a->opinion_day = day;
}

static void take_step(struct desk_application *a, int step, const struct desk_event *e, date_t day)
{
	const struct desk_step *s = &a->route->steps[step];
	date_t until = DATE_NONE;

	(void)date_parse(VIEW(text_of(e, "until")), &until); /* checked where it is needed */
	if (s->change.takes_opinion)
		take_opinion(a, e, day);
	take_members(a, e);
	run_clocks(a, &s->change, day, until);
	if (s->change.to >= 0)
		enter(a, s->change.to, day, DESK_EXPRESS);
	if (strcmp(e->type, "submitted") == 0 && a->submitted_on == DATE_NONE)
		a->submitted_on = day;
	a->seen[step / 64] |= (uint64_t)1 << (step % 64);
	a->events++;
	a->at = e->at;
	a->day = day;
}

int desk_apply(struct desk_application *basis, const struct desk_event *e, struct err *err)
{
	struct desk_application next;
	date_t day;
	int step;

	if (e->at < basis->at)
		return err_set(err, ERR_FORMAT, "event %zu is earlier than the one before",
		    basis->events + 1);
	if (!desk_event_day(e, &day) || day < basis->day || day > desk_paris_day(e->at))
		return err_set(err, ERR_FORMAT, "event %zu has a day that cannot be",
		    basis->events + 1);
	if (basis->events >= DESK_EVENTS_MAX)
		return err_set(err, ERR_LIMIT, "more than %d events", DESK_EVENTS_MAX);
	next = desk_at(basis, day);
	step = desk_step_find(&next, e->type, e->data);
	if (step < 0 || !BIT(next.route->steps[step].roles, (unsigned)e->role))
		return err_set(err, ERR_FORMAT, "event %zu, '%.40s', cannot follow in state '%s'",
		    basis->events + 1, e->type, desk_state(&next)->id);
	if (desk_step_check(&next, &next.route->steps[step], day, e->data, err) < 0) {
		err->code = ERR_FORMAT;
		return err_wrap(err, "event %zu, '%.40s'", basis->events + 1, e->type);
	}
	take_step(&next, step, e, day);
	*basis = next;
	return 0;
}

int desk_fold(struct desk_application *ret, const struct desk_law *law,
    const struct desk_event *events, size_t count, date_t today, struct err *err)
{
	struct desk_application a;

	if (!count)
		return err_set(err, ERR_FORMAT, "an application without events");
	if (desk_begin(&a, law, &events[0], err) < 0)
		return -1;
	for (size_t i = 1; i < count; i++)
		if (desk_apply(&a, &events[i], err) < 0)
			return -1;
	*ret = desk_at(&a, today);
	return 0;
}
