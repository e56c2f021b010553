/*
 * The committee that gives opinions: who sits, what is on the agenda of which
 * session, who reports, who steps aside, who votes what and why. Event sourced
 * as applications are: a stream of its own, commands that become events or are
 * refused with the reason. The rules in numbers are data/committee.json.
 *
 *   member_joins, member_leaves, call_session, add_item, drop_item, assign_rapporteur,
 *   declare_interest, take_attendance, file_report, vote, conclude, draft_minutes,
 *   approve_minutes
 *
 * A member who declares an interest in an application is recused: not its
 * rapporteur, no vote, not counted in the quorum. Nobody votes without having
 * declared. Those deliberate who have a seat, are present at the session and have
 * declared no interest: they make the quorum, and only their votes count, at the
 * moment of the conclusion. A vote of one who left the room or the committee stays
 * written down and counts again when its author is back. The opinion is what most
 * votes say; among equals the chair's vote. With the opinion all that is fixed:
 * nothing later changes what was counted.
 */
#ifndef DESK_COMMITTEE_H
#define DESK_COMMITTEE_H

#include "desk/record.h"

enum { DESK_ABSTAINS = DESK_OPINIONS };

struct desk_sitting {
	int64_t account;
	bool chair;
	bool left;
};

struct desk_session {
	int64_t number;
	date_t day;
	bool closed;         /* its minutes are approved */
	const char *minutes; /* SHA-256 of the last draft, or of what was approved; NULL: none */
	VEC(int64_t)
	present;
};

struct desk_rapporteur {
	int64_t account;
	date_t assigned_on;
	bool reported;
	bool recused;
	const char *report; /* SHA-256 of its text; NULL: none yet */
};

struct desk_vote {
	int64_t account;
	int vote; /* enum desk_opinion, or DESK_ABSTAINS */
	const char *reasons;
	bool counted; /* when it was concluded */
};

struct desk_interest {
	int64_t account;
	bool interest;
};

/* Members who may judge it, those of them who deliberate, and how many must. */
struct desk_quorum {
	size_t may, present, needed;
};

struct desk_item {
	int64_t application;
	int64_t session;           /* 0: taken off the agenda */
	enum desk_opinion opinion; /* DESK_NO_OPINION until it is concluded */
	struct desk_quorum quorum; /* when it was concluded */
	VEC(int64_t)
	sessions; /* all whose agenda it ever was on */
	VEC(struct desk_rapporteur)
	rapporteurs;
	VEC(struct desk_interest)
	interests;
	VEC(struct desk_vote)
	votes;
};

struct desk_committee {
	VEC(struct desk_sitting)
	members;
	VEC(struct desk_session)
	sessions;
	VEC(struct desk_item)
	items;
	int rapporteurs, dossiers_a_month, days_to_report, quorum_percent;
	size_t events;
	int64_t at;
	struct arena memory;
};

#define AUTO_DESK_COMMITTEE AUTO(desk_committee_clear)

/* With its rules, and nobody in it. */
MUST_CHECK int desk_committee_init(struct desk_committee *ret, struct err *err);
void desk_committee_clear(struct desk_committee *c);
/* ERR_DENIED: why not. The event borrows the command's data. */
MUST_CHECK int desk_committee_decide(const struct desk_committee *c,
    const struct desk_command *command, struct desk_event *ret, struct err *err);
/* ERR_FORMAT: it cannot follow. */
MUST_CHECK int desk_committee_apply(struct desk_committee *c, const struct desk_event *e,
    struct err *err);

/* NULL: not there. */
const struct desk_item *desk_committee_item(const struct desk_committee *c, int64_t application);
const struct desk_session *desk_committee_session(const struct desk_committee *c, int64_t number);
/* Dossiers that a member was given in the month of a day. */
int desk_committee_load(const struct desk_committee *c, int64_t account, date_t day);
/* What the votes say now; DESK_NO_OPINION: no quorum, no vote, or a tie without the chair. */
enum desk_opinion desk_committee_result(const struct desk_committee *c,
    const struct desk_item *item, const char **ret_why);

struct desk_quorum desk_committee_quorum(const struct desk_committee *c,
    const struct desk_item *item);
/* Has a seat, is present at the session of the item, has declared no interest in it. */
bool desk_committee_deliberates(const struct desk_committee *c, const struct desk_item *item,
    int64_t account);
/* Now, or behind the opinion: when it was concluded. */
bool desk_vote_counts(const struct desk_committee *c, const struct desk_item *item,
    const struct desk_vote *v);
/* It was once on the agenda of that session, whatever became of it. */
bool desk_item_was_on(const struct desk_item *item, int64_t session);
/*
 * May approve the minutes of the session: who presides (the role), or, when every chair stepped
 * aside from something of it, a member who was present and has declared no interest there.
 */
bool desk_committee_approves(const struct desk_committee *c, int64_t session, int64_t account,
    bool presides);
/* Seated now, and for one application: -1 has not declared, 0 no interest, 1 recused. */
bool desk_committee_seats(const struct desk_committee *c, int64_t account);
int desk_committee_interest(const struct desk_item *item, int64_t account);
/* Bits of roles that may move it; 0: no such motion. */
unsigned desk_committee_roles(const char *command);
/* What a motion needs: "n:application", "t?:what"; n(umber) t(ext) b(ool) d(ay) l(ist). */
const char *const *desk_committee_needs(const char *command);

/* In the records: `name` is the committee's, "CESREES". */
MUST_CHECK int desk_committee_read(const struct desk *d, const char *name,
    struct desk_committee *ret, struct err *err);
MUST_CHECK int desk_committee_execute(const struct desk *d, const char *name,
    const struct desk_command *c, const struct desk_caller *caller, struct err *err);

/* Told of a motion in the write that keeps it: the committee as it was before. */
typedef int desk_motion_told(struct store_tx *tx, const struct desk_committee *c,
    const struct desk_event *e, void *arg, struct err *err);

/* What goes into the same write: a text that the motion names, the opinion that follows from it. */
struct desk_motion_also {
	struct view text;                   /* nothing: none */
	const struct desk_command *opinion; /* give_opinion; NULL: none */
	int64_t application;                /* of the opinion */
	desk_motion_told *told;             /* NULL: nobody */
	void *told_arg;
};
MUST_CHECK int desk_committee_execute_also(const struct desk *d, const char *name,
    const struct desk_command *c, const struct desk_caller *caller,
    const struct desk_motion_also *also, struct err *err);

#endif
