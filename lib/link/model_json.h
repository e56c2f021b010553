/*
 * A model as JSON in the shape of Splink's settings (Splink 4 and 5 load it):
 * link_type, probability_two_random_records_match, comparisons with levels,
 * conditions in DuckDB's SQL on the standard values, blocking rules.
 *
 * Read back: comparisons by their column, levels by their conditions, written
 * as data/splink.csv has them. A condition that is none of those is refused.
 * Blocking rules: rule_sql.h.
 */
#ifndef LINK_MODEL_JSON_H
#define LINK_MODEL_JSON_H

#include "link/block.h"
#include "link/model.h"

#include <jansson.h>

void link_model_write(const struct link_model *m, const struct link_blocking *b,
    const struct link_spec *spec, struct str *out);
/*
 * Instead of what an initialised `m` holds of levels, m, u and lambda. A
 * comparison of the file that the records lack is ERR_FORMAT; one that the
 * file lacks leaves the model. `trained` tells which levels had numbers.
 */
MUST_CHECK int link_model_read(struct link_model *m, const struct link_records *r,
    const char *name, const json_t *root, struct err *err);

#endif
