/*
 * The pages of one column of one group. A page is decompressed whole; numbers
 * of a dictionary become codes as they are, plain values are added to the
 * values, so that both end as the same.
 */
#include "table/parquet_unpack.h"

#include "base/cancel.h"
#include "table/parquet_format.h"

#include <snappy-c.h>
#include <zstd.h>

enum { PADDING = 8 }; /* bytes that may be read behind a page */

struct reading {
	const struct parquet_in *file;
	const struct parquet_in_column *column;
	const struct parquet_in_chunk *chunk;
	size_t rows, done;
	size_t unpacked;   /* bytes so far */
	size_t dictionary; /* values of it */
	bool has_dictionary;
	struct parquet_values *out;
	struct err *err;
};

static int broken(const struct reading *r, const char *what)
{
	return err_set(r->err, ERR_FORMAT, "%s: column %s: %s", r->file->path, r->column->name,
	    what);
}

void parquet_values_clear(struct parquet_values *v)
{
	vec_clear(&v->numbers);
	vec_clear(&v->texts);
	vec_clear(&v->codes);
	vec_clear(&v->known);
	arena_clear(&v->arena);
	vec_clear(&v->packed);
	ZSTD_freeDCtx(v->zstd);
	*v = (struct parquet_values){0};
}

static bool unzstd(struct parquet_values *v, struct view packed, char *to, size_t size)
{
	if (!v->zstd)
		v->zstd = ZSTD_createDCtx();
	if (!v->zstd)
		abort();
	return ZSTD_decompressDCtx(v->zstd, to, size, packed.ptr, packed.len) == size;
}

static bool unsnappy(struct view packed, char *to, size_t size)
{
	size_t len = 0;

	return snappy_uncompressed_length(packed.ptr, packed.len, &len) == SNAPPY_OK &&
	       len == size && snappy_uncompress(packed.ptr, packed.len, to, &len) == SNAPPY_OK;
}

/* The bytes of a page, in the arena, with room behind them. */
static int unpack_bytes(struct reading *r, struct view packed, size_t size, bool compressed,
    struct view *ret)
{
	int codec = compressed ? r->chunk->codec : PARQUET_UNCOMPRESSED;
	bool good;
	char *to;

	if (size > PARQUET_CHUNK_MAX - r->unpacked)
		return err_set(r->err, ERR_LIMIT, "%s: column %s: pages of more than %d MiB",
		    r->file->path, r->column->name, PARQUET_CHUNK_MAX >> 20);
	r->unpacked += size;
	to = arena_alloc(&r->out->arena, size + PADDING);
	memset(to + size, 0, PADDING);
	*ret = (struct view){to, size};
	if (codec == PARQUET_UNCOMPRESSED) {
		good = packed.len == size;
		if (good && size)
			memcpy(to, packed.ptr, size);
	} else if (codec == PARQUET_SNAPPY) {
		good = unsnappy(packed, to, size);
	} else {
		good = unzstd(r->out, packed, to, size);
	}
	return good ? 0 : broken(r, "a page cannot be decompressed");
}

static int add_texts(const struct reading *r, struct view bytes, size_t count)
{
	struct parquet_values *v = r->out;

	vec_reserve(&v->texts, v->texts.len + MIN(count, bytes.len / sizeof(uint32_t)));
	for (size_t i = 0; i < count; i++) {
		uint32_t len;

		if (bytes.len < sizeof(len))
			return broken(r, "a page ends early");
		memcpy(&len, bytes.ptr, sizeof(len));
		bytes = (struct view){bytes.ptr + sizeof(len), bytes.len - sizeof(len)};
		if (len > bytes.len)
			return broken(r, "a page ends early");
		v->texts.ptr[v->texts.len] = (struct view){bytes.ptr, len};
		if (!view_is_utf8(v->texts.ptr[v->texts.len++]))
			return broken(r, "text that is not UTF-8");
		bytes = (struct view){bytes.ptr + len, bytes.len - len};
	}
	return 0;
}

static int add_numbers(const struct reading *r, struct view bytes, size_t count)
{
	struct parquet_values *v = r->out;
	enum table_type type = r->column->type;
	bool narrow = type == TABLE_TYPE_I32 || type == TABLE_TYPE_DATE;
	uint64_t *to;

	if (bytes.len / (narrow ? sizeof(int32_t) : sizeof(int64_t)) < count)
		return broken(r, "a page ends early");
	vec_reserve(&v->numbers, v->numbers.len + count);
	to = v->numbers.ptr + v->numbers.len;
	v->numbers.len += count;
	if (!narrow && count)
		memcpy(to, bytes.ptr, count * sizeof(*to));
	for (size_t i = 0; narrow && i < count; i++) {
		int32_t n;

		memcpy(&n, bytes.ptr + i * sizeof(n), sizeof(n));
		to[i] = (uint64_t)(int64_t)n;
	}
	return 0;
}

static int add_plain(const struct reading *r, struct view bytes, size_t count)
{
	bool text = r->column->type == TABLE_TYPE_TEXT;

	if (count && (text ? add_texts : add_numbers)(r, bytes, count) < 0)
		return -1;
	r->out->count += count;
	return 0;
}

static int read_dictionary(struct reading *r, const struct parquet_page_head *h, struct view packed)
{
	struct view bytes;

	if (r->has_dictionary || r->done)
		return broken(r, "a dictionary out of place");
	if (h->encoding != PARQUET_PLAIN && h->encoding != PARQUET_PLAIN_DICTIONARY)
		return broken(r, "a dictionary in an unknown encoding");
	if (unpack_bytes(r, packed, h->unpacked, true, &bytes) < 0 ||
	    add_plain(r, bytes, h->values) < 0)
		return -1;
	r->has_dictionary = true;
	r->dictionary = h->values;
	return 0;
}

/* Which rows of the page are known, 1 or 0 each; how many are. */
static int read_levels(const struct reading *r, struct view levels, size_t rows, size_t *ret_known)
{
	struct parquet_values *v = r->out;
	uint32_t *to = v->codes.ptr + r->done; /* where the codes will be */
	uint32_t most;
	size_t known = 0;

	*ret_known = rows;
	if (parquet_all_known(levels, rows))
		return 0;
	if (!parquet_unpack_hybrid(levels, 1, rows, 0, to, &most) || most > 1)
		return broken(r, "its levels are broken");
	vec_reserve(&v->known, rows);
	for (size_t i = 0; i < rows; i++) {
		v->known.ptr[i] = (unsigned char)to[i];
		known += to[i];
	}
	*ret_known = known;
	return 0;
}

/* Codes of the known rows, which stand in a row, to their places. */
static void spread(const struct reading *r, size_t rows, size_t known)
{
	uint32_t *codes = r->out->codes.ptr + r->done;

	for (size_t i = rows; i-- > 0;)
		codes[i] = r->out->known.ptr[i] ? codes[--known] : 0;
}

static int read_codes(const struct reading *r, struct view bytes, size_t known)
{
	uint32_t most = 0;
	int bits = bytes.len ? (unsigned char)bytes.ptr[0] : 0;

	if (!known)
		return 0;
	if (!bytes.len || bits > 32)
		return broken(r, "its codes are broken");
	bytes = (struct view){bytes.ptr + 1, bytes.len - 1};
	if (!parquet_unpack_hybrid(bytes, bits, known, 1, r->out->codes.ptr + r->done, &most))
		return broken(r, "its codes are broken");
	return most < r->dictionary ? 0 : broken(r, "a code that its dictionary lacks");
}

static int read_known(const struct reading *r, const struct parquet_page_head *h,
    struct view bytes, size_t known)
{
	size_t first = r->out->count;
	uint32_t *codes = r->out->codes.ptr + r->done;

	if (h->encoding == PARQUET_RLE_DICTIONARY || h->encoding == PARQUET_PLAIN_DICTIONARY)
		return read_codes(r, bytes, known);
	if (h->encoding != PARQUET_PLAIN)
		return broken(r, "a page in an unknown encoding");
	if (add_plain(r, bytes, known) < 0)
		return -1;
	for (size_t i = 0; i < known; i++)
		codes[i] = (uint32_t)(first + i) + 1;
	return 0;
}

static int read_rows(struct reading *r, const struct parquet_page_head *h, struct view levels,
    struct view bytes)
{
	size_t known = h->values;

	if (r->column->optional && read_levels(r, levels, h->values, &known) < 0)
		return -1;
	if (read_known(r, h, bytes, known) < 0)
		return -1;
	if (known < h->values)
		spread(r, h->values, known);
	r->out->nulls += h->values - known;
	r->done += h->values;
	return 0;
}

/* The levels stand before the values: a size, then they. */
static int read_data(struct reading *r, const struct parquet_page_head *h, struct view packed)
{
	struct view bytes, levels = VIEW_LIT("");
	uint32_t size;

	if (unpack_bytes(r, packed, h->unpacked, true, &bytes) < 0)
		return -1;
	if (r->column->optional) {
		if (h->level_encoding != PARQUET_RLE || bytes.len < sizeof(size))
			return broken(r, "its levels are broken");
		memcpy(&size, bytes.ptr, sizeof(size));
		bytes = (struct view){bytes.ptr + sizeof(size), bytes.len - sizeof(size)};
		if (size > bytes.len)
			return broken(r, "its levels are broken");
		levels = (struct view){bytes.ptr, size};
		bytes = (struct view){bytes.ptr + size, bytes.len - size};
	}
	return read_rows(r, h, levels, bytes);
}

/* The levels stand apart, not compressed. */
static int read_data_2(struct reading *r, const struct parquet_page_head *h, struct view packed)
{
	struct view bytes, levels;

	if (h->level_bytes > packed.len || h->level_bytes > h->unpacked)
		return broken(r, "its levels are broken");
	if (unpack_bytes(r, (struct view){packed.ptr + h->level_bytes, packed.len - h->level_bytes},
		h->unpacked - h->level_bytes, h->compressed && h->unpacked > h->level_bytes,
		&bytes) < 0)
		return -1;
	levels = (struct view){packed.ptr, h->level_bytes};
	return read_rows(r, h, levels, bytes);
}

static int read_page(struct reading *r, struct view *rest)
{
	struct parquet_page_head h;
	struct view packed;

	if (!parquet_page_head_read(*rest, &h))
		return broken(r, "the head of a page is broken");
	packed = (struct view){rest->ptr + h.head, h.packed};
	*rest = (struct view){packed.ptr + h.packed, rest->len - h.head - h.packed};
	if (h.type == PARQUET_DICTIONARY_PAGE)
		return read_dictionary(r, &h, packed);
	if (h.type != PARQUET_DATA_PAGE && h.type != PARQUET_DATA_PAGE_2)
		return 0; /* an index */
	if (h.values > r->rows - r->done)
		return broken(r, "more values than rows");
	return h.type == PARQUET_DATA_PAGE ? read_data(r, &h, packed) : read_data_2(r, &h, packed);
}

static void reset(struct parquet_values *v, size_t rows)
{
	arena_reset(&v->arena);
	v->numbers.len = v->texts.len = v->count = v->nulls = 0;
	vec_reserve(&v->codes, rows);
	v->codes.len = rows;
}

int parquet_in_read(const struct parquet_in *f, size_t group, size_t column,
    struct parquet_values *ret, struct err *err)
{
	struct reading r = {
	    .file = f,
	    .column = &f->columns.ptr[column],
	    .chunk = &f->groups.ptr[group].chunks[column],
	    .rows = f->groups.ptr[group].rows,
	    .out = ret,
	    .err = err,
	};
	struct view rest;

	vec_reserve(&ret->packed, r.chunk->size + PADDING); /* levels are read where they stand */
	if (parquet_read_at(f, r.chunk->offset, r.chunk->size, ret->packed.ptr, err) < 0)
		return -1;
	memset(ret->packed.ptr + r.chunk->size, 0, PADDING);
	rest = (struct view){ret->packed.ptr, r.chunk->size};
	reset(ret, r.rows);
	while (r.done < r.rows) {
		if (cancel_check(err) < 0)
			return -1;
		if (!rest.len)
			return broken(&r, "it has less values than rows");
		if (read_page(&r, &rest) < 0)
			return -1;
	}
	return 0;
}
