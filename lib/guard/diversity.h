/*
 * l-diversity (Machanavajjhala et al., ACM TKDD 1(1), 2007): how many different values of a
 * sensitive attribute the rows of a class have that the quasi-identifiers make. A class with
 * one value tells it of everybody in it, however many they are.
 *
 * Exact while the pairs of class and value fit into the memory; beyond, of a random sample
 * of the classes, the same in any order. Missing cells are one value.
 *
 * A key of the tally is 40 bits of the class and 24 of class and value: those of a class
 * stand together once sorted, and the tally's sample is one of classes. Two of a million
 * classes share their 40 bits in one file of two, two values of a class with 100 of them
 * their 24 in one class of 3,000: either lowers a count by one.
 */
#ifndef GUARD_DIVERSITY_H
#define GUARD_DIVERSITY_H

#include "guard/risk.h"
#include "report/report.h"

enum { GUARD_DIVERSITY_ATTRIBUTES = 8,
	GUARD_CLASS_SHIFT = 24 };

struct guard_diverse {
	size_t column;
	uint64_t classes;    /* estimated unless is_exact */
	uint64_t least;      /* values in the class that has the fewest */
	double least_spread; /* exp of the least entropy: as many equally frequent values */
	double one_value;    /* share of the rows in classes with one value */
	double below_three;  /* in classes with fewer than three */
	bool is_exact;
};

struct guard_diversity {
	struct guard_diverse attributes[GUARD_DIVERSITY_ATTRIBUTES];
	size_t count;
};

/*
 * The sensitive attributes found with some confidence, but text and the variables of `risk`:
 * none without risk->count.
 */
void guard_diversity_propose(struct guard_diversity *ret, const struct guard_risk *risk,
    const struct guard_findings *f);
/* "diagnostic,acte": ERR_USAGE as guard_risk_name, and for one of `risk`. */
MUST_CHECK int guard_diversity_name(struct guard_diversity *ret, const struct guard_risk *risk,
    const struct guard_csv *c, const char *names, struct err *err);
/* What the tallies of the attributes say (classes.h); they are sorted. */
void guard_diversity_judge(struct guard_diversity *d, struct guard_tally *tallies);
/* Nothing without attributes. */
void guard_report_diversity(struct report *doc, const struct guard_diversity *d,
    const struct guard_csv *c);

#endif
