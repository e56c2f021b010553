/*
 * A file written piece by piece that appears whole or not at all, for what
 * does not fit in memory (file_write is for what does). Without a path the
 * pieces go to standard output; to a device or pipe they go as they come.
 */
#ifndef IO_OUT_FILE_H
#define IO_OUT_FILE_H

#include "base/view.h"

#include <stdio.h>

struct out_file {
	char *path, *partial;
	FILE *file;
};

#define AUTO_OUT_FILE AUTO(out_file_discard)

MUST_CHECK int out_file_open(struct out_file *o, const char *path, struct err *err);
/* For the owner's eyes only (0600), from its first moment; a device or pipe is as it is. */
MUST_CHECK int out_file_open_private(struct out_file *o, const char *path, struct err *err);
MUST_CHECK int out_file_add(struct out_file *o, struct view bytes, struct err *err);
/* Synced and renamed. */
MUST_CHECK int out_file_commit(struct out_file *o, struct err *err);
/* Removes what was not committed. Fine on {0}. */
void out_file_discard(struct out_file *o);

#endif
