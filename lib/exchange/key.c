/*
 * secret.key: 104 bytes of header, then 128 secret bytes as they are, or sealed
 * with XChaCha20-Poly1305 under a key that Argon2id makes of the passphrase.
 * The header is the associated data, so nobody can turn a key's name or role.
 */
#include "exchange/key.h"

#include "base/secret.h"
#include "exchange/bytes.h"
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	AT_VERSION = 8,
	AT_ROLE = 9,
	AT_PROTECTION = 10,
	AT_NAME = 16,
	AT_SALT = 48,
	AT_OPS = 64,
	AT_MEMORY = 72,
	AT_NONCE = 80,
	HEAD = 104,
	SEALED = EXCHANGE_KEY_SEED_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES,
	FILE_MAX = HEAD + SEALED,
	OPS_MAX = 16,
	SEED_SIGN = EXCHANGE_KEY_BYTES, /* where each stands in the secret bytes */
	SEED_HASH = 2 * EXCHANGE_KEY_BYTES,
	SEED_MASTER = 3 * EXCHANGE_KEY_BYTES,
};

static const uint64_t memory_max = (uint64_t)1 << 30;
static const char magic[] = "HYGIEKEY";

static int refuse_limits(const char *path, struct err *err)
{
	return err_set(err, ERR_LIMIT, "%s: asks for too much work to open", path);
}

/* The key that opens the secret bytes, in secret memory. */
MUST_CHECK static int stretch(unsigned char **ret, const char *path, const unsigned char *head,
    const char *passphrase, struct err *err)
{
	uint64_t ops = exchange_get_u64(head + AT_OPS);
	uint64_t memory = exchange_get_u64(head + AT_MEMORY);

	if (ops < crypto_pwhash_OPSLIMIT_MIN || ops > OPS_MAX ||
	    memory < crypto_pwhash_MEMLIMIT_MIN || memory > memory_max)
		return refuse_limits(path, err);
	if (secret_new(ret, crypto_aead_xchacha20poly1305_ietf_KEYBYTES, err) < 0)
		return -1;
	if (crypto_pwhash(*ret, crypto_aead_xchacha20poly1305_ietf_KEYBYTES, passphrase,
		strlen(passphrase), head + AT_SALT, ops, (size_t)memory,
		crypto_pwhash_ALG_ARGON2ID13) != 0) {
		secret_free(ret);
		return err_set(err, ERR_INTERNAL, "%s: no memory for Argon2id", path);
	}
	return 0;
}

int exchange_key_from_seed(struct exchange_key **ret, const char *name, enum exchange_role role,
    const unsigned char seed[EXCHANGE_KEY_SEED_BYTES], struct err *err)
{
	struct exchange_key *k;

	if (secret_new(&k, sizeof(*k), err) < 0)
		return -1;
	memcpy(k->card.name, name, strlen(name));
	k->card.role = role;
	memcpy(k->box_secret, seed, sizeof(k->box_secret));
	crypto_scalarmult_base(k->card.box, k->box_secret);
	crypto_sign_seed_keypair(k->card.sign, k->sign_secret, seed + SEED_SIGN);
	memcpy(k->hash_key, seed + SEED_HASH, sizeof(k->hash_key));
	memcpy(k->master_key, seed + SEED_MASTER, sizeof(k->master_key));
	*ret = k;
	return 0;
}

void exchange_key_close(struct exchange_key **k)
{
	secret_free(k);
}

static void make_head(unsigned char *head, const char *name, enum exchange_role role,
    bool is_protected)
{
	memset(head, 0, HEAD);
	memcpy(head, magic, AT_VERSION);
	head[AT_VERSION] = 1;
	head[AT_ROLE] = (unsigned char)role;
	head[AT_PROTECTION] = is_protected;
	for (size_t i = 0; name[i]; i++)
		head[AT_NAME + i] = (unsigned char)name[i];
	if (!is_protected)
		return;
	randombytes_buf(head + AT_SALT, crypto_pwhash_SALTBYTES);
	exchange_put_u64(head + AT_OPS, crypto_pwhash_OPSLIMIT_MODERATE);
	exchange_put_u64(head + AT_MEMORY, crypto_pwhash_MEMLIMIT_MODERATE);
	randombytes_buf(head + AT_NONCE, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
}

/* The bytes of a key file into `file`; returns how many, or -1. */
MUST_CHECK static int protect(unsigned char *file, const unsigned char *seed, const char *path,
    const char *passphrase, struct err *err)
{
	AUTO_SECRET unsigned char *key = NULL;

	if (!passphrase) {
		memcpy(file + HEAD, seed, EXCHANGE_KEY_SEED_BYTES);
		return HEAD + EXCHANGE_KEY_SEED_BYTES;
	}
	if (stretch(&key, path, file, passphrase, err) < 0)
		return -1;
	crypto_aead_xchacha20poly1305_ietf_encrypt(file + HEAD, NULL, seed,
	    EXCHANGE_KEY_SEED_BYTES, file, HEAD, NULL, file + AT_NONCE, key);
	return FILE_MAX;
}

/* A secret appears whole, 0600, and never replaces another. */
MUST_CHECK static int write_secret(const char *path, const unsigned char *bytes, size_t len,
    struct err *err)
{
	AUTO_FREE char *partial = str_format("%s.partial", path);
	int fd;
	int errnum = 0;

	unlink(partial);
	fd = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return file_write_error(path, errno, err);
	if (exchange_write_all(fd, bytes, len) < 0 || fsync(fd) != 0)
		errnum = errno;
	if (close(fd) != 0 && !errnum)
		errnum = errno;
	if (!errnum && link(partial, path) != 0)
		errnum = errno;
	unlink(partial);
	return errnum ? file_write_error(path, errnum, err) : 0;
}

MUST_CHECK static int make_secret(const char *path, const char *name, enum exchange_role role,
    const char *passphrase, struct err *err)
{
	AUTO_SECRET unsigned char *seed = NULL;
	AUTO_SECRET unsigned char *file = NULL;
	int len;

	if (secret_new(&seed, EXCHANGE_KEY_SEED_BYTES, err) < 0 ||
	    secret_new(&file, FILE_MAX, err) < 0)
		return -1;
	randombytes_buf(seed, EXCHANGE_KEY_SEED_BYTES);
	if (role != EXCHANGE_CUSTODIAN)
		memset(seed + SEED_HASH, 0, EXCHANGE_KEY_SEED_BYTES - SEED_HASH);
	make_head(file, name, role, passphrase != NULL);
	len = protect(file, seed, path, passphrase, err);
	return len < 0 ? -1 : write_secret(path, file, (size_t)len, err);
}

MUST_CHECK static int write_card(const char *folder, const struct exchange_card *card,
    struct err *err)
{
	AUTO_FREE char *path = path_join(folder, "card.json");
	AUTO_STR struct str text = {0};

	exchange_card_format(card, &text);
	return file_write(path, str_view(&text), err);
}

int exchange_key_make(const char *path, const char *name, enum exchange_role role,
    const char *passphrase, struct err *err)
{
	AUTO_FREE char *secret = path_join(path, "secret.key");
	AUTO_EXCHANGE_KEY struct exchange_key *k = NULL;
	bool was_there = path_exists(secret);

	if (!exchange_name_valid(name)) {
		(void)err_set(err, ERR_USAGE, "'%s' cannot be a name", name);
		return err_hint(err, "1 to 32 of a-z, 0-9, - and _, a letter or digit first");
	}
	if (!was_there && (path_make_folder(path, err) < 0 ||
			      make_secret(secret, name, role, passphrase, err) < 0))
		return -1;
	if (exchange_key_open(&k, path, passphrase, err) < 0)
		return -1;
	if (strcmp(k->card.name, name) != 0 || k->card.role != role) {
		(void)err_set(err, ERR_USAGE, "%s holds the key of '%s', %s", path, k->card.name,
		    exchange_role_name(k->card.role));
		return err_hint(err, "choose another folder: a key is never replaced");
	}
	return write_card(path, &k->card, err) < 0 ? -1 : was_there;
}

/* The file into `file` of FILE_MAX bytes; returns its length, or -1. */
MUST_CHECK static int read_secret(const char *path, unsigned char *file, struct err *err)
{
	struct stat st;
	ssize_t n = -1;
	int errnum;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return err_set(err, ERR_IO, "%s: cannot open: %s", path, strerror(errno));
	if (fstat(fd, &st) == 0)
		n = exchange_read_all(fd, file, FILE_MAX);
	errnum = errno;
	close(fd);
	if (n < 0)
		return err_set(err, ERR_IO, "%s: cannot read: %s", path, strerror(errnum));
	if (st.st_mode & 077) {
		(void)err_set(err, ERR_DENIED, "%s can be read by others", path);
		return err_hint(err, "chmod 600 it, and make a new key if others had access");
	}
	return (int)n;
}

static bool head_valid(const unsigned char *file, int len)
{
	return len >= HEAD && memcmp(file, magic, AT_VERSION) == 0 && file[AT_VERSION] == 1 &&
	       file[AT_PROTECTION] <= 1 &&
	       len == (file[AT_PROTECTION] ? (int)FILE_MAX : HEAD + EXCHANGE_KEY_SEED_BYTES) &&
	       exchange_role_name((enum exchange_role)file[AT_ROLE])[0] &&
	       exchange_field_is_name(file + AT_NAME);
}

/* The secret bytes stand at file + HEAD afterwards. */
MUST_CHECK static int unprotect(unsigned char *file, const char *path, const char *passphrase,
    struct err *err)
{
	AUTO_SECRET unsigned char *key = NULL;

	if (!file[AT_PROTECTION])
		return 0;
	if (!passphrase) {
		(void)err_set(err, ERR_DENIED, "%s is under a passphrase", path);
		return err_hint(err, "name the file that holds it: --passphrase-file FILE");
	}
	if (stretch(&key, path, file, passphrase, err) < 0)
		return -1;
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(file + HEAD, NULL, NULL, file + HEAD,
		SEALED, file, HEAD, file + AT_NONCE, key) != 0)
		return err_set(err, ERR_DENIED, "%s: wrong passphrase, or a changed file", path);
	return 0;
}

int exchange_key_open(struct exchange_key **ret, const char *path, const char *passphrase,
    struct err *err)
{
	AUTO_FREE char *secret = path_join(path, "secret.key");
	AUTO_SECRET unsigned char *file = NULL;
	char name[EXCHANGE_NAME_SIZE] = "";
	int len;

	if (secret_new(&file, FILE_MAX + 1, err) < 0)
		return -1;
	len = read_secret(secret, file, err);
	if (len < 0)
		return -1;
	if (!head_valid(file, len))
		return err_set(err, ERR_FORMAT, "%s: is no key of hygie exchange", secret);
	if (unprotect(file, secret, passphrase, err) < 0)
		return -1;
	memcpy(name, file + AT_NAME, EXCHANGE_NAME_SIZE - 1);
	return exchange_key_from_seed(ret, name, (enum exchange_role)file[AT_ROLE], file + HEAD,
	    err);
}
