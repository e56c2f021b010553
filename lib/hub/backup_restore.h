/* A restore on its way: what judging, loading and placing share. */
#ifndef HUB_BACKUP_RESTORE_H
#define HUB_BACKUP_RESTORE_H

#include "hub/backup.h"
#include "hub/backup_archive.h"
#include "io/file.h"
#include "store/migrate.h"
#include "store/table.h"

struct hub_restore {
	const struct hub_restore_options *o;
	struct out_folder *out;
	const char *folder; /* in the making */
	bool placed;        /* it is where it should be, before the records are */
	struct audit *audit;
	struct hub_conf conf;
	struct store_migrations migrations;
	int64_t audit_records;
	char audit_root[SHA256_HEX_SIZE];
	char sums[SHA256_HEX_SIZE]; /* of the list of files that is signed */
	uint64_t bytes;             /* of all files */
	struct hub_archive archive;
	struct store_tables tables;
	struct progress *progress;
	struct hub_backup_counts *counts;
};

/*
 * The first reading: the list of files is what the file holds, and is signed by this
 * hub's key. Until then only hub.conf and the keys are written, 1 MiB at most.
 */
MUST_CHECK int hub_restore_judge(struct hub_restore *r, struct err *err);
/* The rows of the file that the archive is at. */
MUST_CHECK int hub_restore_rows(struct hub_restore *r, struct store_tx *tx, struct err *err);

#endif
