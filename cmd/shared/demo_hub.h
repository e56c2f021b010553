/* The hub of the demonstration: how it is called, and who may sign in. */
#ifndef CMD_SHARED_DEMO_HUB_H
#define CMD_SHARED_DEMO_HUB_H

#include "base/base.h"

/* ERR_USAGE: DIR/hub is there, and not the hub of a demonstration. */
MUST_CHECK int demo_hub_check(const char *dir, struct err *err);
/* Writes DIR/hub.conf, and removes DIR/hub. */
MUST_CHECK int demo_hub_begin(const char *dir, struct err *err);
/* Accounts for each role in DIR/hub; prints how each signs in, which nothing else tells. */
MUST_CHECK int demo_hub_people(const char *dir, struct err *err);

#endif
