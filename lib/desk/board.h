/*
 * Lists: what a derived table says of every application on a day. Rows are
 * written with each event; silence that has come since is folded in by
 * desk_board_refresh, which anybody may call at any time: it changes no law,
 * only what is remembered of it.
 */
#ifndef DESK_BOARD_H
#define DESK_BOARD_H

#include "desk/record.h"
#include "desk/rows.h"

#include <pthread.h>

enum desk_list {
	DESK_LIST_MINE,  /* key: account */
	DESK_LIST_TASKS, /* key: bits of roles */
	DESK_LIST_DUE,   /* key: day; clocks whose last day it is */
	DESK_LIST_LATE,  /* key: day; clocks whose last day is before it */
	DESK_LIST_TACIT, /* key: day; clocks whose silence has its effect on the day behind */
	DESK_LIST_ALL,   /* key: 0 */
};

/*
 * About `limit` rows of applications behind number `after`, in order of number;
 * all rows of an application stand on one page. No rows: that was all.
 */
MUST_CHECK int desk_board_list(const struct desk *d, enum desk_list list, int64_t key,
    int64_t after, int64_t limit, struct desk_rows *ret, struct err *err);
/*
 * Applications that silence has changed before `today` get their new rows; and those whose
 * rows are of a later day, written while the clock of the machine was ahead.
 */
MUST_CHECK int desk_board_refresh(const struct desk *d, date_t today, struct err *err);
/*
 * The same for every page: on a new day, and once a minute for what others
 * wrote. One caller at a time; the rest read the lists as they are.
 */
struct desk_watch {
	pthread_mutex_t lock;
	date_t day; /* refreshed for it */
	int64_t at; /* microseconds UTC */
};
void desk_watch_init(struct desk_watch *w);
void desk_watch_clear(struct desk_watch *w);
MUST_CHECK int desk_watch_keep(struct desk_watch *w, const struct desk *d, int64_t now,
    struct err *err);
/* All rows made again from the events; ret_changed: of how many applications they differed. */
MUST_CHECK int desk_board_rebuild(const struct desk *d, date_t today, int64_t *ret_changed,
    struct err *err);
/* Told of each application whose rows are not what its events say; nothing is changed. */
typedef void desk_board_differs(int64_t application, void *arg);
MUST_CHECK int desk_board_compare(const struct desk *d, date_t today, desk_board_differs *differs,
    void *arg, struct err *err);
/* Rows of one application as the law has it on a day, inside a write. */
MUST_CHECK int desk_board_put(struct store_tx *tx, int64_t application,
    const struct desk_application *on_that_day, struct err *err);

#endif
