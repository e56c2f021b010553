/*
 * The one door of the site: who comes, and whether what they send is theirs.
 *
 * Pages know people by a cookie, the API by "Authorization: Bearer"; a cookie
 * is worth nothing there, so that no other site can use it. What changes
 * something needs the token of the form it came from, which is bound to the
 * cookie, and must not come from another site.
 */
#ifndef PORTAL_ENTRY_H
#define PORTAL_ENTRY_H

#include "portal/route.h"

/* Fills v->who, v->roles, v->account, v->act, v->csrf. */
MUST_CHECK int entry_know(struct visit *v, enum route_kind kind, struct err *err);
/* 429, 401 or 403 in v->r->status and -1, or 0. */
MUST_CHECK int entry_check(struct visit *v, struct err *err);

/* Sets the cookie of a session, or ends it with NULL. */
void entry_set_session(struct visit *v, const char *token);
/* To a page of ours that goes on to `next`, a path without language, when it is done. */
void entry_go(struct visit *v, const char *to, struct view next);
/* For every form for people who are not signed in: the cookie that v->csrf is bound to. */
void entry_open_form(struct visit *v);

#endif
