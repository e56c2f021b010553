/* A stream line by line; memory is bounded by the longest line allowed. */
#ifndef IO_LINES_H
#define IO_LINES_H

#include "io/stream.h"

struct lines {
	struct stream *stream; /* borrowed */
	const char *path;
	size_t max; /* bytes of one line */
	char *bytes;
	size_t at, len, cap;
	bool at_end;
	uint64_t number; /* of the current line, from 1 */
	uint64_t offset; /* byte of the decompressed data at which it begins */
	uint64_t next;
	struct err late; /* ERR_FORMAT: the stream's fault behind the last line */
};

void lines_begin(struct lines *l, struct stream *stream, const char *path, size_t max);
/*
 * The next line without its LF, borrowed until the next: 1, at the end 0. ERR_LIMIT for a
 * longer one, ERR_IO. A fault of compressed data ends the lines and stays in `late`.
 */
MUST_CHECK int lines_next(struct lines *l, struct view *ret, struct err *err);
void lines_end(struct lines *l);

#endif
