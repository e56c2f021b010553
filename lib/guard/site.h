/* The name of an establishment, where it may be told. */
#ifndef GUARD_SITE_H
#define GUARD_SITE_H

#include "guard/gaps.h"
#include "guard/profile.h"

#include "base/str.h"

/* Adds nothing when it may not be told, or no part tells it. */
void guard_site_name(struct str *out, const struct guard_csv *c, const struct guard_findings *f,
    const struct guard_group *group);

#endif
