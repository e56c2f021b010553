/*
 * Checks that look concepts up: keys, domain, class, standard; gender; units.
 * Tables are counted by concept first, so that the vocabulary is read once.
 * For lib/omop's own files.
 */
#ifndef OMOP_CHECK_CONCEPT_H
#define OMOP_CHECK_CONCEPT_H

#include "omop/check_cdm.h"

MUST_CHECK int omop_concept_begin(struct omop_cdm *cdm, const struct omop_check_result *result,
    struct err *err);
/* One table; its values have been counted. */
MUST_CHECK int omop_concept_count(struct omop_cdm *cdm, const struct omop_check_result *result,
    const struct omop_cdm_table *table, struct err *err);
MUST_CHECK int omop_concept_end(struct omop_cdm *cdm, struct omop_check_result *result,
    struct err *err);

#endif
