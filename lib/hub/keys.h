/* Ed25519 keys of a hub as text: "hygie-ed25519-secret BASE64", "hygie-ed25519 BASE64". */
#ifndef HUB_KEYS_H
#define HUB_KEYS_H

#include "store/note.h"

/* FOLDER/NAME.key (0600) and FOLDER/NAME.pub, new. */
MUST_CHECK int hub_key_make(const char *folder, const char *name, struct err *err);
/* Both halves of FOLDER/NAME.key. */
MUST_CHECK int hub_key_read(struct note_key *ret, const char *folder, const char *name,
    struct err *err);
/* FOLDER/NAME.key, new: SECRET_KEY_SIZE random bytes to seal with (base/secret.h). */
MUST_CHECK int hub_seal_key_make(const char *folder, const char *name, struct err *err);
MUST_CHECK int hub_seal_key_read(unsigned char *ret, const char *folder, const char *name,
    struct err *err);
/* The public half from a .pub file. */
MUST_CHECK int hub_public_key_read(struct note_key *ret, const char *path, struct err *err);

#endif
