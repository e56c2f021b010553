/*
 * A hub is a folder:
 *
 *   hub.conf      what it is (conf.h)
 *   hub.db        its records, unless they are on a PostgreSQL server
 *   keys/         Ed25519, 0600: audit.key signs the audit log, permit.key permits;
 *                 NAME.pub beside each may be given to anybody;
 *                 account.key seals the secrets of accounts and waiting mail
 *   audit/        published checkpoints of the audit log
 *   data/         bases, BASE/VERSION/, never changed
 *   spaces/       project spaces
 *   attachments/  files that were handed in, by their SHA-256
 *   outbox/       mail that no server takes
 */
#ifndef HUB_HUB_H
#define HUB_HUB_H

#include "hub/conf.h"
#include "store/audit.h"
#include "store/store.h"

struct hub {
	char *folder;
	struct hub_conf conf;
	struct store *store;
	struct audit *audit;     /* in guarded memory */
	unsigned char *seal_key; /* SECRET_KEY_SIZE bytes, in guarded memory */
};

#define AUTO_HUB AUTO(hub_close)

/*
 * Makes the folder, whole or not at all; it must be missing or empty. conf_text
 * is its hub.conf. The tables of `modules` (NULL-terminated) are made.
 */
MUST_CHECK int hub_init(const char *folder, struct view conf_text, const char *const *modules,
    struct err *err);
/* Opens what is there, and brings its tables up to date. `readers`: as store_open. */
MUST_CHECK int hub_open(struct hub **ret, const char *folder, int readers,
    const char *const *modules, struct err *err);
void hub_close(struct hub **h);
/* "keys/permit.key" as a path; the caller frees. */
char *hub_path(const struct hub *h, const char *name);

#endif
