/*
 * Counting. One pass over a table counts its rows, its values and every check
 * that needs no other table; joins to birth, death and visit take one more pass
 * each for all fields; concepts are counted by value and looked up once at the
 * end. For lib/omop's own files.
 */
#ifndef OMOP_CHECK_RUN_H
#define OMOP_CHECK_RUN_H

#include "omop/check_cdm.h"

/* Fills `rows`, `filled` and `bad` of the facts, `violated` and `denominator` of the checks. */
MUST_CHECK int omop_check_run(struct omop_cdm *cdm, struct omop_check_result *result,
    struct progress *progress, struct err *err);

#endif
