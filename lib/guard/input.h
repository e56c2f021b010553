/*
 * The one place that says what a path is and turns it into rows.
 *
 *   path ─ first bytes, then name ─► format ─► a source ─► bytes ─► window.h
 *
 * Every format becomes delimited text on the way: delimited files as they are, others
 * written anew (commas, quotes where needed, UTF-8, LF). So one scanner, one set of
 * detectors and one count serve all, and the same table gives the same profile whatever
 * it is kept in.
 */
#ifndef GUARD_INPUT_H
#define GUARD_INPUT_H

#include "base/progress.h"
#include "guard/dialect.h"
#include "guard/place.h"
#include "io/json_line.h"
#include "io/stream.h"

enum guard_format {
	GUARD_DELIMITED,
	GUARD_JSON_LINES,
	GUARD_PARQUET,
	GUARD_SAS,   /* sas7bdat */
	GUARD_XPORT, /* SAS transport, versions 5 and 8 */
	GUARD_SAV,   /* SPSS, zsav too */
	GUARD_POR,   /* SPSS portable */
	GUARD_DTA,   /* Stata */
	GUARD_FORMATS,
};

/* Limits are 0 for their default. */
struct guard_csv_options {
	int threads;
	uint64_t memory_bytes;
	struct stream_limits limits;
	size_t row_max;    /* bytes of one row: ERR_LIMIT beyond */
	size_t column_max; /* cells of the first row: ERR_LIMIT beyond */
	size_t cell_max;   /* bytes of one cell: ERR_LIMIT beyond; 0: none but the row's */
	size_t depth_max;  /* of JSON, GUARD_DEPTH_DEFAULT; a line beyond is a fault */
	bool structure_only;
	enum guard_header header;
	const char *dialect_of; /* file whose beginning tells dialect and names; NULL: its own */
	bool is_later_part;     /* the first row is data, whatever the dialect says */
	const char *reader;     /* program that reads binary formats, /proc/self/exe */
	int reader_seconds;     /* of CPU that it may use for a file, GUARD_READER_SECONDS */
	struct progress *progress;
};

enum {
	GUARD_DEPTH_DEFAULT = 64,
	GUARD_READER_SECONDS = 3600,
};

/* How the reading of a file ended. */
enum guard_end {
	GUARD_WHOLE,
	GUARD_DAMAGED,  /* its reader gave up */
	GUARD_CRASHED,  /* its reader died of it */
	GUARD_ENDLESS,  /* its reader needed more time or memory than it may */
	GUARD_TOO_WIDE, /* only said by a reader: ERR_LIMIT here */
};

/* What is wrong with the file as a file. Places: row, and byte of the decompressed data. */
struct guard_structure {
	uint64_t bytes; /* after decompression */
	uint64_t rows;  /* of data, blank ones too */
	struct guard_places blank, short_rows, long_rows;
	struct guard_places nul;       /* rows with a NUL byte */
	struct guard_places bad_line;  /* JSON: lines that are no object */
	struct guard_places deep_line; /* JSON: lines nested deeper than depth_max */
	struct guard_places twice;     /* JSON: lines with a name twice, the last counts */
	uint64_t crlf, lf;             /* line ends */
	unsigned seen;                 /* scan_seen bits */
	bool no_last_line_end;
	bool open_quote; /* at the end of the file */
	bool cut;        /* compressed data end early or are damaged */
	uint64_t cut_at; /* byte of the decompressed data */
	enum guard_end end;
	uint64_t deleted;  /* SAS: rows that are marked as deleted and still stand in the file */
	uint64_t left_out; /* of these: all, or none where they could not be told */
};

/* JSON: how often a variable was what; the rest of the lines do not name it. */
struct guard_json_kinds {
	uint64_t count[JSON_LINE_KINDS];
};

/* Rows that hold data: none of the blank ones and of the lines that could not be read. */
uint64_t guard_data_rows(const struct guard_structure *s);

struct guard_input;

#define AUTO_INPUT AUTO(guard_input_close)

/* ERR_IO; ERR_FORMAT for what is none of the formats: an archive, UTF-16, a compressed SAS file. */
MUST_CHECK int guard_input_open(struct guard_input **ret, const char *path,
    const struct guard_csv_options *o, struct err *err);
void guard_input_close(struct guard_input **in);
enum guard_format guard_input_format(const struct guard_input *in);
/*
 * The dialect of text that was written anew, with the names of the variables, into *ret;
 * false for a delimited file, whose dialect is to be found.
 */
bool guard_input_dialect(const struct guard_input *in, struct guard_dialect *ret);
/* As stream_read: ERR_FORMAT is an early end, what came before it counts. */
MUST_CHECK int guard_input_read(struct guard_input *in, unsigned char *ret, size_t size,
    size_t *ret_len, struct err *err);
/* At the end: what only the source knows of the file is put into *s, the rest stays. */
void guard_input_tell(const struct guard_input *in, struct guard_structure *s);
/* At the end: the kinds of `columns` variables, which the caller frees; NULL: not JSON. */
struct guard_json_kinds *guard_input_kinds(const struct guard_input *in, size_t columns);

/* At the end: how many labels the variables that *d describes have. */
void guard_input_labels(const struct guard_input *in, struct guard_dialect *d);

/* "delimited text", "SAS (sas7bdat)" */
const char *guard_format_name(enum guard_format format);
/* By the first bytes and, where they say nothing, the name. ERR_FORMAT as above. */
MUST_CHECK int guard_format_find(enum guard_format *ret, struct view first, const char *path,
    struct err *err);

#endif
