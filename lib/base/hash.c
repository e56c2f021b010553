#include "base/hash.h"

#define XXH_INLINE_ALL
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <sodium.h>
#include <unistd.h>
#include <xxhash.h>

enum { CHUNK = 1 << 16 };

struct hash_sha256 {
	EVP_MD_CTX *ctx;
};

uint64_t hash_xxh3(struct view bytes)
{
	return XXH3_64bits(bytes.ptr, bytes.len);
}

void hash_xxh3_many(const struct view *texts, size_t n, uint64_t *ret)
{
	for (size_t i = 0; i < n; i++)
		ret[i] = XXH3_64bits(texts[i].ptr, texts[i].len);
}

/* EVP on SHA-256 fails only when memory is gone or libcrypto is broken. */
static void must(int ok)
{
	if (ok != 1)
		abort();
}

struct hash_sha256 *hash_sha256_new(void)
{
	struct hash_sha256 *h = mem_zalloc(1, sizeof(*h));

	h->ctx = EVP_MD_CTX_new();
	must(h->ctx && EVP_DigestInit_ex(h->ctx, EVP_sha256(), NULL) == 1);
	return h;
}

void hash_sha256_free(struct hash_sha256 **h)
{
	if (*h)
		EVP_MD_CTX_free((*h)->ctx);
	free(TAKE(*h));
}

void hash_sha256_add(struct hash_sha256 *h, struct view bytes)
{
	must(EVP_DigestUpdate(h->ctx, bytes.ptr, bytes.len));
}

void hash_sha256_end(struct hash_sha256 *h, unsigned char ret[SHA256_BYTES])
{
	must(EVP_DigestFinal_ex(h->ctx, ret, NULL));
	must(EVP_DigestInit_ex(h->ctx, EVP_sha256(), NULL));
}

void hash_sha256(struct view bytes, unsigned char ret[SHA256_BYTES])
{
	must(EVP_Digest(bytes.ptr, bytes.len, ret, NULL, EVP_sha256(), NULL));
}

static void to_hex(const unsigned char *digest, char *hex)
{
	sodium_bin2hex(hex, SHA256_HEX_SIZE, digest, SHA256_BYTES);
}

void hash_sha256_hex(struct view bytes, char ret_hex[SHA256_HEX_SIZE])
{
	unsigned char digest[SHA256_BYTES];

	hash_sha256(bytes, digest);
	to_hex(digest, ret_hex);
}

/* The digest of all of fd, which stays open. */
static int hash_all(int fd, unsigned char *ret_digest, uint64_t *ret_bytes)
{
	AUTO_SHA256 struct hash_sha256 *h = hash_sha256_new();
	char chunk[CHUNK];
	ssize_t n;

	*ret_bytes = 0;
	while ((n = read(fd, chunk, sizeof(chunk))) > 0 || (n < 0 && errno == EINTR)) {
		if (n < 0)
			continue;
		hash_sha256_add(h, (struct view){chunk, (size_t)n});
		*ret_bytes += (uint64_t)n;
	}
	hash_sha256_end(h, ret_digest);
	return n < 0 ? -1 : 0;
}

int hash_sha256_file(const char *path, char ret_hex[SHA256_HEX_SIZE], uint64_t *ret_bytes,
    struct err *err)
{
	unsigned char digest[SHA256_BYTES];
	uint64_t bytes;
	int status;
	int errnum;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return err_set(err, ERR_IO, "%s: cannot open: %s", path, strerror(errno));
	status = hash_all(fd, digest, &bytes);
	errnum = errno;
	close(fd);
	if (status < 0)
		return err_set(err, ERR_IO, "%s: cannot read: %s", path, strerror(errnum));
	to_hex(digest, ret_hex);
	if (ret_bytes)
		*ret_bytes = bytes;
	return 0;
}
