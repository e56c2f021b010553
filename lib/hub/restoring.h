/*
 * A hub whose records are on a server is restored in two places. Its folder is put
 * in place before the records are committed, with a file "restoring" that says which
 * audit log they end with; the commit makes the hub, and the file goes afterwards.
 * Whoever finds it asks the records: they are there whole, or not at all.
 */
#ifndef HUB_RESTORING_H
#define HUB_RESTORING_H

#include "store/audit.h"

/* FOLDER/restoring. */
MUST_CHECK int hub_restoring_write(const char *folder, const struct checkpoint *head,
    struct err *err);
bool hub_is_restoring(const char *folder);
/*
 * 1: the records are there, the file is gone; 0: they are not, and it stays. ERR_FORMAT: they are
 * another hub's.
 */
MUST_CHECK int hub_restoring_settle(const char *folder, struct store *store,
    const struct audit *audit, struct err *err);
/*
 * What an earlier run left in the folder: 1: a hub that is whole now; 0: nothing, or half a
 * hub, which is removed.
 */
MUST_CHECK int hub_restoring_find(const char *folder, struct err *err);

#endif
