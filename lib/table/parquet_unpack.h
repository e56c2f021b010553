/* Pages of Parquet taken apart. For lib/table's own files. */
#ifndef TABLE_PARQUET_UNPACK_H
#define TABLE_PARQUET_UNPACK_H

#include "table/parquet_in.h"

/* Bytes of a file. ERR_IO. */
MUST_CHECK int parquet_read_at(const struct parquet_in *f, uint64_t offset, size_t size, char *ret,
    struct err *err);

/*
 * `count` numbers of `bits` (0 to 32) each, as runs of one number and as packed
 * bits (RLE and bit-packing hybrid of the format), plus `add`. 8 bytes behind
 * `bytes` can be read. *ret_max: the largest, before `add`. false: they contradict
 * themselves or end early.
 */
bool parquet_unpack_hybrid(struct view bytes, int bits, size_t count, uint32_t add, uint32_t *ret,
    uint32_t *ret_max);

/* Are the levels one run of 1, of all `count` rows? */
bool parquet_all_known(struct view levels, size_t count);

struct parquet_page_head {
	int type, encoding, level_encoding;
	size_t unpacked, packed; /* bytes */
	size_t values;
	/* Of the second version alone. */
	size_t level_bytes;
	bool compressed;
	size_t head; /* bytes of the header itself */
};

/* false: broken, or of a kind whose numbers cannot be true. */
bool parquet_page_head_read(struct view bytes, struct parquet_page_head *ret);

#endif
