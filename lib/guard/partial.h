/*
 * What a scan of one part of a table found, in a file that adds up with those of
 * the other parts to what one scan of the whole would have found.
 *
 *   "hygie-partial\n" · version · hygie's version · the record · XXH3 of all before
 *
 * No value of a person is readable in it. It holds counts; hashes of values (a
 * sample of at most 4,096 of each variable) with counts; of each such value
 * its shape, letters as a and A, digits as 3 (5 at the end for 0 and 5), and the
 * value itself only where the report of this part would tell it: one of few that
 * eleven persons and more have, or a number that stands for nothing
 * (data/sentinels.csv). Days are held to the year, numbers of identifiers and
 * texts to 1 %; the lowest and highest number of other variables are exact. Hashes
 * have no key: who has a guess can test it, so a partial stays where the data are; or the
 * record is sealed with a key that all parts share. Classes with sensitive values (pairs) are
 * written sealed only.
 */
#ifndef GUARD_PARTIAL_H
#define GUARD_PARTIAL_H

#include "guard/diversity.h"

#include "base/str.h"

struct guard_partial {
	uint64_t number; /* of the part, from 1; 0: not told */
	struct guard_csv csv;
	struct guard_risk risk;                               /* variables alone, no sets */
	struct guard_tally tallies[GUARD_RISK_VARIABLES + 1]; /* risk.count + 1, if any */
	struct guard_diversity diversity;                     /* attributes alone */
	struct guard_tally pairs[GUARD_DIVERSITY_ATTRIBUTES]; /* diversity.count */
	bool structure_only;
};

#define AUTO_PARTIAL AUTO(guard_partial_clear)

void guard_partial_clear(struct guard_partial *p);
/*
 * The record of `p` into *out. Its columns lose what must not stand there: values, exact
 * days. `f` and `k` as for the report of this part. `key`: SECRET_KEY_SIZE bytes, or NULL: not
 * sealed, and then there are no pairs (assert).
 */
void guard_partial_format(struct guard_partial *p, const struct guard_findings *f,
    const struct guard_knowledge *k, const unsigned char *key, struct str *out);
/*
 * ERR_FORMAT: no partial, damaged, or of another version of hygie; ERR_USAGE: sealed, and
 * `key` is NULL or another. `path` is for messages.
 */
MUST_CHECK int guard_partial_parse(struct guard_partial *ret, struct view bytes, const char *path,
    const unsigned char *key, struct err *err);
/*
 * Parts into one, as if their rows stood one behind the other: by their numbers, or in the
 * order given where none has a number. ERR_FORMAT: parts of different tables; ERR_USAGE: made
 * with different options, or not each part once. `parts` are used up.
 */
MUST_CHECK int guard_partial_merge(struct guard_partial *ret, struct guard_partial *parts,
    size_t count, struct err *err);

#endif
