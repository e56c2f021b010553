/* hygie guard scan over one file: a report, or with --partial what the merge needs. */
#ifndef CMD_GUARD_ONE_H
#define CMD_GUARD_ONE_H

#include "shared/guard_scanned.h"

/* 0, 1 with findings; a policy decides alone. */
MUST_CHECK int guard_one_run(const struct guard_plan *p, struct err *err);

#endif
