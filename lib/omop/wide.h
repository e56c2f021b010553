/*
 * A CSV file with many columns of which few are read, each by its name in any
 * case. For lib/omop's own files.
 */
#ifndef OMOP_WIDE_H
#define OMOP_WIDE_H

#include "base/map.h"
#include "io/csv.h"

struct wide {
	struct csv_reader *csv;
	const char *name;
	struct map columns;
};

#define AUTO_WIDE AUTO(wide_clear)

/* `path` is a file, or with `embedded` the name of one. Reads the header. */
MUST_CHECK int wide_open(struct wide *w, const char *path, bool embedded, struct err *err);
void wide_clear(struct wide *w);
/* As csv_next. */
MUST_CHECK int wide_next(struct wide *w, struct err *err);
/* The cell without white space at its ends; "" where there is no such column. */
struct view wide_get(const struct wide *w, const char *column);
/* The cell says Yes. */
bool wide_yes(const struct wide *w, const char *column);
/* ERR_FORMAT "FILE: line N: WHAT". */
int wide_fail(const struct wide *w, const char *what, struct err *err);

#endif
