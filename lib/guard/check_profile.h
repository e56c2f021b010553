/* The checks that a scan answers by itself: faults of the file, the profile of each variable. */
#ifndef GUARD_CHECK_PROFILE_H
#define GUARD_CHECK_PROFILE_H

#include "guard/check.h"
#include "guard/evidence.h"

/*
 * Adds to `ret`. `f` says what may be told. `table` is "" for one file. `today`: what lies in a
 * later month is in the future. Without columns (structure only) the variables are left out.
 */
void guard_check_profile(struct guard_checks *ret, const struct guard_csv *c,
    const struct guard_findings *f, const char *table, bool structure_only, date_t today);

#endif
