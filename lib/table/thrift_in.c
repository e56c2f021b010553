#include "table/thrift_in.h"

#include <assert.h>

enum { STOP = 0,
	YES = 1,
	NO = 2,
	BYTE = 3,
	I16 = 4,
	DOUBLE = 7,
	SET = 10,
	MAP = 11,
	SKIP_DEPTH = 16 };

static bool fail(struct thrift_in *t)
{
	t->bad = true;
	t->at = t->end;
	return false;
}

static unsigned char byte(struct thrift_in *t)
{
	if (t->at < t->end)
		return *t->at++;
	(void)fail(t);
	return 0;
}

static uint64_t varint(struct thrift_in *t)
{
	uint64_t n = 0;

	for (int shift = 0; shift < 64; shift += 7) {
		unsigned char b = byte(t);

		n |= (uint64_t)(b & 127) << shift;
		if (b < 128)
			return n;
	}
	(void)fail(t);
	return 0;
}

static int64_t zigzag(struct thrift_in *t)
{
	uint64_t n = varint(t);

	return (int64_t)(n >> 1 ^ (n & 1 ? UINT64_MAX : 0));
}

static void pass(struct thrift_in *t, uint64_t bytes)
{
	if (bytes > (size_t)(t->end - t->at))
		(void)fail(t);
	else
		t->at += bytes;
}

void thrift_in_open(struct thrift_in *t, struct view bytes)
{
	const unsigned char *start = (const unsigned char *)bytes.ptr;

	*t = (struct thrift_in){.at = start, .end = start + bytes.len};
}

void thrift_enter(struct thrift_in *t)
{
	if (t->depth < THRIFT_DEPTH)
		t->last[t->depth++] = 0;
	else
		(void)fail(t);
}

bool thrift_next(struct thrift_in *t, struct thrift_field *ret)
{
	unsigned char head = byte(t);
	int *last;

	if (t->bad || !t->depth)
		return fail(t);
	last = &t->last[t->depth - 1];
	if (head == STOP) {
		t->depth--;
		return false;
	}
	ret->type = head & 15;
	ret->id = head >> 4 ? *last + (head >> 4) : (int16_t)zigzag(t);
	if (ret->type == STOP || ret->id > INT16_MAX)
		return fail(t);
	*last = ret->id;
	return !t->bad;
}

int64_t thrift_in_int(struct thrift_in *t, struct thrift_field f)
{
	if (f.type != I16 && f.type != THRIFT_I32 && f.type != THRIFT_I64)
		return fail(t);
	return zigzag(t);
}

bool thrift_in_bool(struct thrift_in *t, struct thrift_field f)
{
	return f.type == YES || (f.type != NO && fail(t));
}

struct view thrift_in_text_element(struct thrift_in *t)
{
	uint64_t len = varint(t);
	struct view text = {(const char *)t->at, len};

	pass(t, len);
	return t->bad ? VIEW_LIT("") : text;
}

struct view thrift_in_text(struct thrift_in *t, struct thrift_field f)
{
	if (f.type != THRIFT_TEXT)
		(void)fail(t);
	return thrift_in_text_element(t);
}

void thrift_in_struct(struct thrift_in *t, struct thrift_field f)
{
	if (f.type != THRIFT_STRUCT)
		(void)fail(t);
	thrift_enter(t);
}

static size_t list(struct thrift_in *t, int *ret_type)
{
	unsigned char head = byte(t);
	uint64_t count = head >> 4 == 15 ? varint(t) : head >> 4;

	*ret_type = head & 15;
	if (count > (size_t)(t->end - t->at))
		return fail(t); /* an element is a byte at least */
	return count;
}

size_t thrift_in_list(struct thrift_in *t, struct thrift_field f, enum thrift_type type)
{
	int found;
	size_t count;

	if (f.type != THRIFT_LIST)
		return fail(t);
	count = list(t, &found);
	return found == (int)type || !count ? count : fail(t);
}

int64_t thrift_in_int_element(struct thrift_in *t)
{
	return zigzag(t);
}

static void skip(struct thrift_in *t, int type, bool element, int depth);

static void skip_struct(struct thrift_in *t, int depth)
{
	for (unsigned char head = byte(t); head != STOP && !t->bad; head = byte(t)) {
		if (!(head >> 4))
			(void)zigzag(t);
		skip(t, head & 15, false, depth);
	}
}

static void skip_map(struct thrift_in *t, int depth)
{
	uint64_t count = varint(t);
	unsigned char types = count ? byte(t) : 0;

	for (uint64_t i = 0; i < count && !t->bad; i++) {
		skip(t, types >> 4, true, depth);
		skip(t, types & 15, true, depth);
	}
}

static void skip_list(struct thrift_in *t, int depth)
{
	int type;
	size_t count = list(t, &type);

	for (size_t i = 0; i < count && !t->bad; i++)
		skip(t, type, true, depth);
}

static void skip(struct thrift_in *t, int type, bool element, int depth)
{
	if (depth >= SKIP_DEPTH) {
		(void)fail(t);
		return;
	}
	switch (type) {
	case YES:
	case NO: pass(t, element); break;
	case BYTE: pass(t, 1); break;
	case I16:
	case THRIFT_I32:
	case THRIFT_I64: (void)varint(t); break;
	case DOUBLE: pass(t, 8); break;
	case THRIFT_TEXT: pass(t, varint(t)); break;
	case SET:
	case THRIFT_LIST: skip_list(t, depth + 1); break;
	case MAP: skip_map(t, depth + 1); break;
	case THRIFT_STRUCT: skip_struct(t, depth + 1); break;
	default: (void)fail(t);
	}
}

void thrift_skip(struct thrift_in *t, struct thrift_field f)
{
	skip(t, f.type, false, 0);
}
