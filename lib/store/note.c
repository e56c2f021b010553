#include "store/note.h"

#include "base/base64.h"
#include "base/hash.h"

enum { KEY_ID = 4,
	SIGNED_BYTES = KEY_ID + crypto_sign_BYTES };

#define DASH "\xe2\x80\x94 " /* an em dash */

/* SHA-256(name, newline, 0x01 for Ed25519, public key), its first 4 bytes. */
static void key_id(struct view name, const struct note_key *key, unsigned char ret[KEY_ID])
{
	AUTO_SHA256 struct hash_sha256 *h = hash_sha256_new();
	unsigned char digest[SHA256_BYTES];

	hash_sha256_add(h, name);
	hash_sha256_add(h, VIEW_LIT("\n\x01"));
	hash_sha256_add(h, (struct view){(const char *)key->public_key, sizeof(key->public_key)});
	hash_sha256_end(h, digest);
	memcpy(ret, digest, KEY_ID);
}

void note_sign(struct view text, const char *name, const struct note_key *key,
    struct str *ret_note)
{
	unsigned char signature[SIGNED_BYTES];

	key_id(VIEW(name), key, signature);
	crypto_sign_detached(signature + KEY_ID, NULL, (const unsigned char *)text.ptr, text.len,
	    key->secret_key);
	str_add(ret_note, text);
	str_addf(ret_note, "\n" DASH "%s ", name);
	base64_add(ret_note, (struct view){(const char *)signature, sizeof(signature)});
	str_addc(ret_note, '\n');
}

static bool is_signed(struct view line, struct view text, const struct note_key *key,
    struct view *ret_name)
{
	unsigned char signature[SIGNED_BYTES], id[KEY_ID];

	if (!view_starts(line, VIEW_LIT(DASH)))
		return false;
	line = (struct view){line.ptr + strlen(DASH), line.len - strlen(DASH)};
	if (!view_next(&line, ' ', ret_name) || ret_name->len == 0 ||
	    base64_decode(signature, sizeof(signature), line) != sizeof(signature))
		return false;
	key_id(*ret_name, key, id);
	return memcmp(id, signature, KEY_ID) == 0 &&
	       crypto_sign_verify_detached(signature + KEY_ID, (const unsigned char *)text.ptr,
		   text.len, key->public_key) == 0;
}

/* Behind the last empty line: signatures have none among them. */
static bool split(struct view note, struct view *ret_text, struct view *ret_lines)
{
	for (size_t i = note.len; i >= 2; i--) {
		if (note.ptr[i - 1] != '\n' || note.ptr[i - 2] != '\n')
			continue;
		*ret_text = (struct view){note.ptr, i - 1};
		*ret_lines = (struct view){note.ptr + i, note.len - i};
		return ret_lines->len > 0 && note.ptr[note.len - 1] == '\n';
	}
	return false;
}

int note_open(struct view note, const struct note_key *key, struct view *ret_text,
    struct view *ret_name, struct err *err)
{
	struct view lines, line;

	if (!split(note, ret_text, &lines))
		return err_set(err, ERR_FORMAT, "not a signed note");
	while (view_next(&lines, '\n', &line))
		if (is_signed(line, *ret_text, key, ret_name))
			return 0;
	return err_set(err, ERR_DENIED, "this key has not signed it");
}
