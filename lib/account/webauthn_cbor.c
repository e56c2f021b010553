#include "account/webauthn_cbor.h"

enum { DEPTH_MAX = 4 }; /* CTAP2 canonical form (CTAP 2.1, section 8) */

static bool take(struct view *rest, size_t len, struct view *ret)
{
	if (len > rest->len)
		return false;
	*ret = (struct view){rest->ptr, len};
	*rest = (struct view){rest->ptr + len, rest->len - len};
	return true;
}

bool cbor_take_head(struct view *rest, enum cbor_major *ret_major, uint64_t *ret)
{
	struct view first, number;
	unsigned info;

	if (!take(rest, 1, &first))
		return false;
	*ret_major = (enum cbor_major)((unsigned char)first.ptr[0] >> 5);
	info = (unsigned char)first.ptr[0] & 31u;
	*ret = info;
	if (info < 24)
		return true;
	if (info > 27 || !take(rest, (size_t)1 << (info - 24), &number))
		return false;
	*ret = 0;
	for (size_t i = 0; i < number.len; i++)
		*ret = *ret << 8 | (unsigned char)number.ptr[i];
	return true;
}

bool cbor_take_string(struct view *rest, enum cbor_major major, struct view *ret)
{
	enum cbor_major found;
	uint64_t len;

	return cbor_take_head(rest, &found, &len) && found == major && len <= rest->len &&
	       take(rest, (size_t)len, ret);
}

static bool skip(struct view *rest, int depth)
{
	enum cbor_major major;
	struct view bytes;
	uint64_t n;

	if (depth > DEPTH_MAX || !cbor_take_head(rest, &major, &n))
		return false;
	switch (major) {
	case CBOR_UNSIGNED:
	case CBOR_NEGATIVE: return true;
	case CBOR_BYTES:
	case CBOR_TEXT: return n <= rest->len && take(rest, (size_t)n, &bytes);
	case CBOR_ARRAY:
	case CBOR_MAP:
		if (n > rest->len)
			return false;
		for (n = major == CBOR_MAP ? 2 * n : n; n > 0; n--)
			if (!skip(rest, depth + 1))
				return false;
		return true;
	case CBOR_SIMPLE: return n >= 20 && n <= 22; /* false, true, null */
	case CBOR_TAG: return false;
	}
	return false;
}

bool cbor_take_item(struct view *rest, struct view *ret)
{
	struct view whole = *rest;

	if (!skip(rest, 0))
		return false;
	if (ret)
		*ret = (struct view){whole.ptr, whole.len - rest->len};
	return true;
}
