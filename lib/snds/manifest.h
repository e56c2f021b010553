/* manifest.json: what was made of what; the last file of the folder. */
#ifndef SNDS_MANIFEST_H
#define SNDS_MANIFEST_H

#include "snds/synth.h"

/* Bytes and SHA-256 of every file of `result` below `folder`. */
MUST_CHECK int snds_manifest_hash(struct snds_synth_result *result, const char *folder,
    int threads, struct err *err);
/* No time, no host, no path: same options, same bytes. */
MUST_CHECK int snds_manifest_write(const struct snds_synth_options *o,
    const struct snds_synth_result *result, const char *folder, struct err *err);

#endif
