/* Applications by procedure, state and delay, a page at a time, with how many there are. */
#ifndef DESK_LIST_H
#define DESK_LIST_H

#include "desk/board.h"

enum desk_list_scope {
	DESK_SCOPE_MINE,   /* applicant or member */
	DESK_SCOPE_TASKS,  /* where one of the roles must act; and one's own */
	DESK_SCOPE_ALL,    /* that were submitted; and one's own */
	DESK_SCOPE_DUTIES, /* where one of the roles must act */
};

enum desk_list_due {
	DESK_DUE_ANY,
	DESK_DUE_LATE,  /* a last day before `today` */
	DESK_DUE_TODAY, /* idem, today */
	DESK_DUE_WEEK,  /* idem, from today to seven days from it */
};

enum desk_list_order {
	DESK_ORDER_OLDEST,
	DESK_ORDER_CHANGED, /* the last change first */
	DESK_ORDER_DUE,     /* the next last day first */
	DESK_ORDER_NEWEST,
};

struct desk_filter {
	struct view route, state; /* empty: all */
	enum desk_list_scope scope;
	int64_t account;
	unsigned roles; /* bits of enum desk_role, of DESK_SCOPE_TASKS */
	/* Roles for parts: ",project/2026-00012,route/standard,applicant/7,". */
	struct view parts;
	unsigned part_roles; /* they act in these parts */
	bool only_parts;     /* DESK_SCOPE_ALL is what stands in the parts; and one's own */
	enum desk_list_due due;
	date_t today;
	enum desk_list_order order;
	struct view words;     /* anywhere in title or reference; empty: all */
	const int64_t *people; /* or of these applicants */
	size_t people_count;
};

/* Rows have the next last day, or DATE_NONE, and no clock. ret_total: of all pages. */
MUST_CHECK int desk_list_find(const struct desk *d, const struct desk_filter *f, int64_t offset,
    int64_t limit, struct desk_rows *ret, int64_t *ret_total, struct err *err);

/*
 * What waits for somebody, the next last day first: roles, parts and part_roles of `who`.
 * Drafts wait for nobody but their applicants.
 */
MUST_CHECK int desk_tasks_find(const struct desk *d, const struct desk_filter *who, int64_t limit,
    struct desk_rows *ret, struct err *err);
/* How many they are, and those of the account's own that wait for its applicants. */
MUST_CHECK int desk_tasks_count(const struct desk *d, const struct desk_filter *who, int64_t *ret,
    struct err *err);

#endif
