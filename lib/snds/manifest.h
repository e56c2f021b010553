/* manifest.json: what was made of what; the last file of the folder. */
#ifndef SNDS_MANIFEST_H
#define SNDS_MANIFEST_H

#include "snds/synth.h"

/* No time, no host, no path: same options, same bytes. */
MUST_CHECK int snds_manifest_write(const struct snds_synth_options *o,
    const struct snds_synth_result *result, const char *folder, struct err *err);

#endif
