/*
 * What was delivered: the files behind some paths, what their manifest says of them, and what
 * was left out and why.
 *
 *   paths ─ folders walked, links within them not followed into folders ─► items, sorted
 *         ─ manifest.json of hygie, datapackage.json (Frictionless Data Package v1 and v2)
 *           ─► rows, bytes, SHA-256 that are expected
 */
#ifndef GUARD_DELIVERY_H
#define GUARD_DELIVERY_H

#include "guard/csv.h"

enum {
	GUARD_DELIVERY_FILES = 100000, /* ERR_LIMIT beyond */
	GUARD_DELIVERY_DEPTH = 32,     /* of folders; deeper ones are left out, and told */
};

struct guard_item {
	const char *path;    /* to open it */
	const char *name;    /* for people: within the folder that was named */
	bool is_listed;      /* in a manifest */
	bool is_covered;     /* a manifest lies above it, and should list it */
	int64_t rows, bytes; /* expected; -1: not said */
	const char *sha256;  /* expected, small letters; NULL: not said */
};

/* What is not as the manifest has it, or was left out. */
struct guard_remark {
	const char *name;
	const char *id; /* missing, bytes, sha256, rows, unlisted, manifest, skipped */
	const char *what;
	bool is_fault;
};

struct guard_delivery {
	VEC(struct guard_item) items;
	VEC(struct guard_remark) remarks;
	struct arena arena;
};

#define AUTO_DELIVERY AUTO(guard_delivery_clear)

/*
 * ERR_IO for a path that is not there or a folder that cannot be read, ERR_FORMAT for a manifest
 * that is none and for folders without a single file to read.
 */
MUST_CHECK int guard_delivery_find(struct guard_delivery *ret, const char *const *paths,
    size_t count, struct err *err);
void guard_delivery_clear(struct guard_delivery *d);
/* After a scan: bytes and SHA-256 of the file, its rows, against what is expected. */
MUST_CHECK int guard_delivery_check(struct guard_delivery *d, const struct guard_item *item,
    const struct guard_csv *c, struct err *err);
/* The name without its endings, "sub/a.csv.gz" is "sub/a"; nothing: not that of a table. */
struct view guard_table_name(const char *name);
bool guard_delivery_has_faults(const struct guard_delivery *d);

/* For its own files. */
void guard_delivery_remark(struct guard_delivery *d, const char *name, const char *id,
    bool is_fault, const char *what, ...) ATTR_PRINTF(5, 6);
/* Whether a file of that name, in a folder, is a manifest; whether it may be a table. */
bool guard_is_manifest(const char *name);
/* Reads it: its files are expected, those that are not there are told. */
MUST_CHECK int guard_manifest_read(struct guard_delivery *d, const char *folder,
    const char *prefix, const char *manifest, size_t first_item, struct err *err);

#endif
