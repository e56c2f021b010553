#include "table/parquet.h"
#include "table/parquet_format.h"
#include "table/thrift.h"

#include <assert.h>
#include <zstd.h>

enum { RUN_MIN = 8, /* rows alike that are worth a run */
	LEVEL = 1 };
static const size_t PAGE_MAX = INT32_MAX; /* its size is an i32 */

void parquet_rows_init(struct parquet_rows *r, const struct table_schema *schema)
{
	*r = (struct parquet_rows){.schema = schema};
	r->cells = mem_zalloc(schema->count, sizeof(*r->cells));
	r->page.max = PAGE_MAX;
	r->zstd = ZSTD_createCCtx();
	if (!r->zstd)
		abort();
}

void parquet_cells_clear(struct parquet_cells *c)
{
	vec_clear(&c->plain);
	vec_clear(&c->codes);
}

void parquet_rows_clear(struct parquet_rows *r)
{
	for (size_t c = 0; r->cells && c < r->schema->count; c++)
		parquet_cells_clear(&r->cells[c]);
	free(r->cells);
	str_clear(&r->page);
	vec_clear(&r->packed);
	str_clear(&r->header);
	ZSTD_freeCCtx(r->zstd);
	*r = (struct parquet_rows){0};
}

void parquet_cells_reset(struct parquet_cells *c)
{
	c->plain.len = c->values = c->codes.len = c->known_count = 0;
	c->known = NULL;
	c->bounds = (struct parquet_bounds){0};
}

void parquet_rows_reset(struct parquet_rows *r)
{
	r->count = 0;
	for (size_t c = 0; c < r->schema->count; c++)
		parquet_cells_reset(&r->cells[c]);
}

void parquet_piece_clear(struct parquet_piece *p)
{
	str_clear(&p->bytes);
	free(p->column);
	*p = (struct parquet_piece){0};
}

/* Codes as runs of one code, and as eights of packed bits. */

static size_t run_of(const uint32_t *codes, size_t n, size_t at)
{
	size_t end = at + 1;

	while (end < n && codes[end] == codes[at])
		end++;
	return end - at;
}

static void add_run(struct str *out, uint32_t code, size_t count, int bits)
{
	thrift_varint(out, (uint64_t)count << 1);
	for (int b = 0; b < bits; b += 8)
		str_addc(out, (char)(code >> b));
}

/* Eights, the last filled up with zeros; whole words are written as they fill. */
static void add_packed(struct str *out, const uint32_t *codes, size_t n, int bits)
{
	size_t eights = (n + 7) / 8;
	size_t at = 0;
	uint64_t word = 0;
	int filled = 0;
	char *to;

	thrift_varint(out, eights << 1 | 1);
	str_pad(out, 0, eights * (size_t)bits + sizeof(word));
	if (out->full)
		return;
	to = out->buf + out->len - eights * (size_t)bits - sizeof(word);
	for (size_t i = 0; i < n; i++) {
		word |= (uint64_t)codes[i] << filled;
		filled += bits;
		if (filled < 32)
			continue;
		memcpy(to + at, &word, sizeof(word));
		at += 4;
		filled -= 32;
		word >>= 32;
	}
	memcpy(to + at, &word, sizeof(word));
	str_truncate(out, out->len - sizeof(word));
}

static void add_codes(struct str *out, const uint32_t *codes, size_t n, int bits)
{
	size_t start = 0; /* of what is to be packed: runs begin whole eights behind it */
	size_t at = 0;

	while (at < n) {
		size_t run = run_of(codes, n, at);

		if (run < RUN_MIN) {
			at = MIN(at + 8, n);
			continue;
		}
		if (at > start)
			add_packed(out, codes + start, at - start, bits);
		add_run(out, codes[at], run, bits);
		start = at += run;
	}
	if (n > start)
		add_packed(out, codes + start, n - start, bits);
}

static int bits_for(size_t values)
{
	return values > 1 ? 64 - __builtin_clzll(values - 1) : 1;
}

static void page_header(struct parquet_rows *r, bool dictionary, size_t values, int encoding)
{
	struct thrift t = {.out = &r->header};

	str_reset(&r->header);
	thrift_begin(&t);
	thrift_int(&t, 1, THRIFT_I32, dictionary ? PARQUET_DICTIONARY_PAGE : PARQUET_DATA_PAGE);
	thrift_int(&t, 2, THRIFT_I32, (int64_t)r->page.len);
	thrift_int(&t, 3, THRIFT_I32, (int64_t)r->packed.len);
	thrift_begin_field(&t, dictionary ? 7 : 5);
	thrift_int(&t, 1, THRIFT_I32, (int64_t)values);
	thrift_int(&t, 2, THRIFT_I32, encoding);
	if (!dictionary) {
		thrift_int(&t, 3, THRIFT_I32, PARQUET_RLE); /* which are known */
		thrift_int(&t, 4, THRIFT_I32, PARQUET_RLE); /* which repeat: none */
	}
	thrift_end(&t);
	thrift_end(&t);
}

/* What stands in r->page, compressed, behind its header. */
static int add_page(struct parquet_piece *ret, size_t column, struct parquet_rows *r,
    bool dictionary, size_t values, int encoding, struct err *err)
{
	size_t most = ZSTD_compressBound(r->page.len);
	size_t size;

	if (r->page.full || most > PAGE_MAX)
		return err_set(err, ERR_LIMIT, "%s: more than 2 GiB in %zu rows of column %s",
		    r->schema->name, r->count, r->schema->columns[column].name);
	vec_reserve(&r->packed, most);
	size = ZSTD_compressCCtx(
	    r->zstd, r->packed.ptr, most, str_get(&r->page), r->page.len, LEVEL);
	if (ZSTD_isError(size))
		return err_set(err, ERR_INTERNAL, "%s: cannot compress", r->schema->name);
	r->packed.len = size;
	page_header(r, dictionary, values, encoding);
	str_add(&ret->bytes, str_view(&r->header));
	str_add(&ret->bytes, (struct view){r->packed.ptr, r->packed.len});
	ret->column[column].unpacked += r->header.len + r->page.len;
	return 0;
}

/* Which rows have a value: all, none, or by bits. */
static void add_levels(struct str *page, size_t rows, const struct parquet_cells *c)
{
	uint32_t size;
	size_t at = page->len;

	str_pad(page, 0, sizeof(size));
	if (c->known) {
		thrift_varint(page, (rows + 7) / 8 << 1 | 1);
		str_add(page, (struct view){(const char *)c->known, (rows + 7) / 8});
	} else {
		add_run(page, c->values > 0, rows, 1);
	}
	size = (uint32_t)(page->len - at - sizeof(size));
	if (!page->full)
		memcpy(page->buf + at, &size, sizeof(size));
}

static void fill_data(struct parquet_rows *r, const struct parquet_cells *c, bool coded)
{
	str_reset(&r->page);
	add_levels(&r->page, r->count, c);
	if (coded) {
		str_addc(&r->page, (char)bits_for(c->values));
		add_codes(&r->page, c->codes.ptr, c->codes.len, bits_for(c->values));
	} else {
		str_add(&r->page, (struct view){c->plain.ptr ? c->plain.ptr : "", c->plain.len});
	}
}

int parquet_encode_cells(struct parquet_piece *ret, struct parquet_rows *r, size_t column,
    const struct parquet_cells *c, struct err *err)
{
	struct parquet_piece_column *to = &ret->column[column];
	size_t known = c->known ? c->known_count : c->values ? r->count
	                                                     : 0;
	bool coded = c->codes.len > 0;

	assert(coded ? c->codes.len == known : c->values == known);
	*to = (struct parquet_piece_column){
	    .dictionary = ret->bytes.len, .nulls = r->count - known, .bounds = c->bounds};
	if (coded) {
		str_reset(&r->page);
		str_add(&r->page, (struct view){c->plain.ptr, c->plain.len});
		if (add_page(ret, column, r, true, c->values, PARQUET_PLAIN, err) < 0)
			return -1;
	}
	to->data = ret->bytes.len;
	fill_data(r, c, coded);
	if (add_page(ret, column, r, false, r->count,
		coded ? PARQUET_RLE_DICTIONARY : PARQUET_PLAIN, err) < 0)
		return -1;
	to->end = ret->bytes.len;
	return 0;
}

void parquet_encode_begin(struct parquet_piece *ret, const struct parquet_rows *r)
{
	ret->rows = r->count;
	ret->bytes.max = SIZE_MAX / 2;
	str_reset(&ret->bytes);
	if (!ret->column)
		ret->column = mem_zalloc(r->schema->count, sizeof(*ret->column));
}

int parquet_encode(struct parquet_piece *ret, struct parquet_rows *r, struct err *err)
{
	parquet_encode_begin(ret, r);
	for (size_t c = 0; r->count && c < r->schema->count; c++)
		if (parquet_encode_cells(ret, r, c, &r->cells[c], err) < 0)
			return -1;
	return 0;
}
