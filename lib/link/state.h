/*
 * state.bin: what a linkage that is kept holds beside its model. Records as
 * rows of values with their ids, sources and clusters; the texts of the
 * values and how often each was counted when the model was made; the blocking
 * plan with its splits and every record's keys; the pairs kept.
 *
 * These are identities. The file is private (0600), in a private folder.
 */
#ifndef LINK_STATE_H
#define LINK_STATE_H

#include "link/run.h"

MUST_CHECK int link_state_write(const struct link_job *job, const char *path, struct err *err);
/*
 * Into a job that has its spec; the model and the weights of values are the
 * caller's. Damaged, of another format or not of this spec: ERR_FORMAT.
 */
MUST_CHECK int link_state_read(struct link_job *job, const char *path, struct err *err);
/* The same from an open file of `size` bytes. */
MUST_CHECK int link_state_read_file(struct link_job *job, FILE *file, uint64_t size,
    const char *path, struct err *err);
/* Leaders of clusters from their ids: the lowest record of each. */
void link_state_leaders(const uint32_t *cluster, size_t records, uint32_t *ret_of_record);

#endif
