/*
 * A text that somebody has signed: signed-note of C2SP, with Ed25519.
 *
 *   <the text, ends with a newline>
 *   <nothing>
 *   U+2014 NAME <4 bytes of key id and the signature, base64>
 */
#ifndef STORE_NOTE_H
#define STORE_NOTE_H

#include "base/str.h"

#include <sodium.h>

struct note_key {
	unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
	unsigned char secret_key[crypto_sign_SECRETKEYBYTES]; /* zeros: it only checks */
};

/* `text` ends with a newline; `name` has no space and no '+'. */
void note_sign(struct view text, const char *name, const struct note_key *key,
    struct str *ret_note);
/*
 * The text and the name under which this key has signed it; both borrow the
 * note. ERR_FORMAT: it is no note. ERR_DENIED: another key signed it, or nobody.
 */
MUST_CHECK int note_open(struct view note, const struct note_key *key, struct view *ret_text,
    struct view *ret_name, struct err *err);

#endif
