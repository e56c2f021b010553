/*
 * Bytes that must not reach a disk: keys and opened rows. They live in locked
 * pages between guard pages (sodium_malloc) and are wiped when they go.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "base/base.h"

#define AUTO_SECRET AUTO(secret_free)

/*
 * `size` zeroed bytes, also the first call of every user of libsodium here.
 * ERR_INTERNAL with a hint when the system refuses to lock them (ulimit -l).
 */
MUST_CHECK int secret_new(void *ret, size_t size, struct err *err);
/* `secret` is the address of the pointer. Fine on NULL. */
void secret_free(void *secret);

#endif
