/*
 * Linkage by rules, without weights: records are linked where the standard
 * values of some fields are the same; a missing value is the same as nothing.
 *
 *   exact     each key is a list of fields, the surest first
 *   cascade   all n criteria, then any n - 1 of them, then any n - 2 ...: the
 *             indirect linkage of the SNDS (Cnam, "Appariement au SNDS",
 *             2019: exact join on all criteria, then with one less at a time;
 *             only unique matches are kept)
 *
 * Of two files each record gets at most one partner, at the first step at
 * which it has partners that are free: it is linked when there is one, and
 * that one has no other; else it is left out for good (cluster.h: a tie).
 * Of one file, all that share a key are one person.
 *
 * A pair's "weight" is its step, in whole bits: the last step is 1.
 */
#ifndef LINK_RULES_H
#define LINK_RULES_H

#include "link/score.h"

enum { LINK_RULES_MAX = 4096 };

struct link_rule {
	uint32_t fields; /* bits: these must be the same */
	unsigned step;   /* from 0 */
};

struct link_rules {
	VEC(struct link_rule) list; /* by step */
	unsigned steps;
	unsigned criteria; /* of a cascade */
};

#define AUTO_LINK_RULES AUTO(link_rules_clear)
void link_rules_clear(struct link_rules *rules);
/*
 * The rules of a spec. Without keys: of an exact linkage each identifier, then all fields
 * together; of a cascade all fields. ERR_FORMAT: a key names no field of the records.
 */
MUST_CHECK int link_rules_make(struct link_rules *ret, const struct link_spec *spec,
    const struct link_records *r, struct err *err);
/* The pairs that a rule brings together, each once, at its first step; in order (link_score). */
MUST_CHECK int link_rules_pairs(struct link_edges *ret, const struct link_rules *rules,
    const struct link_records *r, const struct link_score *s, struct err *err);
static inline unsigned link_rules_step(const struct link_rules *rules, int32_t weight)
{
	return rules->steps - (unsigned)(weight / LINK_BIT);
}
/* "nom + prenom", "4 of 5 criteria" */
void link_rules_step_name(const struct link_rules *rules, const struct link_records *r,
    unsigned step, struct str *out);

#endif
