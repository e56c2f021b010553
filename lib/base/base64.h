/* Bytes as text, and back (RFC 4648). */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/str.h"

/* Section 4, with its padding. */
void base64_add(struct str *out, struct view bytes);
/* False: it is none, or not as it should be written; `ret` is as it was. */
MUST_CHECK bool base64_read(struct view text, struct str *ret);
/* Into `size` bytes: how many there are; -1: as above, or more. */
MUST_CHECK int64_t base64_decode(void *ret, size_t size, struct view text);

/* Section 5, base64url, without padding: what stands in addresses, in cookies, in JOSE. */
#define BASE64URL_SIZE(bytes) (((bytes)*4 + 2) / 3 + 1)
/* ret has room for BASE64URL_SIZE(len), the NUL among them. */
void base64url_encode(char *ret, size_t size, const void *bytes, size_t len);
MUST_CHECK int64_t base64url_decode(void *ret, size_t size, struct view text);

#endif
