/*
 * What each variable says of persons: matches of the detectors held against
 * what chance would give, the words of its header, the form of its values, and
 * what stands beside it. Made from merged columns alone, so neither order nor
 * division matters.
 */
#ifndef GUARD_EVIDENCE_H
#define GUARD_EVIDENCE_H

#include "guard/csv.h"
#include "guard/knowledge.h"

enum guard_confidence { GUARD_LOW,
	GUARD_MEDIUM,
	GUARD_HIGH };

struct guard_evidence {
	const struct guard_kind *kind;   /* NULL: nothing was found */
	const struct guard_kind *header; /* that its name tells, whatever its values are, or NULL */
	enum guard_class class;
	enum guard_confidence confidence;
	const char *reason;        /* in words, without values */
	struct guard_rows matches; /* count 0: by header and form alone */
	uint64_t of;               /* cells that could have matched */
	double chance;             /* of so many matches in random cells; an upper bound */
};

struct guard_findings {
	VEC(struct guard_evidence) columns; /* as in the file */
	struct arena arena;
};

#define AUTO_FINDINGS AUTO(guard_findings_clear)

/* `k` must outlive *ret. */
void guard_findings_make(struct guard_findings *ret, const struct guard_csv *c,
    const struct guard_knowledge *k);
void guard_findings_clear(struct guard_findings *f);
bool guard_has_direct(const struct guard_findings *f);
/*
 * Whether nothing of the values may be shown, not even a quantile: by what was found, or by a
 * name that tells of an identifier.
 */
bool guard_is_hidden(const struct guard_evidence *e);
const char *guard_confidence_name(enum guard_confidence c);

/* At least `matches` of `of` random cells, one in 1/random of which matches: an upper bound. */
double guard_chance(uint64_t matches, uint64_t of, double random);

#endif
