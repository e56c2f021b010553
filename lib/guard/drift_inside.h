/* Shared by the parts of drift.h. */
#ifndef GUARD_DRIFT_INSIDE_H
#define GUARD_DRIFT_INSIDE_H

#include "guard/drift.h"

#include "base/map.h"
#include "base/str.h"

/* Tables of the former document; the rows of a variable stand one after the other. */
enum drift_table { DRIFT_HISTOGRAM,
	DRIFT_FREQUENT,
	DRIFT_PERIODS,
	DRIFT_TABLES };

struct drift_before {
	const json_t *rows[DRIFT_TABLES];
	struct map first[DRIFT_TABLES]; /* a variable's first row */
};

/* One variable in both. */
struct drift_pair {
	struct guard_drift *drift;
	const struct drift_before *tables;
	const json_t *before; /* its row of "variables" */
	const struct guard_csv *csv;
	const struct guard_column *column;
	const char *name;
	struct guard_telling telling;
	enum guard_drift_status worst;
};

/* Keeps the change if it is much; `before` and `after` are copied. */
enum guard_drift_status guard_drift_add(struct guard_drift *d, enum guard_drift_kind kind,
    const char *variable, const char *before, const char *after, double size);
/* The same for a pair, whose worst status it raises. */
void guard_pair_add(struct drift_pair *p, enum guard_drift_kind kind, const char *before,
    const char *after, double size);
/* The index of numbers or of frequent values; NAN where neither was told. Values new and gone. */
double guard_pair_distribution(struct drift_pair *p);
void guard_pair_months(struct drift_pair *p);

#endif
