#include "account/oidc_provider.h"

#include "account/oidc_inside.h"
#include "account/oidc_jwt.h"
#include "base/base64.h"
#include "base/hash.h"

struct oidc_provider {
	const struct oidc_conf *conf;
	struct oidc_kept *about, *keys;
};

const struct oidc_conf *oidc_provider_conf(const struct oidc_provider *p)
{
	return p->conf;
}

const char *oidc_text(const json_t *o, const char *name)
{
	const char *text = json_string_value(json_object_get(o, name));

	return text ? text : "";
}

int oidc_call_json(json_t **ret, const struct oidc_call *c, struct err *err)
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

	if (strcmp(oidc_text(about, "issuer"), p->conf->issuer) != 0)
		return err_set(err, ERR_DENIED, "the provider calls itself otherwise");
	for (size_t i = 0; i < ARRAY_LEN(needed); i++)
		if (!oidc_is_address(VIEW(oidc_text(about, needed[i]))))
			return err_set(err, ERR_DENIED, "the provider's %s cannot be one",
			    needed[i]);
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (json_object_get(about, others[i]) &&
		    !oidc_is_address(VIEW(oidc_text(about, others[i]))))
			return err_set(err, ERR_DENIED, "the provider's %s cannot be one",
			    others[i]);
	return 0;
}

static int fetch_about(void *ctx, int64_t now, void **ret, struct err *err)
{
	const struct oidc_provider *p = ctx;
	AUTO_JSON json_t *about = NULL;
	size_t len = strlen(p->conf->issuer);
	bool slash = len > 0 && p->conf->issuer[len - 1] == '/';
	AUTO_FREE char *url = str_format("%s%s.well-known/openid-configuration", p->conf->issuer,
	    slash ? "" : "/");
	struct oidc_call c = {.url = url, .issuer = p->conf->issuer};

	(void)now;
	if (oidc_call_json(&about, &c, err) < 0 || judge_about(p, about, err) < 0)
		return err_wrap(err, "the provider");
	*ret = TAKE(about);
	return 0;
}

static void free_about(void *about)
{
	json_decref(about);
}

/* Where they are is what it said of itself at last. */
static int fetch_keys(void *ctx, int64_t now, void **ret, struct err *err)
{
	struct oidc_provider *p = ctx;
	AUTO_OIDC_VALUE struct oidc_value *about = NULL;
	AUTO_STR struct str text = {0};
	AUTO_JWK_SET struct jwk_set *keys = NULL;
	struct oidc_call c = {.issuer = p->conf->issuer};

	if (oidc_about(p, now, &about, err) < 0)
		return -1;
	c.url = oidc_text(oidc_value_get(about), "jwks_uri");
	if (oidc_call(&text, &c, err) < 0 || jwk_set_parse(&keys, str_view(&text), err) < 0)
		return err_wrap(err, "the provider's keys");
	*ret = TAKE(keys);
	return 0;
}

static void free_keys(void *keys)
{
	struct jwk_set *set = keys;

	jwk_set_free(&set);
}

struct oidc_provider *oidc_provider_new(const struct oidc_conf *conf)
{
	struct oidc_provider *p = mem_zalloc(1, sizeof(*p));

	p->conf = conf;
	p->about = oidc_kept_new(fetch_about, free_about, p);
	p->keys = oidc_kept_new(fetch_keys, free_keys, p);
	return p;
}

void oidc_provider_free(struct oidc_provider **p)
{
	struct oidc_provider *gone = TAKE(*p);

	if (!gone)
		return;
	oidc_kept_free(&gone->about);
	oidc_kept_free(&gone->keys);
	free(gone);
}

int oidc_about(struct oidc_provider *p, int64_t now, struct oidc_value **ret, struct err *err)
{
	return oidc_kept_take(p->about, now, OIDC_KEEP_S, true, ret, err);
}

static int verify_with(struct oidc_provider *p, struct view token, int64_t now, bool again,
    json_t **ret, bool *ret_unknown, struct err *err)
{
	AUTO_OIDC_VALUE struct oidc_value *keys = NULL;

	return oidc_kept_take(p->keys, now, again ? OIDC_KEYS_AGAIN_S : OIDC_KEEP_S, !again, &keys,
		   err) < 0
	           ? -1
	           : jwt_verify(ret, oidc_value_get(keys), token, ret_unknown, err);
}

int oidc_verify(struct oidc_provider *p, struct view token, int64_t now, json_t **ret,
    struct err *err)
{
	bool unknown = false;

	if (verify_with(p, token, now, false, ret, &unknown, err) == 0)
		return 0;
	if (!unknown)
		return -1;
	*err = (struct err){0};
	return verify_with(p, token, now, true, ret, &unknown, err);
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
	base64url_encode(text, sizeof(text), hash, sizeof(hash));
	oidc_add_field(fields, "code_challenge", VIEW(text));
	oidc_add_field(fields, "code_challenge_method", VIEW_LIT("S256"));
}

char *oidc_return_address(const struct oidc_conf *c)
{
	return str_format("%s/oidc/return", c->origin);
}

int oidc_authorization_url(struct oidc_provider *p, const struct oidc_request *q, int64_t now,
    struct str *ret, struct err *err)
{
	AUTO_OIDC_VALUE struct oidc_value *about = NULL;
	AUTO_STR struct str fields = {0};
	AUTO_FREE char *back = oidc_return_address(p->conf);

	if (oidc_about(p, now, &about, err) < 0)
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
	str_addz(ret, oidc_text(oidc_value_get(about), "authorization_endpoint"));
	add_query(ret, &fields);
	return 0;
}

int oidc_judge_issuer(struct oidc_provider *p, struct view iss, int64_t now, struct err *err)
{
	AUTO_OIDC_VALUE struct oidc_value *about = NULL;

	if (oidc_about(p, now, &about, err) < 0)
		return -1;
	if (iss.ptr && !view_eq(iss, VIEW(p->conf->issuer)))
		return err_set(err, ERR_DENIED, "the answer is another provider's");
	if (!iss.ptr && json_is_true(json_object_get(oidc_value_get(about),
			    "authorization_response_iss_parameter_supported")))
		return err_set(err, ERR_DENIED, "the answer does not say whose it is");
	return 0;
}

int oidc_logout_url(struct oidc_provider *p, struct view id_token, const char *state,
    int64_t now, struct str *ret, struct err *err)
{
	AUTO_OIDC_VALUE struct oidc_value *about = NULL;
	AUTO_STR struct str fields = {0};
	AUTO_FREE char *back = str_format("%s/oidc/out", p->conf->origin);

	if (oidc_about(p, now, &about, err) < 0)
		return -1;
	if (!*oidc_text(oidc_value_get(about), "end_session_endpoint"))
		return 0;
	oidc_add_field(&fields, "id_token_hint", id_token);
	oidc_add_field(&fields, "post_logout_redirect_uri", VIEW(back));
	oidc_add_field(&fields, "state", VIEW(state));
	str_addz(ret, oidc_text(oidc_value_get(about), "end_session_endpoint"));
	add_query(ret, &fields);
	return 0;
}
