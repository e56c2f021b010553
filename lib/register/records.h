/*
 * The sheets in the store. What the desk, an import or an officer says becomes
 * a sheet here: each change is one version, one record of the audit log and one
 * step of the generation, in one transaction.
 */
#ifndef REGISTER_RECORDS_H
#define REGISTER_RECORDS_H

#include "register/sheet.h"
#include "store/store.h"

/* Who says it; for the audit log. */
struct register_author {
	int64_t at;          /* microseconds since 1970 UTC */
	int64_t account;     /* 0: the hub itself */
	const char *role;    /* may be NULL */
	const char *session; /* may be NULL */
	struct view address; /* of the peer; may be nothing */
};

enum register_outcome {
	REGISTER_SAME, /* nothing is written */
	REGISTER_ADDED,
	REGISTER_CHANGED,
	REGISTER_OUTCOMES,
};

struct register_change {
	const json_t *patch; /* names the sheet by its reference; see register_sheet_patch */
	struct register_author author;
	enum register_outcome outcome; /* of it */
	bool dry;                      /* as if: checked and judged, nothing is written */
};

/*
 * Inside a write, so that whoever composes capabilities can do it together
 * with the legal act. ERR_FORMAT with the reference: the sheet would not be one.
 */
MUST_CHECK int register_put(struct store_tx *tx, struct register_change *c, struct err *err);
/* The same as a write of its own. */
MUST_CHECK int register_publish(struct store *s, struct register_change *c, struct err *err);

struct register_publication {
	const json_t *patches; /* an array */
	struct register_author author;
	bool dry;
	size_t counts[REGISTER_OUTCOMES]; /* of them */
};

/* All of them or none. */
MUST_CHECK int register_publish_all(struct store *s, struct register_publication *p,
    struct err *err);

struct register_record {
	struct view reference, body; /* borrowed: for the call */
	int64_t version, first_at, changed_at;
};

typedef int register_visit(void *ctx, const struct register_record *r, struct err *err);

/* Every sheet in order of reference, and the generation they are of: one snapshot. */
MUST_CHECK int register_each(struct store *s, register_visit *visit, void *ctx,
    int64_t *ret_generation, struct err *err);
MUST_CHECK int register_generation(struct store *s, int64_t *ret, struct err *err);

struct register_version {
	int64_t version, at;
};

struct register_versions {
	VEC(struct register_version) all;
};

/* When a sheet changed, the first first; none: there is no such sheet. */
MUST_CHECK int register_versions_read(struct store *s, struct view reference,
    struct register_versions *ret, struct err *err);

#endif
