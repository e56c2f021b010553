/*
 * A tar of plain files (POSIX.1-1988 ustar), compressed by zstd (RFC 8878),
 * written and read from front to end. Names are lower-case words, digits,
 * '.', '_' and '-', in folders: nothing absolute, nothing that begins with a
 * dot; at most TAR_NAME_MAX bytes. A reader refuses everything else that a tar
 * can hold: links, devices, long names, names with "..".
 */
#ifndef IO_TAR_H
#define IO_TAR_H

#include "base/view.h"

enum { TAR_NAME_MAX = 99 };

struct tar_writer;

#define AUTO_TAR_WRITER AUTO(tar_writer_discard)

/* Appears whole or not at all, for the owner's eyes (0600). `path` NULL: standard output. */
MUST_CHECK int tar_writer_open(struct tar_writer **ret, const char *path, struct err *err);
/* Then exactly `bytes` of it in tar_writer_add. */
MUST_CHECK int tar_writer_begin(struct tar_writer *w, const char *name, uint64_t bytes,
    struct err *err);
MUST_CHECK int tar_writer_add(struct tar_writer *w, struct view bytes, struct err *err);
MUST_CHECK int tar_writer_commit(struct tar_writer *w, struct err *err);
void tar_writer_discard(struct tar_writer **w);

struct tar_reader;

#define AUTO_TAR_READER AUTO(tar_reader_close)

struct tar_file {
	char name[TAR_NAME_MAX + 1];
	uint64_t bytes;
};

MUST_CHECK int tar_reader_open(struct tar_reader **ret, const char *path, struct err *err);
void tar_reader_close(struct tar_reader **r);
/* The next file: 1; 0 at the end of the tar; what was not read of the last is passed over. */
MUST_CHECK int tar_reader_next(struct tar_reader *r, struct tar_file *ret, struct err *err);
/* Up to `size` bytes of the file; *ret_len is 0 at its end. */
MUST_CHECK int tar_reader_read(struct tar_reader *r, void *ret, size_t size, size_t *ret_len,
    struct err *err);

/* Is it a name that may stand in such a tar? */
bool tar_name_is_plain(struct view name);

#endif
