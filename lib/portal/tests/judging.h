/* An application on its way to an opinion: `ref`, its steps, the motions of the committee. */
#ifndef PORTAL_TESTS_JUDGING_H
#define PORTAL_TESTS_JUDGING_H

#include "portal/tests/handler.h"

static char ref[64];

static inline int seen(int64_t at)
{
	AUTO_ANSWER struct answer a = {0};
	AUTO_JSON json_t *j = NULL;
	AUTO_FREE char *path = str_format("/desk/%s", ref);

	visit(&a, APPLICANT, at, path, "");
	j = json_loads(str_get(&a.r.body), 0, NULL);
	return (int)json_integer_value(json_object_get(j, "seen"));
}

static inline void step(int64_t account, int64_t at, const char *key, const char *data, int status,
    const char *text)
{
	AUTO_FREE char *path = str_format("/desk/%s/steps/%s", ref, key);
	AUTO_FREE char *body = str_format("{\"seen\": %d, \"data\": %s}", seen(at), data);

	expect(account, at, path, body, status, text);
}

static inline void begin(const char *route, int64_t at)
{
	AUTO_ANSWER struct answer a = {0};
	AUTO_JSON json_t *made = NULL;
	AUTO_FREE char *body =
	    str_format("{\"route\": \"%s\", \"title\": \"A study of hearts\"}", route);

	visit(&a, APPLICANT, at, "/desk", body);
	assert_int_equal(a.status, 201);
	made = json_loads(str_get(&a.r.body), 0, NULL);
	snprintf(ref, sizeof(ref), "%s", json_string_value(json_object_get(made, "ref")));
}

/* The step of applicants that hands in, told to the records directly: forms are others' tests. */
static inline void hand_in(int64_t at)
{
	struct desk desk = {.store = hub->store, .law = portal->law};
	AUTO_JSON json_t *data = json_pack("{s:s}", "signed_by", "Director");
	struct desk_command c = {.name = "submit", .at = at, .actor = APPLICANT, .data = data};
	struct err err = {0};
	int64_t id;

	if (desk_find(&desk, VIEW(ref), &id, &err) < 0 ||
	    desk_execute(&desk, id, -1, &c, NULL, &err) < 0)
		fail_msg("%s", err.msg);
}

static inline void move(int64_t account, int64_t at, const char *motion, int status,
    const char *body)
{
	AUTO_FREE char *path = str_format("/committee/%s", motion);
	AUTO_STR struct str text = {0};

	/* %R stands for the reference. */
	for (const char *c = body; *c; c++)
		if (c[0] == '%' && c[1] == 'R') {
			str_addz(&text, ref);
			c++;
		} else {
			str_addc(&text, *c);
		}
	expect(account, at, path, str_get(&text), status, "");
}

#endif
