/*
 * One OpenID provider as a relying party sees it: its addresses (OpenID Connect
 * Discovery 1.0), its keys, what it says for a code (OpenID Connect Core 1.0,
 * section 3.1) and about a person (5.3). No records.
 *
 * Addresses and keys are kept for an hour, and for a day while the provider does
 * not answer; keys are fetched again when a token names one that is not known, at
 * most every 30 seconds (oidc_kept.h). Safe from several threads; no lock is held
 * while the provider is asked.
 */
#ifndef ACCOUNT_OIDC_PROVIDER_H
#define ACCOUNT_OIDC_PROVIDER_H

#include "base/arena.h"
#include "base/str.h"
#include "io/json.h"

enum {
	OIDC_SKEW_S = 60,       /* clocks may differ by so much */
	OIDC_AGE_S = 10 * 60,   /* an ID token is not older */
	OIDC_SUBJECT_MAX = 255, /* Core, section 2 */
};

struct oidc_conf {
	const char *issuer; /* "https://login.example/realm" */
	const char *client; /* how it knows us */
	const char *secret; /* "": a public client */
	const char *scope;  /* "openid email profile" */
	const char *acr;    /* levels to ask for, separated by spaces; "": none */
	const char *strong; /* levels that stand for two factors */
	const char *name[2];
	const char *origin; /* ours: "https://hub.example" */
	bool trust_email;   /* addresses count without email_verified */
	bool open;          /* whoever it knows may have an account */
};

struct oidc_provider;

#define AUTO_OIDC_PROVIDER AUTO(oidc_provider_free)

/* conf and its texts stay the caller's. */
struct oidc_provider *oidc_provider_new(const struct oidc_conf *conf);
void oidc_provider_free(struct oidc_provider **p);
const struct oidc_conf *oidc_provider_conf(const struct oidc_provider *p);
/* Is the level one of conf.strong? */
bool oidc_is_strong(const struct oidc_conf *conf, const char *acr);

/* What we ask for, and must find again. */
struct oidc_request {
	const char *state, *nonce, *verifier; /* verifier: RFC 7636 */
	const char *hint;                     /* an address; "" for none */
	bool again;                           /* the person must prove themselves again */
};

/* Where the browser goes (Core, 3.1.2.1; PKCE with S256). */
MUST_CHECK int oidc_authorization_url(struct oidc_provider *p, const struct oidc_request *q,
    int64_t now, struct str *ret, struct err *err);

struct oidc_person {
	const char *subject, *email, *name, *acr; /* "" for what was not said */
	bool email_verified;
	int64_t auth_at; /* seconds; 0: not said */
	const char *id_token;
};

/*
 * RFC 9207: did the answer come from this provider? iss: of the answer; VIEW_NONE
 * when it has none, which is refused where the provider promised it. ERR_DENIED.
 */
MUST_CHECK int oidc_judge_issuer(struct oidc_provider *p, struct view iss, int64_t now,
    struct err *err);
/*
 * Who the code is about. ERR_DENIED: it is worth nothing, or what came back is
 * not right; ERR_IO: the provider does not answer.
 */
MUST_CHECK int oidc_exchange(struct oidc_provider *p, struct view code,
    const struct oidc_request *q, int64_t now, struct arena *memory, struct oidc_person *ret,
    struct err *err);
/* Where to sign out there (RP-Initiated Logout 1.0); "" when it cannot. */
MUST_CHECK int oidc_logout_url(struct oidc_provider *p, struct view id_token, const char *state,
    int64_t now, struct str *ret, struct err *err);

/* The claims of an ID token whose signature is right (Core, 3.1.3.7). now_s: seconds. */
MUST_CHECK int oidc_judge_claims(const json_t *claims, const struct oidc_conf *conf,
    const char *nonce, int64_t now_s, struct err *err);

#endif
