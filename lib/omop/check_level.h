/*
 * One row of a table, field or concept level file becomes checks. For
 * lib/omop's own files.
 */
#ifndef OMOP_CHECK_LEVEL_H
#define OMOP_CHECK_LEVEL_H

#include "omop/check_facts.h"
#include "omop/wide.h"

enum omop_check_level omop_level_parse(struct view name);
enum omop_severity omop_severity_parse(struct view name);
/* The one file of the folder whose name ends so; the caller frees. */
MUST_CHECK int omop_level_find(const char *folder, const char *suffix, char **ret,
    struct err *err);
/* A cell that names a table or a field, in lower case. ERR_FORMAT when it is no such name. */
MUST_CHECK int omop_level_name(const struct wide *w, struct arena *arena, const char *column,
    const char **ret, struct err *err);
/* The field's name in the CDM's version; NULL when that version has none. "*": the table. */
const char *omop_level_translate(struct omop_facts *facts, const char *table, const char *field);

/* ERR_FORMAT names file and line. A row of what the CDM's version lacks adds nothing. */
MUST_CHECK int omop_level_add_table(struct omop_facts *facts, const struct wide *w,
    struct err *err);
MUST_CHECK int omop_level_add_field(struct omop_facts *facts, const struct wide *w,
    struct err *err);
MUST_CHECK int omop_level_add_concept(struct omop_facts *facts, const struct wide *w,
    struct err *err);

#endif
