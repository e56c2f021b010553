/*
 * Checkpoints of the audit log, put where they outlive the records: into
 * audit/, and to the folder or the address that hub.conf names.
 */
#ifndef HUB_PUBLISH_H
#define HUB_PUBLISH_H

#include "hub/hub.h"

/*
 * Into both folders; a folder that fails does not keep the other from its own.
 * Errors: audit_publish (store/audit.h), of which ERR_FORMAT says that the
 * records are no longer what was published.
 */
MUST_CHECK int hub_publish(const struct hub *h, struct err *err);
/* Queues the checkpoint in force as a mail, where hub.conf names an address. */
MUST_CHECK int hub_publish_mail(const struct hub *h, int64_t now, struct err *err);
/* All folders of checkpoints a hub knows of, and `more` (may be NULL); ends with NULL. */
enum { HUB_CHECKPOINT_FOLDERS = 4 };
struct hub_checkpoints {
	char *own, *elsewhere;
	const char *folders[HUB_CHECKPOINT_FOLDERS];
};
#define AUTO_HUB_CHECKPOINTS AUTO(hub_checkpoints_clear)
void hub_checkpoints_find(struct hub_checkpoints *ret, const struct hub *h, const char *more);
void hub_checkpoints_clear(struct hub_checkpoints *c);

#endif
