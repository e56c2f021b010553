/*
 * What changed since a former delivery: its document (`hygie guard scan --format json`)
 * against the variables of this one, found by their names. What changed and how much is
 * told; how much is much stands in data/drift.csv.
 */
#ifndef GUARD_DRIFT_H
#define GUARD_DRIFT_H

#include "guard/document.h"
#include "guard/profile.h"
#include "report/report.h"

enum guard_drift_kind {
	GUARD_DRIFT_ROWS,
	GUARD_DRIFT_VARIABLE_NEW,
	GUARD_DRIFT_VARIABLE_GONE,
	GUARD_DRIFT_TYPE,
	GUARD_DRIFT_MISSING,
	GUARD_DRIFT_PRECISION,
	GUARD_DRIFT_DISTINCT,
	GUARD_DRIFT_DISTRIBUTION,
	GUARD_DRIFT_VALUE_NEW,
	GUARD_DRIFT_VALUE_GONE,
	GUARD_DRIFT_MONTH_LOST,
	GUARD_DRIFT_HOLE,
	GUARD_DRIFT_KINDS,
};

enum guard_drift_status { GUARD_DRIFT_NONE,
	GUARD_DRIFT_WARN,
	GUARD_DRIFT_FAIL };

struct guard_drift_rule {
	const char *id, *what;
	double warn, fail; /* INFINITY: never */
};

struct guard_change {
	enum guard_drift_kind kind;
	const char *variable; /* "": of the file */
	const char *before, *after;
	double size; /* what the thresholds are for */
	enum guard_drift_status status;
};

/* A variable that is in both. */
struct guard_compared {
	size_t column;
	const json_t *before; /* its row of "variables" */
	double psi;           /* NAN: could not be made */
	enum guard_drift_status status;
};

struct guard_drift {
	struct guard_drift_rule rules[GUARD_DRIFT_KINDS];
	VEC(struct guard_change) changes;
	VEC(struct guard_compared) compared;
	struct arena arena;
};

#define AUTO_DRIFT AUTO(guard_drift_clear)

/* `before` is borrowed and must outlive *ret. ERR_FORMAT when it is no document of a scan. */
MUST_CHECK int guard_drift_find(struct guard_drift *ret, const json_t *before, const char *name,
    const struct guard_csv *c, const struct guard_findings *f, struct err *err);
void guard_drift_clear(struct guard_drift *d);
bool guard_drift_fails(const struct guard_drift *d);
/* "changes", what is much, gravest first; "drift", every variable that was compared. */
void guard_report_drift(struct report *doc, const struct guard_drift *d,
    const struct guard_csv *c);

/*
 * Population stability index: sum of (b - a) ln(b / a) over bins of shares a and b. A bin
 * without a row counts half of one.
 */
double guard_psi(const uint64_t *a, const uint64_t *b, size_t bins);

#endif
