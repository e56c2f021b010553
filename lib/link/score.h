/*
 * Every candidate pair gets its weight; those that reach `keep` are kept, in
 * an order that does not depend on the threads: by weight, highest first, then
 * by record. A pair that cannot reach `keep` any more is left early.
 */
#ifndef LINK_SCORE_H
#define LINK_SCORE_H

#include "link/model.h"
#include "link/walk.h"

struct link_edge {
	uint32_t a, b; /* records, a < b */
	int32_t weight;
};

struct link_edges {
	VEC(struct link_edge) list;
	uint64_t compared; /* candidate pairs */
};

#define AUTO_LINK_EDGES AUTO(link_edges_clear)
void link_edges_clear(struct link_edges *e);

struct link_score {
	const struct link_model *model;
	const struct link_blocking *blocking;
	int64_t keep;       /* weight */
	uint64_t most_kept; /* ERR_LIMIT beyond */
	int threads;
	struct progress *progress;
};

MUST_CHECK int link_score(struct link_edges *ret, const struct link_score *s, struct err *err);

#endif
