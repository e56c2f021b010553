/*
 * What may be told of the values of a variable, and what is told: frequent values, forms of
 * codes, a histogram, counts by month, numbers that stand for nothing.
 *
 * Nothing is told of which fewer than GUARD_RISK_CELL persons can be the cause. Rows are
 * counted, and a person may have several: where the file has a key of persons, a count of
 * rows is told from 11 times the most rows that one person has.
 */
#ifndef GUARD_PROFILE_H
#define GUARD_PROFILE_H

#include "guard/risk.h"
#include "guard/type.h"

enum {
	GUARD_BINS_MAX = 20,
	GUARD_PATTERN_MAX = 40 /* bytes */
};

/* What a file may tell. */
struct guard_told {
	uint64_t rows_min;  /* of anything that is told */
	bool knows_persons; /* by a key of persons: how many rows one has at most */
};

/* What a variable may tell. */
struct guard_telling {
	uint64_t rows_min;
	bool is_open;    /* its distribution: no identifier, pseudonym or text */
	bool is_unknown; /* nothing says what it is, nor how many rows a person has */
};

struct guard_bin {
	double from, to; /* -INFINITY, INFINITY at the ends */
	uint64_t count;  /* 0, or rows_min and more */
};

struct guard_bins {
	struct guard_bin bins[GUARD_BINS_MAX];
	size_t count;     /* 0: too few numbers, or all alike */
	double low, high; /* where 1 % and 99 % lie: 5 % and 95 % where those are of too few */
};

struct guard_pattern {
	char text[GUARD_PATTERN_MAX];
	uint64_t rows;
};

/* `f` as in evidence.h. */
struct guard_told guard_told_from(const struct guard_csv *c, const struct guard_findings *f);
struct guard_telling guard_telling_of(const struct guard_evidence *e, struct guard_told told);
/* Whether its quantiles at 5 % may be told. */
bool guard_tells_quantiles(const struct guard_telling *t, uint64_t count);
/*
 * A few values that come again and again, no words, no key: their names may be told. Of a
 * variable that is unknown no codes, and 20 different ones at most: each could be a person.
 */
bool guard_tells_values(const struct guard_telling *t, const struct guard_column *c);

/* `whole`: of whole numbers, as many of which fall into each bin. */
void guard_bins_make(struct guard_bins *ret, const struct guard_quantiles *q,
    const struct guard_telling *t, bool whole);
/* "A(2)-9(3)": letters, digits, runs of them; false when longer than GUARD_PATTERN_MAX. */
bool guard_pattern_of(char ret[GUARD_PATTERN_MAX], struct view value);
/*
 * A number or day of data/sentinels.csv that stands apart from all others: the last of its
 * column, more than twice the next one, or a day five years before the next. "" when none;
 * *ret_rows of them.
 */
void guard_sentinel_find(const struct guard_column *c, char ret[16], uint64_t *ret_rows);
/* The i-th of data/sentinels.csv that is shorter than 16 bytes; false behind the last. */
bool guard_sentinel_at(size_t i, char ret[16]);
/*
 * The numbers of a column without its sentinel: the caller clears it. Its minimum and maximum
 * are those of all.
 */
void guard_numbers_copy(struct guard_quantiles *ret, const struct guard_column *c);
/* Rows by month since January 1880; from `first` to `last` both with enough of them. */
bool guard_months_told(const uint64_t *months, const struct guard_telling *t, int *ret_first,
    int *ret_last);

#endif
