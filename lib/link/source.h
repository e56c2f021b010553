/*
 * The rows of a CSV or Parquet file as texts, one at a time. Of a CSV the
 * separator (comma, semicolon, tab, bar) is the most frequent in its header; of
 * a pipe it is the comma.
 */
#ifndef LINK_SOURCE_H
#define LINK_SOURCE_H

#include "link/kind.h"

struct link_source;

#define AUTO_LINK_SOURCE AUTO(link_source_close)

MUST_CHECK int link_source_open(struct link_source **ret, const char *path, struct err *err);
void link_source_close(struct link_source **s);
/* The separator of a CSV file that can be opened again; 0: it is no such file. */
char link_source_separator(const struct link_source *s);
size_t link_source_columns(const struct link_source *s);
struct view link_source_column(const struct link_source *s, size_t index); /* trimmed */
/* Where a column stands, in any case; -1 when it is not there. */
int link_source_find(const struct link_source *s, struct view column);
/* The next row: 1, at the end 0, -1 with file and line. Too few or many fields are ERR_FORMAT. */
MUST_CHECK int link_source_next(struct link_source *s, struct err *err);
/* Trimmed; borrowed until the next row. */
struct view link_source_field(const struct link_source *s, size_t index);

#endif
