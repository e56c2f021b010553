#include "base/command.h"
#include "base/embed.h"
#include "base/log.h"
#include "hub/hub.h"
#include "io/file.h"
#include "shared/hub_modules.h"

struct args {
	const char *folder;
	const char *conf;
	bool quiet;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, folder), .value = "DIR",
        .help = "folder to make", .required = true},
    {.name = "conf", .kind = OPT_TEXT, .offset = offsetof(struct args, conf), .value = "FILE",
        .help = "its hub.conf (default: one to edit)"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    {0},
};
/* clang-format on */

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_STR struct str text = {0};

	if (a->quiet)
		log_set_level(LOG_QUIET);
	str_add(&text, a->conf ? VIEW_NONE : embed_find("hub/data/hub.conf"));
	if ((a->conf && file_read(a->conf, HUB_CONF_MAX, &text, err) < 0) ||
	    hub_init(a->folder, str_view(&text), hub_modules, err) < 0)
		return -1;
	log_info("a hub in %s: edit hub.conf there, keep keys/ safe", a->folder);
	return 0;
}

const struct command cmd_hub_init = {
    .name = "hub init",
    .summary = "make the folder of a hub",
    .about = "Makes its keys, its tables, and a hub.conf to edit. The folder must be missing or\n"
	     "empty.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
