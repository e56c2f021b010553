/*
 * A CDM opened for checking: for each table of `facts` a view cdm_NAME with
 * every field of it and its bad_FIELD (table_source_view_tolerant); a table
 * that is absent is an empty view. For lib/omop's own files.
 */
#ifndef OMOP_CHECK_CDM_H
#define OMOP_CHECK_CDM_H

#include "omop/check_facts.h"

struct omop_cdm {
	struct table_db *db;
	struct table_source *source;
	struct omop_facts *facts;
};

#define AUTO_CDM AUTO(omop_cdm_close)

MUST_CHECK int omop_cdm_open(struct omop_cdm *cdm, struct table_db *db, const char *path,
    struct err *err);
void omop_cdm_close(struct omop_cdm *cdm);
/* 5.3 when cdm_source says so, else 5.4. */
MUST_CHECK int omop_cdm_version(struct omop_cdm *cdm, enum omop_cdm_version *ret,
    struct err *err);
/* Make the views; sets `found` of tables and fields. */
MUST_CHECK int omop_cdm_view(struct omop_cdm *cdm, struct omop_facts *facts, struct err *err);
/*
 * While one table is counted it is read many times: keep it in the database,
 * converted, when it is text and the memory suffices; otherwise nothing
 * changes. `release` ends that.
 */
MUST_CHECK int omop_cdm_keep(struct omop_cdm *cdm, struct omop_cdm_table *t, bool *ret_kept,
    struct err *err);
MUST_CHECK int omop_cdm_release(struct omop_cdm *cdm, struct omop_cdm_table *t,
    struct err *err);
/* The first row of cdm_source into the result. */
MUST_CHECK int omop_cdm_describe(struct omop_cdm *cdm, struct omop_check_result *result,
    struct err *err);
/* What messages call the table: its file. */
const char *omop_cdm_label(const struct omop_cdm *cdm, const char *table);

#endif
