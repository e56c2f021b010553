#include "hub/backup_keys.h"

#include "base/base64.h"
#include "base/secret.h"
#include "base/vec.h"
#include "io/file.h"

#include <dirent.h>
#include <sodium.h>
#include <stdlib.h>

#define LABEL "hygie-hub-keys-1 "
#define BOUND VIEW_LIT("hygie hub keys")

enum { KEY_TEXT_MAX = 512,
	NAME_SIZE = 32,
};

_Static_assert(SECRET_KEY_SIZE == crypto_secretbox_KEYBYTES, "secret_seal's key");

struct key_name {
	char text[NAME_SIZE];
};

struct names {
	VEC(struct key_name) all;
};

static void names_clear(struct names *n)
{
	vec_clear(&n->all);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

static bool is_key_name(struct view v)
{
	if (v.len < sizeof(".key") || v.len >= NAME_SIZE || !view_ends(v, VIEW_LIT(".key")))
		return false;
	for (size_t i = 0; i < v.len - strlen(".key"); i++)
		if (v.ptr[i] < 'a' || v.ptr[i] > 'z')
			return false;
	return true;
}

static int list_names(struct names *ret, const char *folder, struct err *err)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	if (!dir)
		return err_set(err, ERR_IO, "%s: cannot be read", folder);
	while ((entry = readdir(dir)))
		if (is_key_name(VIEW(entry->d_name)))
			memcpy(vec_push(&ret->all)->text, entry->d_name,
			    strlen(entry->d_name) + 1);
	closedir(dir);
	if (ret->all.len > 0)
		qsort(ret->all.ptr, ret->all.len, NAME_SIZE, by_name);
	return 0;
}

/* ret: the line; nothing when it is another kind of file. */
static int read_key(const char *folder, const char *name, struct str *ret, struct err *err)
{
	AUTO_FREE char *path = path_join(folder, name);
	AUTO_SECRET_STR struct str text = {0};
	struct view line;

	if (file_read(path, KEY_TEXT_MAX, &text, err) < 0)
		return err->code == ERR_LIMIT ? 0 : -1;
	line = view_trim(str_view(&text));
	if (view_starts(line, VIEW_LIT("hygie-")) && !memchr(line.ptr, '\n', line.len))
		str_add(ret, line);
	return 0;
}

static int gather(struct str *ret, const char *folder, struct err *err)
{
	AUTO(names_clear)
	struct names names = {0};

	if (list_names(&names, folder, err) < 0)
		return -1;
	for (size_t i = 0; i < names.all.len; i++) {
		AUTO_SECRET_STR struct str line = {0};

		if (read_key(folder, names.all.ptr[i].text, &line, err) < 0)
			return -1;
		if (line.len == 0)
			continue;
		str_addf(ret, "%s\n", names.all.ptr[i].text);
		str_add(ret, str_view(&line));
		str_addc(ret, '\n');
	}
	return 0;
}

static int derive(unsigned char *key, const char *passphrase, const unsigned char *salt,
    struct err *err)
{
	return crypto_pwhash(key, SECRET_KEY_SIZE, passphrase, strlen(passphrase), salt,
		   crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE,
		   crypto_pwhash_ALG_ARGON2ID13) == 0
	           ? 0
	           : err_set(err, ERR_INTERNAL, "not enough memory for a key of a passphrase");
}

int hub_keys_seal(struct str *ret, const char *folder, const char *passphrase, struct err *err)
{
	AUTO_SECRET unsigned char *key = NULL;
	AUTO_SECRET_STR struct str plain = {0};
	AUTO_STR struct str sealed = {0};
	unsigned char salt[crypto_pwhash_SALTBYTES];

	randombytes_buf(salt, sizeof(salt));
	if (secret_new(&key, SECRET_KEY_SIZE, err) < 0 || gather(&plain, folder, err) < 0 ||
	    derive(key, passphrase, salt, err) < 0)
		return -1;
	secret_seal(&sealed, key, BOUND, str_view(&plain));
	str_addz(ret, LABEL);
	base64_add(ret, (struct view){(const char *)salt, sizeof(salt)});
	str_addc(ret, ' ');
	base64_add(ret, str_view(&sealed));
	str_addc(ret, '\n');
	return 0;
}

static int write_keys(struct view plain, const char *folder, struct err *err)
{
	struct view name, line;

	while (view_next(&plain, '\n', &name) && name.len > 0) {
		AUTO_FREE char *path = str_format("%s/%.*s", folder, VIEW_ARG(name));
		AUTO_SECRET_STR struct str text = {0};

		if (!is_key_name(name) || !view_next(&plain, '\n', &line))
			return err_set(err, ERR_FORMAT, "keys.sealed holds no keys");
		str_add(&text, line);
		str_addc(&text, '\n');
		if (file_write_private(path, str_view(&text), err) < 0)
			return -1;
	}
	return 0;
}

int hub_keys_unseal(struct view sealed, const char *folder, const char *passphrase,
    struct err *err)
{
	AUTO_SECRET unsigned char *key = NULL;
	AUTO_SECRET_STR struct str plain = {0};
	AUTO_STR struct str salt = {0}, bytes = {0};
	struct err why = {0};
	struct view salt_text;

	sealed = view_trim(sealed);
	if (!view_starts(sealed, VIEW_LIT(LABEL)))
		return err_set(err, ERR_FORMAT, "keys.sealed is not what a backup holds");
	sealed = (struct view){sealed.ptr + strlen(LABEL), sealed.len - strlen(LABEL)};
	if (!view_next(&sealed, ' ', &salt_text) || !base64_read(salt_text, &salt) ||
	    salt.len != crypto_pwhash_SALTBYTES || !base64_read(sealed, &bytes))
		return err_set(err, ERR_FORMAT, "keys.sealed is not what a backup holds");
	if (secret_new(&key, SECRET_KEY_SIZE, err) < 0 ||
	    derive(key, passphrase, (const unsigned char *)str_get(&salt), err) < 0)
		return -1;
	if (secret_unseal(&plain, key, BOUND, str_view(&bytes), &why) < 0)
		return err_set(err, ERR_DENIED, "the keys do not open with this passphrase");
	return write_keys(str_view(&plain), folder, err);
}

int hub_keys_copy(const char *from, const char *folder, struct err *err)
{
	AUTO_SECRET_STR struct str all = {0};
	AUTO_FREE char *audit = path_join(from, "audit.key");
	AUTO_FREE char *account = path_join(from, "account.key");

	if (!path_exists(audit) || !path_exists(account))
		return err_set(err, ERR_IO, "%s: not the keys of a hub", from);
	return gather(&all, from, err) < 0 ? -1 : write_keys(str_view(&all), folder, err);
}
