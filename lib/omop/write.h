/*
 * The output files: one a table of spec.h, its columns in OMOP's order and
 * types, rows in the order of their key, and manifest.json. For lib/omop's own
 * files.
 */
#ifndef OMOP_WRITE_H
#define OMOP_WRITE_H

#include "omop/build.h"
#include "omop/spec.h"

/* Each cdm_NAME view of sql/outputs.sql into `folder`; fills ret->files. */
MUST_CHECK int omop_write_tables(struct table_db *db, const struct omop_spec *spec,
    const char *folder, enum table_format format, struct progress *progress,
    struct omop_result *ret, struct err *err);
/* manifest.json: tool, input, files, filters; no time stamps. */
MUST_CHECK int omop_write_manifest(const char *folder, const struct omop_result *r,
    struct err *err);

#endif
