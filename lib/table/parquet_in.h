/*
 * Parquet read column by column, without DuckDB: for who needs the values of a
 * column, not its rows. Flat tables of text, whole numbers, doubles and dates,
 * as DuckDB, Spark and pyarrow write them (github.com/apache/parquet-format).
 *
 *   parquet_in_open ─► columns, groups of rows
 *   parquet_in_read ─► of one column of one group: values, and by row which
 *
 * A page with a dictionary costs its reader the dictionary and a number a row:
 * what is done to values is done to those of the dictionary.
 *
 * What is not known here (nested, encrypted, other types, codecs and encodings,
 * what is beyond the limits below) is told by parquet_in_knows; what contradicts
 * itself is ERR_FORMAT, never a crash.
 */
#ifndef TABLE_PARQUET_IN_H
#define TABLE_PARQUET_IN_H

#include "base/arena.h"
#include "base/vec.h"
#include "table/writer.h"

struct parquet_in_column {
	const char *name;
	enum table_type type;
	bool optional; /* may hold NULL */
	bool known;    /* such a column can be read */
};

struct parquet_in_chunk {
	uint64_t offset, size; /* of its pages in the file */
	uint64_t unpacked;     /* bytes of its pages before compression, as the footer has it */
	int codec;
	bool known; /* codec and encodings are, and it is no larger than PARQUET_CHUNK_MAX */
};

struct parquet_in_group {
	size_t rows;
	struct parquet_in_chunk *chunks; /* one a column */
};

struct parquet_in {
	char *path; /* opened for each read: a table may have thousands of files */
	uint64_t size;
	bool odd; /* nested, or wider than PARQUET_COLUMNS_MAX: no column is known */
	struct arena arena;
	VEC(struct parquet_in_column) columns;
	VEC(struct parquet_in_group) groups;
};

#define AUTO_PARQUET_IN AUTO(parquet_in_close)

enum { PARQUET_GROUP_ROWS_MAX = 1 << 26, /* more, or a larger footer: ERR_FORMAT */
	PARQUET_FOOTER_MAX = 1 << 26,
	PARQUET_COLUMNS_MAX = 1 << 14,
	PARQUET_CHUNK_MAX = 1 << 29 }; /* bytes of a column of a group, packed or not */

/* ERR_IO: it cannot be read. ERR_FORMAT: not Parquet, or broken. */
MUST_CHECK int parquet_in_open(struct parquet_in **ret, const char *path, struct err *err);
void parquet_in_close(struct parquet_in **f);
/* Its place among the columns, in any case of letters; -1: none. */
int parquet_in_find(const struct parquet_in *f, const char *column);
/* Can the column be read in all groups? */
bool parquet_in_knows(const struct parquet_in *f, size_t column);

/*
 * A column of a group. Values may repeat: those of a dictionary come first, a
 * value that stands plain in its row is one of its own.
 */
struct parquet_values {
	VEC(uint64_t) numbers;  /* the bits of an int64_t (I32, I64, DATE) or of a double */
	VEC(struct view) texts; /* of a text column: UTF-8, borrowed until the next read */
	size_t count;           /* of either */
	VEC(uint32_t) codes;    /* by row: 0 is NULL, n the value n - 1 */
	size_t nulls;           /* rows with NULL */
	/* Of the reader. */
	struct arena arena;
	VEC(char) packed;
	VEC(unsigned char) known;
	void *zstd;
};

#define AUTO_PARQUET_VALUES AUTO(parquet_values_clear)

void parquet_values_clear(struct parquet_values *v);
/*
 * What `ret` held goes, its memory is used again. The column is a known one.
 * ERR_FORMAT names file and column; ERR_LIMIT: its pages are beyond PARQUET_CHUNK_MAX,
 * whatever the footer says. ERR_CANCELLED.
 */
MUST_CHECK int parquet_in_read(const struct parquet_in *f, size_t group, size_t column,
    struct parquet_values *ret, struct err *err);

#endif
