/*
 * How a delimited file is written, found from its first bytes and stated in
 * every report: encoding, separator, quote, header.
 */
#ifndef GUARD_DIALECT_H
#define GUARD_DIALECT_H

#include "base/arena.h"
#include "base/vec.h"
#include "guard/missing.h"

enum guard_encoding {
	GUARD_ASCII,
	GUARD_UTF8,
	GUARD_LATIN1, /* ISO 8859-1 */
	GUARD_CP1252, /* the same with letters in 0x80..0x9f */
	GUARD_UTF16,  /* not read */
	GUARD_ENCODINGS,
};

/* Whether the first row holds names: found, or told by who knows the file. */
enum guard_header {
	GUARD_HEADER_FIND,
	GUARD_HEADER_YES,
	GUARD_HEADER_NO,
};
#define GUARD_HEADERS "find|yes|no"

/* What a statistical file says of a variable itself. */
struct guard_described {
	struct view description, format, label_set; /* UTF-8, in the arena */
	uint64_t labels;                            /* of its set: how many values have a text */
};

struct guard_dialect {
	enum guard_encoding encoding;
	size_t mark; /* bytes of a byte order mark: 0 or 3 */
	char separator;
	char quote;
	bool has_header;
	bool is_made;                          /* another format: no blank line is a cell */
	bool is_header_doubtful;               /* words that nothing says to be names: names.h */
	VEC(struct view) names;                /* UTF-8, in the arena; "column 3" without header */
	VEC(struct guard_described) described; /* as names, or none */
	struct arena arena;
};

#define AUTO_DIALECT AUTO(guard_dialect_clear)

/* `sample`: the beginning of the file, whole if `is_whole`. An empty one has no column. */
void guard_dialect_find(struct guard_dialect *ret, struct view sample, bool is_whole,
    enum guard_header header, const struct guard_missing *missing);
/* Whether a row of one empty cell is a blank line, and no value of the first variable. */
bool guard_has_blank_lines(const struct guard_dialect *d);
void guard_dialect_clear(struct guard_dialect *d);
/* Bytes of the file as UTF-8, in `arena`. */
struct view guard_dialect_utf8(const struct guard_dialect *d, struct view v, struct arena *arena);
const char *guard_encoding_name(enum guard_encoding e);
const char *guard_separator_name(char separator); /* "comma", "tabulator" */

#endif
