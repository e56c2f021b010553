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
