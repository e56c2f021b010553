#include "account/webauthn.h"

#include "account/webauthn_parse.h"
#include "base/hash.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

static const int algorithms[] = {COSE_ES256, COSE_EDDSA, COSE_RS256};

/* A name, not an address (section 5.1.2); TLS, or this very machine (Secure Contexts, 3.1). */
bool webauthn_site_of(struct webauthn_site *ret, const char *origin)
{
	const char *host = strstr(origin, "://");
	bool tls = view_starts(VIEW(origin), VIEW_LIT("https://"));
	size_t len;

	if (!host)
		return false;
	host += 3;
	len = strcspn(host, ":/");
	if (len == 0 || len >= sizeof(ret->rp_id) || host[0] == '[' ||
	    strspn(host, "0123456789.") == len)
		return false;
	ret->origin = origin;
	memcpy(ret->rp_id, host, len);
	ret->rp_id[len] = '\0';
	return tls || view_eq(VIEW(ret->rp_id), VIEW_LIT("localhost")) ||
	       view_ends(VIEW(ret->rp_id), VIEW_LIT(".localhost"));
}

bool webauthn_went_back(uint32_t before, uint32_t now)
{
	return (before > 0 || now > 0) && now <= before;
}

static const unsigned char *bytes_of(struct view v)
{
	return (const unsigned char *)v.ptr;
}

static void free_cred(fido_cred_t **c)
{
	fido_cred_free(c);
}

static void free_assert(fido_assert_t **a)
{
	fido_assert_free(a);
}

/* What is the same for both: of this site, touched, and flags that can be. */
static int judge_data(const struct webauthn_data *d, const struct webauthn_site *site,
    struct err *err)
{
	unsigned char hash[SHA256_BYTES];

	hash_sha256(VIEW(site->rp_id), hash);
	if (!view_eq(d->site, (struct view){(const char *)hash, sizeof(hash)}))
		return err_set(err, ERR_DENIED, "the key answered another site");
	if (!(d->flags & WEBAUTHN_USER_PRESENT))
		return err_set(err, ERR_DENIED, "nobody touched the key");
	if (d->flags & WEBAUTHN_MOVED && !(d->flags & WEBAUTHN_MAY_MOVE))
		return err_set(err, ERR_DENIED, "the key's flags contradict each other");
	return 0;
}

/* The key that libfido2 reads with one of our algorithms. */
static bool read_cred(fido_cred_t **ret, const struct webauthn_site *site,
    const struct webauthn_attestation *t, const unsigned char *hash)
{
	for (size_t i = 0; i < ARRAY_LEN(algorithms); i++) {
		AUTO(free_cred)
		fido_cred_t *c = fido_cred_new();

		if (c && fido_cred_set_type(c, algorithms[i]) == FIDO_OK &&
		    fido_cred_set_rp(c, site->rp_id, NULL) == FIDO_OK &&
		    fido_cred_set_clientdata_hash(c, hash, SHA256_BYTES) == FIDO_OK &&
		    fido_cred_set_authdata_raw(c, bytes_of(t->data), t->data.len) == FIDO_OK) {
			*ret = TAKE(c);
			return true;
		}
	}
	return false;
}

/* "none" says nothing; "packed" must hold, by its own key or by a maker's that nobody checks. */
static int judge_attestation(fido_cred_t *c, const struct webauthn_attestation *t,
    struct err *err)
{
	int status;

	if (view_eq(t->format, VIEW_LIT("none")))
		return t->statement.len == 1
		           ? 0
		           : err_set(err, ERR_DENIED, "an attestation that says nothing says more");
	if (!view_eq(t->format, VIEW_LIT("packed")))
		return err_set(err, ERR_DENIED, "an attestation that was not asked for");
	if (fido_cred_set_fmt(c, "packed") != FIDO_OK ||
	    fido_cred_set_attstmt(c, bytes_of(t->statement), t->statement.len) != FIDO_OK)
		return err_set(err, ERR_DENIED, "an attestation that cannot be read");
	status = fido_cred_x5c_len(c) > 0 ? fido_cred_verify(c) : fido_cred_verify_self(c);
	return status == FIDO_OK
	           ? 0
	           : err_set(err, ERR_DENIED, "the attestation's signature is not right");
}

static int keep(struct webauthn_key *ret, const fido_cred_t *c, const struct webauthn_data *d,
    struct view given_id, struct err *err)
{
	struct webauthn_key k = {
	    .id = d->id,
	    .algorithm = fido_cred_type(c),
	    .len = fido_cred_pubkey_len(c),
	    .count = d->count,
	    .verified = d->flags & WEBAUTHN_USER_VERIFIED,
	    .may_move = d->flags & WEBAUTHN_MAY_MOVE,
	};

	if (!view_eq(given_id, d->id))
		return err_set(err, ERR_DENIED, "two names for one key");
	if (k.len == 0 || k.len > sizeof(k.bytes))
		return err_set(err, ERR_DENIED, "a public key that cannot be one");
	memcpy(k.bytes, fido_cred_pubkey_ptr(c), k.len);
	*ret = k;
	return 0;
}

int webauthn_register(struct webauthn_key *ret, const struct webauthn_site *site,
    struct view challenge, const struct webauthn_answer *a, struct err *err)
{
	AUTO(free_cred)
	fido_cred_t *c = NULL;
	struct webauthn_attestation t;
	struct webauthn_data d;
	unsigned char hash[SHA256_BYTES];

	if (!webauthn_client_is(a->client_data, "webauthn.create", challenge, site->origin))
		return err_set(err, ERR_DENIED, "the browser answered something else");
	if (!webauthn_parse_attestation(&t, a->attestation) ||
	    !webauthn_parse_data(&d, t.data) || !(d.flags & WEBAUTHN_HAS_KEY))
		return err_set(err, ERR_DENIED, "the key's answer cannot be read");
	if (judge_data(&d, site, err) < 0)
		return -1;
	hash_sha256(a->client_data, hash);
	if (!read_cred(&c, site, &t, hash))
		return err_set(err, ERR_DENIED, "not a kind of key that was asked for");
	return judge_attestation(c, &t, err) < 0 ? -1 : keep(ret, c, &d, a->id, err);
}

static int verify_es256(const fido_assert_t *a, const struct webauthn_key *k)
{
	es256_pk_t *pk = es256_pk_new();
	int status = !pk ? FIDO_ERR_INTERNAL : es256_pk_from_ptr(pk, k->bytes, k->len);

	if (status == FIDO_OK)
		status = fido_assert_verify(a, 0, COSE_ES256, pk);
	es256_pk_free(&pk);
	return status;
}

static int verify_rs256(const fido_assert_t *a, const struct webauthn_key *k)
{
	rs256_pk_t *pk = rs256_pk_new();
	int status = !pk ? FIDO_ERR_INTERNAL : rs256_pk_from_ptr(pk, k->bytes, k->len);

	if (status == FIDO_OK)
		status = fido_assert_verify(a, 0, COSE_RS256, pk);
	rs256_pk_free(&pk);
	return status;
}

static int verify_eddsa(const fido_assert_t *a, const struct webauthn_key *k)
{
	eddsa_pk_t *pk = eddsa_pk_new();
	int status = !pk ? FIDO_ERR_INTERNAL : eddsa_pk_from_ptr(pk, k->bytes, k->len);

	if (status == FIDO_OK)
		status = fido_assert_verify(a, 0, COSE_EDDSA, pk);
	eddsa_pk_free(&pk);
	return status;
}

static int verify(const fido_assert_t *a, const struct webauthn_key *k)
{
	switch (k->algorithm) {
	case COSE_ES256: return verify_es256(a, k);
	case COSE_RS256: return verify_rs256(a, k);
	case COSE_EDDSA: return verify_eddsa(a, k);
	default: return FIDO_ERR_UNSUPPORTED_ALGORITHM;
	}
}

static bool set_up(fido_assert_t *s, const struct webauthn_site *site,
    const struct webauthn_answer *a, enum webauthn_need need)
{
	unsigned char hash[SHA256_BYTES];

	hash_sha256(a->client_data, hash);
	return s && fido_assert_set_count(s, 1) == FIDO_OK &&
	       fido_assert_set_rp(s, site->rp_id) == FIDO_OK &&
	       fido_assert_set_clientdata_hash(s, hash, sizeof(hash)) == FIDO_OK &&
	       fido_assert_set_up(s, FIDO_OPT_TRUE) == FIDO_OK &&
	       fido_assert_set_uv(s,
		   need == WEBAUTHN_VERIFICATION ? FIDO_OPT_TRUE : FIDO_OPT_OMIT) == FIDO_OK &&
	       fido_assert_set_authdata_raw(s, 0, bytes_of(a->authenticator),
		   a->authenticator.len) == FIDO_OK &&
	       fido_assert_set_sig(s, 0, bytes_of(a->signature), a->signature.len) == FIDO_OK;
}

int webauthn_assert(const struct webauthn_key *key, const struct webauthn_site *site,
    struct view challenge, const struct webauthn_answer *a, enum webauthn_need need,
    uint32_t *ret_count, struct err *err)
{
	AUTO(free_assert)
	fido_assert_t *s = NULL;
	struct webauthn_data d;

	if (!view_eq(key->id, a->id))
		return err_set(err, ERR_DENIED, "another key than the one that is known");
	if (!webauthn_client_is(a->client_data, "webauthn.get", challenge, site->origin))
		return err_set(err, ERR_DENIED, "the browser answered something else");
	if (!webauthn_parse_data(&d, a->authenticator) || a->signature.len == 0 ||
	    a->signature.len > WEBAUTHN_PART_MAX)
		return err_set(err, ERR_DENIED, "the key's answer cannot be read");
	if (judge_data(&d, site, err) < 0)
		return -1;
	if (need == WEBAUTHN_VERIFICATION && !(d.flags & WEBAUTHN_USER_VERIFIED))
		return err_set(err, ERR_DENIED, "the key did not ask who touches it");
	if (key->may_move != !!(d.flags & WEBAUTHN_MAY_MOVE))
		return err_set(err, ERR_DENIED, "the key's flags are not those of before");
	s = fido_assert_new();
	if (!set_up(s, site, a, need) || verify(s, key) != FIDO_OK)
		return err_set(err, ERR_DENIED, "the key's signature is not right");
	*ret_count = d.count;
	return 0;
}
