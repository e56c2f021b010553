/*
 * CSV as RFC 4180 has it: comma (or another separator), double quotes, LF or
 * CRLF, UTF-8 with or without a byte order mark. One record at a time, memory
 * bounded by the longest record.
 */
#ifndef IO_CSV_H
#define IO_CSV_H

#include "base/str.h"
#include "base/vec.h"

#include <stdio.h>

enum {
	CSV_RECORD_MAX = 16 << 20, /* bytes of one record: ERR_LIMIT beyond */
	CSV_FIELDS_MAX = 10000,
};

struct csv_reader;

#define AUTO_CSV AUTO(csv_close)

/* The file is read as it goes, never whole. */
MUST_CHECK int csv_open(struct csv_reader **ret, const char *path, char separator,
    struct err *err);
/* Over bytes in memory, which must outlive the reader. `name` is what messages call it. */
struct csv_reader *csv_open_view(const char *name, struct view bytes, char separator);
void csv_close(struct csv_reader **r);
/*
 * The next record: 1, at the end 0, -1 ERR_FORMAT (a quote that never closes,
 * text behind a closing quote, a NUL byte) with the line number; ERR_LIMIT,
 * ERR_IO. After a failure the reader is at its end.
 *
 * A blank line is a record of one empty field; behind the last line end comes
 * nothing. A CR that no LF follows is data, so is a quote inside an unquoted
 * field.
 */
MUST_CHECK int csv_next(struct csv_reader *r, struct err *err);
/* Fields of the current record; borrowed until the next. Beyond the last: VIEW_NONE. */
size_t csv_count(const struct csv_reader *r);
struct view csv_field(const struct csv_reader *r, size_t index);
/* Line on which the current record began, from 1. */
size_t csv_line(const struct csv_reader *r);
/*
 * Read the first record as the header and find `names` in it, in any case and
 * order: ret_index[i] is where names[i] stands. A missing name is ERR_FORMAT,
 * so is one that stands there twice.
 */
MUST_CHECK int csv_header(struct csv_reader *r, const char *const *names, size_t count,
    size_t *ret_index, struct err *err);

/*
 * Writing, with commas: fields are quoted when they must be, records end with
 * LF. A NUL byte cannot be read back.
 */
void csv_add_field(struct str *out, struct view field, bool first);
void csv_add_end(struct str *out);

#endif
