/* What the writer and the reader of a backup share. */
#ifndef HUB_BACKUP_INSIDE_H
#define HUB_BACKUP_INSIDE_H

#include "store/audit.h"

#define HUB_BACKUP_FORMAT "hygie-hub-backup-1"
#define HUB_SUMS "sha256sums"
#define HUB_SUMS_SIGNED "sha256sums.signed"

/* A line of sha256sums. */
void hub_sums_add(struct str *sums, const char *hex, const char *name);
/* A note "ORIGIN/backup, SHA-256 of the sums". */
void hub_sums_sign(struct str *ret_note, struct view sums, const struct audit *audit);
/* ERR_DENIED, ERR_FORMAT: not signed by this hub's key, or not over these sums. */
MUST_CHECK int hub_sums_check(struct view note, const char *sums_hex, const struct audit *audit,
    struct err *err);

/* The head that is in force and signed; size 0 before the first record. */
MUST_CHECK int hub_audit_head(struct checkpoint *ret, struct store_tx *tx,
    const struct audit *audit, struct err *err);

/* "attachments/ab/abcd...", by the SHA-256 of what it holds. */
bool hub_is_attachment(struct view name);
/* "audit/checkpoint-12": ret_size 12. */
bool hub_is_checkpoint(struct view name, uint64_t *ret_size);

/* hub.conf with another line "store = ". */
void hub_conf_with_store(struct str *ret, struct view text, const char *store);

#endif
