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

/* Whether the person may see who voted what for an application. */
enum committee_sight {
	COMMITTEE_SEES,
	COMMITTEE_RECUSED,    /* an interest was declared, or it is the person's own */
	COMMITTEE_UNDECLARED, /* a member who has not yet declared */
};
enum committee_sight committee_sight_of(const struct visit *v, const struct desk_committee *c,
    const struct desk_item *item, const struct desk_application *a);
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
