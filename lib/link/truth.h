/*
 * Who is who in truth: a file of records and their entity, or of all true
 * pairs.
 *
 *   ID,cluster        ID is the run's id column, or unique_id, id; the second is called
 *                     cluster, entity, entity_id, person or truth
 *   *_l,*_r[,score]   the two ids of each true pair; with a column clerical_match_score,
 *                     only rows of 0.5 and more
 */
#ifndef LINK_TRUTH_H
#define LINK_TRUTH_H

#include "link/records.h"

/*
 * entity[record]: records of one entity have one number, a record that the
 * file does not name has a number of its own. *ret_named: how many it names.
 */
MUST_CHECK int link_truth_read(const struct link_records *r, const char *id_column,
    const char *path, uint32_t *entity, size_t *ret_named, struct err *err);

#endif
