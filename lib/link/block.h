/*
 * Which pairs are compared at all. A pass groups the records by a key made of
 * one to three parts (a value, its sound, its first letters, the year of a
 * date); the pairs inside a group are candidates. Passes are chosen by the
 * share of true pairs they are expected to add, against a budget of pairs.
 * Groups that are too large are split by further values, and what that leaves
 * out is counted.
 */
#ifndef LINK_BLOCK_H
#define LINK_BLOCK_H

#include "link/records.h"

enum {
	LINK_PASSES_MAX = 24,
	LINK_PASS_PARTS = 3,
	LINK_PARTS_MAX = 64,                                                  /* to choose from */
	LINK_PARTS_ROOM = LINK_PARTS_MAX + LINK_PASSES_MAX * LINK_PASS_PARTS, /* and given */
	LINK_SPLITS_MAX = 3,
};

enum link_take {
	LINK_TAKE_WHOLE,
	LINK_TAKE_SOUND,
	LINK_TAKE_START, /* the first letters: 4 of a name, 3 of a postcode */
	LINK_TAKE_END,   /* the last 4 */
	LINK_TAKE_WORD,  /* the last word */
	LINK_TAKE_YEAR,
	LINK_TAKE_MONTH_DAY,
	LINK_TAKE_LOCAL, /* before the @ */
	LINK_TAKE_BOTH,  /* given name and surname, in either order */
	/* so many first letters: only of rules that a model brings */
	LINK_TAKE_FIRST1,
	LINK_TAKE_FIRST2,
	LINK_TAKE_FIRST3,
	LINK_TAKE_FIRST4,
	LINK_TAKE_FIRST5,
	LINK_TAKE_FIRST6,
	LINK_TAKE_FIRST7,
	LINK_TAKE_FIRST8,
	LINK_TAKES,
};

struct link_part {
	size_t field;
	size_t other; /* LINK_TAKE_BOTH: the surname */
	enum link_take take;
	uint32_t *of_value; /* a hash by value, 0 is none; not of LINK_TAKE_BOTH */
};

/* Records of a pass with this key got another one: mixed with a field's value, or none. */
struct link_split {
	uint32_t round; /* ascends; keys of a later round are those that earlier ones made */
	uint32_t key;
	uint32_t field; /* fields of the records: none, out of the pass */
};

/* A pass as a model brings it. */
struct link_given_part {
	size_t field, other;
	enum link_take take;
};

struct link_given_pass {
	bool all;
	size_t parts;
	struct link_given_part part[LINK_PASS_PARTS];
};

struct link_pass {
	size_t parts;
	unsigned part[LINK_PASS_PARTS]; /* into the blocking's parts */
	bool all;                       /* every record with every other */
	uint64_t pairs;                 /* in its blocks, also those of earlier passes */
	uint64_t largest;               /* records of its largest block */
	size_t split_blocks;
	uint64_t left_out; /* pairs that splitting did not keep together */
	/* by record, `stride` apart; 0: in no block. Its own memory, or inside the blocking's. */
	uint32_t *key;
	size_t stride;
	VEC(struct link_split) splits; /* by round and key */
};

struct link_blocking {
	const struct link_records *records;
	enum link_type type;
	size_t old; /* the first so many records have met: only pairs with a later one */
	size_t parts;
	struct link_part part[LINK_PARTS_ROOM];
	size_t passes;
	struct link_pass pass[LINK_PASSES_MAX];
	uint64_t budget;
	/* what a pass costs beside its pairs, in pairs: high brings few loose passes, low many
	 * selective ones; 0: by the budget */
	double pass_cost;
	double expected_recall; /* share of true pairs in at least one pass, as assumed */
	uint32_t *keys;         /* once chosen: the keys of all passes, by record */
	int threads;            /* 0: one */
};

#define AUTO_LINK_BLOCKING AUTO(link_blocking_clear)

void link_blocking_clear(struct link_blocking *b);
/* The parts that the records' fields offer. */
void link_blocking_init(struct link_blocking *b, const struct link_records *r, enum link_type type);
/* Choose passes within `budget` pairs and make their keys. 0: the default for the records. */
void link_blocking_choose(struct link_blocking *b, uint64_t budget, size_t most_passes);
/* The passes find their keys in those of the blocking. */
void link_blocking_point(struct link_blocking *b);
/* Instead of choosing: these. `budget` says which blocks are too large. */
void link_blocking_take(struct link_blocking *b, uint64_t budget,
    const struct link_given_pass *given, size_t count);
struct link_given_pass link_pass_given(const struct link_blocking *b, const struct link_pass *p);
/* Make the keys of a pass whose parts are set; splits what is too large. */
void link_pass_build(struct link_blocking *b, struct link_pass *p);
/* The key of a record after the splits that link_pass_build found; 0: none. */
uint32_t link_pass_split_key(const struct link_pass *p, const uint32_t *row, size_t fields,
    uint32_t key);
/* The hashes of a part that has none, for the values of records from `first` on. */
void link_part_hash(const struct link_records *r, struct link_part *p, size_t first);
/* "birth_date year + surname sound" */
void link_pass_name(const struct link_blocking *b, const struct link_pass *p, struct str *out);
/* The key of a record in a pass before any split; 0: none. */
uint32_t link_pass_key(
    const struct link_blocking *b, const struct link_pass *p, const uint32_t *row);
/* All pairs that the type of link allows. */
uint64_t link_possible_pairs(const struct link_records *r, enum link_type type);

static inline uint32_t link_key(const struct link_pass *p, size_t record)
{
	return p->key[record * p->stride];
}

/* Whether two records meet in a pass. */
static inline bool link_meet(const struct link_pass *p, uint32_t a, uint32_t b)
{
	return p->all || (link_key(p, a) && link_key(p, a) == link_key(p, b));
}

#endif
