/*
 * What a folder of SNDS tables looks like beside published figures: rows a
 * patient, shares of diagnoses, stay lengths, ages (data/profile.csv, each
 * figure with its source).
 */
#ifndef SNDS_PROFILE_H
#define SNDS_PROFILE_H

#include "report/report.h"
#include "table/db.h"

/*
 * Read `folder` and make the report; a measure whose table is missing has no
 * value. ERR_FORMAT without IR_BEN_R or any year of T_MCOaaB.
 */
MUST_CHECK int snds_profile_run(struct report **ret, const char *folder,
    const struct table_options *options, struct err *err);

#endif
