/*
 * A file written as a stream that appears whole or not at all: into
 * ".NAME.partial" beside it, synced, renamed.
 */
#ifndef EXCHANGE_SINK_H
#define EXCHANGE_SINK_H

#include "base/base.h"

struct exchange_sink;

/* Missing parents are made. `is_private`: mode 0600, else 0666 & ~umask. */
MUST_CHECK int exchange_sink_open(struct exchange_sink **ret, const char *path, bool is_private,
    struct err *err);
MUST_CHECK int exchange_sink_add(struct exchange_sink *s, const void *bytes, size_t len,
    struct err *err);
/* Other bytes for the first `len`. */
MUST_CHECK int exchange_sink_rewrite(struct exchange_sink *s, const void *bytes, size_t len,
    struct err *err);
/* Sync and put in place. Frees on success. */
MUST_CHECK int exchange_sink_close(struct exchange_sink **s, struct err *err);
/* Remove what was written and free. Fine on NULL. */
void exchange_sink_discard(struct exchange_sink **s);

#endif
