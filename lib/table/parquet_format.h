/* Numbers of the Parquet format: parquet.thrift of github.com/apache/parquet-format. */
#ifndef TABLE_PARQUET_FORMAT_H
#define TABLE_PARQUET_FORMAT_H

enum parquet_page {
	PARQUET_DATA_PAGE = 0,
	PARQUET_DICTIONARY_PAGE = 2,
};

enum parquet_encoding {
	PARQUET_PLAIN = 0,
	PARQUET_RLE = 3,
	PARQUET_RLE_DICTIONARY = 8,
};

enum parquet_type {
	PARQUET_INT64 = 2,
	PARQUET_DOUBLE = 5,
	PARQUET_BYTE_ARRAY = 6,
};

enum {
	PARQUET_VERSION = 1,
	PARQUET_OPTIONAL = 1,
	PARQUET_UTF8 = 0, /* converted type */
	PARQUET_ZSTD = 6,
};

#endif
