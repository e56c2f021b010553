#include "base/secret.h"

#include <sodium.h>
#include <string.h>
#include <sys/mman.h>

int secret_new(void *ret, size_t size, struct err *err)
{
	void *secret = sodium_init() < 0 ? NULL : sodium_malloc(size);

	if (!secret)
		return err_set(err, ERR_INTERNAL, "no memory for secrets");
	/* sodium_malloc does not tell whether its pages could be locked. */
	if (mlock(secret, size) != 0) {
		sodium_free(secret);
		(void)err_set(err, ERR_INTERNAL, "memory for secrets cannot be locked");
		return err_hint(err, "raise the limit of locked memory: ulimit -l");
	}
	memset(secret, 0, size);
	memcpy(ret, &secret, sizeof(secret));
	return 0;
}

void secret_free(void *secret)
{
	void *p;

	memcpy(&p, secret, sizeof(p));
	sodium_free(p);
	p = NULL;
	memcpy(secret, &p, sizeof(p));
}

/* A key of its own for each row: BLAKE2b keyed with the key over what it is bound to. */
static void bind(unsigned char *ret, const unsigned char *key, struct view bound)
{
	crypto_generichash(ret, SECRET_KEY_SIZE, (const unsigned char *)bound.ptr, bound.len, key,
	    SECRET_KEY_SIZE);
}

enum { NONCE = crypto_secretbox_NONCEBYTES };

/* With the key that is its own, which is wiped. */
static void seal(struct str *ret, unsigned char *own, const unsigned char *nonce,
    struct view bytes)
{
	size_t len = NONCE + crypto_secretbox_MACBYTES + bytes.len;
	unsigned char *box = mem_alloc(len);

	memcpy(box, nonce, NONCE);
	crypto_secretbox_easy(box + NONCE, (const unsigned char *)bytes.ptr, bytes.len, box, own);
	str_add(ret, (struct view){(const char *)box, len});
	sodium_memzero(own, SECRET_KEY_SIZE);
	free(box);
}

void secret_seal(struct str *ret, const unsigned char *key, struct view bound, struct view bytes)
{
	unsigned char own[SECRET_KEY_SIZE], nonce[NONCE];

	bind(own, key, bound);
	randombytes_buf(nonce, sizeof(nonce));
	seal(ret, own, nonce, bytes);
}

void secret_seal_same(struct str *ret, const unsigned char *key, struct view bound,
    struct view bytes)
{
	unsigned char own[SECRET_KEY_SIZE], nonce[NONCE];

	bind(own, key, bound);
	crypto_generichash(nonce, sizeof(nonce), (const unsigned char *)bytes.ptr, bytes.len, own,
	    sizeof(own));
	seal(ret, own, nonce, bytes);
}

void secret_key_of(unsigned char *ret, struct view secret)
{
	crypto_generichash(ret, SECRET_KEY_SIZE, (const unsigned char *)secret.ptr, secret.len,
	    NULL, 0);
}

int secret_unseal(struct str *ret, const unsigned char *key, struct view bound,
    struct view sealed, struct err *err)
{
	enum { HEAD = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES };
	const unsigned char *box = (const unsigned char *)sealed.ptr;
	unsigned char own[SECRET_KEY_SIZE];
	size_t start = ret->len;
	int status = -1;

	if (sealed.len >= HEAD) {
		bind(own, key, bound);
		str_pad(ret, 0, sealed.len - HEAD);
		status = crypto_secretbox_open_easy((unsigned char *)ret->buf + start,
		    box + crypto_secretbox_NONCEBYTES, sealed.len - crypto_secretbox_NONCEBYTES,
		    box, own);
		sodium_memzero(own, sizeof(own));
	}
	if (status == 0)
		return 0;
	str_truncate(ret, start);
	return err_set(err, ERR_FORMAT, "a sealed value that this hub's key does not open");
}

void secret_wipe(struct str *s)
{
	if (s->buf)
		sodium_memzero(s->buf, s->cap);
	str_clear(s);
}
