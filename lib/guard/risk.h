/*
 * How many rows are alike in some variables: k-anonymity (Sweeney, IJUFKS
 * 10(5), 2002). Rows with the same values are a class; a class of one is a row
 * that these variables tell apart from all others.
 *
 * A second pass over the file, since the variables are known after the first.
 * Exact while there are at most guard_risk_classes_max classes; beyond, shares
 * are those of a random sample of that many of them, the same in any order.
 * Missing cells are one value, in all their spellings. Rows, not persons: a
 * person may have several.
 */
#ifndef GUARD_RISK_H
#define GUARD_RISK_H

#include "guard/evidence.h"
#include "guard/tally.h"

enum {
	GUARD_RISK_CELL = 11,     /* CASD: no cell of fewer than 11 */
	GUARD_RISK_VARIABLES = 12 /* judged together, at most */
};

struct guard_risk_set {
	size_t without;   /* the variable left out; the count of variables: none */
	uint64_t classes; /* estimated unless is_exact */
	uint64_t k_min;   /* of the classes kept: at most this when not exact */
	double unique;    /* share of the rows in a class of one */
	double below;     /* in a class of fewer than GUARD_RISK_CELL */
	bool is_exact;
};

struct guard_risk {
	size_t variables[GUARD_RISK_VARIABLES]; /* columns of the file */
	size_t count;
	uint64_t rows; /* that are not blank lines */
	/* All variables first, then without one each, in their order; count + 1 of them. */
	struct guard_risk_set sets[GUARD_RISK_VARIABLES + 1];
};

/* The quasi-identifiers found with some confidence, in the file's order, as many as fit. */
void guard_risk_propose(struct guard_risk *ret, const struct guard_findings *f);
/* "sexe,age": ERR_USAGE for a name that the file has not, one named twice, or too many. */
MUST_CHECK int guard_risk_name(struct guard_risk *ret, const struct guard_csv *c, const char *names,
    struct err *err);
/* The column of a name, in any case: ERR_USAGE for one that the file has not. */
MUST_CHECK int guard_column_named(size_t *ret, const struct guard_csv *c, struct view name,
    struct err *err);
bool guard_risk_has(const struct guard_risk *r, size_t column);
/* Fills rows and sets from what count + 1 tallies say (classes.h). */
void guard_risk_judge(struct guard_risk *r, const struct guard_csv *c,
    const struct guard_tally *tallies);
size_t guard_risk_classes_max(size_t variables, uint64_t memory_bytes);
/* The index into sets of the one that is lowest in `below` without a variable: it costs most. */
size_t guard_risk_costliest(const struct guard_risk *r);

#endif
