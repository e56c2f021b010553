#include "store/checkpoint.h"

#include <stdio.h>

enum { KEY_ID = 4,
	SIGNED_BYTES = KEY_ID + crypto_sign_BYTES };

#define BASE64 sodium_base64_VARIANT_ORIGINAL
#define DASH "\xe2\x80\x94 " /* an em dash */

/* signed-note: SHA-256(name, newline, 0x01 for Ed25519, public key), its first 4 bytes. */
static void key_id(const char *origin, const struct checkpoint_key *key,
    unsigned char ret[KEY_ID])
{
	AUTO_SHA256 struct hash_sha256 *h = hash_sha256_new();
	unsigned char digest[SHA256_BYTES];

	hash_sha256_add(h, VIEW(origin));
	hash_sha256_add(h, VIEW_LIT("\n\x01"));
	hash_sha256_add(h,
	    (struct view){(const char *)key->public_key, sizeof(key->public_key)});
	hash_sha256_end(h, digest);
	memcpy(ret, digest, KEY_ID);
}

static void add_base64(struct str *out, const unsigned char *bytes, size_t len)
{
	char text[sodium_base64_ENCODED_LEN(SIGNED_BYTES, BASE64)];

	sodium_bin2base64(text, sizeof(text), bytes, len, BASE64);
	str_addz(out, text);
}

static void add_body(const struct checkpoint *c, struct str *out)
{
	str_addf(out, "%s\n%llu\n", c->origin, (unsigned long long)c->size);
	add_base64(out, c->root.bytes, SHA256_BYTES);
	str_addc(out, '\n');
}

void checkpoint_sign(const struct checkpoint *c, const struct checkpoint_key *key,
    struct str *ret_note)
{
	unsigned char signature[SIGNED_BYTES];
	AUTO_STR struct str body = {0};

	add_body(c, &body);
	key_id(c->origin, key, signature);
	crypto_sign_detached(signature + KEY_ID, NULL,
	    (const unsigned char *)str_get(&body), body.len, key->secret_key);
	str_add(ret_note, str_view(&body));
	str_addf(ret_note, "\n" DASH "%s ", c->origin);
	add_base64(ret_note, signature, sizeof(signature));
	str_addc(ret_note, '\n');
}

static bool from_base64(struct view text, unsigned char *ret, size_t wanted)
{
	size_t len;

	return sodium_base642bin(ret, wanted, text.ptr, text.len, NULL, &len, NULL, BASE64) == 0 &&
	       len == wanted;
}

/* The three lines; extension lines may follow and are signed with them. */
static bool read_body(struct view body, struct checkpoint *ret)
{
	struct view origin, size, root;
	int64_t n;

	if (!view_next(&body, '\n', &origin) || !view_next(&body, '\n', &size) ||
	    !view_next(&body, '\n', &root) || origin.len == 0 ||
	    origin.len >= CHECKPOINT_ORIGIN_MAX || size.len == 0 || size.ptr[0] == '+' ||
	    !view_to_i64(size, &n) || n < 0)
		return false;
	snprintf(ret->origin, sizeof(ret->origin), "%.*s", VIEW_ARG(origin));
	ret->size = (uint64_t)n;
	return from_base64(root, ret->root.bytes, SHA256_BYTES);
}

/* A line of a signature under this name by this key, over `body`. */
static bool is_signed(struct view line, struct view body, const char *origin,
    const struct checkpoint_key *key)
{
	unsigned char signature[SIGNED_BYTES], id[KEY_ID];
	struct view name;

	if (!view_starts(line, VIEW_LIT(DASH)))
		return false;
	line = (struct view){line.ptr + strlen(DASH), line.len - strlen(DASH)};
	if (!view_next(&line, ' ', &name) || !view_eq(name, VIEW(origin)) ||
	    !from_base64(line, signature, sizeof(signature)))
		return false;
	key_id(origin, key, id);
	return memcmp(id, signature, KEY_ID) == 0 &&
	       crypto_sign_verify_detached(signature + KEY_ID, (const unsigned char *)body.ptr,
		   body.len, key->public_key) == 0;
}

int checkpoint_open(struct checkpoint *ret, struct view note, const struct checkpoint_key *key,
    struct err *err)
{
	const char *gap = note.len <= CHECKPOINT_TEXT_MAX ? memmem(note.ptr, note.len, "\n\n", 2)
	                                                  : NULL;
	struct view body = {note.ptr, gap ? (size_t)(gap + 1 - note.ptr) : 0}, lines, line;

	if (!gap || !read_body(body, ret))
		return err_set(err, ERR_FORMAT, "not a checkpoint");
	lines = (struct view){gap + 2, note.len - body.len - 1};
	while (view_next(&lines, '\n', &line))
		if (is_signed(line, body, ret->origin, key))
			return 0;
	return err_set(err, ERR_DENIED, "a checkpoint that this key has not signed");
}
