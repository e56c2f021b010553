/* Keys and a token of a provider from hostile bytes: a set of keys in a line, then the token. */
#include "account/oidc_jwt.h"
#include "account/oidc_provider.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct oidc_conf conf = {
	    .issuer = "https://login.example", .client = "hub", .strong = "eidas2"};
	AUTO_JWK_SET struct jwk_set *keys = NULL;
	AUTO_JSON json_t *claims = NULL, *said = NULL;
	struct view rest = {(const char *)data, size}, line;
	struct err err = {0};
	bool unknown;

	if (!view_next(&rest, '\n', &line) || jwk_set_parse(&keys, line, &err) < 0)
		return 0;
	rest.ptr = rest.ptr ? rest.ptr : "";
	(void)!jwt_verify(&claims, keys, rest, &unknown, &err);
	if (json_parse(&said, "claims", rest, &err) == 0)
		(void)!oidc_judge_claims(said, &conf, "nonce", 1763000000, &err);
	return 0;
}
