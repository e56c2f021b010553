#include "table/thrift.h"

#include <assert.h>

void thrift_varint(struct str *out, uint64_t n)
{
	for (; n > 127; n >>= 7)
		str_addc(out, (char)(n | 128));
	str_addc(out, (char)n);
}

static void zigzag(struct str *out, int64_t n)
{
	thrift_varint(out, (uint64_t)n << 1 ^ (n < 0 ? UINT64_MAX : 0));
}

void thrift_begin(struct thrift *t)
{
	assert(t->depth < THRIFT_DEPTH);
	t->last[t->depth++] = 0;
}

void thrift_end(struct thrift *t)
{
	assert(t->depth > 0);
	t->depth--;
	str_addc(t->out, 0);
}

static void head(struct thrift *t, int field, enum thrift_type type)
{
	int *last = &t->last[t->depth - 1];

	assert(field > *last && field - *last < 16);
	str_addc(t->out, (char)((field - *last) << 4 | (int)type));
	*last = field;
}

void thrift_begin_field(struct thrift *t, int field)
{
	head(t, field, THRIFT_STRUCT);
	thrift_begin(t);
}

void thrift_int(struct thrift *t, int field, enum thrift_type type, int64_t value)
{
	head(t, field, type);
	zigzag(t->out, value);
}

void thrift_text(struct thrift *t, int field, struct view text)
{
	head(t, field, THRIFT_TEXT);
	thrift_text_element(t, text);
}

void thrift_list(struct thrift *t, int field, enum thrift_type type, size_t count)
{
	head(t, field, THRIFT_LIST);
	if (count < 15) {
		str_addc(t->out, (char)(count << 4 | (size_t)type));
		return;
	}
	str_addc(t->out, (char)(15 << 4 | (int)type));
	thrift_varint(t->out, count);
}

void thrift_int_element(struct thrift *t, int64_t value)
{
	zigzag(t->out, value);
}

void thrift_text_element(struct thrift *t, struct view text)
{
	thrift_varint(t->out, text.len);
	str_add(t->out, text);
}
