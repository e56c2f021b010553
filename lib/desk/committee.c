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
		vec_clear(&c->items.ptr[i].sessions);
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

bool desk_committee_seats(const struct desk_committee *c, int64_t account)
{
	return desk_committee_member((struct desk_committee *)(uintptr_t)c, account) != NULL;
}

int desk_committee_interest(const struct desk_item *item, int64_t account)
{
	return desk_item_interest(item, account);
}

const struct desk_rapporteur *desk_item_rapporteur(const struct desk_item *item,
    int64_t account)
{
	for (size_t i = 0; i < item->rapporteurs.len; i++)
		if (item->rapporteurs.ptr[i].account == account)
			return &item->rapporteurs.ptr[i];
	return NULL;
}

bool desk_item_was_on(const struct desk_item *item, int64_t session)
{
	for (size_t i = 0; i < item->sessions.len; i++)
		if (item->sessions.ptr[i] == session)
			return true;
	return false;
}

static int check(const struct desk_committee *c, const struct desk_committee_rule *rule,
    const struct desk_motion *m, struct err *err)
{
	if (!BIT(rule->roles, (unsigned)m->role))
		return err_set(err, ERR_DENIED, "'%s' is not for this role", rule->command);
	if (desk_motion_check_keys(rule, m->data, err) < 0)
		return -1;
	return rule->check(c, m, err);
}

int desk_committee_decide(const struct desk_committee *c, const struct desk_command *command,
    struct desk_event *ret, struct err *err)
{
	const struct desk_committee_rule *rule = desk_committee_rule(command->name);
	struct desk_motion m = {
	    command->data, command->actor, command->role, desk_paris_day(command->at)};

	if (command->at < c->at) {
		err_set_(err, ERR_DENIED, "it would be earlier than what was done last");
		return err_hint(err, "is the clock of this machine right?");
	}
	if (!rule)
		return err_set(err, ERR_DENIED, "a committee has no command '%.40s'",
		    command->name);
	if (check(c, rule, &m, err) < 0 || (rule->may && rule->may(c, &m, err) < 0))
		return -1;
	*ret = (struct desk_event){.at = command->at,
	    .actor = command->actor,
	    .role = command->role,
	    .type = rule->event,
	    .data = command->data};
	return 0;
}

int desk_committee_apply(struct desk_committee *c, const struct desk_event *e, struct err *err)
{
	const struct desk_committee_rule *rule = desk_committee_rule_of(e->type);
	struct desk_motion m = {e->data, e->actor, e->role, desk_paris_day(e->at)};

	if (!rule)
		return err_set(err, ERR_FORMAT, "committee event %zu is not known", c->events + 1);
	if (e->at < c->at || check(c, rule, &m, err) < 0) {
		err->code = ERR_FORMAT;
		return err_wrap(err, "committee event %zu cannot follow", c->events + 1);
	}
	rule->take(c, &m);
	c->events++;
	c->at = e->at;
	return 0;
}
