/*
 * What was checked, and how it came out. Every check has a line in
 * data/checks.csv: its Kahn category and context (Kahn et al., "A Harmonized
 * Data Quality Assessment Terminology", eGEMs 4(1), 2016), its dimension of the
 * QUANTUM label, its severity, the share that is let pass. A result names
 * table, variable, rows; never a value.
 */
#ifndef GUARD_CHECK_H
#define GUARD_CHECK_H

#include "guard/column.h"

#include "base/arena.h"
#include "base/vec.h"

enum guard_severity {
	GUARD_NOTE, /* to know: passes always */
	GUARD_WARNING,
	GUARD_ERROR,
	GUARD_SEVERITIES,
};

enum guard_status {
	GUARD_PASS,
	GUARD_WARN,
	GUARD_FAIL,
	GUARD_NOT_APPLICABLE, /* nothing to look at */
	GUARD_BROKEN,         /* could not be judged: detail says why */
	GUARD_STATUSES,
};

/* A line of data/checks.csv. */
struct guard_check_fact {
	const char *id;
	const char *category;  /* conformance, completeness, plausibility */
	const char *context;   /* verification: by the data; validation: by what others know */
	const char *dimension; /* completeness, consistency, validity, precision, ... */
	enum guard_severity severity;
	double threshold; /* percent of `of` that may violate */
	const char *what;
};

struct guard_check {
	const struct guard_check_fact *fact;
	const char *id;       /* of the fact, or of one's own rule */
	const char *category; /* a rule may say another */
	const char *what;     /* idem */
	const char *table;    /* "" where there is one file only */
	const char *variable; /* "A+B" for keys; "" for the table */
	enum guard_severity severity;
	double threshold;
	uint64_t of;            /* cells, rows, variables, tables looked at */
	struct guard_rows rows; /* violations; the lowest rows, where it is a matter of rows */
	const char *detail;     /* names of types, tables, lists */
	enum guard_status status;
};

struct guard_checks {
	struct arena arena;
	VEC(struct guard_check_fact) facts;
	VEC(struct guard_check) list;
};

#define AUTO_CHECKS AUTO(guard_checks_clear)

/* Reads the facts. ERR_INTERNAL when data/checks.csv contradicts itself. */
MUST_CHECK int guard_checks_open(struct guard_checks *c, struct err *err);
void guard_checks_clear(struct guard_checks *c);
const struct guard_check_fact *guard_check_find(const struct guard_checks *c, const char *id);
/*
 * A result, as its fact has it; set the rest, then guard_check_judge. `id` is one of
 * data/checks.csv: assert. Texts are copied. Borrowed until the next one is added.
 */
struct guard_check *guard_check_add(struct guard_checks *c, const char *id, const char *table,
    struct view variable, uint64_t of, const struct guard_rows *rows);
/* Status from severity, threshold, denominator and violations. */
void guard_check_judge(struct guard_check *check);
/* Could not be judged, and why. */
void guard_check_break(struct guard_checks *c, struct guard_check *check, const char *why);
/* Percent of `of` that violates; 0 where there is none. */
double guard_check_percent(const struct guard_check *check);
size_t guard_checks_count(const struct guard_checks *c, enum guard_status status);
/* Whether one failed or could not be judged. */
bool guard_checks_fail(const struct guard_checks *c);
const char *guard_severity_name(enum guard_severity s);
const char *guard_status_name(enum guard_status s);
/* "error"; false when there is no such severity. */
bool guard_severity_parse(struct view name, enum guard_severity *ret);

#endif
