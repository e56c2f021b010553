/*
 * What goes into the write of an event beside it: the signed permit or notice,
 * the sheet of the public register, a text that the event names.
 */
#ifndef PORTAL_DESK_TOLD_H
#define PORTAL_DESK_TOLD_H

#include "desk/permit_record.h"
#include "portal/desk_pages.h"
#include "portal/inside.h"

struct desk_telling {
	struct hub *hub;
	const struct portal *portal;
	struct view text;      /* to keep by its hash; nothing: none */
	const json_t *permit;  /* content of a permit that is issued, or NULL */
	const json_t *changes; /* of an amendment, or NULL */
};

/* desk_of for acting; `t` outlives what is done. */
struct desk desk_telling(const struct visit *v, struct desk_telling *t);
/* As desk_take_step, with what belongs to it. */
MUST_CHECK int desk_take_step_with(struct visit *v, const struct desk_dossier *d,
    const struct desk_step *step, enum desk_role role, int64_t seen, json_t *data,
    const struct desk_telling *with, struct err *err);
/* The step that makes an event, if the person may take it now; NULL. */
const struct desk_step *desk_find_event(const struct visit *v, const struct desk_dossier *d,
    const char *event, enum desk_role *ret_role);
/* Sends the visitor to the page where this step is taken; false: the common page does. */
bool desk_has_page_of_its_own(struct visit *v, const struct desk_step *step);

/* "hub.example/permit" */
const char *desk_permit_signer(const struct hub *h, struct arena *memory);
MUST_CHECK int desk_permit_key(const struct hub *h, struct note_key *ret, struct err *err);

/* The sheet as it would be today; *ret NULL: nothing is public. */
MUST_CHECK int desk_sheet_of(const struct visit *v, const struct desk_dossier *d, json_t **ret,
    struct err *err);

/* In a transaction: from the events, and the answers that were handed in last. */
struct desk_sheet_making {
	const struct hub *hub;
	const struct desk_dossier *d;
	date_t today;
	json_t *patch;  /* the caller's; NULL: nothing is public */
	bool handed_in; /* just now: what the answers before said and these do not is taken back */
};

struct register_change;

/* Into the register, if it is public: c->outcome. Its patch is made here. */
MUST_CHECK int desk_sheet_put(struct store_tx *tx, struct desk_sheet_making *s,
    struct register_change *c, struct err *err);

/*
 * The sheets of all applications as they are today: what silence decided since,
 * and what a crash or an import left out. Done twice it changes nothing. Each
 * application is on its own: what cannot be made of one is told, the others go on.
 */
struct desk_fed {
	size_t same, added, changed, failed;
	struct err why; /* ERR_NONE, or of how many applications, which is the first and why */
};
MUST_CHECK int desk_feed_all(struct hub *h, const struct desk_law *law, int64_t now,
    struct desk_fed *ret, struct err *err);
/* The same, and reminders of what silence did and of what ends soon. */
MUST_CHECK int desk_feed_and_remind(struct portal *p, int64_t now, struct desk_fed *ret,
    struct err *err);

/* What has to be done although nobody asks, part by part: none waits for another. */
enum desk_chore {
	CHORE_FEED,      /* the register, reminders of delays */
	CHORE_PERMITS,   /* reminders of permits */
	CHORE_CATALOGUE, /* reminders of the catalogue */
	CHORE_DIGESTS,   /* the daily mails */
	CHORES
};
extern const char *const desk_chore_names[CHORES];
/* Once an hour, and at the start: err[i] is ERR_NONE where a part had no trouble. */
void desk_hourly(struct portal *p, int64_t now, struct err err[CHORES]);

/* The application has another name for "this person may act": the person's own. */
bool desk_is_own(const struct visit *v, const struct desk_application *a);
/* Names of these accounts, by number: {"12": "Applicant One"}. */
MUST_CHECK int desk_names_of(struct visit *v, const int64_t *ids, size_t count, json_t **ret,
    struct err *err);

#endif
