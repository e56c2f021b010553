/* manifest.json of a synthesis, for synth.c. */
#ifndef LINK_SYNTH_REPORT_H
#define LINK_SYNTH_REPORT_H

#include "link/synth.h"

/* Hashes the files of `folder`, then writes its manifest. */
MUST_CHECK int synth_manifest_write(const struct link_synth_options *o,
    struct link_synth_result *result, const char *folder, struct err *err);

#endif
