/*
 * Token buckets: how much an address or an account may ask at once. A table of
 * fixed size: when it is full, the entry that was idle longest gives way.
 */
#ifndef PORTAL_BUCKET_H
#define PORTAL_BUCKET_H

#include "base/view.h"

struct buckets;

#define AUTO_BUCKETS AUTO(buckets_free)

/* `burst` at once, then `per_second`. */
struct buckets *buckets_new(double burst, double per_second);
void buckets_free(struct buckets **b);
/* Takes one from the bucket of `key`; false: it is empty. Safe from several threads. */
bool buckets_take(struct buckets *b, struct view key, int64_t now_us);

#endif
