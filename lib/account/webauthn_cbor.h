/*
 * CBOR (RFC 8949) as CTAP2 writes it: definite lengths, no tags, few levels.
 * Walks over hostile bytes; nothing is allocated, nothing is read beyond the end.
 */
#ifndef ACCOUNT_WEBAUTHN_CBOR_H
#define ACCOUNT_WEBAUTHN_CBOR_H

#include "base/view.h"

enum cbor_major {
	CBOR_UNSIGNED,
	CBOR_NEGATIVE,
	CBOR_BYTES,
	CBOR_TEXT,
	CBOR_ARRAY,
	CBOR_MAP,
	CBOR_TAG,
	CBOR_SIMPLE,
};

/* The head of the next item, taken off *rest; false: there is none that may be. */
bool cbor_take_head(struct view *rest, enum cbor_major *ret_major, uint64_t *ret);
/* Bytes or text, taken off. */
bool cbor_take_string(struct view *rest, enum cbor_major major, struct view *ret);
/* A whole item, taken off: ret (may be NULL) is its bytes. */
bool cbor_take_item(struct view *rest, struct view *ret);

#endif
