/* Numbers of the Parquet format: parquet.thrift of github.com/apache/parquet-format. */
#ifndef TABLE_PARQUET_FORMAT_H
#define TABLE_PARQUET_FORMAT_H

enum parquet_page {
	PARQUET_DATA_PAGE = 0,
	PARQUET_DICTIONARY_PAGE = 2,
	PARQUET_DATA_PAGE_2 = 3,
};

enum parquet_encoding {
	PARQUET_PLAIN = 0,
	PARQUET_PLAIN_DICTIONARY = 2, /* in data pages the old name of the last one */
	PARQUET_RLE = 3,
	PARQUET_BIT_PACKED = 4, /* of levels that need no bits */
	PARQUET_RLE_DICTIONARY = 8,
};

enum parquet_type {
	PARQUET_INT32 = 1,
	PARQUET_INT64 = 2,
	PARQUET_DOUBLE = 5,
	PARQUET_BYTE_ARRAY = 6,
};

enum parquet_codec {
	PARQUET_UNCOMPRESSED = 0,
	PARQUET_SNAPPY = 1,
	PARQUET_ZSTD = 6,
};

/* Converted types. */
enum parquet_converted {
	PARQUET_UTF8 = 0,
	PARQUET_DATE = 6,
	PARQUET_INT_8 = 15,
	PARQUET_INT_16 = 16,
	PARQUET_INT_32 = 17,
	PARQUET_INT_64 = 18,
};

/* Fields of the union LogicalType. */
enum parquet_logical {
	PARQUET_LOGICAL_STRING = 1,
	PARQUET_LOGICAL_DATE = 6,
	PARQUET_LOGICAL_INTEGER = 10,
};

enum {
	PARQUET_VERSION = 1,
	PARQUET_REQUIRED = 0,
	PARQUET_OPTIONAL = 1,
};

#endif
