#include "base/base64.h"

#include <sodium.h>

enum { PADDED = sodium_base64_VARIANT_ORIGINAL,
	FOR_ADDRESSES = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

void base64_add(struct str *out, struct view bytes)
{
	size_t at = out->len, size = sodium_base64_encoded_len(bytes.len, PADDED);

	str_pad(out, ' ', size); /* the last is the NUL */
	if (out->len < at + size)
		return; /* its maximum is reached, which it remembers */
	sodium_bin2base64(out->buf + at, size, (const unsigned char *)bytes.ptr, bytes.len,
	    PADDED);
	str_truncate(out, at + size - 1);
}

static int64_t decode(void *ret, size_t size, struct view text, int variant)
{
	size_t len;

	return sodium_base642bin(ret, size, text.ptr, text.len, NULL, &len, NULL, variant) == 0
	           ? (int64_t)len
	           : -1;
}

int64_t base64_decode(void *ret, size_t size, struct view text)
{
	return decode(ret, size, text, PADDED);
}

bool base64_read(struct view text, struct str *ret)
{
	AUTO_FREE char *bytes = mem_alloc(text.len + 1);
	int64_t len = base64_decode(bytes, text.len, text);

	if (len < 0)
		return false;
	str_add(ret, (struct view){bytes, (size_t)len});
	sodium_memzero(bytes, (size_t)len);
	return true;
}

void base64url_encode(char *ret, size_t size, const void *bytes, size_t len)
{
	sodium_bin2base64(ret, size, bytes, len, FOR_ADDRESSES);
}

int64_t base64url_decode(void *ret, size_t size, struct view text)
{
	return decode(ret, size, text, FOR_ADDRESSES);
}
