/* One request on its way through the portal: what a handler works with. */
#ifndef PORTAL_VISIT_H
#define PORTAL_VISIT_H

#include "account/account.h"
#include "portal/portal.h"

enum { VISIT_PARAMS = 4 };

struct visit {
	struct portal *portal;
	struct hub *hub;
	struct http_request *q;
	struct http_response *r;
	const struct route *route;
	enum language language;
	struct view path;                 /* without the language: "/register/R1" */
	struct view params[VISIT_PARAMS]; /* what stands for {..} in the route's pattern */
	unsigned roles;                   /* bits of enum role that the person has here */
	const char *scope;                /* the part for which some were given; NULL: none */
	int64_t account;                  /* 0: not signed in */
	struct account_who who;           /* who.factors 1: the code is still to come */
	struct account_act act;           /* who acts, for what is written */
	struct view network;              /* what counts as one client (http_network_of) */
	struct view cookie;               /* what the session's cookie says */
	char csrf[48];                    /* what a form must bring back */
	bool token_given;                 /* Authorization was there, right or not */
	json_t *model;                    /* of the page; the handler adds to it */
};

/* -1 with err: the error page, with the status that visit_status says. */
typedef int visit_handler(struct visit *v, struct err *err);

/* The page web/portal/NAME.mustache with the visit's model. */
MUST_CHECK int visit_page(struct visit *v, const char *name, struct err *err);
/* The model, or any value, as JSON. */
MUST_CHECK int visit_json(struct visit *v, const json_t *value, struct err *err);
/*
 * What a JSON object in the body says, as if a form had brought it: texts and
 * numbers as they are, true as "yes", each text of a list as a field of that name. No body:
 * nothing.
 */
MUST_CHECK int visit_take_body(struct visit *v, struct err *err);
/* To a path of this site in the visitor's language: "/register". */
void visit_go(struct visit *v, const char *path);
/* Counted for the audit log (account/refusal.h): "site.denied". */
void visit_refused(struct visit *v, const char *action);
/* 404; returns -1. */
int visit_not_found(struct visit *v, struct err *err);

/*
 * A list that a template shows with a frame around it, or not at all when it is
 * empty: {{#key}} ... {{#name}} one of them {{/name}} ... {{/key}}.
 */
void visit_set_list(struct visit *v, const char *key, const char *name, json_t *list);
/* A text of ours in the visitor's language (po/fr.po). */
struct view visit_text(const struct visit *v, const char *english);
/* A refusal or a hint, with what stands in it, in the visitor's language. */
struct view visit_said(const struct visit *v, const char *message);
/* Sets a text of the model. */
void visit_set(struct visit *v, const char *key, struct view text);
int visit_status(const struct err *err);

#endif
