#include "shared/serve.h"
#include "base/command.h"
#include "base/log.h"
#include "portal/portal.h"
#include "shared/hub_modules.h"

struct args {
	const char *hub;
	const char *listen;
	bool quiet;
};

static const struct args defaults = {.hub = "."};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.name = "hub", .kind = OPT_TEXT, .offset = offsetof(struct args, hub), .value = "DIR",
        .help = "folder of the hub"},
    {.name = "listen", .kind = OPT_TEXT, .offset = offsetof(struct args, listen),
        .value = "ADDRESS:PORT", .help = "instead of what hub.conf says; port 0 is a free one"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no line about what is served"},
    {0},
};
/* clang-format on */

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_HUB struct hub *hub = NULL;

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (hub_open(&hub, a->hub, PORTAL_READERS, hub_modules, err) < 0)
		return -1;
	return serve_hub(hub, a->hub, a->listen, err);
}

const struct command cmd_serve = {
    .name = "serve",
    .summary = "the site of a hub",
    .about = "Serves the pages and the API of a hub until Ctrl-C. hub.conf says where it listens\n"
	     "and whether with TLS. On the open internet, put a proxy in front of it.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
