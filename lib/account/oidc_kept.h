/*
 * What is fetched from a provider and kept: its addresses, its keys. One thread
 * fetches, and holds no lock meanwhile; the others use what was kept before, or
 * wait for what comes when there is nothing (a fetch ends within OIDC_PATIENCE).
 * Of a provider that just failed the next ones are told at once.
 */
#ifndef ACCOUNT_OIDC_KEPT_H
#define ACCOUNT_OIDC_KEPT_H

#include "base/base.h"

enum {
	OIDC_KEEP_S = 3600,     /* fetched anew when it is older */
	OIDC_OLD_S = 24 * 3600, /* used until then where the provider does not answer */
	OIDC_FAILED_S = 5,      /* after a failure, nobody asks for so long */
	OIDC_KEYS_AGAIN_S = 30, /* for a key that is not known, at most so often */
};

/* A fetched value, counted: it stays as long as somebody uses it. */
struct oidc_value;

typedef int oidc_fetcher(void *ctx, int64_t now, void **ret, struct err *err);

struct oidc_kept;

struct oidc_kept *oidc_kept_new(oidc_fetcher *fetch, void (*free_value)(void *value), void *ctx);
void oidc_kept_free(struct oidc_kept **k);

/*
 * Not older than `fresh_s`, as seen at `now` (microseconds); old_too: or older, while another
 * fetches it or when it cannot be fetched (ERR_IO). ERR_IO: the provider does not answer.
 */
MUST_CHECK int oidc_kept_take(struct oidc_kept *k, int64_t now, int64_t fresh_s, bool old_too,
    struct oidc_value **ret, struct err *err);
const void *oidc_value_get(const struct oidc_value *v);
void oidc_value_free(struct oidc_value **v);

#define AUTO_OIDC_VALUE AUTO(oidc_value_free)

#endif
