/* The pages of the desk: lists, a dossier, its steps; routes for everybody. */
#ifndef PORTAL_DESK_PAGES_H
#define PORTAL_DESK_PAGES_H

#include "desk/board.h"
#include "portal/visit.h"

visit_handler desk_get_receipt;
visit_handler desk_page_home, desk_page_new, desk_do_create, desk_page_dossier, desk_page_step,
    desk_do_step, desk_page_routes, desk_page_route;
/* The same as JSON (desk_api.c). */
visit_handler desk_api_routes, desk_api_route, desk_api_create, desk_api_dossier, desk_api_step;

/* The records and the law that a visit works with, and who is at its other end. */
struct desk desk_of(const struct visit *v);
struct desk_caller desk_caller_of(const struct visit *v);
/* The legal day in Paris on which the request came. */
date_t desk_today(const struct visit *v);
/* Who reads every application that was submitted, everywhere or in a part. */
#define DESK_READERS \
	(ROLE_OFFICER | ROLE_MEMBER | ROLE_CHAIR | ROLE_AUTHORITY | ROLE_HOLDER | ROLE_AUDITOR)

/* Bits of enum role as bits of enum desk_role. */
unsigned desk_roles_from(unsigned given);
struct desk_filter;
/* desk_list.c: whom tasks wait for: account, and roles everywhere and for parts (desk/list.h). */
MUST_CHECK int desk_duties_of(const struct visit *v, struct desk_filter *ret, struct err *err);
/* The roles at the desk of the person: bits of enum desk_role. */
unsigned desk_roles_of(const struct visit *v);
/* Those in which the person may act on this application. */
unsigned desk_roles_in(const struct visit *v, const struct desk_application *a);
/* Reads the dossier that params[0] names, when the person may see it; else 404. */
MUST_CHECK int desk_open_dossier(struct visit *v, struct desk_dossier *ret, struct err *err);

/* "routes" of the model: those that a new application can take today. */
void desk_add_routes(struct visit *v);
/* A new application of the person's own. */
MUST_CHECK int desk_begin_application(struct visit *v, const char *route, const char *title,
    struct desk_dossier *ret, struct err *err);
/*
 * A step's name in an address: its event; "transmitted.2" for the second step of the
 * route that makes the same event. In the visit's arena.
 */
const char *desk_step_key(const struct visit *v, const struct desk_route *r,
    const struct desk_step *step);
/* A step that the person may take today, and the role in which. */
struct desk_choice {
	const struct desk_step *step;
	enum desk_role role;
};

enum { DESK_CHOICES_MAX = DESK_ROLES * DESK_STEPS_MAX };

/* Role by role, in order of the route; how many. */
size_t desk_choices(const struct visit *v, const struct desk_application *now,
    struct desk_choice ret[DESK_CHOICES_MAX]);
/* The step whose key is params[1], and the role in which the person may take it; NULL: none. */
const struct desk_step *desk_find_step(const struct visit *v, const struct desk_dossier *d,
    enum desk_role *ret_role);
/* `seen`: how many events the person had before the eyes. */
MUST_CHECK int desk_take_step(struct visit *v, const struct desk_dossier *d,
    const struct desk_step *step, enum desk_role role, int64_t seen, json_t *data,
    struct err *err);

/* A text of law for people (desk/source.h), in the visit's arena; "" for NULL. */
const char *desk_source(const struct visit *v, const char *source);
/* "signed_by" reads "Signed by", in the visitor's language (po/fr.po). */
struct view desk_word(const struct visit *v, const char *name);
/* What the end of a delay does: "silence is a favourable opinion"; "" for an alert. */
struct view desk_effect_words(const struct visit *v, enum desk_effect effect);
/* "7 working days", "7 jours ouvrés" */
json_t *desk_delay_text(const struct visit *v, struct desk_delay d);
/* "21 November 2026", "21 novembre 2026"; "" for DATE_NONE. */
json_t *desk_day_text(const struct visit *v, date_t day);
/* {"ref", "title", "route", "state", ...} of a row of the board. */
json_t *desk_row_model(const struct visit *v, const struct desk_row *row);
/* At most `most` of them, each with its next last day: {"next_day", "late"}. */
json_t *desk_rows_model(const struct visit *v, const struct desk_rows *rows, size_t most);
/* Adds what a dossier page shows: state, clocks, silences, events, steps. */
void desk_dossier_model(struct visit *v, const struct desk_dossier *d);
/* The step that made an event; NULL: the first event of all. */
const struct desk_step *desk_step_of(const struct desk_route *r, const struct desk_event *e);
/* The inputs of a step's form. */
json_t *desk_needs_model(const struct visit *v, const struct desk_step *step);
/* What was posted, as the data of a command; a name that the step does not know is left out. */
json_t *desk_needs_read(const struct visit *v, const struct desk_step *step);

#endif
