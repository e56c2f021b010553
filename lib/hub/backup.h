/*
 * A hub in one file, and a hub out of one. The file is a tar, compressed by
 * zstd (io/tar.h), of which any tool shows the parts:
 *
 *   backup.json                     format, time, migrations, head of the audit log
 *   hub.conf                        its store left out: it may hold a password
 *   logo                            where hub.conf names one
 *   keys/NAME.pub                   public halves
 *   keys.sealed                     the keys, under a passphrase; only when asked for
 *   records/TABLE/NNNNNN.jsonl      the rows of all tables (backup_rows.h)
 *   audit/checkpoint-N              published checkpoints
 *   attachments/XX/SHA256           files that were handed in
 *   sha256sums                      of all before it, as sha256sum -c reads it
 *   sha256sums.signed               its SHA-256, signed by audit.key (store/note.h)
 *
 * The rows are one snapshot; they are the same bytes whatever the store, so a
 * hub moves between SQLite and PostgreSQL. What is not in it: data/ and
 * spaces/, whose files never change and are copied as files; outbox/.
 *
 * Memory: 1 MiB and the longest row, 140 bytes a file.
 */
#ifndef HUB_BACKUP_H
#define HUB_BACKUP_H

#include "base/progress.h"
#include "hub/hub.h"

struct hub_backup_counts {
	uint64_t tables, rows, files, file_bytes, audit_records;
	uint64_t damaged; /* attachments that are no longer what was handed in */
	bool went_on;     /* of restore: an earlier run had done it but for its last step */
};

/*
 * The hub may be served meanwhile. `path` NULL: standard output. passphrase:
 * for the keys; NULL leaves them out. ERR_FORMAT: the log is not signed by this
 * hub; a text in the store is not UTF-8.
 */
MUST_CHECK int hub_backup(const struct hub *h, const char *path, const char *passphrase,
    int64_t now, struct progress *progress, struct hub_backup_counts *ret, struct err *err);

struct hub_restore_options {
	const char *archive, *folder;
	const char *store;      /* "postgresql://..." or "hub.db" */
	const char *passphrase; /* of keys.sealed, or NULL */
	const char *keys;       /* folder of the keys that were kept elsewhere, or NULL */
	const char *const *modules;
};

/*
 * The folder is missing or empty, and the store has no tables (ERR_USAGE). The file
 * is read twice: nothing of it is kept before its signature was found right. The
 * hub appears whole or not at all, also of a run that is killed: what that left is
 * finished or removed by the next one. ERR_FORMAT: the file is damaged, cut short,
 * or no backup; it was made by a newer hygie; its records do not fit each
 * other; its audit log is not what its checkpoints say. ERR_USAGE: it is no plain file.
 */
MUST_CHECK int hub_restore(const struct hub_restore_options *o, struct progress *progress,
    struct hub_backup_counts *ret, struct err *err);

#endif
