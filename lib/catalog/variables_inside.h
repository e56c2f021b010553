/* What variables.c and variables_values.c share. */
#ifndef CATALOG_VARIABLES_INSIDE_H
#define CATALOG_VARIABLES_INSIDE_H

#include "catalog/variables.h"
#include "io/json.h"

/* A table of a report by its identifier, or NULL. */
const json_t *catalog_report_table(const json_t *report, const char *id);
/* A cell of one of its rows: an object by column, or an array in their order. */
const json_t *catalog_report_cell(const json_t *table, const json_t *row, const char *name);
const char *catalog_report_text(const json_t *table, const json_t *row, const char *name);

/* Frequent values of the variables that were just added, as notes of their table. */
void catalog_values_add(const struct catalog_variables *v, const json_t *report);

#endif
