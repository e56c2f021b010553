#include "desk/committee.h"
#include "base/embed.h"
#include "desk/committee_inside.h"

#define BIT(set, i) ((set) >> (i)&1)

static int rule_value(const json_t *rules, const char *key, int *ret, struct err *err)
{
	const json_t *rule = json_object_get(rules, key);
	json_int_t value = json_integer_value(json_object_get(rule, "value"));

	if (value < 1 || value > 365)
		return err_set(err, ERR_INTERNAL, "committee.json: %s", key);
	*ret = (int)value;
	return 0;
}

int desk_committee_init(struct desk_committee *ret, struct err *err)
{
	AUTO_JSON json_t *j = NULL;

	*ret = (struct desk_committee){0};
	if (json_parse(&j, "committee.json", embed_find("desk/data/committee.json"), err) < 0 ||
	    rule_value(j, "rapporteurs", &ret->rapporteurs, err) < 0 ||
	    rule_value(j, "dossiers_a_month", &ret->dossiers_a_month, err) < 0 ||
	    rule_value(j, "days_to_report", &ret->days_to_report, err) < 0)
		return -1;
	return rule_value(j, "quorum_percent", &ret->quorum_percent, err);
}

void desk_committee_clear(struct desk_committee *c)
{
	for (size_t i = 0; i < c->sessions.len; i++)
		vec_clear(&c->sessions.ptr[i].present);
	for (size_t i = 0; i < c->items.len; i++) {
		vec_clear(&c->items.ptr[i].rapporteurs);
		vec_clear(&c->items.ptr[i].interests);
		vec_clear(&c->items.ptr[i].votes);
	}
	vec_clear(&c->members);
	vec_clear(&c->sessions);
	vec_clear(&c->items);
	arena_clear(&c->memory);
}

const struct desk_item *desk_committee_item(const struct desk_committee *c, int64_t application)
{
	for (size_t i = c->items.len; i > 0; i--)
		if (c->items.ptr[i - 1].application == application)
			return &c->items.ptr[i - 1];
	return NULL;
}

const struct desk_session *desk_committee_session(const struct desk_committee *c, int64_t number)
{
	for (size_t i = c->sessions.len; i > 0; i--)
		if (c->sessions.ptr[i - 1].number == number)
			return &c->sessions.ptr[i - 1];
	return NULL;
}

struct desk_sitting *desk_committee_member(const struct desk_committee *c, int64_t account)
{
	for (size_t i = 0; i < c->members.len; i++)
		if (c->members.ptr[i].account == account && !c->members.ptr[i].left)
			return &c->members.ptr[i];
	return NULL;
}

int desk_item_interest(const struct desk_item *item, int64_t account)
{
	for (size_t i = item->interests.len; i > 0; i--)
		if (item->interests.ptr[i - 1].account == account)
			return item->interests.ptr[i - 1].interest;
	return -1;
}

bool desk_session_has(const struct desk_session *s, int64_t account)
{
	for (size_t i = 0; i < s->present.len; i++)
		if (s->present.ptr[i] == account)
			return true;
	return false;
}

int desk_committee_load(const struct desk_committee *c, int64_t account, date_t day)
{
	struct civil month = date_to_civil(day);
	int n = 0;

	for (size_t i = 0; i < c->items.len; i++)
		for (size_t k = 0; k < c->items.ptr[i].rapporteurs.len; k++) {
			const struct desk_rapporteur *r = &c->items.ptr[i].rapporteurs.ptr[k];
			struct civil on = date_to_civil(r->assigned_on);

			n += r->account == account && on.year == month.year &&
			     on.month == month.month;
		}
	return n;
}

struct desk_quorum desk_committee_quorum(const struct desk_committee *c,
    const struct desk_item *item)
{
	const struct desk_session *s = desk_committee_session(c, item->session);
	struct desk_quorum q = {0};

	for (size_t i = 0; i < c->members.len; i++) {
		int64_t account = c->members.ptr[i].account;

		if (c->members.ptr[i].left || desk_item_interest(item, account) == 1)
			continue;
		q.may++;
		q.present += s && desk_session_has(s, account);
	}
	q.needed = MAX((size_t)1, (q.may * (size_t)c->quorum_percent + 99) / 100);
	return q;
}

static bool has_quorum(const struct desk_committee *c, const struct desk_item *item)
{
	struct desk_quorum q = desk_committee_quorum(c, item);

	return q.present >= q.needed;
}

bool desk_committee_seats(const struct desk_committee *c, int64_t account)
{
	return desk_committee_member((struct desk_committee *)(uintptr_t)c, account) != NULL;
}

int desk_committee_interest(const struct desk_item *item, int64_t account)
{
	return desk_item_interest(item, account);
}

unsigned desk_committee_roles(const char *command)
{
	for (size_t i = 0; i < desk_committee_rule_count; i++)
		if (strcmp(desk_committee_rules[i].command, command) == 0)
			return desk_committee_rules[i].roles;
	return 0;
}

const char *const *desk_committee_needs(const char *command)
{
	for (size_t i = 0; i < desk_committee_rule_count; i++)
		if (strcmp(desk_committee_rules[i].command, command) == 0)
			return desk_committee_rules[i].keys;
	return NULL;
}

static int chair_vote(const struct desk_committee *c, const struct desk_item *item)
{
	for (size_t i = 0; i < item->votes.len; i++) {
		const struct desk_sitting *m =
		    desk_committee_member(c, item->votes.ptr[i].account);

		if (m && m->chair)
			return item->votes.ptr[i].vote;
	}
	return DESK_ABSTAINS;
}

enum desk_opinion desk_committee_result(const struct desk_committee *c,
    const struct desk_item *item, const char **ret_why)
{
	size_t counts[DESK_OPINIONS + 1] = {0}, most = 0;
	int winner = DESK_NO_OPINION, equals = 0, chair = chair_vote(c, item);

	*ret_why = has_quorum(c, item) ? "nobody has voted" : "there is no quorum";
	if (!has_quorum(c, item))
		return DESK_NO_OPINION;
	for (size_t i = 0; i < item->votes.len; i++)
		counts[item->votes.ptr[i].vote]++;
	for (int i = 1; i < DESK_OPINIONS; i++)
		most = MAX(most, counts[i]);
	for (int i = 1; i < DESK_OPINIONS && most; i++)
		if (counts[i] == most) {
			winner = i;
			equals++;
		}
	if (equals <= 1)
		return (enum desk_opinion)winner;
	*ret_why = "the votes are equal, and the chair has not voted for one of them";
	return chair < DESK_OPINIONS && counts[chair] == most ? (enum desk_opinion)chair
	                                                      : DESK_NO_OPINION;
}

static bool is_numbers(const json_t *v)
{
	for (size_t i = 0; i < json_array_size(v); i++)
		if (!json_is_integer(json_array_get(v, i)))
			return false;
	return json_is_array(v) && json_array_size(v) <= DESK_TEXTS_MAX;
}

static bool is_kind(const json_t *v, char kind)
{
	date_t day;

	switch (kind) {
	case 'n':
		return json_is_integer(v) && json_integer_value(v) > 0;
	case 't':
		return json_string_length(v) > 0 && json_string_length(v) <= DESK_TEXT_MAX;
	case 'b':
		return json_is_boolean(v);
	case 'd':
		return json_is_string(v) && date_parse(VIEW(json_string_value(v)), &day);
	default:
		return is_numbers(v);
	}
}

/* "n:application", "t?:reasons" */
static int check_keys(const struct desk_committee_rule *rule, const json_t *data, struct err *err)
{
	size_t known = 0;

	for (size_t i = 0; i < ARRAY_LEN(rule->keys) && rule->keys[i]; i++) {
		bool optional = rule->keys[i][1] == '?';
		const char *name = rule->keys[i] + (optional ? 3 : 2);
		const json_t *v = json_object_get(data, name);

		if (!v && optional)
			continue;
		if (!v || !is_kind(v, rule->keys[i][0]))
			return err_set(err, ERR_DENIED, "'%s' needs '%s'", rule->command, name);
		known++;
	}
	return known == json_object_size(data)
	           ? 0
	           : err_set(err, ERR_DENIED, "'%s' has a field that it does not know",
			 rule->command);
}

static int check(const struct desk_committee *c, const struct desk_committee_rule *rule,
    const struct desk_motion *m, struct err *err)
{
	if (!BIT(rule->roles, (unsigned)m->role))
		return err_set(err, ERR_DENIED, "'%s' is not for this role", rule->command);
	if (check_keys(rule, m->data, err) < 0)
		return -1;
	return rule->check(c, m, err);
}

int desk_committee_decide(const struct desk_committee *c, const struct desk_command *command,
    struct desk_event *ret, struct err *err)
{
	struct desk_motion m = {
	    command->data, command->actor, command->role, desk_paris_day(command->at)};

	if (command->at < c->at) {
		err_set_(err, ERR_DENIED, "it would be earlier than what was done last");
		return err_hint(err, "is the clock of this machine right?");
	}
	for (size_t i = 0; i < desk_committee_rule_count; i++) {
		const struct desk_committee_rule *rule = &desk_committee_rules[i];

		if (strcmp(rule->command, command->name) != 0)
			continue;
		if (check(c, rule, &m, err) < 0)
			return -1;
		*ret = (struct desk_event){.at = command->at,
		    .actor = command->actor,
		    .role = command->role,
		    .type = rule->event,
		    .data = command->data};
		return 0;
	}
	return err_set(err, ERR_DENIED, "a committee has no command '%.40s'", command->name);
}

int desk_committee_apply(struct desk_committee *c, const struct desk_event *e, struct err *err)
{
	struct desk_motion m = {e->data, e->actor, e->role, desk_paris_day(e->at)};

	for (size_t i = 0; i < desk_committee_rule_count; i++) {
		const struct desk_committee_rule *rule = &desk_committee_rules[i];

		if (strcmp(rule->event, e->type) != 0)
			continue;
		if (e->at < c->at || check(c, rule, &m, err) < 0) {
			err->code = ERR_FORMAT;
			return err_wrap(err, "committee event %zu cannot follow", c->events + 1);
		}
		rule->take(c, &m);
		c->events++;
		c->at = e->at;
		return 0;
	}
	return err_set(err, ERR_FORMAT, "committee event %zu is not known", c->events + 1);
}
