#include "exchange/digest.h"

#include <openssl/evp.h>

struct exchange_digest {
	EVP_MD_CTX *ctx;
};

/* EVP on SHA-256 fails only when memory is gone or libcrypto is broken. */
static void must(int ok)
{
	if (ok != 1)
		abort();
}

struct exchange_digest *exchange_digest_new(void)
{
	struct exchange_digest *d = mem_zalloc(1, sizeof(*d));

	d->ctx = EVP_MD_CTX_new();
	must(d->ctx && EVP_DigestInit_ex(d->ctx, EVP_sha256(), NULL) == 1);
	return d;
}

void exchange_digest_free(struct exchange_digest **d)
{
	if (*d)
		EVP_MD_CTX_free((*d)->ctx);
	free(TAKE(*d));
}

void exchange_digest_add(struct exchange_digest *d, const void *bytes, size_t len)
{
	must(EVP_DigestUpdate(d->ctx, bytes, len));
}

void exchange_digest_end(struct exchange_digest *d, unsigned char ret[EXCHANGE_DIGEST_BYTES])
{
	must(EVP_DigestFinal_ex(d->ctx, ret, NULL));
	must(EVP_DigestInit_ex(d->ctx, EVP_sha256(), NULL));
}

void exchange_sha1(struct view bytes, unsigned char ret[EXCHANGE_SHA1_BYTES])
{
	must(EVP_Digest(bytes.ptr, bytes.len, ret, NULL, EVP_sha1(), NULL));
}
