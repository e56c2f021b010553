/*
 * A file, read once from end to end: every row, every cell.
 *
 *   file ─ input.h ─► delimited text ─ io/scan ─► whole rows ─ blocks, on all threads
 *        ─► a struct guard_column a column and thread ─► merged
 *
 * Memory: two windows of GUARD_WINDOW bytes, more only for a longer row, and
 * the columns, which have a bound of their own (guard_values_max).
 */
#ifndef GUARD_CSV_H
#define GUARD_CSV_H

#include "guard/input.h"
#include "guard/joint.h"
#include "guard/tally.h"

enum {
	GUARD_WINDOW = 1 << 20,      /* with its ends it stays in a second-level cache */
	GUARD_ROWS_TALLIED = 1 << 16 /* different rows that are kept by their hash */
};

struct guard_csv {
	enum guard_format format;
	struct guard_dialect dialect;
	struct guard_structure structure;
	struct guard_column *columns;   /* dialect.names.len of them */
	struct guard_json_kinds *kinds; /* the same; NULL: not JSON */
	struct guard_tally rows;        /* hashes of their bytes; none by structure_only */
	struct guard_roles roles;       /* nobody's by structure_only */
	struct guard_joint joint;       /* of the roles */
};

#define AUTO_GUARD_CSV AUTO(guard_csv_clear)

/* ERR_IO, ERR_LIMIT; a fault of the content is a finding, not an error. */
MUST_CHECK int guard_csv_scan(struct guard_csv *ret, const char *path,
    const struct guard_csv_options *o, struct err *err);
void guard_csv_clear(struct guard_csv *c);
/*
 * A name that is also a value may be the value of a first row without names: it becomes
 * "column 3". Not when all names are: the header stands within the file again. For merged
 * parts; a scan does it.
 */
void guard_csv_hide_names(struct guard_csv *c);
/*
 * Rows that repeat another byte by byte: exact up to GUARD_ROWS_TALLIED different ones, beyond
 * from a sample of these, the same in any order and with any number of threads.
 */
uint64_t guard_csv_repeated(const struct guard_csv *c);
/* Different values kept of each column, so that `columns` of them fit into half the memory. */
size_t guard_values_max(size_t columns, uint64_t memory_bytes);

#endif
