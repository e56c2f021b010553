/* The checks of what cells of one row say together: gaps.h, units.h. */
#ifndef GUARD_CHECK_JOINT_H
#define GUARD_CHECK_JOINT_H

#include "guard/check.h"
#include "guard/evidence.h"

void guard_check_joint(struct guard_checks *ret, const struct guard_csv *c,
    const struct guard_findings *f, const char *table);

#endif
