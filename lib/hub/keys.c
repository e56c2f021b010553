#include "hub/keys.h"

#include "base/base64.h"
#include "base/secret.h"
#include "io/file.h"

#define SECRET "hygie-ed25519-secret "
#define PUBLIC "hygie-ed25519 "
#define SEAL "hygie-seal-key "

enum { TEXT_MAX = 512 };

static void add_line(struct str *out, const char *label, const unsigned char *bytes, size_t len)
{
	str_addz(out, label);
	base64_add(out, (struct view){(const char *)bytes, len});
	str_addc(out, '\n');
}

static int read_line(struct view text, const char *label, unsigned char *ret, size_t wanted)
{
	text = view_trim(text);
	if (!view_starts(text, VIEW(label)))
		return -1;
	text = (struct view){text.ptr + strlen(label), text.len - strlen(label)};
	return base64_decode(ret, wanted, text) == (int64_t)wanted ? 0 : -1;
}

static int write_both(const char *folder, const char *name, const struct note_key *key,
    struct str *secret, struct err *err)
{
	AUTO_FREE char *key_path = str_format("%s/%s.key", folder, name);
	AUTO_FREE char *pub_path = str_format("%s/%s.pub", folder, name);
	AUTO_STR struct str public = {0};

	add_line(secret, SECRET, key->secret_key, sizeof(key->secret_key));
	add_line(&public, PUBLIC, key->public_key, sizeof(key->public_key));
	return file_write_private(key_path, str_view(secret), err) < 0 ||
	               file_write(pub_path, str_view(&public), err) < 0
	           ? -1
	           : 0;
}

int hub_key_make(const char *folder, const char *name, struct err *err)
{
	struct note_key *key = NULL;
	struct str secret = {0};
	int status;

	if (secret_new(&key, sizeof(*key), err) < 0)
		return -1;
	crypto_sign_keypair(key->public_key, key->secret_key);
	status = write_both(folder, name, key, &secret, err);
	secret_wipe(&secret);
	secret_free(&key);
	return status;
}

int hub_key_read(struct note_key *ret, const char *folder, const char *name,
    struct err *err)
{
	AUTO_FREE char *path = str_format("%s/%s.key", folder, name);
	struct str text = {0};
	int status = file_read(path, TEXT_MAX, &text, err);

	if (status == 0 &&
	    read_line(str_view(&text), SECRET, ret->secret_key, sizeof(ret->secret_key)) < 0)
		status = err_set(err, ERR_FORMAT, "%s: not a key of a hub", path);
	secret_wipe(&text);
	if (status == 0)
		crypto_sign_ed25519_sk_to_pk(ret->public_key, ret->secret_key);
	return status;
}

int hub_seal_key_make(const char *folder, const char *name, struct err *err)
{
	AUTO_FREE char *path = str_format("%s/%s.key", folder, name);
	AUTO_SECRET_STR struct str text = {0};
	unsigned char key[SECRET_KEY_SIZE];

	randombytes_buf(key, sizeof(key));
	add_line(&text, SEAL, key, sizeof(key));
	sodium_memzero(key, sizeof(key));
	return file_write_private(path, str_view(&text), err);
}

int hub_seal_key_read(unsigned char *ret, const char *folder, const char *name, struct err *err)
{
	AUTO_FREE char *path = str_format("%s/%s.key", folder, name);
	AUTO_SECRET_STR struct str text = {0};

	if (file_read(path, TEXT_MAX, &text, err) < 0)
		return -1;
	return read_line(str_view(&text), SEAL, ret, SECRET_KEY_SIZE) < 0
	           ? err_set(err, ERR_FORMAT, "%s: not a key of a hub", path)
	           : 0;
}

int hub_public_key_read(struct note_key *ret, const char *path, struct err *err)
{
	AUTO_STR struct str text = {0};

	*ret = (struct note_key){0};
	if (file_read(path, TEXT_MAX, &text, err) < 0)
		return -1;
	if (read_line(str_view(&text), PUBLIC, ret->public_key, sizeof(ret->public_key)) < 0)
		return err_set(err, ERR_FORMAT, "%s: not a public key of a hub", path);
	return 0;
}
