/*
 * Files held against a schema: which fields are there, every cell's type,
 * format and constraints, keys within a file, links between files.
 *
 * One pass over each file for its cells and keys; for each key that others
 * point at one over its file and one over each of theirs. Keys are compared by
 * a 64-bit hash of their values: in ten million keys a false repetition has a
 * chance of one in 400,000. Memory: 16 bytes a row and key within memory_bytes;
 * where that does not hold them the file is read again for each part of the
 * hashes, so the result is exact whatever the memory.
 *
 * A cell that a short row lacks is not looked at (file.short_row tells it); one
 * that is no value of its field is judged no further, and stands in keys as it
 * is written.
 */
#ifndef GUARD_SCHEMA_CHECK_H
#define GUARD_SCHEMA_CHECK_H

#include "guard/check.h"
#include "guard/csv.h"
#include "guard/schema.h"

struct guard_file {
	const char *table; /* its name: that of the file without folder and endings */
	const char *path;
};

struct guard_files {
	VEC(struct guard_file) list; /* by name */
	struct arena arena;
};

#define AUTO_FILES AUTO(guard_files_clear)

/* The file, or those of the folder that guard_feed_knows, without those below it. ERR_IO. */
MUST_CHECK int guard_files_find(struct guard_files *ret, const char *path, struct err *err);
void guard_files_clear(struct guard_files *f);

/*
 * Adds to `ret`. A schema alone is for every file; the tables of a package are found by path or
 * name, in any case. A file of the package that cannot be read is a check that is broken.
 * ERR_CANCELLED, ERR_INTERNAL.
 */
MUST_CHECK int guard_schema_check(struct guard_checks *ret, const struct guard_schema *s,
    const struct guard_files *files, const struct guard_csv_options *o, struct err *err);

#endif
