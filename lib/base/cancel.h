/*
 * Ctrl-C stops cleanly: the handler sets a flag, loops ask for it, the error
 * path removes what was half made. A second Ctrl-C ends the process at once.
 */
#ifndef BASE_CANCEL_H
#define BASE_CANCEL_H

#include "base/base.h"

/* Handle SIGINT, SIGTERM and, unless it is ignored, SIGHUP; called once by main. */
void cancel_install(void);
bool cancel_requested(void);
/* -1 with ERR_CANCELLED once the user has asked to stop. */
MUST_CHECK int cancel_check(struct err *err);
/* For tests, and for a server that cancels one of its own jobs. */
void cancel_set(bool requested);

#endif
