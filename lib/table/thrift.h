/*
 * Thrift's compact protocol, written: the metadata of Parquet
 * (github.com/apache/thrift, doc/specs/thrift-compact-protocol.md). Fields of
 * a struct are put in ascending order.
 */
#ifndef TABLE_THRIFT_H
#define TABLE_THRIFT_H

#include "base/str.h"

enum thrift_type {
	THRIFT_I32 = 5,
	THRIFT_I64 = 6,
	THRIFT_TEXT = 8,
	THRIFT_LIST = 9,
	THRIFT_STRUCT = 12,
};

enum { THRIFT_DEPTH = 8 };

struct thrift {
	struct str *out;
	int last[THRIFT_DEPTH]; /* field of each open struct */
	size_t depth;
};

/* 7 bits a byte, the lowest first. */
void thrift_varint(struct str *out, uint64_t n);
void thrift_begin(struct thrift *t); /* a struct: the outermost, or an element of a list */
void thrift_end(struct thrift *t);
void thrift_begin_field(struct thrift *t, int field); /* a struct in a field */
void thrift_int(struct thrift *t, int field, enum thrift_type type, int64_t value);
void thrift_text(struct thrift *t, int field, struct view text);
/* Its elements follow. */
void thrift_list(struct thrift *t, int field, enum thrift_type type, size_t count);
void thrift_int_element(struct thrift *t, int64_t value);
void thrift_text_element(struct thrift *t, struct view text);

#endif
