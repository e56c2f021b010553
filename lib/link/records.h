/*
 * All records of the one or two sources, packed: a record is a row of values
 * (numbers of the dictionaries), 4 bytes a field. Memory: 4 bytes a field and
 * record, the distinct values, and the records' ids.
 */
#ifndef LINK_RECORDS_H
#define LINK_RECORDS_H

#include "base/progress.h"
#include "base/str.h"
#include "link/dictionary.h"
#include "link/spec.h"

enum { LINK_RECORDS_MAX = 400000000 };

struct link_records {
	size_t count;
	size_t left; /* the first `left` records are of the left source */
	/* by record, where the sources are mixed (store.h): then `left` is only their number */
	uint8_t *source;
	size_t fields;
	struct link_field field[LINK_FIELDS_MAX];
	unsigned dictionary_of[LINK_FIELDS_MAX];
	struct link_dictionary dictionary[LINK_FIELDS_MAX];
	VEC(uint32_t) rows; /* count x fields values */
	/* records with each value of a field, both sources together */
	uint32_t *value_count[LINK_FIELDS_MAX];
	uint64_t known[LINK_FIELDS_MAX];
	bool has_ids;
	VEC(char) id_bytes;
	VEC(uint64_t) id_ends;
	char *paths[2]; /* of the sources; [1] may be NULL */
};

#define AUTO_LINK_RECORDS AUTO(link_records_free)

/*
 * Read LEFT, and RIGHT unless it is NULL. Not UTF-8, or an id that stands
 * twice: ERR_FORMAT with file and row, never the value.
 */
MUST_CHECK int link_records_read(struct link_records **ret, const struct link_spec *spec,
    const char *left, const char *right, struct progress *progress, struct err *err);
/* The same on so many threads. */
MUST_CHECK int link_records_read_on(struct link_records **ret, const struct link_spec *spec,
    const char *left, const char *right, int threads, struct progress *progress, struct err *err);
void link_records_free(struct link_records **r);
/* Fields and dictionaries as a spec has them; no record yet. */
struct link_records *link_records_new(const struct link_spec *spec);
/* Count the values of all records anew: value_count and known. */
void link_records_count_values(struct link_records *r);
/* Where the fields and the id (-1: none) stand in a source, the left or the second. */
MUST_CHECK int link_records_columns(const struct link_records *r, const struct link_spec *spec,
    const struct link_source *s, const char *path, bool second, int *ret_column, int *ret_id,
    struct err *err);

static inline const uint32_t *link_row(const struct link_records *r, size_t record)
{
	return r->rows.ptr + record * r->fields;
}

static inline struct link_dictionary *link_values(const struct link_records *r, size_t field)
{
	return (struct link_dictionary *)(uintptr_t)&r->dictionary[r->dictionary_of[field]];
}

/* The record's name in results: its id, or its row number in its source. */
void link_record_name(const struct link_records *r, size_t record, struct str *out);
/* The record of this name in source 0 or 1; -1: none. Walks all records. */
int64_t link_record_find(const struct link_records *r, int source, struct view name);
static inline int link_record_source(const struct link_records *r, size_t record)
{
	return r->source ? r->source[record] : record >= r->left;
}
static inline struct view link_record_id(const struct link_records *r, size_t record)
{
	uint64_t start = record ? r->id_ends.ptr[record - 1] : 0;

	return (struct view){r->id_bytes.ptr + start, r->id_ends.ptr[record] - start};
}

#endif
