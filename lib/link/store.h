/*
 * A linkage that goes on: records are added to what was found before, or leave
 * it, and no two records that have met are compared again.
 *
 *   clusters.csv   source,id,cluster: cluster is a number that stays
 *   pairs.csv      as of a run; those with a record of the last batch
 *   events.csv     batch,event,cluster,other,records (events.h)
 *   model.json     as the run made it, and so it stays
 *   state.bin      all else (state.h)
 *   manifest.json  spec, thresholds, one line a change
 *
 * The folder is private (0700) and replaced as a whole: a run that is killed
 * leaves the one before.
 */
#ifndef LINK_STORE_H
#define LINK_STORE_H

#include "io/file.h"
#include "link/events.h"
#include "link/run.h"

#include <jansson.h>

void link_kept_clear(struct link_kept *k);
/*
 * The next change; its input and SHA-256 are of the file at `input`. NULL: none is kept, since a
 * hash of few ids tells them.
 */
MUST_CHECK int link_store_note(struct link_kept *k, const char *what, const char *input,
    struct err *err);

/* The first batch: a finished run becomes a linkage that is kept. */
MUST_CHECK int link_store_begin(struct link_job *job, const struct link_run *o, const char *folder,
    struct err *err);
/* Make the next folder in the place of `folder`, for this process alone until it is put there. */
MUST_CHECK int link_store_lock(struct out_folder *out, const char *folder, struct err *err);
/* manifest.json and state.bin; not the model. */
MUST_CHECK int link_store_load(struct link_job *job, const char *folder, json_t **ret_manifest,
    struct err *err);
MUST_CHECK int link_store_read(struct link_job *job, const char *folder, const json_t *manifest,
    struct err *err);
/* The model, and the weights of all values that are known by now. */
MUST_CHECK int link_store_model(struct link_job *job, const char *folder, const json_t *manifest,
    struct err *err);
/*
 * All files. Records from `first` on are those of the last batch; `before` is the folder whose
 * events go on, or NULL.
 */
MUST_CHECK int link_store_write(const struct link_job *job, const char *folder,
    const char *before, const struct link_events *events, size_t first, struct err *err);

#endif
