/* Pairs and clusters as Parquet, in pieces on all threads, for write.c. */
#ifndef LINK_WRITE_PIECES_H
#define LINK_WRITE_PIECES_H

#include "link/run.h"

/* These edges in their order, into a new file. */
MUST_CHECK int link_write_pair_pieces(const struct link_job *job, const struct table_schema *schema,
    const char *path, const struct link_edge *edges, size_t count, struct err *err);
/* All records. */
MUST_CHECK int link_write_cluster_pieces(const struct link_job *job,
    const struct table_schema *schema, const char *path, struct err *err);

#endif
