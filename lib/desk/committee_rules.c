/* A motion: which rule it follows, whether it has what that needs, what it is about. */
#include "desk/committee_inside.h"

static const struct desk_committee_rule *const tables[] = {
    desk_committee_agenda,
    desk_committee_sitting,
};

const struct desk_committee_rule *desk_committee_rule(const char *command)
{
	for (size_t t = 0; t < ARRAY_LEN(tables); t++)
		for (const struct desk_committee_rule *r = tables[t]; r->command; r++)
			if (strcmp(r->command, command) == 0)
				return r;
	return NULL;
}

const struct desk_committee_rule *desk_committee_rule_of(const char *event)
{
	for (size_t t = 0; t < ARRAY_LEN(tables); t++)
		for (const struct desk_committee_rule *r = tables[t]; r->command; r++)
			if (strcmp(r->event, event) == 0)
				return r;
	return NULL;
}

unsigned desk_committee_roles(const char *command)
{
	const struct desk_committee_rule *rule = desk_committee_rule(command);

	return rule ? rule->roles : 0;
}

const char *const *desk_committee_needs(const char *command)
{
	const struct desk_committee_rule *rule = desk_committee_rule(command);

	return rule ? rule->keys : NULL;
}

int64_t desk_motion_number(const struct desk_motion *m, const char *key)
{
	return json_integer_value(json_object_get(m->data, key));
}

const char *desk_motion_text(const struct desk_motion *m, const char *key)
{
	return json_string_value(json_object_get(m->data, key));
}

struct desk_item *desk_motion_item(struct desk_committee *c, const struct desk_motion *m)
{
	int64_t application = desk_motion_number(m, "application");

	for (size_t i = c->items.len; i > 0; i--)
		if (c->items.ptr[i - 1].application == application)
			return &c->items.ptr[i - 1];
	return NULL;
}

struct desk_session *desk_motion_session(struct desk_committee *c,
    const struct desk_motion *m)
{
	int64_t number = desk_motion_number(m, "session");

	for (size_t i = 0; i < c->sessions.len; i++)
		if (c->sessions.ptr[i].number == number)
			return &c->sessions.ptr[i];
	return NULL;
}

const struct desk_item *desk_motion_open(const struct desk_committee *c,
    const struct desk_motion *m, struct err *err)
{
	const struct desk_item *item =
	    desk_committee_item(c, desk_motion_number(m, "application"));

	if (!item)
		err_set_(err, ERR_DENIED, "the application is on no agenda");
	else if (item->opinion != DESK_NO_OPINION)
		err_set_(err, ERR_DENIED, "the committee has given its opinion");
	else
		return item;
	return NULL;
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
int desk_motion_check_keys(const struct desk_committee_rule *rule, const json_t *data,
    struct err *err)
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
