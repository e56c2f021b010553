/*
 * An application is its events. desk_fold makes of them, and of a day, what the
 * law makes of them: where it stands, which clocks run, what is due when, what
 * silence has decided. Pure: no clock of the machine, no store, no file. The
 * same events and the same day give the same application, whoever asks, however
 * often, and whether or not anybody asked on the days between.
 *
 *   events ──desk_begin, desk_apply──► basis ──desk_at(day)──► the application on that day
 *                                        │
 *                     command ──desk_decide──► one more event, or why not
 *
 * Silence is never an event. A clock that ran out has its effect on every day
 * behind its last day, by derivation; an attestation is an event, but only
 * evidence. An event may carry the legal "day" on which it happened, when it is
 * told to the hub later (an authority's decision): it then counts on that day,
 * and takes the place of a silence that would have begun behind it. It may not be
 * earlier than the event before.
 *
 * Days are legal days in Paris, instants microseconds since 1970 UTC.
 */
#ifndef DESK_APPLICATION_H
#define DESK_APPLICATION_H

#include "desk/route.h"

enum {
	DESK_MEMBERS_MAX = 64,
	DESK_TACITS_KEPT = 8,
	DESK_EVENTS_MAX = 10000, /* of one application */
	DESK_TEXT_MAX = 4000,    /* bytes of one text of an event */
	DESK_TEXTS_MAX = 100,
	DESK_EVENT_VERSION = 1,
};

struct desk_event {
	int64_t at;    /* when the hub learned of it: never before the event before */
	int64_t actor; /* account */
	enum desk_role role;
	const char *type; /* "submitted" */
	json_t *data;     /* an object; borrowed */
};

enum desk_clock_status {
	DESK_CLOCK_IDLE,
	DESK_CLOCK_RUNNING,
	DESK_CLOCK_PAUSED,
	DESK_CLOCK_STOPPED, /* what it was for was done */
	DESK_CLOCK_EXPIRED, /* it ran out, with an effect */
};
extern const char *const desk_clock_status_names[];

struct desk_clock {
	enum desk_clock_status status;
	date_t start;    /* day of the event; not counted */
	date_t last_day; /* last day to act; DATE_NONE while idle or paused */
	date_t ended_on; /* day of the stop */
	date_t paused_on;
	int extensions;
	/* How the last day is found again after a pause. */
	date_t segment; /* counting goes on behind this day */
	int used;       /* working days before it */
	int shift;      /* days of pause */
	date_t until;   /* of a clock that an event dates */
};

enum desk_mode {
	DESK_NONE,
	DESK_EXPRESS,
	DESK_TACIT,
};
extern const char *const desk_mode_names[];

/* What a member may do; the applicant is an investigator. Readers take no step. */
enum desk_member_kind {
	DESK_INVESTIGATOR,
	DESK_COWORKER,
	DESK_READER,
};
extern const char *const desk_member_names[]; /* "investigator", "member", "reader" */

/* What silence did. In force from the day behind `last_day`. */
struct desk_silence {
	int clock;
	enum desk_effect effect;
	date_t last_day;
	const char *source;
};

struct desk_application {
	const struct desk_law *law;
	const struct desk_route *route;
	const struct desk_calendar *calendar;
	int state;
	date_t state_since; /* after a silence: the first day of its effect */
	struct desk_clock clocks[DESK_CLOCKS_MAX];

	enum desk_opinion opinion;
	enum desk_mode opinion_mode;
	date_t opinion_day;
	enum desk_mode decision_mode; /* of the outcome of the state */
	date_t decision_day;

	struct desk_silence silences[DESK_TACITS_KEPT]; /* the last ones, oldest first */
	size_t silence_count;

	int64_t applicant;
	int64_t members[DESK_MEMBERS_MAX];
	enum desk_member_kind kinds[DESK_MEMBERS_MAX];
	size_t member_count;
	date_t submitted_on;
	uint64_t seen[(DESK_STEPS_MAX + 63) / 64]; /* steps that were taken */
	size_t events;
	int64_t at; /* of the last event */
	date_t day; /* of the last event: legal day */
};

/* The first event: "created" {"route", "version", "title"?}. ERR_FORMAT. */
MUST_CHECK int desk_begin(struct desk_application *ret, const struct desk_law *law,
    const struct desk_event *created, struct err *err);
/* The next event. ERR_FORMAT, and `basis` as it was, when it cannot follow. */
MUST_CHECK int desk_apply(struct desk_application *basis, const struct desk_event *e,
    struct err *err);
/* The application on a day that is not before its last event's. */
struct desk_application desk_at(const struct desk_application *basis, date_t today);
/* All at once; the message names the event. */
MUST_CHECK int desk_fold(struct desk_application *ret, const struct desk_law *law,
    const struct desk_event *events, size_t count, date_t today, struct err *err);

const struct desk_state *desk_state(const struct desk_application *a);
bool desk_may_start(const struct desk_application *a);
/* Given, not deemed, and of a kind that the route calls favourable. */
bool desk_is_expressly_favourable(const struct desk_application *a);
/* A running clock whose last day has passed. Only alerts stay so. */
bool desk_is_late(const struct desk_application *a, int clock, date_t today);
/* The running clock that ends first, -1: none; with `tacit`: among those with an effect. */
int desk_next_due(const struct desk_application *a, bool tacit);
/* What that clock would do on its end: the ending whose condition holds now. */
const struct desk_expiry *desk_ending(const struct desk_application *a, int clock);
bool desk_is_member(const struct desk_application *a, int64_t account);
/* A member who takes steps and writes. */
bool desk_is_active_member(const struct desk_application *a, int64_t account);
bool desk_has_seen(const struct desk_application *a, const char *event);
/* Bits of roles that must act: of the state and of the running clocks. */
unsigned desk_must_act(const struct desk_application *a);

struct desk_command {
	const char *name; /* "submit" */
	int64_t at;
	int64_t actor;
	enum desk_role role;
	json_t *data; /* an object or NULL */
};

/*
 * The event that the command makes, with the command's data borrowed; apply it
 * to have it. ERR_DENIED: why not (wrong state, role or moment, silence came
 * first, something is missing), with the article where there is one.
 */
MUST_CHECK int desk_decide(const struct desk_application *basis, const struct desk_command *c,
    struct desk_event *ret, struct err *err);
/*
 * Steps that a role could take on that day, were their needs met; at most `max`
 * are written, how many there are is returned. For buttons and for --help.
 */
size_t desk_available(const struct desk_application *on_that_day, enum desk_role role,
    date_t today, const struct desk_step **ret, size_t max);

/* {"v": 1, "type", "at", "actor", "role", "data"}. */
void desk_event_format(const struct desk_event *e, struct str *out);
/* ERR_FORMAT. `e` borrows from `j`. */
MUST_CHECK int desk_event_parse(struct desk_event *ret, const json_t *j, struct err *err);

#endif
