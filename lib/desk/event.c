#include "desk/application.h"

void desk_event_format(const struct desk_event *e, struct str *out)
{
	char *data = e->data ? json_dumps(e->data, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
	struct json_writer w = {.out = out};

	json_begin_object(&w);
	json_set_int(&w, "v", DESK_EVENT_VERSION);
	json_set_text(&w, "type", e->type);
	json_set_int(&w, "at", e->at);
	json_set_int(&w, "actor", e->actor);
	json_set_text(&w, "role", desk_role_names[e->role]);
	if (data) {
		json_key(&w, "data");
		json_add_raw(&w, VIEW(data));
	}
	json_end_object(&w);
	free(data);
}

int desk_event_parse(struct desk_event *ret, const json_t *j, struct err *err)
{
	const char *type = json_string_value(json_object_get(j, "type"));
	const char *role = json_string_value(json_object_get(j, "role"));
	json_t *at = json_object_get(j, "at"), *actor = json_object_get(j, "actor");
	json_t *data = json_object_get(j, "data");
	int found = role ? desk_role_find(VIEW(role)) : -1;

	if (json_integer_value(json_object_get(j, "v")) != DESK_EVENT_VERSION)
		return err_set(err, ERR_FORMAT, "an event of a version that is not known");
	if (!type || !*type || found < 0 || !json_is_integer(at) || !json_is_integer(actor) ||
	    (data && !json_is_object(data)))
		return err_set(err, ERR_FORMAT, "an event needs type, at, actor, role, data");
	if (json_integer_value(at) < desk_paris_midnight(date_from_civil(DESK_YEAR_MIN, 1, 1)) ||
	    json_integer_value(at) > desk_paris_midnight(date_from_civil(DESK_YEAR_MAX, 1, 1)))
		return err_set(err, ERR_FORMAT, "an event at a time that cannot be");
	*ret = (struct desk_event){.at = json_integer_value(at),
	    .actor = json_integer_value(actor),
	    .role = (enum desk_role)found,
	    .type = type,
	    .data = data};
	return 0;
}
