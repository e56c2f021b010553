/* Who may do what, when: the same check for a command and for an event that is read back. */
#include "desk/application_inside.h"

#define BIT(set, i) ((set) >> (i)&1)

static const char *text_of(const json_t *data, const char *key)
{
	return json_string_value(json_object_get(data, key));
}

bool desk_event_day(const struct desk_event *e, date_t *ret)
{
	const char *text = text_of(e->data, "day");

	*ret = desk_paris_day(e->at);
	return !json_object_get(e->data, "day") ||
	       (text && date_parse(VIEW(text), ret));
}

static bool holds(const struct desk_step *s, const json_t *data)
{
	const char *value = s->when ? text_of(data, s->when) : NULL;

	for (const char *const *w = s->when_in; value && *w; w++)
		if (strcmp(*w, value) == 0)
			return true;
	return !s->when;
}

int desk_step_find(const struct desk_application *a, const char *event, const json_t *data)
{
	for (size_t i = 0; i < a->route->step_count; i++) {
		const struct desk_step *s = &a->route->steps[i];

		if (BIT(s->from, a->state) && strcmp(s->event, event) == 0 && holds(s, data))
			return (int)i;
	}
	return -1;
}

static bool is_text(const json_t *v)
{
	return json_string_length(v) > 0 && json_string_length(v) <= DESK_TEXT_MAX;
}

static bool is_texts(const json_t *v)
{
	size_t count = json_array_size(v);

	for (size_t i = 0; i < count; i++)
		if (!is_text(json_array_get(v, i)))
			return false;
	return count > 0 && count <= DESK_TEXTS_MAX;
}

static bool is_word(const json_t *v, const char *const *words)
{
	const char *text = json_string_value(v);

	for (; text && *words; words++)
		if (strcmp(text, *words) == 0)
			return true;
	return false;
}

static bool is_met(const struct desk_need *n, const json_t *v)
{
	date_t day;

	switch (n->kind) {
	case DESK_TEXT:
		return is_text(v);
	case DESK_TEXTS:
		return is_texts(v);
	case DESK_DAY:
		return json_is_string(v) && date_parse(VIEW(json_string_value(v)), &day);
	case DESK_TRUE:
		return json_is_true(v);
	case DESK_NUMBER:
		return json_is_integer(v) && json_integer_value(v) >= 0;
	case DESK_WORD:
		break;
	}
	return is_word(v, n->words);
}

static const char *const kind_names[] = {"a text", "a list of texts", "a day",
    "true: it is a condition", "a number", "one of its words"};

static int check_data(const struct desk_step *s, const json_t *data, struct err *err)
{
	size_t known = 0;

	if (data && !json_is_object(data))
		return err_set(err, ERR_DENIED, "'%s' takes an object", s->command);
	for (size_t i = 0; i < s->need_count; i++) {
		const struct desk_need *n = &s->needs[i];
		const json_t *v = json_object_get(data, n->name);

		if (!v && n->optional)
			continue;
		if (!v || !is_met(n, v))
			return err_set(err, ERR_DENIED, "'%s' needs '%s': %s", s->command, n->name,
			    kind_names[n->kind]);
		known++;
	}
	if (json_object_get(data, "day")) {
		if (!s->dated)
			return err_set(err, ERR_DENIED, "'%s' happens when it is told: no 'day'",
			    s->command);
		known++;
	}
	if (json_object_size(data) != known)
		return err_set(err, ERR_DENIED, "'%s' has a field that it does not know",
		    s->command);
	return 0;
}

static const char *day_text(date_t day, char buf[DATE_TEXT_SIZE])
{
	return date_format(day, buf);
}

static int check_extension(const struct desk_application *a, const struct desk_step *s,
    date_t day, const json_t *data, struct err *err)
{
	const struct desk_clock_rule *rule = &a->route->clocks[s->change.extend];
	const struct desk_clock *c = &a->clocks[s->change.extend];
	char buf[DATE_TEXT_SIZE];
	date_t until;

	if (c->status != DESK_CLOCK_RUNNING)
		return err_set(err, ERR_DENIED, "the clock '%s' does not run", rule->id);
	if (c->extensions >= rule->extensions)
		return err_set(err, ERR_DENIED, "the clock '%s' was extended already (%s)",
		    rule->id, rule->source);
	if (day > c->last_day)
		return err_set(err, ERR_DENIED, "the clock '%s' ended on %s: too late to extend",
		    rule->id, day_text(c->last_day, buf));
	if (rule->length.n)
		return 0;
	if (!date_parse(VIEW(text_of(data, "until")), &until) || until <= c->last_day ||
	    until > desk_delay_add(a->calendar, c->last_day, rule->most))
		return err_set(err, ERR_DENIED, "'until' must be behind %s, by at most %d months",
		    day_text(c->last_day, buf), rule->most.n);
	return 0;
}

/* A clock that an event dates: not before tomorrow, not beyond its most. */
static int check_until(const struct desk_application *a, const struct desk_step *s, date_t day,
    const json_t *data, struct err *err)
{
	for (size_t i = 0; i < a->route->clock_count; i++) {
		const struct desk_clock_rule *rule = &a->route->clocks[i];
		date_t until;

		if (!BIT(s->change.start, i) || rule->length.n)
			continue;
		if (!date_parse(VIEW(text_of(data, "until")), &until) || until <= day ||
		    until > desk_delay_add(a->calendar, day, rule->most))
			return err_set(err, ERR_DENIED, "'until' must come, within %d months (%s)",
			    rule->most.n, rule->source);
	}
	return 0;
}

static int check_clocks(const struct desk_application *a, const struct desk_step *s, date_t day,
    struct err *err)
{
	char buf[DATE_TEXT_SIZE];

	if (s->within >= 0) {
		const struct desk_clock *c = &a->clocks[s->within];

		if (c->status != DESK_CLOCK_RUNNING || day > c->last_day)
			return err_set(err, ERR_DENIED, "the delay '%s' is over (%s)",
			    a->route->clocks[s->within].id, a->route->clocks[s->within].source);
	}
	if (s->behind >= 0 && a->clocks[s->behind].status != DESK_CLOCK_EXPIRED)
		return err_set(err, ERR_DENIED, "the delay '%s' is not over (%s)",
		    a->route->clocks[s->behind].id, a->route->clocks[s->behind].source);
	if (s->before >= 0) {
		const struct desk_clock *c = &a->clocks[s->before];
		date_t limit;

		if (c->status != DESK_CLOCK_RUNNING)
			return err_set(err, ERR_DENIED, "the clock '%s' does not run",
			    a->route->clocks[s->before].id);
		limit = date_add_months(c->last_day, -s->margin.n);
		if (day > limit)
			return err_set(err, ERR_DENIED, "too late since %s (%s)",
			    day_text(limit, buf), s->source);
	}
	return 0;
}

static bool is_open_by_silence(const struct desk_application *a, enum desk_only only)
{
	switch (only) {
	case DESK_TACIT_OPINION:
		return a->opinion_mode == DESK_TACIT;
	case DESK_TACIT_DECISION:
		return a->decision_mode == DESK_TACIT;
	case DESK_ALWAYS:
		break;
	}
	return true;
}

int desk_step_check(const struct desk_application *a, const struct desk_step *s, date_t day,
    const json_t *data, struct err *err)
{
	if (!is_open_by_silence(a, s->only))
		return err_set(err, ERR_DENIED, "'%s': there was no silence to attest", s->command);
	if (s->after && !desk_has_seen(a, s->after))
		return err_set(err, ERR_DENIED, "'%s' comes behind '%s' (%s)", s->command, s->after,
		    s->source);
	if (check_data(s, data, err) < 0 || check_clocks(a, s, day, err) < 0 ||
	    check_until(a, s, day, data, err) < 0)
		return -1;
	if (s->change.extend >= 0 && check_extension(a, s, day, data, err) < 0)
		return -1;
	if (strcmp(s->event, "member_added") == 0 && a->member_count == DESK_MEMBERS_MAX)
		return err_set(err, ERR_DENIED, "an application has at most %d members",
		    DESK_MEMBERS_MAX);
	return 0;
}

/* Silence that came first is the usual reason why a step is no longer open. */
static int refuse_state(const struct desk_application *a, const char *command, struct err *err)
{
	const struct desk_silence *s = a->silence_count ? &a->silences[a->silence_count - 1] : NULL;
	char buf[DATE_TEXT_SIZE];
	int rc = err_set(err, ERR_DENIED, "'%.40s' is not possible in the state '%s'", command,
	    desk_state(a)->id);

	if (s && s->last_day >= a->day)
		return err_hint(err, "the clock '%s' ended on %s: %s (%s)",
		    a->route->clocks[s->clock].id, day_text(s->last_day, buf),
		    desk_effect_names[s->effect], s->source);
	return rc;
}

static bool is_command(const struct desk_route *r, const char *name)
{
	for (size_t i = 0; i < r->step_count; i++)
		if (strcmp(r->steps[i].command, name) == 0)
			return true;
	return false;
}

static int refuse_role(const struct desk_step *s, struct err *err)
{
	AUTO_STR struct str roles = {0};

	for (unsigned i = 0; i < DESK_ROLES; i++)
		if (BIT(s->roles, i))
			str_addf(&roles, "%s%s", roles.len ? " or " : "", desk_role_names[i]);
	return err_set(err, ERR_DENIED, "'%s' is for: %s", s->command, str_get(&roles));
}

/* The step for a command; no value of `when` fits: the first one, it says what it needs. */
static const struct desk_step *find_step(const struct desk_application *a,
    const struct desk_command *c)
{
	const struct desk_step *first = NULL;

	for (size_t i = 0; i < a->route->step_count; i++) {
		const struct desk_step *s = &a->route->steps[i];

		if (!BIT(s->from, a->state) || strcmp(s->command, c->name) != 0)
			continue;
		if (holds(s, c->data))
			return s;
		if (!first)
			first = s;
	}
	return first;
}

static int check_moment(const struct desk_application *basis, const struct desk_event *e,
    date_t *ret_day, struct err *err)
{
	char buf[DATE_TEXT_SIZE];

	if (e->at < basis->at) {
		err_set_(err, ERR_DENIED, "it would be earlier than what was done last");
		return err_hint(err, "is the clock of this machine right?");
	}
	if (!desk_event_day(e, ret_day))
		return err_set(err, ERR_DENIED, "'day' must be a day, as 2024-03-31");
	if (*ret_day > desk_paris_day(e->at))
		return err_set(err, ERR_DENIED, "'day' is still to come");
	if (*ret_day < basis->day)
		return err_set(err, ERR_DENIED, "'day' is before %s, when the last thing was done",
		    day_text(basis->day, buf));
	if (basis->events >= DESK_EVENTS_MAX)
		return err_set(err, ERR_DENIED, "an application has at most %d events",
		    DESK_EVENTS_MAX);
	return 0;
}

/* Applicants act on their own applications, all others on those of others. */
static int check_person(const struct desk_application *a, const struct desk_command *c,
    struct err *err)
{
	bool own = a->applicant == c->actor || desk_is_member(a, c->actor);

	if (c->role == DESK_APPLICANT && own && !desk_is_active_member(a, c->actor))
		return err_set(err, ERR_DENIED, "who only reads takes no step");
	if (c->role == DESK_APPLICANT)
		return own ? 0 : err_set(err, ERR_DENIED, "not a member of this application");
	return own ? err_set(err, ERR_DENIED, "nobody decides on an application of their own") : 0;
}

int desk_decide(const struct desk_application *basis, const struct desk_command *c,
    struct desk_event *ret, struct err *err)
{
	struct desk_event e = {.at = c->at, .actor = c->actor, .role = c->role, .data = c->data};
	struct desk_application a;
	const struct desk_step *s;
	date_t day;

	if (check_moment(basis, &e, &day, err) < 0)
		return -1;
	a = desk_at(basis, day);
	if (!is_command(a.route, c->name))
		return err_set(err, ERR_DENIED, "route %s has no command '%.40s'", a.route->id,
		    c->name);
	s = find_step(&a, c);
	if (!s)
		return refuse_state(&a, c->name, err);
	if (!BIT(s->roles, (unsigned)c->role))
		return refuse_role(s, err);
	if (check_person(&a, c, err) < 0)
		return -1;
	if (desk_step_check(&a, s, day, c->data, err) < 0)
		return -1;
	e.type = s->event;
	*ret = e;
	return 0;
}

static bool can_be_taken(const struct desk_application *a, const struct desk_step *s,
    date_t today)
{
	struct err unused = {0};

	if (!BIT(s->from, a->state) || !is_open_by_silence(a, s->only) ||
	    (s->after && !desk_has_seen(a, s->after)) || check_clocks(a, s, today, &unused) < 0)
		return false;
	if (s->change.extend >= 0) {
		const struct desk_clock *c = &a->clocks[s->change.extend];

		return c->status == DESK_CLOCK_RUNNING && c->last_day >= today &&
		       c->extensions < a->route->clocks[s->change.extend].extensions;
	}
	return true;
}

size_t desk_available(const struct desk_application *a, enum desk_role role, date_t today,
    const struct desk_step **ret, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < a->route->step_count; i++) {
		const struct desk_step *s = &a->route->steps[i];

		if (!BIT(s->roles, (unsigned)role) || !can_be_taken(a, s, today))
			continue;
		if (n < max)
			ret[n] = s;
		n++;
	}
	return n;
}
