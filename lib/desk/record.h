/*
 * Applications in the records of a hub. A command is decided and its event
 * appended in one write, with the audit record and the rows of the board:
 * nothing is acknowledged without its trace, nothing is half-done.
 */
#ifndef DESK_RECORD_H
#define DESK_RECORD_H

#include "desk/application.h"
#include "store/store.h"

struct desk_dossier;

/*
 * Told of an event in the write that keeps it; the dossier has it already.
 * What fails here undoes the event.
 */
typedef int desk_told(struct store_tx *tx, const struct desk_dossier *d,
    const struct desk_event *e, void *arg, struct err *err);

/* Borrowed by whoever works on it. */
struct desk_form;

struct desk {
	struct store *store;
	const struct desk_law *law;
	bool with_forms; /* what is handed in must be complete, and is kept (form_record.h) */
	desk_told *told; /* NULL: nobody */
	void *told_arg;
};

/* Who is at the other end, for the audit log. */
struct desk_caller {
	const char *session;
	struct view address;
};

/* One application as it is kept. */
struct desk_dossier {
	int64_t id;
	char *ref; /* "2026-00012" */
	char *title;
	VEC(struct desk_event) events;
	struct desk_application basis; /* not yet brought to a day: desk_at */
	struct arena arena;
};

#define AUTO_DESK_DOSSIER AUTO(desk_dossier_clear)

void desk_dossier_clear(struct desk_dossier *d);

struct desk_new {
	const char *route;
	const char *version; /* NULL: the one in force on that day */
	const char *title;   /* 1 to 400 bytes, of the project */
	int64_t actor;
	int64_t at;
};

/* ERR_USAGE: no such route; ERR_DENIED: it is not in force on that day. */
MUST_CHECK int desk_create(const struct desk *d, const struct desk_new *n,
    const struct desk_caller *caller, int64_t *ret_id, struct err *err);

/*
 * ERR_DENIED: why not; that too is logged. `expected` is how many events the
 * caller had seen: when there are more, somebody was quicker, and nothing is
 * done; -1: whatever there is.
 */
MUST_CHECK int desk_execute(const struct desk *d, int64_t application, int64_t expected,
    const struct desk_command *c, const struct desk_caller *caller, struct err *err);

/* The same inside a write; a refusal is not logged by it. */
MUST_CHECK int desk_execute_in(struct store_tx *tx, const struct desk *d, int64_t application,
    const struct desk_command *c, const struct desk_caller *caller, struct err *err);

/* ERR_USAGE: there is none. */
MUST_CHECK int desk_load(const struct desk *d, int64_t application, struct desk_dossier *ret,
    struct err *err);
MUST_CHECK int desk_find(const struct desk *d, struct view ref, int64_t *ret_id, struct err *err);

/*
 * 0: go on; -1: stop, with the error. tx: the read that found it; it and the dossier are the
 * caller's for the call.
 */
typedef int desk_visit(struct store_tx *tx, const struct desk_dossier *d, void *arg,
    struct err *err);
/* All applications in order of their number, some ten in memory. */
MUST_CHECK int desk_each(const struct desk *d, desk_visit *visit, void *arg, struct err *err);

/*
 * The same, each in a read of its own: one that cannot be read or
 * visited is told to `failed`, the others are visited all the same. -1: the store is gone or
 * the user has stopped it; what is told there would be told of all that follow.
 */
typedef void desk_visit_failed(int64_t application, const struct err *err, void *arg);
MUST_CHECK int desk_each_alone(const struct desk *d, desk_visit *visit, desk_visit_failed *failed,
    void *arg, struct err *err);
/* Whether an error is of the store or the user, not of the one thing in hand. */
bool desk_error_is_general(const struct err *err);

/* Whole histories, for tests and demonstrations: checked as if each event were told. */
struct desk_history {
	const char *title;
	const struct desk_event *events;
	size_t count;
	const struct desk_form *form; /* NULL: nothing was filled in */
	const json_t *answers;
};
MUST_CHECK int desk_import(const struct desk *d, const struct desk_history *histories,
    size_t count, struct err *err);

/* Inside a transaction, for the board. */
MUST_CHECK int desk_read_dossier(struct store_tx *tx, const struct desk_law *law,
    int64_t application, struct desk_dossier *ret, struct err *err);

#endif
