/*
 * Standard concepts from a folder that Athena (https://athena.ohdsi.org) makes:
 * CONCEPT.csv and CONCEPT_RELATIONSHIP.csv. data/athena.csv says which of its
 * vocabularies know our codes. The tables code_target and athena_used (see
 * sql/vocabulary.sql) hold the answer.
 */
#ifndef OMOP_VOCABULARY_H
#define OMOP_VOCABULARY_H

#include "mainbase/mainbase.h"
#include "omop/codes.h"

/* Before all else: ERR_IO when a file is not there. NULL is fine. */
MUST_CHECK int omop_vocabulary_find(const char *folder, struct err *err);
/*
 * After omop_codes_make. `folder` NULL: no code has a standard concept. Counts
 * how many codes and rows have one. ERR_IO: a file is not there. ERR_FORMAT: it
 * is not Athena's.
 */
MUST_CHECK int omop_vocabulary_make(struct mainbase *b, const char *folder,
    struct progress *progress, struct omop_code_count counts[OMOP_VOCABULARIES],
    struct err *err);

#endif
