/*
 * What a cohort is: a JSON document, version 1. docs/snds-cohort.md tells the
 * language with examples; here is its shape.
 *
 *   sets    named sets of events, each made of rows (person, first_day, last_day):
 *           events of the main base by category, code, ATC, value, period; or
 *           one of several sets; or the events of a set with others near them;
 *           then perhaps only where they stand on several days
 *   index   the events that open an entry, or a day for everybody
 *   steps   conditions on an entry, in order; each is a line of the attrition
 *   exit    when an entry ends
 *
 * A set may name only those above it, so there are no circles.
 */
#ifndef SNDS_COHORT_SPEC_H
#define SNDS_COHORT_SPEC_H

#include "base/arena.h"
#include "base/date.h"
#include "base/vec.h"
#include "mainbase/events.h"

enum {
	SNDS_COHORT_VERSION = 1,
	SNDS_COHORT_BYTES_MAX = 4 << 20,
	SNDS_COHORT_SETS_MAX = 64,
	SNDS_COHORT_STEPS_MAX = 24,    /* with those made here it fits SDC_STEPS_MAX */
	SNDS_COHORT_ITEMS_MAX = 10000, /* of a list, and of all conditions */
	SNDS_COHORT_DEPTH_MAX = 16,
	SNDS_COHORT_DAYS_MAX = 50000,
	SNDS_COHORT_NAME_MAX = 40, /* of a set, of the cohort */
};

struct snds_cohort_texts {
	VEC(const char *) items;
};

/* Days of one event counted from another or from the index day. */
struct snds_cohort_window {
	bool has_from, has_to;
	int from_days, to_days;
	bool overlaps; /* the whole event counts, not only its first day */
	bool during;   /* of a link: within the first and the last day of the other */
};

/* Another set that must, or must not, be near. */
struct snds_cohort_link {
	size_t set;
	struct snds_cohort_window window;
	int days;
	bool absent;
};

struct snds_cohort_set {
	const char *name;
	struct snds_cohort_texts events; /* categories; none: it is made of other sets */
	/* "E10*" is a beginning; an ATC always is. */
	struct snds_cohort_texts codes, not_codes, atc, not_atc;
	const char *source; /* of the codes, for people; may be NULL */
	bool has_min, has_max;
	int64_t value_min, value_max;
	date_t from, to; /* of first_day; DATE_NONE */
	VEC(size_t) any_of;
	bool has_of;
	size_t of;
	VEC(struct snds_cohort_link) links;
	int days;         /* distinct, at least; 1: every event stands for itself */
	int within_days;  /* from the first of them to the last; 0: any */
	bool dated_start; /* their first day stands, else the last */
};

enum snds_cohort_kind {
	SNDS_COHORT_ALL,
	SNDS_COHORT_ANY,
	SNDS_COHORT_NOT,
	SNDS_COHORT_EVENTS,
	SNDS_COHORT_AGE,
	SNDS_COHORT_SEX,
	SNDS_COHORT_DEPARTMENTS,
	SNDS_COHORT_COMMUNES,
	SNDS_COHORT_OBSERVED,
	SNDS_COHORT_INDEX,
	SNDS_COHORT_KINDS,
};

struct snds_cohort_where {
	enum snds_cohort_kind kind;
	VEC(size_t) parts;                /* ALL, ANY, NOT: of wheres */
	size_t set;                       /* EVENTS */
	struct snds_cohort_window window; /* EVENTS, from the index day */
	bool has_min, has_max;
	int min, max;    /* EVENTS: days; AGE: years; OBSERVED: days before and after */
	date_t from, to; /* EVENTS, INDEX */
	int sex;         /* 1 men, 2 women */
	struct snds_cohort_texts places;
};

struct snds_cohort_step {
	const char *label;
	size_t where;
};

enum snds_cohort_pick {
	SNDS_COHORT_FIRST,
	SNDS_COHORT_LAST,
	SNDS_COHORT_EACH,
};

struct snds_cohort_exit {
	size_t set;
	int from_days; /* the first such event from so many days after the index day */
};

struct snds_cohort_spec {
	struct arena arena;
	const char *text; /* as it was read */
	const char *name, *title, *description;
	int id; /* cohort_definition_id */
	struct snds_cohort_texts sources, simplified;
	VEC(struct snds_cohort_set) sets;
	VEC(struct snds_cohort_where) wheres;
	VEC(struct snds_cohort_step) steps;
	bool has_index_set;
	size_t index_set;
	date_t index_day;
	enum snds_cohort_pick pick;
	/* An event so near behind the one before opens no entry; 0: none is. */
	int gap_days;
	enum snds_cohort_pick keep; /* of the entries that passed the steps */
	int exit_days;              /* after the index day; -1: until observation ends */
	VEC(struct snds_cohort_exit) exits;
	bool needs_atc;
};

#define AUTO_COHORT_SPEC AUTO(snds_cohort_spec_clear)

/*
 * ERR_FORMAT, ERR_LIMIT: line and column, or the JSON path of what is wrong
 * ("$.sets.drugs.codes[2]"); of a value only what the language knows is told.
 */
MUST_CHECK int snds_cohort_spec_parse(struct snds_cohort_spec *ret, const char *name,
    struct view text, const struct mainbase_events *events, struct err *err);
void snds_cohort_spec_clear(struct snds_cohort_spec *spec);
/* One more step before the others: the index date lies in a period; DATE_NONE: no such bound. */
void snds_cohort_spec_add_period(struct snds_cohort_spec *spec, date_t from, date_t to);

/* The specifications that travel with hygie, NULL at the end. */
const char *snds_cohort_shipped(size_t index);
/* The text of one; ptr NULL: no such name. */
struct view snds_cohort_shipped_text(const char *name);
/*
 * A file, or the name of a shipped one, parsed. ERR_USAGE: neither.
 */
MUST_CHECK int snds_cohort_spec_read(struct snds_cohort_spec *ret, const char *spec,
    const struct mainbase_events *events, struct err *err);

#endif
