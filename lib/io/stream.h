/*
 * The bytes of a file, one piece after the other; gzip and zstd, told by their
 * first bytes, are decompressed on the way (RFC 1952, RFC 8878; several
 * members one behind the other are one file).
 */
#ifndef IO_STREAM_H
#define IO_STREAM_H

#include "base/view.h"

enum { STREAM_PEEK_MAX = 1024 };

enum stream_format {
	STREAM_PLAIN,
	STREAM_GZIP,
	STREAM_ZSTD,
};

struct stream_limits {
	uint64_t ratio; /* of bytes out to bytes in, once 64 MiB are out; 0: 1,000 */
	uint64_t bytes; /* out; 0: no limit */
};

struct stream;

#define AUTO_STREAM AUTO(stream_close)

MUST_CHECK int stream_open(struct stream **ret, const char *path, struct stream_limits limits,
    struct err *err);
void stream_close(struct stream **s);
/*
 * Fill `ret` with up to `size` bytes; *ret_len is less before the end or a fault, 0 at
 * the end. ERR_FORMAT: compressed data end early, do not decompress or fail their
 * check sum; what stood before the fault was delivered. ERR_LIMIT: a limit.
 */
MUST_CHECK int stream_read(struct stream *s, unsigned char *ret, size_t size, size_t *ret_len,
    struct err *err);
/*
 * The first bytes, up to STREAM_PEEK_MAX, before any was read; they are read again later.
 * A fault of compressed data shows when they are. Borrowed.
 */
MUST_CHECK int stream_peek(struct stream *s, struct view *ret, struct err *err);
enum stream_format stream_format(const struct stream *s);

#endif
