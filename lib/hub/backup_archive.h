/*
 * The file of a backup, read from front to end: which part each file is, whether it belongs
 * there and is no bigger than such a part may be, and the hash of all that was read.
 */
#ifndef HUB_BACKUP_ARCHIVE_H
#define HUB_BACKUP_ARCHIVE_H

#include "base/hash.h"
#include "base/str.h"
#include "io/tar.h"

enum {
	HUB_PIECE = 1 << 17,
	HUB_SMALL_MAX = 1 << 20,
};

/* In the order in which they stand; those of one stage in any. */
enum hub_part {
	HUB_ABOUT,
	HUB_CONF,
	HUB_LOGO,
	HUB_PUBLIC_KEY,
	HUB_SEALED_KEYS,
	HUB_RECORDS,
	HUB_CHECKPOINT,
	HUB_ATTACHMENT,
	HUB_SUMS_LIST,
	HUB_SIGNATURE,
};

struct hub_archive {
	const char *path;
	struct tar_reader *tar;
	struct tar_file file;
	enum hub_part part;
	int stage;
	struct hash_sha256 *hash, *sums; /* of the file; of the list of files */
	uint64_t bytes;                  /* of the files that began */
};

#define AUTO_HUB_ARCHIVE AUTO(hub_archive_clear)

/* ERR_USAGE: no plain file, which a backup must be to be read twice. */
MUST_CHECK int hub_archive_open(struct hub_archive *a, const char *path, struct err *err);
void hub_archive_clear(struct hub_archive *a);
/* The next file; the signature is the last. ERR_FORMAT, ERR_LIMIT. */
MUST_CHECK int hub_archive_next(struct hub_archive *a, struct err *err);
/* Of the file: up to HUB_PIECE bytes; *ret_len is 0 at its end. */
MUST_CHECK int hub_archive_piece(struct hub_archive *a, char *piece, size_t *ret_len,
    struct err *err);
/* Behind its last piece: it stands in the list. */
void hub_archive_end(struct hub_archive *a, char ret_hex[SHA256_HEX_SIZE]);
/* All of it, of a part that is small. */
MUST_CHECK int hub_archive_whole(struct hub_archive *a, struct str *ret, struct err *err);
/* Read and hashed, not kept. */
MUST_CHECK int hub_archive_over(struct hub_archive *a, struct err *err);
/* Of HUB_SUMS_LIST: its SHA-256, when it lists just what was read. */
MUST_CHECK int hub_archive_sums(struct hub_archive *a, char ret_hex[SHA256_HEX_SIZE],
    struct err *err);
int hub_archive_misplaced(const struct hub_archive *a, struct err *err);

#endif
