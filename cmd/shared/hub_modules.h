/* The parts of a hub that keep records, in the order in which their tables are made. */
#ifndef CMD_SHARED_HUB_MODULES_H
#define CMD_SHARED_HUB_MODULES_H

#include <stddef.h>

static const char *const hub_modules[] = {"store", "mail", "account", "desk", "register",
    "catalog", NULL};

#endif
