#include "base/clock.h"
#include "base/command.h"
#include "base/log.h"
#include "base/secret.h"
#include "hub/backup.h"
#include "shared/exchange.h"
#include "shared/hub_modules.h"

#include <inttypes.h>

struct args {
	const char *hub, *out, *keys;
	bool quiet;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, hub), .value = "HUB",
        .help = "folder of the hub", .required = true},
    {.name = "out", .kind = OPT_OUTPUT, .offset = offsetof(struct args, out), .value = "FILE",
        .help = "a .tar.zst (default standard output)"},
    {.name = "keys", .kind = OPT_TEXT, .offset = offsetof(struct args, keys), .value = "FILE",
        .help = "the keys too, sealed with the passphrase in FILE (default: without keys)"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no progress, no closing line"},
    {0},
};
/* clang-format on */

static int say(const struct args *a, const struct hub_backup_counts *c)
{
	log_info("%" PRIu64 " rows of %" PRIu64 " tables, %" PRIu64 " files, %s keys", c->rows,
	    c->tables, c->files, a->keys ? "with the" : "without");
	if (c->damaged > 0)
		log_warn("%" PRIu64 " attachments are not what was handed in: hygie hub check",
		    c->damaged);
	return c->damaged > 0;
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_HUB struct hub *hub = NULL;
	AUTO_SECRET char *passphrase = NULL;
	struct hub_backup_counts counts;
	struct progress progress;

	if (a->quiet)
		log_set_level(LOG_QUIET);
	progress_init(&progress, a->quiet);
	if (exchange_passphrase_read(&passphrase, a->keys, err) < 0 ||
	    hub_open(&hub, a->hub, 1, hub_modules, err) < 0 ||
	    hub_backup(hub, a->out, passphrase, clock_now_us(), &progress, &counts,
		err) < 0)
		return -1;
	return say(a, &counts);
}

const struct command cmd_hub_backup = {
    .name = "hub backup",
    .summary = "a hub in one file, while it serves",
    .about = "One snapshot of all records, what was handed in, hub.conf, and the audit log with\n"
	     "its checkpoints, as a signed .tar.zst for the owner's eyes. Without --keys, keep\n"
	     "keys/ elsewhere: without it nothing is restored. data/ and spaces/ are not in it.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
