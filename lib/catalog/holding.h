/*
 * What a holder does with a description: writes a draft (cells of a row of the spreadsheet,
 * sheet.h), publishes it, says once a year that it is still right (Regulation (EU) 2025/327,
 * article 60(3)), takes it back.
 */
#ifndef CATALOG_HOLDING_H
#define CATALOG_HOLDING_H

#include "base/date.h"
#include "catalog/entity.h"
#include "store/audit.h"

struct catalog_draft {
	const char *iri, *organisation; /* of the publisher: the last part of its IRI */
	const char *cells;              /* JSON: {"column": "cell"} */
	int64_t account, changed_at;
	int64_t based_on; /* version of what is published; 0: nothing was */
};

/* Who does it, when: for the audit log. */
struct catalog_doing {
	int64_t at, account;
};

/* 1; 0: there is none. In the caller's arena. */
MUST_CHECK int catalog_draft_find(struct store *s, struct view iri, struct arena *memory,
    struct catalog_draft *ret, struct err *err);
MUST_CHECK int catalog_draft_put(struct store *s, const struct catalog_draft *d,
    const struct catalog_doing *by, struct err *err);
MUST_CHECK int catalog_draft_end(struct store *s, struct view iri,
    const struct catalog_doing *by, struct err *err);

/*
 * The public sees what the graph says of the dataset, its parts (IRI#...) and of `agent` (or
 * VIEW_NONE); what others are said to be already stays. The draft ends, and the clock begins
 * anew. 0: somebody published another version than `based_on` meanwhile, nothing is changed.
 */
MUST_CHECK int catalog_publish_draft(struct store *s, const struct rdf_graph *g, struct view iri,
    struct view agent, const char *base, int64_t based_on, const struct catalog_doing *by,
    struct err *err);
/* 0: there is no such dataset. */
MUST_CHECK int catalog_attest(struct store *s, struct view iri, const struct catalog_doing *by,
    struct err *err);

/* The day by which a description is to be looked at again: a year after the last time. */
date_t catalog_due(int64_t looked_at);
enum { CATALOG_DUE_SOON_DAYS = 30 };

struct catalog_attested {
	struct map at; /* IRI to the last time, microseconds */
};
void catalog_attested_clear(struct catalog_attested *a);
#define AUTO_CATALOG_ATTESTED AUTO(catalog_attested_clear)
struct catalog_drafts {
	VEC(struct catalog_draft) all; /* by IRI; without cells */
	struct arena memory;
};
void catalog_drafts_clear(struct catalog_drafts *d);
#define AUTO_CATALOG_DRAFTS AUTO(catalog_drafts_clear)
MUST_CHECK int catalog_held_list(struct store *s, struct catalog_attested *ret_attested,
    struct catalog_drafts *ret_drafts, struct err *err);
/* Inside a write: 1 the first time for that day. */
MUST_CHECK int catalog_remind_once(struct store_tx *tx, struct view iri, date_t due, int64_t at,
    struct err *err);

struct catalog_old {
	int64_t number, at; /* microseconds since 1970 UTC */
	const char *source;
	struct view body; /* N-Triples, sorted */
};
struct catalog_olds {
	VEC(struct catalog_old) all; /* the one in force first */
	struct arena memory;
};
void catalog_olds_clear(struct catalog_olds *o);
#define AUTO_CATALOG_OLDS AUTO(catalog_olds_clear)
/* Versions of one entity with numbers below `before` (0: all), at most `most`. */
MUST_CHECK int catalog_versions_read(struct store *s, struct view iri, int64_t before,
    size_t most, struct catalog_olds *ret, struct err *err);

#endif
