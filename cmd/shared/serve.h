/* What the commands share that serve a site. */
#ifndef CMD_SHARED_SERVE_H
#define CMD_SHARED_SERVE_H

#include "hub/hub.h"

/* Pages and API until Ctrl-C. `name`: in the line about it; `listen` NULL: as hub.conf says. */
MUST_CHECK int serve_hub(struct hub *hub, const char *name, const char *listen, struct err *err);

#endif
