/* Between the rules of the committee and its stream. */
#ifndef DESK_COMMITTEE_INSIDE_H
#define DESK_COMMITTEE_INSIDE_H

#include "desk/committee.h"

struct desk_motion {
	const json_t *data;
	int64_t actor;
	enum desk_role role;
	date_t day;
};

#define DESK_SECRETARY (1U << DESK_OFFICER)
#define DESK_PRESIDES (1U << DESK_CHAIR)
#define DESK_OFFICE (DESK_SECRETARY | DESK_PRESIDES)
#define DESK_SEATS (1U << DESK_MEMBER | DESK_PRESIDES)

/*
 * What was once done stays done: `check` is what the fold itself needs, and holds for events
 * that are read back; `may` is what is asked of a new motion only, so that a rule may become
 * stricter, and a number of committee.json change, without making old streams unreadable.
 */
struct desk_committee_rule {
	const char *command, *event;
	unsigned roles;
	/* "t:reasons": n(umber) t(ext) b(ool) d(ay) l(ist of numbers); "?" behind: optional. */
	const char *keys[6];
	int (*check)(const struct desk_committee *, const struct desk_motion *, struct err *);
	int (*may)(const struct desk_committee *, const struct desk_motion *, struct err *);
	void (*take)(struct desk_committee *, const struct desk_motion *);
};

/* Each ends with an empty one. */
extern const struct desk_committee_rule desk_committee_agenda[], desk_committee_sitting[];
/* NULL: none. */
const struct desk_committee_rule *desk_committee_rule(const char *command);
const struct desk_committee_rule *desk_committee_rule_of(const char *event);
/* The keys of a rule, each of its kind, and no other. */
MUST_CHECK int desk_motion_check_keys(const struct desk_committee_rule *rule, const json_t *data,
    struct err *err);

int64_t desk_motion_number(const struct desk_motion *m, const char *key);
const char *desk_motion_text(const struct desk_motion *m, const char *key);
/* What the motion names, NULL: not there. */
struct desk_item *desk_motion_item(struct desk_committee *c, const struct desk_motion *m);
struct desk_session *desk_motion_session(struct desk_committee *c, const struct desk_motion *m);
/* An application that was put on an agenda, without an opinion; NULL and why not. */
const struct desk_item *desk_motion_open(const struct desk_committee *c,
    const struct desk_motion *m, struct err *err);

struct desk_sitting *desk_committee_member(const struct desk_committee *c, int64_t account);
/* -1: not declared, 0: none, 1: an interest. */
int desk_item_interest(const struct desk_item *item, int64_t account);
/* NULL: is none. */
const struct desk_rapporteur *desk_item_rapporteur(const struct desk_item *item, int64_t account);
bool desk_session_has(const struct desk_session *s, int64_t account);

#endif
