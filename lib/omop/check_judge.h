/*
 * From counts to a status, in the order in which the Dashboard decides: not
 * applicable when table or field is absent; error; not applicable when empty;
 * fail; pass. For lib/omop's own files.
 */
#ifndef OMOP_CHECK_JUDGE_H
#define OMOP_CHECK_JUDGE_H

#include "omop/check_facts.h"

/* Every check of the result; fills its counts. */
void omop_check_judge(const struct omop_facts *facts, struct omop_check_result *result);

#endif
