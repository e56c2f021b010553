/* A committee of five and its motions, for the tests. */
#ifndef DESK_TESTS_COMMITTEE_H
#define DESK_TESTS_COMMITTEE_H

#include "both_stores.h"

#include "desk/committee.h"
#include "play.h"

static inline int64_t at(const char *day)
{
	return desk_paris_midnight(play_day(VIEW(day))) + NOON;
}

/* "command" by role/actor with data in JSON. */
static inline int move(struct desk_committee *c, const char *day, const char *command,
    enum desk_role role, int64_t actor, const char *json, struct err *err)
{
	AUTO_JSON json_t *data = NULL;
	struct desk_command cmd = {command, at(day), actor, role, NULL};
	struct desk_event e;

	if (json_parse(&data, "test", VIEW(json), err) < 0)
		fail_msg("%s", err->msg);
	cmd.data = data;
	if (desk_committee_decide(c, &cmd, &e, err) < 0)
		return -1;
	if (desk_committee_apply(c, &e, err) < 0)
		fail_msg("decided, but cannot follow: %s", err->msg);
	return 0;
}

static inline void ok(struct desk_committee *c, const char *day, const char *command,
    enum desk_role role, int64_t actor, const char *json)
{
	struct err err = {0};

	if (move(c, day, command, role, actor, json, &err) < 0)
		fail_msg("%s: %s", command, err.msg);
}

static inline void no(struct desk_committee *c, const char *day, const char *command,
    enum desk_role role, int64_t actor, const char *json, const char *says)
{
	struct err err = {0};
	size_t events = c->events;

	assert_int_equal(move(c, day, command, role, actor, json, &err), -1);
	assert_int_equal(err.code, ERR_DENIED);
	assert_int_equal(c->events, events);
	if (!strstr(err.msg, says))
		fail_msg("%s: '%s' does not say '%s'", command, err.msg, says);
}

/* Five members, 1 the chair; a session on 4 April with application 10. */
static inline void found(struct desk_committee *c)
{
	struct err err = {0};

	assert_int_equal(desk_committee_init(c, &err), 0);
	ok(c, "2024-03-01", "member_joins", DESK_OFFICER, 9, "{\"member\":1,\"chair\":true}");
	ok(c, "2024-03-01", "member_joins", DESK_OFFICER, 9, "{\"member\":2}");
	ok(c, "2024-03-01", "member_joins", DESK_OFFICER, 9, "{\"member\":3}");
	ok(c, "2024-03-01", "member_joins", DESK_OFFICER, 9, "{\"member\":4}");
	ok(c, "2024-03-01", "member_joins", DESK_OFFICER, 9, "{\"member\":5}");
	ok(c, "2024-03-01", "call_session", DESK_CHAIR, 1,
	    "{\"session\":1,\"day\":\"2024-04-04\"}");
	ok(c, "2024-03-01", "add_item", DESK_OFFICER, 9, "{\"session\":1,\"application\":10}");
}

static inline void declare(struct desk_committee *c, int64_t member, bool interest)
{
	ok(c, "2024-04-04", "declare_interest", member == 1 ? DESK_CHAIR : DESK_MEMBER, member,
	    interest ? "{\"application\":10,\"interest\":true}"
		     : "{\"application\":10,\"interest\":false}");
}

static inline void vote(struct desk_committee *c, int64_t member, const char *word)
{
	AUTO_FREE char *json =
	    str_format("{\"application\":10,\"vote\":\"%s\",\"reasons\":\"x\"}", word);

	ok(c, "2024-04-04", "vote", member == 1 ? DESK_CHAIR : DESK_MEMBER, member, json);
}

#endif
