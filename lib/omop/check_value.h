/*
 * The cells of the level files that hold more than a name. Text is put into
 * the result's arena. For lib/omop's own files.
 */
#ifndef OMOP_CHECK_VALUE_H
#define OMOP_CHECK_VALUE_H

#include "omop/check_facts.h"

/*
 * A bound: a number, 1950-01-01, today+1, year+1, or the Dashboard's
 * '19500101', DATEADD(dd,1,GETDATE()), YEAR(GETDATE())+1. *ret is a number or a
 * day. false when it is none of these or does not fit the type.
 */
bool omop_value_bound(const struct omop_facts *facts, struct view cell, enum table_type type,
    const char **ret);
/* "1, 2 ,-1" as "1,2,-1"; "" when empty. */
bool omop_value_ids(const struct omop_facts *facts, struct view cell, const char **ret);
/* "Male" or "Female". */
bool omop_value_gender(struct view cell, const char **ret);

#endif
