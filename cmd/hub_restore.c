#include "base/command.h"
#include "base/log.h"
#include "base/secret.h"
#include "hub/backup.h"
#include "io/file.h"
#include "shared/exchange.h"
#include "shared/hub_modules.h"

#include <inttypes.h>

struct args {
	const char *archive, *hub, *store, *keys;
	bool quiet;
};

static const struct args defaults = {.store = "hub.db"};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, archive), .value = "FILE",
        .help = "what hygie hub backup wrote", .required = true},
    {.kind = OPT_TEXT, .offset = offsetof(struct args, hub), .value = "HUB",
        .help = "folder to make", .required = true},
    {.name = "keys", .kind = OPT_TEXT, .offset = offsetof(struct args, keys), .value = "PLACE",
        .help = "folder of the keys that were kept elsewhere, or the file with the passphrase"
                " of those in the backup"},
    {.name = "store", .kind = OPT_TEXT, .offset = offsetof(struct args, store), .value = "URL",
        .help = "postgresql://... of an empty database, or a file of the folder"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no progress, no closing line"},
    {0},
};
/* clang-format on */

static int check_store(const char *store, struct err *err)
{
	if (strcmp(store, defaults.store) == 0 ||
	    view_starts(VIEW(store), VIEW_LIT("postgresql://")) ||
	    view_starts(VIEW(store), VIEW_LIT("postgres://")))
		return 0;
	return err_set(err, ERR_USAGE, "--store is postgresql://..., or left out");
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_SECRET char *passphrase = NULL;
	bool folder = a->keys && path_is_folder(a->keys);
	struct hub_restore_options o = {
	    .archive = a->archive,
	    .folder = a->hub,
	    .store = a->store,
	    .keys = folder ? a->keys : NULL,
	    .modules = hub_modules,
	};
	struct hub_backup_counts c;
	struct progress progress;

	if (a->quiet)
		log_set_level(LOG_QUIET);
	progress_init(&progress, a->quiet);
	if (check_store(a->store, err) < 0 ||
	    exchange_passphrase_read(&passphrase, folder ? NULL : a->keys, err) < 0)
		return -1;
	o.passphrase = passphrase;
	if (hub_restore(&o, &progress, &c, err) < 0)
		return -1;
	if (c.went_on) {
		log_info("an earlier run had ended just before its end: the hub is whole");
		return 0;
	}
	log_info("%" PRIu64 " rows of %" PRIu64 " tables, %" PRIu64 " files; "
		 "the audit log of %" PRIu64 " records is whole",
	    c.rows, c.tables, c.files, c.audit_records);
	return 0;
}

const struct command cmd_hub_restore = {
    .name = "hub restore",
    .summary = "a hub out of a backup",
    .about = "Checks every file against the signed list before anything of it is kept, then\n"
	     "the records against each other and the audit log against its checkpoints. A hub\n"
	     "appears whole or not at all; what a killed run left, the next one ends or removes.\n"
	     "The records may move: from SQLite to PostgreSQL, and back.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
