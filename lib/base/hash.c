#include "base/hash.h"

#define XXH_INLINE_ALL
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>
#include <xxhash.h>

enum { CHUNK = 1 << 16 };

uint64_t hash_xxh3(struct view bytes)
{
	return XXH3_64bits(bytes.ptr, bytes.len);
}

static void to_hex(const unsigned char *digest, char *hex)
{
	sodium_bin2hex(hex, SHA256_HEX_SIZE, digest, crypto_hash_sha256_BYTES);
}

void hash_sha256_hex(struct view bytes, char ret_hex[SHA256_HEX_SIZE])
{
	unsigned char digest[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(digest, (const unsigned char *)bytes.ptr, bytes.len);
	to_hex(digest, ret_hex);
}

int hash_sha256_file(const char *path, char ret_hex[SHA256_HEX_SIZE], uint64_t *ret_bytes,
    struct err *err)
{
	unsigned char digest[crypto_hash_sha256_BYTES];
	unsigned char chunk[CHUNK];
	crypto_hash_sha256_state state;
	uint64_t total = 0;
	ssize_t n;
	int errnum;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return err_set(err, ERR_IO, "%s: cannot open: %s", path, strerror(errno));
	crypto_hash_sha256_init(&state);
	while ((n = read(fd, chunk, sizeof(chunk))) > 0 || (n < 0 && errno == EINTR)) {
		if (n < 0)
			continue;
		crypto_hash_sha256_update(&state, chunk, (unsigned long long)n);
		total += (uint64_t)n;
	}
	errnum = errno;
	close(fd);
	if (n < 0)
		return err_set(err, ERR_IO, "%s: cannot read: %s", path, strerror(errnum));
	crypto_hash_sha256_final(&state, digest);
	to_hex(digest, ret_hex);
	if (ret_bytes)
		*ret_bytes = total;
	return 0;
}
