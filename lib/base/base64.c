#include "base/base64.h"

#include <sodium.h>

enum { VARIANT = sodium_base64_VARIANT_ORIGINAL };

void base64_add(struct str *out, struct view bytes)
{
	size_t at = out->len, size = sodium_base64_encoded_len(bytes.len, VARIANT);

	str_pad(out, ' ', size); /* the last is the NUL */
	if (out->len < at + size)
		return; /* its maximum is reached, which it remembers */
	sodium_bin2base64(out->buf + at, size, (const unsigned char *)bytes.ptr, bytes.len,
	    VARIANT);
	str_truncate(out, at + size - 1);
}

bool base64_read(struct view text, struct str *ret)
{
	AUTO_FREE char *bytes = mem_alloc(text.len + 1);
	size_t len;

	if (sodium_base642bin((unsigned char *)bytes, text.len, text.ptr, text.len, NULL, &len,
		NULL, VARIANT) != 0)
		return false;
	str_add(ret, (struct view){bytes, len});
	sodium_memzero(bytes, len);
	return true;
}
