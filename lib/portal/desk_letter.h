/*
 * Mail of the desk: who is told of an event, found among the accounts, and told
 * in the event's write (desk/letter.h says what). Each at once, or one mail a
 * day for those who chose so; reminders always wait for the morning.
 */
#ifndef PORTAL_DESK_LETTER_H
#define PORTAL_DESK_LETTER_H

#include "desk/committee.h"
#include "desk/form_record.h"
#include "desk/letter.h"
#include "portal/inside.h"
#include "portal/visit.h"

visit_handler letter_page, letter_api, letter_do_choose;

struct desk_news {
	const char *event;
	int64_t application; /* 0: of the committee */
	const char *ref;
	const struct desk_application *basis;   /* whose team; NULL: none */
	const struct desk_committee *committee; /* whose seats; NULL: none */
	int64_t actor, named;                   /* 0: nobody */
	unsigned due;                           /* bits of enum desk_role, of DESK_TO_DUE */
	int64_t at;
};

/* Inside the write of what is told. */
MUST_CHECK int letters_tell(struct store_tx *tx, const struct portal *p,
    const struct desk_news *n, struct err *err);
/* The same for an event of an application. */
MUST_CHECK int letters_tell_event(struct store_tx *tx, const struct portal *p,
    const struct desk_dossier *d, const struct desk_event *e, struct err *err);

/* To be told of a motion: arg of letters_tell_motion. */
struct letters_motion {
	const struct portal *portal;
	const struct desk_dossier *dossier; /* ref NULL: of no application */
};
desk_motion_told letters_tell_motion;
/* To be told of a comment: arg is a struct letters_motion. */
desk_remark_told letters_tell_comment;

/* Reminders of a dossier on a day: what silence decided, what ends soon. */
MUST_CHECK int letters_remind(struct portal *p, const struct desk_dossier *d, int64_t now,
    struct err *err);
/* One mail for each whose letters wait since before this morning. */
MUST_CHECK int letters_send_digests(struct portal *p, int64_t now, struct err *err);
/* Sets "letters_daily" for one's own page. */
MUST_CHECK int letters_show_choice(struct visit *v, struct err *err);

#endif
