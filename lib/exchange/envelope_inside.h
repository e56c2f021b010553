/* What the writer and the reader of envelopes share. */
#ifndef EXCHANGE_ENVELOPE_INSIDE_H
#define EXCHANGE_ENVELOPE_INSIDE_H

#include "exchange/envelope.h"

enum {
	CHUNK = EXCHANGE_CHUNK_BYTES,
	CHUNK_SEALED = CHUNK + crypto_secretstream_xchacha20poly1305_ABYTES,
	BOUND = 80,   /* of the manifest: associated data of every chunk */
	SIGNED = 120, /* of the manifest: up to the signature */
	SEAL = crypto_secretstream_xchacha20poly1305_KEYBYTES + crypto_box_SEALBYTES,
	STREAM_HEAD = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
	BODY_AT = EXCHANGE_MANIFEST_BYTES,
	CHUNKS_AT = BODY_AT + SEAL + STREAM_HEAD,
};

/* What is signed: these bytes, then the first 120 of the manifest. */
#define SIGN_DOMAIN "hygie exchange envelope 1"

struct signed_text {
	unsigned char bytes[sizeof(SIGN_DOMAIN) + SIGNED];
};

static inline struct signed_text signed_text(const unsigned char *manifest)
{
	struct signed_text t = {.bytes = SIGN_DOMAIN};

	memcpy(t.bytes + sizeof(SIGN_DOMAIN), manifest, SIGNED);
	return t;
}

/* The opened chunk and everything that opens it, in secret memory. */
struct secret_stream {
	unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
	crypto_secretstream_xchacha20poly1305_state state;
	unsigned char chunk[CHUNK];
	unsigned char row[512];             /* a row that lies across two chunks */
	unsigned char sealed[CHUNK_SEALED]; /* a chunk as it stands in the file */
};

/* The pinned card of `name`, which must have that role. */
MUST_CHECK int exchange_card_of(const struct exchange_card **ret,
    const struct exchange_directory *d, const char *name, enum exchange_role role,
    struct err *err);

#endif
