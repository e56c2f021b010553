/*
 * Parquet written in pieces: rows of a table whose columns are known well are
 * encoded on any thread, and the pieces put into the file in their order. For
 * results of many millions of rows; else writer.h, where DuckDB encodes.
 *
 * A piece is a row group. Its columns are nullable as DuckDB's are, plain or
 * with a dictionary, one page each, compressed by Zstandard
 * (github.com/apache/parquet-format). The bytes depend on the rows alone.
 */
#ifndef TABLE_PARQUET_H
#define TABLE_PARQUET_H

#include "base/str.h"
#include "base/vec.h"
#include "table/writer.h"

/* Whole numbers of a column: who looks for one passes over what lies outside. */
struct parquet_bounds {
	bool known;
	int64_t min, max;
};

/* One column of the rows: their values, or codes of a dictionary. Neither: all are NULL. */
struct parquet_cells {
	VEC(char) plain;
	size_t values;       /* in `plain` */
	VEC(uint32_t) codes; /* by row: which of the values; none: values are the rows' own */
	/* A bit a row, the lowest of a byte first: 0 is NULL, and has no value of its own and
	 * no code. Borrowed; NULL: every row has one (without values, none). */
	const unsigned char *known;
	size_t known_count;
	struct parquet_bounds bounds;
};

struct parquet_rows {
	const struct table_schema *schema;
	size_t count;
	struct parquet_cells *cells; /* one a column */
	struct str page, header;
	VEC(char) packed;
	void *zstd;
};

#define AUTO_PARQUET_ROWS AUTO(parquet_rows_clear)

void parquet_rows_init(struct parquet_rows *r, const struct table_schema *schema);
void parquet_rows_clear(struct parquet_rows *r);
/* No rows; the memory stays. */
void parquet_rows_reset(struct parquet_rows *r);
void parquet_cells_reset(struct parquet_cells *c);
void parquet_cells_clear(struct parquet_cells *c);

static inline void parquet_add_plain(struct parquet_cells *c, const void *bytes, size_t size)
{
	vec_reserve(&c->plain, c->plain.len + size);
	memcpy(c->plain.ptr + c->plain.len, bytes, size);
	c->plain.len += size;
}

/* A value of the column, or of its dictionary. */
static inline void parquet_add_text(struct parquet_cells *c, struct view text)
{
	uint32_t len = (uint32_t)text.len;

	parquet_add_plain(c, &len, sizeof(len));
	if (len)
		parquet_add_plain(c, text.ptr, len);
	c->values++;
}

static inline void parquet_add_double(struct parquet_cells *c, double value)
{
	parquet_add_plain(c, &value, sizeof(value));
	c->values++;
}

/* I32 and DATE. */
static inline void parquet_add_i32(struct parquet_cells *c, int32_t value)
{
	parquet_add_plain(c, &value, sizeof(value));
	c->values++;
}

static inline void parquet_add_i64(struct parquet_cells *c, int64_t value)
{
	parquet_add_plain(c, &value, sizeof(value));
	c->values++;
}

/* The next row has the value of this number. */
static inline void parquet_add_code(struct parquet_cells *c, uint32_t code)
{
	*vec_push(&c->codes) = code;
}

/* Rows, encoded. */
struct parquet_piece {
	size_t rows;
	struct str bytes;
	struct parquet_piece_column {
		size_t dictionary, data, end; /* where in `bytes`; dictionary == data: none */
		size_t unpacked;              /* bytes before compression */
		size_t nulls;
		struct parquet_bounds bounds;
	} * column;
};

void parquet_piece_clear(struct parquet_piece *p);
/* What the piece held goes. A column beyond 2 GiB is ERR_LIMIT. */
MUST_CHECK int parquet_encode(struct parquet_piece *ret, struct parquet_rows *r, struct err *err);
/*
 * The same column by column, for tables whose columns are not in memory together: r->count is
 * set, its cells are not looked at. Every column once, in their order, each from `cells`.
 */
void parquet_encode_begin(struct parquet_piece *ret, const struct parquet_rows *r);
MUST_CHECK int parquet_encode_cells(struct parquet_piece *ret, struct parquet_rows *r,
    size_t column, const struct parquet_cells *cells, struct err *err);

struct parquet_file;

#define AUTO_PARQUET_FILE AUTO(parquet_discard)

/* `path` should lie in a folder that is not yet public. */
MUST_CHECK int parquet_open(struct parquet_file **ret, const struct table_schema *schema,
    const char *path, struct err *err);
/* A piece without rows is left out. */
MUST_CHECK int parquet_put(struct parquet_file *f, const struct parquet_piece *p, struct err *err);
/* The file is whole, or err tells why not. Frees the file's writer. */
MUST_CHECK int parquet_close(struct parquet_file **f, struct err *err);
/* Stop and remove the file; nothing happens to a closed (NULL) one. */
void parquet_discard(struct parquet_file **f);

#endif
