/*
 * What is linked and by which columns: read from a file of the user's, or
 * guessed from the names of the columns and the values of the first rows.
 *
 *   {"link_type": "dedupe_only", "id": "rec_id", "pairs": 200000000,
 *    "threshold": 3.5, "review": -2,
 *    "fields": [{"column": "nom_naiss", "kind": "surname", "right": "birth_name"}]}
 *
 * All keys but "fields" may be left out. Weights are in bits. Without weights:
 *
 *   {"method": "exact", "keys": [["nir"], ["nom", "prenom", "naissance"]], "fields": ...}
 *   {"method": "cascade", "keys": [["sexe", "naissance", "finess", "entree"]], "drop": 2, ...}
 */
#ifndef LINK_SPEC_H
#define LINK_SPEC_H

#include "base/arena.h"
#include "base/vec.h"
#include "link/source.h"

#include <jansson.h>

enum {
	LINK_FIELDS_MAX = 24,
	LINK_KEYS_MAX = 64,
};

enum link_method {
	LINK_BY_WEIGHT, /* Fellegi and Sunter */
	LINK_BY_KEY,    /* rules.h */
	LINK_BY_CASCADE,
	LINK_METHODS,
};
const char *link_method_name(enum link_method method); /* "weights", "exact", "cascade" */

enum link_type {
	LINK_DEDUPE_ONLY,     /* one source: which of its records are one person */
	LINK_LINK_ONLY,       /* two sources, each without duplicates */
	LINK_LINK_AND_DEDUPE, /* two sources, duplicates in each */
	LINK_TYPES,
};
const char *link_type_name(enum link_type type); /* "dedupe_only", as Splink says it */

struct link_field {
	const char *column; /* of the left file; what the field is called */
	const char *right;  /* of the right file, or NULL: the same */
	enum link_kind kind;
};

/* Columns that must be the same. */
struct link_key {
	size_t columns;
	const char *column[LINK_FIELDS_MAX];
};

struct link_spec {
	struct arena arena;
	const char *id;       /* column, or NULL: records are called by their row, from 1 */
	const char *right_id; /* of the right file, or NULL: the same */
	enum link_type type;
	bool has_type, has_threshold, has_review;
	double threshold, review; /* match weights, bits */
	uint64_t pairs;           /* budget of candidate pairs; 0: by the number of records */
	enum link_method method;
	VEC(struct link_key) keys; /* of rules; of a cascade one: its criteria */
	unsigned drop;             /* of a cascade: criteria that may differ; 0: by their number */
	VEC(struct link_field) fields;
	VEC(const char *) unused; /* columns that a guess left out */
};

#define AUTO_LINK_SPEC AUTO(link_spec_clear)
void link_spec_clear(struct link_spec *s);

/* Instead of what `s` held. ERR_FORMAT names the key that is wrong. */
MUST_CHECK int link_spec_read(struct link_spec *s, const char *path, struct err *err);
MUST_CHECK int link_spec_from_json(struct link_spec *s, const char *name, const json_t *root,
    struct err *err);
void link_spec_add(struct link_spec *s, struct view column, enum link_kind kind);

/* The kind a column's name tells; LINK_KINDS when it tells nothing. */
enum link_kind link_guess_name(struct view column);
/* Fill the fields from the columns of a file, by name and by its first rows. */
MUST_CHECK int link_guess(struct link_spec *s, const char *path, struct err *err);

#endif
