/* The register's index, kept new by search/live.h; ctx is the struct store. */
#ifndef REGISTER_LIVE_H
#define REGISTER_LIVE_H

#include "register/index.h"
#include "search/live.h"

extern const struct search_live_kind register_live_kind;

#endif
