/*
 * Refusals that can come in floods: pages that a person may not open, too many
 * requests, tries while one must wait. Each would be a record of the audit log,
 * and whoever wants could fill the disk. So they are counted in memory, and
 * written once a minute: one record for each actor or network, action and
 * minute, with how many there were; what finds no room in a table of fixed size
 * is counted together, by action. A crash loses at most the last minute's.
 */
#ifndef ACCOUNT_REFUSAL_H
#define ACCOUNT_REFUSAL_H

#include "base/view.h"

struct accounts;
struct account_act;
struct account_refusals;

enum { ACCOUNT_REFUSALS_KEPT = 128 }; /* records a minute, and one for each action beyond them */

struct account_refusals *account_refusals_new(void);
void account_refusals_free(struct account_refusals **r);

/* `what` (may be NULL): a name of ours for what was refused first, "GET /desk/{ref}". */
void account_refusal_add(struct account_refusals *r, const struct account_act *by,
    const char *action, const char *what);
/* Writes those whose minute is over; with `all`, every one. On failure they are kept. */
MUST_CHECK int account_refusals_write(struct accounts *a, int64_t now, bool all,
    struct err *err);

#endif
