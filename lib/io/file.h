/*
 * Files and folders that appear whole or not at all: written under a
 * temporary name beside the target, synced, renamed. A killed run leaves the
 * target as it was; the next run removes what it left behind.
 */
#ifndef IO_FILE_H
#define IO_FILE_H

#include "base/str.h"

/* The whole file, instead of what `ret` held. ERR_LIMIT beyond max_bytes. */
MUST_CHECK int file_read(const char *path, size_t max_bytes, struct str *ret, struct err *err);
/*
 * Atomic, mode 0666 & ~umask. A link's target is replaced, not the link; a
 * device or pipe (/dev/stdout) is written to. One writer a path at a time.
 */
MUST_CHECK int file_write(const char *path, struct view bytes, struct err *err);
/* The same for the owner's eyes only: mode 0600, whatever the umask and the file before. */
MUST_CHECK int file_write_private(const char *path, struct view bytes, struct err *err);
/* ERR_OUTPUT "PATH: cannot write: REASON" and what to do about it; returns -1. */
int file_write_error(const char *path, int errnum, struct err *err);

bool path_exists(const char *path);
bool path_is_folder(const char *path);
/* Both exist and are the same file or folder, whatever they are called. */
bool path_is_same(const char *a, const char *b);
/* "a/b"; the caller frees. */
char *path_join(const char *folder, const char *name);
/* Last component, borrowed; slashes behind it stay: "a/b/" gives "b/". */
const char *path_base(const char *path);
/* mkdir -p. */
MUST_CHECK int path_make_folder(const char *path, struct err *err);
/* The same; what it makes is for the owner's eyes only. */
MUST_CHECK int path_make_private_folder(const char *path, struct err *err);
/* rm -r; a missing path is fine. A link is removed, never followed. */
MUST_CHECK int path_remove(const char *path, struct err *err);

/* A folder in the making. */
struct out_folder {
	char *target; /* what the user named, without "/" and "/." at its end, links resolved */
	char *path;   /* write here: ".NAME.partial" beside it; NULL after a commit */
	int lock_fd;  /* of ".NAME.lock" */
	bool replace;
};

/* The file that marks a folder as made by hygie: only such a folder is ever replaced. */
#define OUT_FOLDER_MANIFEST "manifest.json"

#define AUTO_OUT_FOLDER AUTO(out_folder_discard)

/*
 * Begin; `o` is untouched on failure. Missing parents of the target are made.
 * An empty folder may stand there. Any other is refused with a hint (--force)
 * unless `replace`, and then too unless it holds OUT_FOLDER_MANIFEST: --force
 * never wipes what hygie did not make. Leftovers of a killed run are removed;
 * a second run at the same time is refused (flock). All of these: ERR_USAGE.
 */
MUST_CHECK int out_folder_open(struct out_folder *o, const char *target, bool replace,
    struct err *err);
/*
 * Sync every file, then put the folder in place with one rename (or exchange;
 * where the file system knows none, the old folder steps aside as
 * ".NAME.hygie-old", and the next open puts it back should the run die at that
 * moment). ERR_CANCELLED after a Ctrl-C. On failure the target is as it was,
 * save when only the last step, the sync of its parent folder, failed.
 */
MUST_CHECK int out_folder_commit(struct out_folder *o, struct err *err);
/* Remove what was made (nothing after a commit) and free. Fine on {0}. */
void out_folder_discard(struct out_folder *o);

#endif
