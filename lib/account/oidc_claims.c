#include "account/oidc_provider.h"

static struct view text_of(const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);

	return json_is_string(v)
	           ? (struct view){json_string_value(v), json_string_length(v)}
	           : VIEW_NONE;
}

/* Steps 3 to 5: for us; with others, only when it was made for us. */
static bool is_for_us(const json_t *claims, const char *client)
{
	const json_t *audience = json_object_get(claims, "aud");
	struct view party = text_of(claims, "azp");
	bool found = json_is_string(audience) && strcmp(json_string_value(audience), client) == 0;

	if (json_object_get(claims, "azp") && !view_eq(party, VIEW(client)))
		return false;
	for (size_t i = 0; i < json_array_size(audience); i++) {
		const char *one = json_string_value(json_array_get(audience, i));

		found |= one && strcmp(one, client) == 0;
	}
	return found && (json_array_size(audience) < 2 || party.ptr);
}

/* Steps 9 and 10. */
static bool is_in_time(const json_t *claims, int64_t now_s)
{
	const json_t *ends = json_object_get(claims, "exp"), *made = json_object_get(claims, "iat");
	const json_t *begins = json_object_get(claims, "nbf");

	if (!json_is_integer(ends) || !json_is_integer(made) ||
	    (begins && !json_is_integer(begins)))
		return false;
	return json_integer_value(ends) > now_s - OIDC_SKEW_S &&
	       json_integer_value(made) <= now_s + OIDC_SKEW_S &&
	       json_integer_value(made) > now_s - OIDC_AGE_S &&
	       (!begins || json_integer_value(begins) <= now_s + OIDC_SKEW_S);
}

int oidc_judge_claims(const json_t *claims, const struct oidc_conf *conf, const char *nonce,
    int64_t now_s, struct err *err)
{
	struct view subject = text_of(claims, "sub");

	if (!view_eq(text_of(claims, "iss"), VIEW(conf->issuer)))
		return err_set(err, ERR_DENIED, "the token is another provider's");
	if (!is_for_us(claims, conf->client))
		return err_set(err, ERR_DENIED, "the token is for somebody else");
	if (!is_in_time(claims, now_s))
		return err_set(err, ERR_DENIED, "the token is too old, or from the future");
	if (!view_eq(text_of(claims, "nonce"), VIEW(nonce)))
		return err_set(err, ERR_DENIED, "the token answers another request");
	if (subject.len == 0 || subject.len > OIDC_SUBJECT_MAX)
		return err_set(err, ERR_DENIED, "the token names nobody");
	return 0;
}

bool oidc_is_strong(const struct oidc_conf *conf, const char *acr)
{
	struct view rest = VIEW(conf->strong), one;

	while (*acr && view_next(&rest, ' ', &one))
		if (view_eq(one, VIEW(acr)))
			return true;
	return false;
}
