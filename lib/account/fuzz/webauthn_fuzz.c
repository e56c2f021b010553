/*
 * What a browser brings back, from hostile bytes: two bytes are the length of
 * clientDataJSON, then it, then an attestation object or authenticator data.
 */
#include "account/webauthn.h"
#include "account/webauthn_cbor.h"
#include "account/webauthn_parse.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_within(struct view part, struct view whole)
{
	return part.len == 0 ||
	       (part.ptr >= whole.ptr && part.ptr + part.len <= whole.ptr + whole.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct webauthn_site site = {"https://hub.example", "hub.example"};
	static const unsigned char challenge[WEBAUTHN_CHALLENGE] =
	    "the challenge of these tests 000";
	struct view asked = {(const char *)challenge, sizeof(challenge)}, rest, bytes;
	struct webauthn_attestation t;
	struct webauthn_key k;
	struct webauthn_data d;
	struct webauthn_answer a = {0};
	struct err err = {0};
	uint32_t count;
	size_t len;

	if (size < 2)
		return 0;
	len = MIN((size_t)data[0] << 8 | data[1], size - 2);
	a.client_data = (struct view){(const char *)data + 2, len};
	bytes = rest = (struct view){(const char *)data + 2 + len, size - 2 - len};
	a.attestation = a.authenticator = a.signature = bytes;
	if (webauthn_parse_attestation(&t, bytes) && webauthn_parse_data(&d, t.data)) {
		if (!is_within(d.key, bytes) || !is_within(d.id, bytes))
			abort();
		a.id = d.id;
		(void)!webauthn_register(&k, &site, asked, &a, &err);
	}
	if (webauthn_parse_data(&d, bytes) && !is_within(d.site, bytes))
		abort();
	while (cbor_take_item(&rest, NULL))
		;
	k = (struct webauthn_key){.id = a.id, .algorithm = -8, .len = 32};
	(void)!webauthn_assert(&k, &site, asked, &a, WEBAUTHN_PRESENCE, &count, &err);
	return 0;
}
