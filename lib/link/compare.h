/*
 * How alike two records are in one field: the first level that is true.
 * Level 0: a value is missing. Level 1 is always "the same value". A pair's
 * pattern holds four bits a comparison.
 */
#ifndef LINK_COMPARE_H
#define LINK_COMPARE_H

#include "link/records.h"

enum link_test {
	LINK_TEST_EXACT,
	LINK_TEST_ALTERNATE, /* the value is the other record's surname in use */
	LINK_TEST_CROSS,     /* the value stands in the other name field */
	LINK_TEST_TOKENS,    /* the words of one are words, or initials, of the other */
	LINK_TEST_SHARED,    /* at least so many words in common */
	LINK_TEST_JARO_WINKLER,
	LINK_TEST_OSA,
	LINK_TEST_PREFIX, /* so many first letters */
	LINK_TEST_LOCAL,  /* before the @ */
	LINK_TEST_DATE_SWAP,
	LINK_TEST_DATE_UNKNOWN, /* the same year, and all else that both know */
	LINK_TEST_DATE_PARTS,
	LINK_TEST_DATE_YEARS, /* at most so many years apart */
	LINK_TEST_ELSE,
	LINK_TESTS,
};

enum { LINK_LEVELS_MAX = 12,
	LINK_COMPARISONS_MAX = 16 };

struct link_level {
	enum link_test test;
	double argument;
	char label[40];
	double m; /* share of true pairs at this level, before training */
	double u; /* of random pairs, before training */
};

struct link_comparison {
	size_t field;
	int alternate; /* field of the surname in use, or -1 */
	int cross;     /* the other name field, or -1 */
	/* A field that tells much of the same (the code and the name of a place), or -1: where
	 * its values are equal, this comparison says nothing more and counts as missing. */
	int told_by;
	size_t levels; /* 1..levels are used; [0] is "missing" */
	struct link_level level[LINK_LEVELS_MAX];
};

const char *link_test_name(enum link_test test);
enum link_test link_test_of(struct view name); /* LINK_TESTS: none */
/* The comparisons of the records' fields, levels of data/levels.csv; their number. */
size_t link_comparisons_make(const struct link_records *r,
    struct link_comparison ret[LINK_COMPARISONS_MAX]);

/* One thread's comparer: remembers the levels of pairs of values. */
struct link_memo {
	uint64_t key;
	uint32_t level;
};
enum { LINK_MEMO_SIZE = 1 << 13 };

struct link_plan;

struct link_comparer {
	const struct link_records *records;
	const struct link_kernels *kernels;
	struct link_memo *memo[LINK_COMPARISONS_MAX];
	struct link_plan *plan; /* by comparison */
};

void link_comparer_init(struct link_comparer *c, const struct link_records *r,
    const struct link_comparison *cmp, size_t comparisons);
void link_comparer_clear(struct link_comparer *c);
/* The level of two different known values of a comparison: a test of values alone. */
unsigned link_compare_values(const struct link_comparer *c, const struct link_comparison *cmp,
    uint32_t a, uint32_t b);
/* The level of two rows in comparison `index`. */
unsigned link_compare_rows(struct link_comparer *c, const struct link_comparison *cmp,
    size_t index, const uint32_t *a, const uint32_t *b);
/* The whole pattern. */
uint64_t link_pattern(struct link_comparer *c, const struct link_comparison *cmp, size_t count,
    const uint32_t *a, const uint32_t *b);

/* Whether another comparison has already told what this one would. */
static inline bool link_is_told(
    const struct link_comparison *cmp, const uint32_t *a, const uint32_t *b)
{
	return cmp->told_by >= 0 && a[cmp->told_by] && a[cmp->told_by] == b[cmp->told_by];
}

static inline unsigned link_pattern_level(uint64_t pattern, size_t comparison)
{
	return pattern >> (4 * comparison) & 15;
}

#endif
