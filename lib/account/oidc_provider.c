#include "account/oidc_provider.h"

#include "account/oidc_jwt.h"
#include "account/oidc_web.h"
#include "base/hash.h"

#include <pthread.h>
#include <sodium.h>

enum {
	KEEP_S = 3600,
	KEYS_AGAIN_S = 30,
	FAILED_S = 5, /* after a failure, the next ones are told at once */
};

static const int64_t second_us = 1000000;

struct oidc_provider {
	const struct oidc_conf *conf;
	pthread_mutex_t lock;
	json_t *about; /* the discovery document; NULL: not yet */
	struct jwk_set *keys;
	int64_t about_at, keys_at, failed_at;
};

struct oidc_provider *oidc_provider_new(const struct oidc_conf *conf)
{
	struct oidc_provider *p = mem_zalloc(1, sizeof(*p));

	p->conf = conf;
	pthread_mutex_init(&p->lock, NULL);
	return p;
}

void oidc_provider_free(struct oidc_provider **p)
{
	struct oidc_provider *gone = TAKE(*p);

	if (!gone)
		return;
	json_decref(gone->about);
	jwk_set_free(&gone->keys);
	pthread_mutex_destroy(&gone->lock);
	free(gone);
}

const struct oidc_conf *oidc_provider_conf(const struct oidc_provider *p)
{
	return p->conf;
}

static const char *text_of(const json_t *o, const char *name)
{
	const char *text = json_string_value(json_object_get(o, name));

	return text ? text : "";
}

static int fetch_json(json_t **ret, const struct oidc_call *c, struct err *err)
{
	AUTO_STR struct str text = {0};

	return oidc_call(&text, c, err) < 0
	           ? -1
	           : json_parse(ret, "provider", str_view(&text), err);
}

/* Discovery, section 4.3: it says who it is; each address is one that we would call. */
static int judge_about(const struct oidc_provider *p, const json_t *about, struct err *err)
{
	static const char *const needed[] = {"authorization_endpoint", "token_endpoint",
	    "jwks_uri"};
	static const char *const others[] = {"userinfo_endpoint", "end_session_endpoint"};

	if (strcmp(text_of(about, "issuer"), p->conf->issuer) != 0)
		return err_set(err, ERR_DENIED, "the provider calls itself otherwise");
	for (size_t i = 0; i < ARRAY_LEN(needed); i++)
		if (!oidc_is_address(VIEW(text_of(about, needed[i]))))
			return err_set(err, ERR_DENIED, "the provider's %s cannot be one",
			    needed[i]);
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (json_object_get(about, others[i]) &&
		    !oidc_is_address(VIEW(text_of(about, others[i]))))
			return err_set(err, ERR_DENIED, "the provider's %s cannot be one",
			    others[i]);
	return 0;
}

static int fetch_about(struct oidc_provider *p, struct err *err)
{
	AUTO_JSON json_t *about = NULL;
	size_t len = strlen(p->conf->issuer);
	bool slash = len > 0 && p->conf->issuer[len - 1] == '/';
	AUTO_FREE char *url = str_format("%s%s.well-known/openid-configuration", p->conf->issuer,
	    slash ? "" : "/");
	struct oidc_call c = {.url = url, .issuer = p->conf->issuer};

	if (fetch_json(&about, &c, err) < 0 ||
	    judge_about(p, about, err) < 0)
		return -1;
	json_decref(p->about);
	p->about = TAKE(about);
	return 0;
}

static int fetch_keys(struct oidc_provider *p, struct err *err)
{
	AUTO_STR struct str text = {0};
	AUTO_JWK_SET struct jwk_set *keys = NULL;

	if (oidc_call(&text,
		&(struct oidc_call){
		    .url = text_of(p->about, "jwks_uri"),
		    .issuer = p->conf->issuer,
		},
		err) < 0 ||
	    jwk_set_parse(&keys, str_view(&text), err) < 0)
		return -1;
	jwk_set_free(&p->keys);
	p->keys = TAKE(keys);
	return 0;
}

static bool is_due(int64_t at, int64_t now, int64_t seconds)
{
	return at == 0 || now - at >= seconds * second_us || now < at;
}

/* With the lock held: p->about is there. */
static int know(struct oidc_provider *p, int64_t now, struct err *err)
{
	if (p->about && !is_due(p->about_at, now, KEEP_S))
		return 0;
	if (!is_due(p->failed_at, now, FAILED_S))
		return err_set(err, ERR_IO, "the provider does not answer");
	if (fetch_about(p, err) < 0) {
		p->failed_at = now;
		return err_wrap(err, "the provider");
	}
	p->about_at = now;
	return 0;
}

/* With the lock held. again: the keys that are there did not do. */
static int know_keys(struct oidc_provider *p, int64_t now, bool again, struct err *err)
{
	if (p->keys && !is_due(p->keys_at, now, again ? KEYS_AGAIN_S : KEEP_S))
		return 0;
	if (fetch_keys(p, err) < 0)
		return err_wrap(err, "the provider's keys");
	p->keys_at = now;
	return 0;
}

static int verify_locked(struct oidc_provider *p, struct view token, int64_t now, json_t **ret,
    struct err *err)
{
	bool unknown;

	if (know(p, now, err) < 0 || know_keys(p, now, false, err) < 0)
		return -1;
	if (jwt_verify(ret, p->keys, token, &unknown, err) == 0)
		return 0;
	if (!unknown)
		return -1;
	*err = (struct err){0};
	return know_keys(p, now, true, err) < 0
	           ? -1
	           : jwt_verify(ret, p->keys, token, &unknown, err);
}

static int verify(struct oidc_provider *p, struct view token, int64_t now, json_t **ret,
    struct err *err)
{
	int status;

	pthread_mutex_lock(&p->lock);
	status = verify_locked(p, token, now, ret, err);
	pthread_mutex_unlock(&p->lock);
	return status;
}

/* What it says about itself, as the caller's. */
static int about_provider(struct oidc_provider *p, int64_t now, json_t **ret, struct err *err)
{
	int status;

	pthread_mutex_lock(&p->lock);
	status = know(p, now, err);
	if (status == 0)
		*ret = json_deep_copy(p->about);
	pthread_mutex_unlock(&p->lock);
	return status;
}

static void add_query(struct str *url, struct str *fields)
{
	str_addc(url, strchr(str_get(url), '?') ? '&' : '?');
	str_add(url, str_view(fields));
}

static void add_challenge(struct str *fields, const char *verifier)
{
	unsigned char hash[SHA256_BYTES];
	char text[64];

	hash_sha256(VIEW(verifier), hash);
	sodium_bin2base64(text, sizeof(text), hash, sizeof(hash),
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	oidc_add_field(fields, "code_challenge", VIEW(text));
	oidc_add_field(fields, "code_challenge_method", VIEW_LIT("S256"));
}

static char *return_address(const struct oidc_conf *c)
{
	return str_format("%s/oidc/return", c->origin);
}

int oidc_authorization_url(struct oidc_provider *p, const struct oidc_request *q, int64_t now,
    struct str *ret, struct err *err)
{
	AUTO_JSON json_t *about = NULL;
	AUTO_STR struct str fields = {0};
	AUTO_FREE char *back = return_address(p->conf);

	if (about_provider(p, now, &about, err) < 0)
		return -1;
	oidc_add_field(&fields, "response_type", VIEW_LIT("code"));
	oidc_add_field(&fields, "client_id", VIEW(p->conf->client));
	oidc_add_field(&fields, "redirect_uri", VIEW(back));
	oidc_add_field(&fields, "scope", VIEW(p->conf->scope));
	oidc_add_field(&fields, "state", VIEW(q->state));
	oidc_add_field(&fields, "nonce", VIEW(q->nonce));
	add_challenge(&fields, q->verifier);
	if (*p->conf->acr)
		oidc_add_field(&fields, "acr_values", VIEW(p->conf->acr));
	if (*q->hint)
		oidc_add_field(&fields, "login_hint", VIEW(q->hint));
	/* Core, 3.1.2.1: with max_age, the token says when the person proved who it is. */
	if (q->again) {
		oidc_add_field(&fields, "prompt", VIEW_LIT("login"));
		oidc_add_field(&fields, "max_age", VIEW_LIT("0"));
	}
	str_addz(ret, text_of(about, "authorization_endpoint"));
	add_query(ret, &fields);
	return 0;
}

int oidc_judge_issuer(struct oidc_provider *p, struct view iss, int64_t now, struct err *err)
{
	AUTO_JSON json_t *about = NULL;

	if (about_provider(p, now, &about, err) < 0)
		return -1;
	if (iss.ptr && !view_eq(iss, VIEW(p->conf->issuer)))
		return err_set(err, ERR_DENIED, "the answer is another provider's");
	if (!iss.ptr && json_is_true(json_object_get(about,
			    "authorization_response_iss_parameter_supported")))
		return err_set(err, ERR_DENIED, "the answer does not say whose it is");
	return 0;
}

/* Core, section 9: with the form where it is offered, else with the header. */
static bool posts_secret(const json_t *about)
{
	const json_t *ways = json_object_get(about, "token_endpoint_auth_methods_supported");

	for (size_t i = 0; i < json_array_size(ways); i++) {
		const char *way = json_string_value(json_array_get(ways, i));

		if (way && strcmp(way, "client_secret_post") == 0)
			return true;
	}
	return false;
}

/* RFC 6749, 4.1.3 and 2.3.1; RFC 7636, 4.5. */
static int fetch_tokens(struct oidc_provider *p, const json_t *about, struct view code,
    const char *verifier, json_t **ret, struct err *err)
{
	AUTO_STR struct str form = {0}, user = {0}, password = {0};
	AUTO_FREE char *back = return_address(p->conf);
	struct oidc_call f = {.url = text_of(about, "token_endpoint"), .issuer = p->conf->issuer};

	oidc_add_field(&form, "grant_type", VIEW_LIT("authorization_code"));
	oidc_add_field(&form, "code", code);
	oidc_add_field(&form, "redirect_uri", VIEW(back));
	oidc_add_field(&form, "code_verifier", VIEW(verifier));
	if (*p->conf->secret && !posts_secret(about)) {
		oidc_add_field(&user, "", VIEW(p->conf->client));
		oidc_add_field(&password, "", VIEW(p->conf->secret));
		f.user = str_get(&user) + 1; /* behind the '=' of no name */
		f.password = str_get(&password) + 1;
	} else {
		oidc_add_field(&form, "client_id", VIEW(p->conf->client));
		if (*p->conf->secret)
			oidc_add_field(&form, "client_secret", VIEW(p->conf->secret));
	}
	f.form = str_view(&form);
	if (fetch_json(ret, &f, err) < 0)
		return err_set(err, ERR_DENIED, "the provider gives nothing for the code");
	return 0;
}

/* Core, 3.1.3.8: when it is there, the access token is the one of this ID token. */
static bool is_its_token(const json_t *claims, const char *access)
{
	const char *want = text_of(claims, "at_hash");
	unsigned char hash[crypto_hash_sha512_BYTES];
	char sha256[64], sha512[64];

	if (!*want || !*access)
		return true;
	hash_sha256(VIEW(access), hash);
	sodium_bin2base64(sha256, sizeof(sha256), hash, SHA256_BYTES / 2,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	crypto_hash_sha512(hash, (const unsigned char *)access, strlen(access));
	sodium_bin2base64(sha512, sizeof(sha512), hash, sizeof(hash) / 2,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return strcmp(want, sha256) == 0 || strcmp(want, sha512) == 0;
}

/* Core, 5.3: JSON, or a token that is signed as the other one is. */
static int fetch_person(struct oidc_provider *p, const char *url, const char *access,
    int64_t now, json_t **ret, struct err *err)
{
	AUTO_STR struct str text = {0};
	struct oidc_call f = {.url = url, .issuer = p->conf->issuer, .bearer = access};

	if (oidc_call(&text, &f, err) < 0)
		return err_wrap(err, "the provider's userinfo");
	if (view_starts(view_trim(str_view(&text)), VIEW_LIT("{")))
		return json_parse(ret, "userinfo", str_view(&text), err);
	if (verify(p, view_trim(str_view(&text)), now, ret, err) < 0)
		return -1;
	if (strcmp(text_of(*ret, "iss"), p->conf->issuer) != 0)
		return err_set(err, ERR_DENIED, "the userinfo is another provider's");
	return 0;
}

static void fill(struct oidc_person *ret, const json_t *from, struct arena *memory)
{
	const char *name = text_of(from, "name");
	bool whole = *name;

	if (!*ret->email) {
		ret->email = arena_strdup(memory, VIEW(text_of(from, "email")));
		ret->email_verified = json_is_true(json_object_get(from, "email_verified"));
	}
	if (!*ret->name && (whole || *text_of(from, "given_name"))) {
		const char *family = text_of(from, "usual_name");

		if (!*family)
			family = text_of(from, "family_name");
		ret->name = whole ? arena_strdup(memory, VIEW(name))
		                  : arena_format(memory, "%s %s", text_of(from, "given_name"),
					family);
	}
}

static int read_person(struct oidc_provider *p, const json_t *about, const json_t *claims,
    const char *access, int64_t now, struct arena *memory, struct oidc_person *ret,
    struct err *err)
{
	AUTO_JSON json_t *more = NULL;
	const char *url = text_of(about, "userinfo_endpoint");

	ret->subject = arena_strdup(memory, VIEW(text_of(claims, "sub")));
	ret->acr = arena_strdup(memory, VIEW(text_of(claims, "acr")));
	ret->auth_at = json_integer_value(json_object_get(claims, "auth_time"));
	ret->email = ret->name = "";
	fill(ret, claims, memory);
	if (*ret->email || !*url || !*access)
		return 0;
	if (fetch_person(p, url, access, now, &more, err) < 0)
		return -1;
	if (strcmp(text_of(more, "sub"), ret->subject) != 0)
		return err_set(err, ERR_DENIED, "the userinfo is about somebody else");
	fill(ret, more, memory);
	return 0;
}

int oidc_exchange(struct oidc_provider *p, struct view code, const struct oidc_request *q,
    int64_t now, struct arena *memory, struct oidc_person *ret, struct err *err)
{
	AUTO_JSON json_t *about = NULL, *tokens = NULL, *claims = NULL;
	struct oidc_person person = {0};
	const char *access;

	if (about_provider(p, now, &about, err) < 0 ||
	    fetch_tokens(p, about, code, q->verifier, &tokens, err) < 0 ||
	    verify(p, VIEW(text_of(tokens, "id_token")), now, &claims, err) < 0 ||
	    oidc_judge_claims(claims, p->conf, q->nonce, now / second_us, err) < 0)
		return -1;
	access = text_of(tokens, "access_token");
	if (!is_its_token(claims, access))
		return err_set(err, ERR_DENIED, "two tokens that do not belong together");
	person.id_token = arena_strdup(memory, VIEW(text_of(tokens, "id_token")));
	if (read_person(p, about, claims, access, now, memory, &person, err) < 0)
		return -1;
	*ret = person;
	return 0;
}

int oidc_logout_url(struct oidc_provider *p, struct view id_token, const char *state,
    int64_t now, struct str *ret, struct err *err)
{
	AUTO_JSON json_t *about = NULL;
	AUTO_STR struct str fields = {0};
	AUTO_FREE char *back = str_format("%s/oidc/out", p->conf->origin);

	if (about_provider(p, now, &about, err) < 0)
		return -1;
	if (!*text_of(about, "end_session_endpoint"))
		return 0;
	oidc_add_field(&fields, "id_token_hint", id_token);
	oidc_add_field(&fields, "post_logout_redirect_uri", VIEW(back));
	oidc_add_field(&fields, "state", VIEW(state));
	str_addz(ret, text_of(about, "end_session_endpoint"));
	add_query(ret, &fields);
	return 0;
}
