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

struct desk_committee_rule {
	const char *command, *event;
	unsigned roles;
	/* "t:reasons": n(umber) t(ext) b(ool) d(ay) l(ist of numbers); "?" behind: optional. */
	const char *keys[6];
	int (*check)(const struct desk_committee *, const struct desk_motion *, struct err *);
	void (*take)(struct desk_committee *, const struct desk_motion *);
};

extern const struct desk_committee_rule desk_committee_rules[];
extern const size_t desk_committee_rule_count;

int64_t desk_motion_number(const struct desk_motion *m, const char *key);
const char *desk_motion_text(const struct desk_motion *m, const char *key);

struct desk_sitting *desk_committee_member(const struct desk_committee *c, int64_t account);
/* -1: not declared, 0: none, 1: an interest. */
int desk_item_interest(const struct desk_item *item, int64_t account);
bool desk_session_has(const struct desk_session *s, int64_t account);

#endif
