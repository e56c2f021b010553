/*
 * Files and folders that appear whole or not at all: written under a
 * temporary name beside the target, synced, renamed. A killed run leaves the
 * target as it was; the next run removes what it left behind.
 */
#ifndef IO_FILE_H
#define IO_FILE_H

#include "base/str.h"

/* The whole file. ERR_LIMIT beyond max_bytes. */
MUST_CHECK int file_read(const char *path, size_t max_bytes, struct str *ret, struct err *err);
/* Atomic, mode 0666 & ~umask. */
MUST_CHECK int file_write(const char *path, struct view bytes, struct err *err);

bool path_exists(const char *path);
bool path_is_folder(const char *path);
/* "a/b"; the caller frees. */
char *path_join(const char *folder, const char *name);
/* Last component, borrowed. */
const char *path_base(const char *path);
/* mkdir -p. */
MUST_CHECK int path_make_folder(const char *path, struct err *err);
/* rm -r; a missing path is fine. */
MUST_CHECK int path_remove(const char *path, struct err *err);

/* A folder in the making. */
struct out_folder {
	char *target; /* what the user named */
	char *path;   /* write here: ".NAME.partial" beside it */
	int lock_fd;
	bool replace;
};

#define AUTO_OUT_FOLDER AUTO(out_folder_discard)

/*
 * Begin. An existing target is refused with a hint (--force) unless `replace`;
 * leftovers of a killed run are removed; a second run at the same time is
 * refused (lock).
 */
MUST_CHECK int out_folder_open(struct out_folder *o, const char *target, bool replace,
    struct err *err);
/* Sync every file, then put the folder in place with one rename (or exchange). */
MUST_CHECK int out_folder_commit(struct out_folder *o, struct err *err);
/* Remove what was made; nothing after a commit. */
void out_folder_discard(struct out_folder *o);

#endif
