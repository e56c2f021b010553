#include "account/webauthn_parse.h"

#include "account/webauthn.h"
#include "account/webauthn_cbor.h"
#include "base/base64.h"
#include "io/json.h"

#include <sodium.h>

enum {
	HASH = 32,
	HEAD = HASH + 1 + 4,
	AAGUID = 16,
	CHALLENGE_TEXT = 64,
};

static bool take(struct view *rest, size_t len, struct view *ret)
{
	if (len > rest->len)
		return false;
	*ret = (struct view){rest->ptr, len};
	*rest = (struct view){rest->ptr + len, rest->len - len};
	return true;
}

static uint32_t number_of(struct view big_endian)
{
	uint32_t n = 0;

	for (size_t i = 0; i < big_endian.len; i++)
		n = n << 8 | (unsigned char)big_endian.ptr[i];
	return n;
}

static bool take_map(struct view *rest, struct view *ret)
{
	return rest->len > 0 && (unsigned char)rest->ptr[0] >> 5 == CBOR_MAP &&
	       cbor_take_item(rest, ret);
}

/* Attested credential data (section 6.5.1). */
static bool take_key(struct view *rest, struct webauthn_data *ret)
{
	struct view maker, len;

	return take(rest, AAGUID, &maker) && take(rest, 2, &len) &&
	       number_of(len) > 0 && number_of(len) <= WEBAUTHN_ID_MAX &&
	       take(rest, number_of(len), &ret->id) && take_map(rest, &ret->key);
}

bool webauthn_parse_data(struct webauthn_data *ret, struct view bytes)
{
	struct webauthn_data d = {0};
	struct view rest = bytes, part;

	if (bytes.len < HEAD || bytes.len > WEBAUTHN_PART_MAX || !take(&rest, HASH, &d.site) ||
	    !take(&rest, 1, &part))
		return false;
	d.flags = (unsigned char)part.ptr[0];
	if (!take(&rest, 4, &part))
		return false;
	d.count = number_of(part);
	if ((d.flags & WEBAUTHN_HAS_KEY && !take_key(&rest, &d)) ||
	    (d.flags & WEBAUTHN_HAS_EXTENSIONS && !take_map(&rest, &part)) || rest.len > 0)
		return false;
	*ret = d;
	return true;
}

bool webauthn_parse_attestation(struct webauthn_attestation *ret, struct view bytes)
{
	struct webauthn_attestation a = {0};
	struct view rest = bytes, name;
	enum cbor_major major;
	uint64_t entries;

	if (bytes.len > WEBAUTHN_PART_MAX || !cbor_take_head(&rest, &major, &entries) ||
	    major != CBOR_MAP || entries != 3)
		return false;
	for (; entries > 0; entries--) {
		bool known;

		if (!cbor_take_string(&rest, CBOR_TEXT, &name))
			return false;
		if (view_eq(name, VIEW_LIT("fmt")) && !a.format.ptr)
			known = cbor_take_string(&rest, CBOR_TEXT, &a.format);
		else if (view_eq(name, VIEW_LIT("authData")) && !a.data.ptr)
			known = cbor_take_string(&rest, CBOR_BYTES, &a.data);
		else
			known = view_eq(name, VIEW_LIT("attStmt")) && !a.statement.ptr &&
			        take_map(&rest, &a.statement);
		if (!known)
			return false;
	}
	if (rest.len > 0)
		return false;
	*ret = a;
	return true;
}

static bool is_text(const json_t *object, const char *key, struct view want)
{
	const json_t *value = json_object_get(object, key);

	return json_is_string(value) &&
	       view_eq((struct view){json_string_value(value), json_string_length(value)}, want);
}

bool webauthn_client_is(struct view json, const char *type, struct view challenge,
    const char *origin)
{
	AUTO_JSON json_t *client = NULL;
	struct err unseen = {0};
	char text[CHALLENGE_TEXT];

	if (json.len == 0 || json.len > WEBAUTHN_PART_MAX ||
	    challenge.len != WEBAUTHN_CHALLENGE ||
	    json_parse(&client, "clientData", json, &unseen) < 0)
		return false;
	base64url_encode(text, sizeof(text), challenge.ptr, challenge.len);
	return is_text(client, "type", VIEW(type)) && is_text(client, "challenge", VIEW(text)) &&
	       is_text(client, "origin", VIEW(origin)) &&
	       !json_is_true(json_object_get(client, "crossOrigin")) &&
	       !json_object_get(client, "topOrigin");
}
