/*
 * Thrift's compact protocol, read: the metadata of Parquet
 * (github.com/apache/thrift, doc/specs/thrift-compact-protocol.md). The first
 * failure stays (`bad`): what is read after it is 0, empty, the end.
 *
 *   thrift_enter(&t);
 *   while (thrift_next(&t, &f))
 *           if (f.id == 3) rows = thrift_in_int(&t, f);
 *           else thrift_skip(&t, f);
 */
#ifndef TABLE_THRIFT_IN_H
#define TABLE_THRIFT_IN_H

#include "table/thrift.h"

struct thrift_in {
	const unsigned char *at, *end;
	int last[THRIFT_DEPTH]; /* field of each open struct */
	size_t depth;
	bool bad;
};

struct thrift_field {
	int id;
	int type; /* enum thrift_type, and 1, 2: true, false; 3: a byte; 4: 16 bits; 7: a double */
};

void thrift_in_open(struct thrift_in *t, struct view bytes);
/* The fields of a struct follow: the outermost, of a field, or of an element of a list. */
void thrift_enter(struct thrift_in *t);
/* The next field of the struct; false at its end, which is passed. */
bool thrift_next(struct thrift_in *t, struct thrift_field *ret);
/* The value of a field; of another type: bad. */
int64_t thrift_in_int(struct thrift_in *t, struct thrift_field f);
bool thrift_in_bool(struct thrift_in *t, struct thrift_field f);
struct view thrift_in_text(struct thrift_in *t, struct thrift_field f);
/* Enters it. */
void thrift_in_struct(struct thrift_in *t, struct thrift_field f);
/* How many elements follow, at most the bytes that are left. */
size_t thrift_in_list(struct thrift_in *t, struct thrift_field f, enum thrift_type type);
int64_t thrift_in_int_element(struct thrift_in *t);
struct view thrift_in_text_element(struct thrift_in *t);
void thrift_skip(struct thrift_in *t, struct thrift_field f);

#endif
