/*
 * A route is law as data: the states an application can be in, the steps that
 * lead from one to the next and who may take them, the clocks that run, and
 * what happens when one runs out. One JSON file a route and version,
 * data/routes/NAME.json, each clock and step with its source. docs/desk-routes.md
 * explains every key.
 *
 * An application keeps the version it was made under. A file that is wrong is
 * refused with the place in it: "standard.json: steps[3].start[0]: no clock 'x'".
 */
#ifndef DESK_ROUTE_H
#define DESK_ROUTE_H

#include "desk/calendar.h"
#include "io/json.h"

enum {
	DESK_CLOCKS_MAX = 16, /* of a route */
	DESK_STATES_MAX = 48,
	DESK_STEPS_MAX = 160,
	DESK_NEEDS_MAX = 12, /* of a step */
	DESK_ROUTES_MAX = 256,
};

/* Who acts: the roles of the hub that the desk knows. */
enum desk_role {
	DESK_APPLICANT,
	DESK_OFFICER, /* single secretariat, health data access body */
	DESK_MEMBER,  /* of the committee */
	DESK_CHAIR,
	DESK_AUTHORITY, /* CNIL */
	DESK_HOLDER,    /* of data */
	DESK_ROLES
};
extern const char *const desk_role_names[DESK_ROLES];
/* -1 for none. */
int desk_role_find(struct view name);

enum desk_outcome {
	DESK_OPEN,       /* something is still to be done */
	DESK_AUTHORISED, /* work may start */
	DESK_REFUSED,    /* work must not start */
	DESK_CLOSED,     /* withdrawn, reoriented, ended */
	DESK_OUTCOMES
};
extern const char *const desk_outcome_names[DESK_OUTCOMES];

enum desk_opinion {
	DESK_NO_OPINION,
	DESK_FAVOURABLE,
	DESK_WITH_RECOMMENDATIONS,
	DESK_RESERVED,
	DESK_UNFAVOURABLE,
	DESK_OPINIONS
};
extern const char *const desk_opinion_names[DESK_OPINIONS];

/* What a clock that ran out means; ALERT changes nothing, it is only late. */
enum desk_effect {
	DESK_ALERT,
	DESK_TACIT_FAVOURABLE,
	DESK_TACIT_AUTHORISATION,
	DESK_IMPLICIT_REFUSAL,
	DESK_LAPSE,      /* too late to go on: no permit */
	DESK_EXPIRY,     /* what was granted ends */
	DESK_RIGHT_ENDS, /* who could say something no longer can; nothing else changes */
	DESK_EFFECTS
};
extern const char *const desk_effect_names[DESK_EFFECTS];

/* What a step carries: a name and what it must be. */
enum desk_need_kind {
	DESK_TEXT,
	DESK_TEXTS, /* one or more */
	DESK_DAY,
	DESK_TRUE, /* must be true: a condition that is confirmed */
	DESK_NUMBER,
	DESK_WORD, /* one of `words` */
};
struct desk_need {
	const char *name;
	enum desk_need_kind kind;
	bool optional;
	const char *const *words; /* NULL-terminated */
};

struct desk_state {
	const char *id;
	const char *name[2]; /* English, French */
	int actor;           /* desk_role who must act, or -1 */
	enum desk_outcome outcome;
};

/* A step that stands open only when an opinion or a decision was tacit. */
enum desk_only {
	DESK_ALWAYS,
	DESK_TACIT_OPINION,
	DESK_TACIT_DECISION,
};

/* Bits: clock i of the route. */
typedef uint32_t desk_clocks_t;

/* What a step or an expiry does to an application. */
struct desk_change {
	int to; /* state, or -1: stays */
	desk_clocks_t start, stop, pause, resume;
	int extend;              /* clock, or -1 */
	bool takes_opinion;      /* from the event's "opinion" */
	enum desk_opinion tacit; /* opinion that is deemed given */
};

struct desk_step {
	const char *command; /* "give_opinion" */
	const char *event;   /* "opinion_given" */
	unsigned roles;      /* bits */
	uint64_t from;       /* bits of states */
	const char *when;    /* field of the event that chooses between steps, or NULL */
	const char *const *when_in;
	bool dated; /* may carry the legal "day" on which it happened */
	enum desk_only only;
	int within;               /* clock that must not have run out, or -1 */
	int behind;               /* clock that must have run out, or -1 */
	int before;               /* clock that must have `margin` left, or -1 */
	struct desk_delay margin; /* of `before` */
	const char *after;        /* event that must have come, or NULL */
	struct desk_need needs[DESK_NEEDS_MAX];
	size_t need_count;
	struct desk_change change;
	const char *name[2];
	const char *source;
};

/* One way in which a clock can end; the first whose condition holds. */
struct desk_expiry {
	bool express_only; /* the opinion is expressly favourable */
	enum desk_effect effect;
	struct desk_change change;
	const char *source;
};

struct desk_clock_rule {
	const char *id;
	const char *name[2];
	struct desk_delay length; /* n 0: until a day that the event says */
	struct desk_delay most;   /* for those: at most so long */
	struct desk_delay extension;
	int extensions;   /* how often */
	bool from_expiry; /* an extension counts from the old end, not from the start */
	bool restarts;    /* at resumption: from zero; else goes on */
	struct desk_counting counting;
	int actor; /* whose delay it is */
	struct desk_expiry expiry[2];
	size_t expiry_count; /* 0: only an alert */
	const char *source;
	const char *reading; /* what the text leaves open, and how it is read here; or NULL */
};

/* What of an application stands in the public register, and from when on. */
struct desk_publicity {
	const char *procedure; /* code of the register; NULL: nothing is published */
	bool from_submission;  /* else from the authorisation */
	bool refusals;         /* with their reasons */
	const char *source;
};

struct desk_route {
	const char *id;              /* "standard" */
	const char *version;         /* "2021-05-05" */
	date_t valid_from, valid_to; /* first and last day for new applications; DATE_NONE: open */
	const char *name[2];
	const char *about[2];
	const char *calendar;
	struct desk_publicity publicity;
	unsigned express;           /* bits: opinions that are expressly favourable when given */
	const char *express_source; /* or NULL */
	struct desk_state states[DESK_STATES_MAX];
	size_t state_count;
	struct desk_clock_rule clocks[DESK_CLOCKS_MAX];
	size_t clock_count;
	struct desk_step *steps;
	size_t step_count;
};

/* All routes that are known, with the calendars they count by. */
struct desk_law;

#define AUTO_DESK_LAW AUTO(desk_law_free)

/* The routes that travel inside the program. */
MUST_CHECK int desk_law_new(struct desk_law **ret, struct err *err);
void desk_law_free(struct desk_law **l);
/* One more file. ERR_FORMAT with its place; ERR_USAGE: that version is there already. */
MUST_CHECK int desk_law_add(struct desk_law *l, const char *name, struct view json,
    struct err *err);
size_t desk_law_count(const struct desk_law *l);
/* In order of name, then version. */
const struct desk_route *desk_law_route(const struct desk_law *l, size_t i);
/* NULL: unknown. */
const struct desk_route *desk_law_find(const struct desk_law *l, struct view id,
    struct view version);
/* The version that new applications take on a day; NULL: none. */
const struct desk_route *desk_law_current(const struct desk_law *l, struct view id, date_t on);
const struct desk_calendar *desk_law_calendar(const struct desk_law *l,
    const struct desk_route *r);

int desk_route_state(const struct desk_route *r, struct view id);
int desk_route_clock(const struct desk_route *r, struct view id);

#endif
