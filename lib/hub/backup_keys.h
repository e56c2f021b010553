/*
 * The keys of a hub as one sealed text: XSalsa20-Poly1305 under a key that
 * Argon2id makes of a passphrase (libsodium's crypto_pwhash, MODERATE).
 */
#ifndef HUB_BACKUP_KEYS_H
#define HUB_BACKUP_KEYS_H

#include "base/str.h"

/* Every NAME.key of the folder that is one line "hygie-...". */
MUST_CHECK int hub_keys_seal(struct str *ret, const char *folder, const char *passphrase,
    struct err *err);
/* Writes them (0600). ERR_DENIED: another passphrase, or a damaged text. */
MUST_CHECK int hub_keys_unseal(struct view sealed, const char *folder, const char *passphrase,
    struct err *err);
/* Keys of another folder; ERR_IO when audit.key or account.key is not there. */
MUST_CHECK int hub_keys_copy(const char *from, const char *folder, struct err *err);

#endif
