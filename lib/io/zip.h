/*
 * A ZIP archive in memory (PKWARE APPNOTE 6.3.10), its files stored as they are:
 * what goes in is packed already, or small. The same files give the same bytes:
 * every file is of 1 January 1980.
 */
#ifndef IO_ZIP_H
#define IO_ZIP_H

#include "base/str.h"

enum { ZIP_FILES_MAX = 65535 };

struct zip_writer {
	struct str *out; /* begins empty; the caller's */
	struct str directory;
	size_t files;
};

#define AUTO_ZIP_WRITER AUTO(zip_writer_clear)

void zip_writer_clear(struct zip_writer *z);
/* name: UTF-8, '/' parts folders. ERR_LIMIT: too many files, or more than 4 GiB. */
MUST_CHECK int zip_add(struct zip_writer *z, const char *name, struct view bytes,
    struct err *err);
/* What a reader looks for at the end. */
void zip_end(struct zip_writer *z);

#endif
