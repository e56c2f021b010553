/* The committee on the site: its pages, its motions. Names as in desk/committee.h. */
#ifndef PORTAL_DESK_COMMITTEE_H
#define PORTAL_DESK_COMMITTEE_H

#include "desk/committee.h"
#include "portal/desk_told.h"
#include "portal/scope.h"

visit_handler committee_page, committee_page_session, committee_page_item, committee_do_motion;
visit_handler committee_api, committee_api_item, committee_api_session, committee_api_motion;

/* Everything that the pages and the API show; values are numbers, days as "2026-01-31". */
json_t *committee_session_model(const struct visit *v, const struct desk_committee *c,
    const struct desk_session *s, const json_t *names);
json_t *committee_members_model(const struct visit *v, const struct desk_committee *c,
    const json_t *names);

/* What a person is to a deliberation; desk_committee_sight.c has the table of what each reads. */
enum committee_standing {
	COMMITTEE_OWN,        /* the person's own application */
	COMMITTEE_RECUSED,    /* an interest was declared */
	COMMITTEE_UNDECLARED, /* a member who has not yet declared */
	COMMITTEE_OUTSIDE,    /* a role in the committee, and no seat */
	COMMITTEE_ABSENT,     /* a member without interest who is not at the session */
	COMMITTEE_PRESENT,    /* who is */
	COMMITTEE_OFFICE,     /* the secretariat, which writes the minutes */
	COMMITTEE_AUDIT,
	COMMITTEE_STANDINGS
};
enum { COMMITTEE_REPORTS = 1,
	COMMITTEE_VOTES = 2 };
const char *committee_standing_name(enum committee_standing s);
/* `item` NULL: of no application in particular; `a` NULL: of nobody's. */
enum committee_standing committee_standing_of(const struct visit *v, const struct desk_committee *c,
    const struct desk_item *item, const struct desk_application *a);
/* Bits of what is shown. */
unsigned committee_sight(enum committee_standing s, const struct desk_item *item);
MUST_CHECK int committee_reads_minutes(struct visit *v, const struct desk_committee *c,
    int64_t session, bool *ret, struct err *err);
/* The committee, and who everybody is. */
MUST_CHECK int committee_open(struct visit *v, struct desk_committee *c, json_t **names,
    struct err *err);
/* The secretariat and the chair. */
bool committee_is_office(const struct visit *v);
/* Items of a session, or with 0 those that the person reports on. */
MUST_CHECK int committee_items_model(struct visit *v, const struct desk_committee *c,
    int64_t session, json_t **ret, struct err *err);
/* The deliberation on one application. */
MUST_CHECK int committee_item_model(struct visit *v, const struct desk_committee *c,
    const struct desk_dossier *d, json_t *names, json_t **ret, struct err *err);
const char *committee_name_of(const json_t *names, int64_t account);

/*
 * The opinion is the committee's: where it sits, the step is taken by its votes, except
 * for what it took off its agenda, with reasons.
 */
MUST_CHECK int committee_has_step(const struct visit *v, const struct desk_dossier *d,
    const struct desk_step *step, bool *ret, struct err *err);

/*
 * Moves it in the person's role. `data` has "application" as a reference and
 * texts in "text"; "reasons" of a conclusion go to the opinion.
 */
MUST_CHECK int committee_move(struct visit *v, const char *motion, json_t *data,
    struct err *err);

#endif
