/* The handler of a path, called as somebody: no session, no door in front. */
#ifndef PORTAL_TESTS_HANDLER_H
#define PORTAL_TESTS_HANDLER_H

#include "portal/tests/open.h"

/* Who comes to the desk in these tests, whatever else they may be. */
enum { APPLICANT = 11,
	OFFICER,
	CHAIR,
	MEMBER,
	RECUSED,
	AUTHORITY,
	COLLEAGUE, /* 17 */
	STRANGER,
	ABSENT,
	UNDECLARED,
	SEATLESS, /* has the roles of the committee, and no seat */
	AUDITOR };

static enum language spoken = ENGLISH;

static inline unsigned roles_of(int64_t account)
{
	static const unsigned more[] = {
	    [OFFICER] = ROLE_OFFICER,
	    [CHAIR] = ROLE_CHAIR | ROLE_MEMBER,
	    [MEMBER] = ROLE_MEMBER,
	    [RECUSED] = ROLE_MEMBER,
	    [AUTHORITY] = ROLE_AUTHORITY,
	    [STRANGER] = 0,
	    [ABSENT] = ROLE_MEMBER,
	    [UNDECLARED] = ROLE_MEMBER,
	    [SEATLESS] = ROLE_MEMBER | ROLE_CHAIR,
	    [AUDITOR] = ROLE_AUDITOR,
	};

	return ROLE_PUBLIC | ROLE_APPLICANT | more[account];
}

/* Noon in Paris, in winter, in microseconds. */
static inline int64_t noon(int year, int month, int day)
{
	return (int64_t)date_from_civil(year, month, day) * 86400000000 + 39600000000;
}

static inline int open_portal(void **state)
{
	(void)state;
	return open_hub("");
}

/* Method and the rest of the request stand in a->q; its path may have a query. */
static inline void call(struct answer *a, enum route_kind kind, int64_t account, const char *path)
{
	struct view query = VIEW(path);
	struct visit v = {
	    .portal = portal,
	    .hub = hub,
	    .q = &a->q,
	    .r = &a->r,
	    .language = spoken,
	    .roles = roles_of(account),
	    .account = account,
	    .who = {.roles = roles_of(account),
		.email = account == COLLEAGUE ? "Colleague@hub.example"
	                 : account == OFFICER ? "officer@hub.example"
	                                      : NULL},
	    .model = json_object(),
	};
	struct err err = {0};
	bool known;

	a->model = v.model;
	view_next(&query, '?', &v.path);
	add_fields(&a->q.query, query.len ? query.ptr : "");
	v.route = route_find(kind, a->q.method, v.path, v.params, &known);
	if (!v.route)
		fail_msg("no route for %s", path);
	portal_fill_model(&v);
	if (v.route->handle(&v, &err) < 0) {
		a->status = a->r.status ? a->r.status : visit_status(&err);
		str_addz(&a->r.body, err.msg);
	} else {
		a->status = a->r.status ? a->r.status : 200;
	}
	if (a->status == 500)
		fail_msg("%s: %s", path, err.msg);
}

static inline void check_answer(const struct answer *a, const char *path, int status,
    const char *text)
{
	if (a->status != status || !strstr(body(a), text))
		fail_msg("%s: %d, no \"%s\" in: %s", path, a->status, text, body(a));
}

/* What is sent: "a=1&b=2" to a page, JSON to the API; NULL: read a page, "": read the API. */
static inline void visit(struct answer *a, int64_t account, int64_t at, const char *path,
    const char *sent)
{
	bool api = sent && (*sent == '{' || !*sent);

	a->q.now = at;
	a->q.method = sent && *sent ? HTTP_POST : HTTP_GET;
	if (api)
		a->q.body = VIEW(sent);
	else if (sent)
		add_fields(&a->q.form, sent);
	call(a, api ? ROUTE_API : ROUTE_PAGE, account, path);
}

static inline void expect(int64_t account, int64_t at, const char *path, const char *sent,
    int status, const char *text)
{
	AUTO_ANSWER struct answer a = {0};

	visit(&a, account, at, path, sent);
	check_answer(&a, path, status, text);
}

#endif
