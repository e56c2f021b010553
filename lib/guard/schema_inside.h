/* The inside of guard_schema_check. For schema_*.c. */
#ifndef GUARD_SCHEMA_INSIDE_H
#define GUARD_SCHEMA_INSIDE_H

#include "guard/feed.h"
#include "guard/schema_check.h"
#include "guard/schema_value.h"

/* A file and the table that describes it. */
struct schema_bound {
	const struct guard_table *table;
	size_t index;     /* of the table */
	const char *name; /* in the checks */
	const char *path;
	struct guard_feed feed;
	size_t *column; /* of each field; SIZE_MAX: not there */
	size_t *field;  /* of each column; SIZE_MAX: none */
	uint64_t rows;  /* known after schema_check_cells */
	bool broken;    /* could not be read: told already */
};

struct schema_job {
	struct guard_checks *checks;
	const struct guard_schema *schema;
	const struct guard_csv_options *options;
	VEC(struct schema_bound) bound;
};

/* A row of one key. */
struct schema_entry {
	uint64_t hash, row;
};

struct schema_entries {
	struct schema_entry *ptr;
	size_t len, cap; /* a VEC with a name */
};

enum schema_whole {
	SCHEMA_KEY_WHOLE,
	SCHEMA_KEY_MISSING, /* a part stands for nothing */
	SCHEMA_KEY_SHORT,   /* the row lacks a part */
};

/* Scratch of a thread. */
struct schema_scratch {
	struct str text, spelled, key;
};

void schema_scratch_clear(struct schema_scratch *s);
/* Fields of a key that are all columns of the file. */
bool schema_has_key(const struct schema_bound *b, const struct guard_key *key);
/* One hash of the key's values in a row; equal for equal values of both sides of a link. */
enum schema_whole schema_key_hash(const struct schema_bound *b, const struct guard_key *key,
    const struct view *cells, size_t count, struct schema_scratch *scratch, uint64_t *ret);
/* Columns of the key, for guard_feed_run; the caller frees. */
bool *schema_wanted(const struct schema_bound *b, const struct guard_key *key);
/* Entries that a pass may keep of one key. */
size_t schema_entries_max(const struct schema_job *j, size_t keys);
/* The first bits of hashes that make parts of at most `max` of `rows`. */
int schema_part_bits(uint64_t rows, size_t max);
static inline bool schema_in_part(uint64_t hash, int bits, uint64_t part)
{
	return bits == 0 || hash >> (64 - bits) == part;
}
/* The file could not be read: a finding, unless the user stopped or it is our defect. */
MUST_CHECK int schema_break(struct schema_job *j, struct schema_bound *b, struct err *err);

MUST_CHECK int schema_bind(struct schema_job *j, const struct guard_files *files, struct err *err);
void schema_check_fields(struct schema_job *j, const struct schema_bound *b);
MUST_CHECK int schema_check_cells(struct schema_job *j, struct schema_bound *b, struct err *err);
/* `whole`: every row's entry in one piece; NULL: they did not fit, the file is read in parts. */
MUST_CHECK int schema_check_repeats(struct schema_job *j, struct schema_bound *b,
    const struct guard_key *key, const char *check, struct schema_entries *whole, struct err *err);
MUST_CHECK int schema_check_links(struct schema_job *j, struct err *err);

#endif
