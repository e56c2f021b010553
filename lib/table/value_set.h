/*
 * The distinct values of a column, numbered as they come: text, or 64 bits of
 * a number. 0 stands for NULL; codes begin at 1.
 */
#ifndef TABLE_VALUE_SET_H
#define TABLE_VALUE_SET_H

#include "base/arena.h"
#include "base/vec.h"
#include "table/writer.h"

struct value_set {
	enum table_type type;
	VEC(uint64_t) numbers; /* [code - 1]: an int64_t's bits or a double's */
	VEC(struct view) texts;
	struct arena arena;
	uint64_t *slots; /* upper half of the hash, code */
	size_t slot_count;
};

/* Empty; the memory of what it held before stays. Begin with {0}. */
void value_set_reset(struct value_set *s, enum table_type type);
void value_set_clear(struct value_set *s);
size_t value_set_count(const struct value_set *s);
uint32_t value_set_number(struct value_set *s, uint64_t bits);
/* Copies the bytes. */
uint32_t value_set_text(struct value_set *s, struct view text);
/* In the order of the type; text by its bytes, NaN last. -1, 0, 1. */
int value_set_compare(const struct value_set *s, uint32_t a, uint32_t b);
/*
 * ret[code]: how many values are smaller, from 1; ret[0], NULL, comes last. Room for
 * value_set_count + 1.
 */
void value_set_rank(const struct value_set *s, uint32_t *ret);

#endif
