#include "desk/route_inside.h"

void desk_route_read_names(struct json_in *in, const json_t *j, const char *key,
    const char *ret[2])
{
	struct json_words words = json_in_words(in, j, key, true);

	ret[0] = words.in[0];
	ret[1] = words.in[1];
}

void desk_route_read_delay(struct json_in *in, const json_t *j, const char *key,
    struct desk_delay *ret)
{
	const char *text = json_in_text(in, j, key, DESK_ROUTE_TEXT_MAX, false);

	*ret = (struct desk_delay){0};
	if (text && !desk_delay_parse(VIEW(text), ret))
		json_in_fail(in, "%s must be a delay, as '7 working days'", key);
}

int desk_route_read_clock(struct json_in *in, const json_t *j, const char *key,
    const struct desk_route *route)
{
	const char *id = json_in_text(in, j, key, DESK_ROUTE_TEXT_MAX, false);
	int clock = id ? desk_route_clock(route, VIEW(id)) : -1;

	if (id && clock < 0)
		json_in_fail(in, "%s: no clock '%.40s'", key, id);
	return clock;
}
