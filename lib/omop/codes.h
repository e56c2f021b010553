/*
 * Codes become concepts: the distinct codes of the tables are read, their ids
 * computed by concept_id.h, and the answer stands in the table `code`
 * (vocabulary, code, concept_id, concept_code, name, domain, class, rows) for the
 * output views to join. A code outside its vocabulary's form has concept 0.
 */
#ifndef OMOP_CODES_H
#define OMOP_CODES_H

#include "omop/concept_id.h"
#include "table/db.h"

struct omop_code_count {
	int64_t codes;   /* distinct */
	int64_t rows;    /* that name them */
	int64_t unknown; /* distinct codes outside the form */
	int64_t unknown_rows;
	int64_t mapped;      /* distinct codes that have a standard concept */
	int64_t mapped_rows; /* that name them */
};

/* `folder` takes one temporary file. */
MUST_CHECK int omop_codes_make(struct table_db *db, const char *folder,
    struct omop_code_count ret_counts[OMOP_VOCABULARIES], struct err *err);

#endif
