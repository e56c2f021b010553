/* From a code to a person (OpenID Connect Core 1.0, section 3.1.3). */
#include "account/oidc_inside.h"
#include "base/base64.h"
#include "base/hash.h"

#include <sodium.h>

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
	const struct oidc_conf *conf = oidc_provider_conf(p);
	AUTO_FREE char *back = oidc_return_address(conf);
	struct oidc_call f = {.url = oidc_text(about, "token_endpoint"), .issuer = conf->issuer};

	oidc_add_field(&form, "grant_type", VIEW_LIT("authorization_code"));
	oidc_add_field(&form, "code", code);
	oidc_add_field(&form, "redirect_uri", VIEW(back));
	oidc_add_field(&form, "code_verifier", VIEW(verifier));
	if (*conf->secret && !posts_secret(about)) {
		oidc_add_field(&user, "", VIEW(conf->client));
		oidc_add_field(&password, "", VIEW(conf->secret));
		f.user = str_get(&user) + 1; /* behind the '=' of no name */
		f.password = str_get(&password) + 1;
	} else {
		oidc_add_field(&form, "client_id", VIEW(conf->client));
		if (*conf->secret)
			oidc_add_field(&form, "client_secret", VIEW(conf->secret));
	}
	f.form = str_view(&form);
	if (oidc_call_json(ret, &f, err) == 0)
		return 0;
	return err->code == ERR_IO
	           ? -1
	           : err_set(err, ERR_DENIED, "the provider gives nothing for the code");
}

/* Core, 3.1.3.8: when it is there, the access token is the one of this ID token. */
static bool is_its_token(const json_t *claims, const char *access)
{
	const char *want = oidc_text(claims, "at_hash");
	unsigned char hash[crypto_hash_sha512_BYTES];
	char sha256[64], sha512[64];

	if (!*want || !*access)
		return true;
	hash_sha256(VIEW(access), hash);
	base64url_encode(sha256, sizeof(sha256), hash, SHA256_BYTES / 2);
	crypto_hash_sha512(hash, (const unsigned char *)access, strlen(access));
	base64url_encode(sha512, sizeof(sha512), hash, sizeof(hash) / 2);
	return strcmp(want, sha256) == 0 || strcmp(want, sha512) == 0;
}

/* Core, 5.3: JSON, or a token that is signed as the other one is. */
static int fetch_person(struct oidc_provider *p, const char *url, const char *access,
    int64_t now, json_t **ret, struct err *err)
{
	const struct oidc_conf *conf = oidc_provider_conf(p);
	AUTO_STR struct str text = {0};
	struct oidc_call f = {.url = url, .issuer = conf->issuer, .bearer = access};

	if (oidc_call(&text, &f, err) < 0)
		return err_wrap(err, "the provider's userinfo");
	if (view_starts(view_trim(str_view(&text)), VIEW_LIT("{")))
		return json_parse(ret, "userinfo", str_view(&text), err);
	if (oidc_verify(p, view_trim(str_view(&text)), now, ret, err) < 0)
		return -1;
	if (strcmp(oidc_text(*ret, "iss"), conf->issuer) != 0)
		return err_set(err, ERR_DENIED, "the userinfo is another provider's");
	return 0;
}

static void fill(struct oidc_person *ret, const json_t *from, struct arena *memory)
{
	const char *name = oidc_text(from, "name");
	bool whole = *name;

	if (!*ret->email) {
		ret->email = arena_strdup(memory, VIEW(oidc_text(from, "email")));
		ret->email_verified = json_is_true(json_object_get(from, "email_verified"));
	}
	if (!*ret->name && (whole || *oidc_text(from, "given_name"))) {
		const char *family = oidc_text(from, "usual_name");

		if (!*family)
			family = oidc_text(from, "family_name");
		ret->name = whole ? arena_strdup(memory, VIEW(name))
		                  : arena_format(memory, "%s %s", oidc_text(from, "given_name"),
					family);
	}
}

static int read_person(struct oidc_provider *p, const json_t *about, const json_t *claims,
    const char *access, int64_t now, struct arena *memory, struct oidc_person *ret,
    struct err *err)
{
	AUTO_JSON json_t *more = NULL;
	const char *url = oidc_text(about, "userinfo_endpoint");

	ret->subject = arena_strdup(memory, VIEW(oidc_text(claims, "sub")));
	ret->acr = arena_strdup(memory, VIEW(oidc_text(claims, "acr")));
	ret->auth_at = json_integer_value(json_object_get(claims, "auth_time"));
	ret->email = ret->name = "";
	fill(ret, claims, memory);
	if (*ret->email || !*url || !*access)
		return 0;
	if (fetch_person(p, url, access, now, &more, err) < 0)
		return -1;
	if (strcmp(oidc_text(more, "sub"), ret->subject) != 0)
		return err_set(err, ERR_DENIED, "the userinfo is about somebody else");
	fill(ret, more, memory);
	return 0;
}

int oidc_exchange(struct oidc_provider *p, struct view code, const struct oidc_request *q,
    int64_t now, struct arena *memory, struct oidc_person *ret, struct err *err)
{
	AUTO_OIDC_VALUE struct oidc_value *kept = NULL;
	AUTO_JSON json_t *tokens = NULL, *claims = NULL;
	const json_t *about;
	struct oidc_person person = {0};
	const char *access;

	if (oidc_about(p, now, &kept, err) < 0)
		return -1;
	about = oidc_value_get(kept);
	if (fetch_tokens(p, about, code, q->verifier, &tokens, err) < 0 ||
	    oidc_verify(p, VIEW(oidc_text(tokens, "id_token")), now, &claims, err) < 0 ||
	    oidc_judge_claims(claims, oidc_provider_conf(p), q->nonce, now / 1000000, err) < 0)
		return -1;
	access = oidc_text(tokens, "access_token");
	if (!is_its_token(claims, access))
		return err_set(err, ERR_DENIED, "two tokens that do not belong together");
	person.id_token = arena_strdup(memory, VIEW(oidc_text(tokens, "id_token")));
	if (read_person(p, about, claims, access, now, memory, &person, err) < 0)
		return -1;
	*ret = person;
	return 0;
}
