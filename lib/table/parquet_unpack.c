#include "table/parquet_unpack.h"

#include "table/parquet_format.h"
#include "table/thrift_in.h"

static void read_data(struct thrift_in *t, struct parquet_page_head *h)
{
	struct thrift_field f;

	while (thrift_next(t, &f))
		switch (f.id) {
		case 1: h->values = (size_t)thrift_in_int(t, f); break;
		case 2: h->encoding = (int)thrift_in_int(t, f); break;
		case 3: h->level_encoding = (int)thrift_in_int(t, f); break;
		default: thrift_skip(t, f);
		}
}

static void read_data_2(struct thrift_in *t, struct parquet_page_head *h)
{
	struct thrift_field f;
	int64_t repeated = 0;

	h->level_encoding = PARQUET_RLE;
	h->compressed = true;
	while (thrift_next(t, &f))
		switch (f.id) {
		case 1: h->values = (size_t)thrift_in_int(t, f); break;
		case 4: h->encoding = (int)thrift_in_int(t, f); break;
		case 5: h->level_bytes = (size_t)thrift_in_int(t, f); break;
		case 6: repeated = thrift_in_int(t, f); break;
		case 7: h->compressed = thrift_in_bool(t, f); break;
		default: thrift_skip(t, f);
		}
	t->bad = t->bad || repeated != 0;
}

static void read_dictionary(struct thrift_in *t, struct parquet_page_head *h)
{
	struct thrift_field f;

	while (thrift_next(t, &f))
		switch (f.id) {
		case 1: h->values = (size_t)thrift_in_int(t, f); break;
		case 2: h->encoding = (int)thrift_in_int(t, f); break;
		default: thrift_skip(t, f);
		}
}

bool parquet_page_head_read(struct view bytes, struct parquet_page_head *ret)
{
	struct thrift_in t;
	struct thrift_field f;

	*ret = (struct parquet_page_head){.type = -1};
	thrift_in_open(&t, bytes);
	thrift_enter(&t);
	while (thrift_next(&t, &f))
		switch (f.id) {
		case 1: ret->type = (int)thrift_in_int(&t, f); break;
		case 2: ret->unpacked = (size_t)thrift_in_int(&t, f); break;
		case 3: ret->packed = (size_t)thrift_in_int(&t, f); break;
		case 5:
			thrift_in_struct(&t, f);
			read_data(&t, ret);
			break;
		case 7:
			thrift_in_struct(&t, f);
			read_dictionary(&t, ret);
			break;
		case 8:
			thrift_in_struct(&t, f);
			read_data_2(&t, ret);
			break;
		default: thrift_skip(&t, f);
		}
	ret->head = (size_t)((const char *)t.at - bytes.ptr);
	return !t.bad && ret->packed <= bytes.len - ret->head && ret->unpacked <= INT32_MAX &&
	       ret->values <= INT32_MAX;
}

static uint32_t fill(uint32_t *ret, size_t count, uint32_t code, uint32_t add)
{
	for (size_t i = 0; i < count; i++)
		ret[i] = code + add;
	return code;
}

/* Bit by bit, the lowest first: a number may begin anywhere in a byte. */
static uint32_t unpack(const char *from, int bits, size_t count, uint32_t add, uint32_t *ret)
{
	uint64_t mask = ((uint64_t)1 << bits) - 1;
	uint32_t most = 0;

	for (size_t i = 0, at = 0; i < count; i++, at += (size_t)bits) {
		uint64_t word;
		uint32_t code;

		memcpy(&word, from + at / 8, sizeof(word));
		code = (uint32_t)(word >> at % 8 & mask);
		most = MAX(most, code);
		ret[i] = code + add;
	}
	return most;
}

static bool read_varint(struct view *bytes, uint64_t *ret)
{
	*ret = 0;
	for (int shift = 0; shift < 35 && bytes->len; shift += 7) {
		unsigned char b = (unsigned char)*bytes->ptr;

		bytes->ptr++;
		bytes->len--;
		*ret |= (uint64_t)(b & 127) << shift;
		if (b < 128)
			return true;
	}
	return false;
}

bool parquet_unpack_hybrid(struct view bytes, int bits, size_t count, uint32_t add, uint32_t *ret,
    uint32_t *ret_max)
{
	size_t wide = ((size_t)bits + 7) / 8;
	uint64_t head;

	*ret_max = 0;
	for (size_t done = 0, n; done < count; done += n) {
		size_t used;
		uint32_t most, code = 0;

		if (!read_varint(&bytes, &head) || head < 2)
			return false;
		used = head & 1 ? (size_t)(head >> 1) * (size_t)bits : wide;
		n = (size_t)(head & 1 ? head >> 1 << 3 : head >> 1);
		n = MIN(n, count - done);
		/* The last eight may be cut short: who writes leaves out the filling. */
		if (used > bytes.len && (!(head & 1) || (n * (size_t)bits + 7) / 8 > bytes.len))
			return false;
		if (head & 1) {
			most = unpack(bytes.ptr, bits, n, add, ret + done);
		} else {
			memcpy(&code, bytes.ptr, wide);
			most = fill(ret + done, n, code, add);
		}
		*ret_max = MAX(*ret_max, most);
		used = MIN(used, bytes.len);
		bytes = (struct view){bytes.ptr + used, bytes.len - used};
	}
	return true;
}

bool parquet_all_known(struct view levels, size_t count)
{
	uint64_t head;

	return read_varint(&levels, &head) && !(head & 1) && head >> 1 >= count && levels.len &&
	       levels.ptr[0] == 1;
}
