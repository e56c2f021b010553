#include "account/oidc_web.h"

#include "base/base64.h"
#include "http/fetch.h"

#include <sodium.h>

static bool has_host(struct view rest, const char *const *hosts)
{
	size_t len = 0;

	while (len < rest.len && !strchr("/?#", rest.ptr[len]))
		len++;
	rest.len = len;
	if (len == 0 || memchr(rest.ptr, '@', len))
		return false;
	for (; hosts && *hosts; hosts++) {
		size_t n = strlen(*hosts);

		if (view_starts(rest, VIEW(*hosts)) && (len == n || rest.ptr[n] == ':'))
			return true;
	}
	return !hosts;
}

bool oidc_is_address(struct view url)
{
	static const char *const here[] = {"127.0.0.1", "localhost", "[::1]", NULL};
	const struct view tls = VIEW_LIT("https://"), plain = VIEW_LIT("http://");

	for (size_t i = 0; i < url.len; i++)
		if ((unsigned char)url.ptr[i] <= ' ' || (unsigned char)url.ptr[i] >= 127 ||
		    url.ptr[i] == '\\')
			return false;
	if (view_starts(url, tls))
		return has_host((struct view){url.ptr + tls.len, url.len - tls.len}, NULL);
	return view_starts(url, plain) &&
	       has_host((struct view){url.ptr + plain.len, url.len - plain.len}, here);
}

void oidc_add_field(struct str *form, const char *name, struct view value)
{
	if (form->len > 0)
		str_addc(form, '&');
	str_addf(form, "%s=", name);
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.ptr[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		    (c && strchr("-._~", c)))
			str_addc(form, (char)c);
		else
			str_addf(form, "%%%02X", c);
	}
}

static char *basic(const struct oidc_call *c)
{
	AUTO_FREE char *plain = str_format("%s:%s", c->user, c->password);
	struct str text = {0};

	str_addz(&text, "Basic ");
	base64_add(&text, VIEW(plain));
	sodium_memzero(plain, strlen(plain));
	return str_take(&text);
}

int oidc_call(struct str *ret, const struct oidc_call *c, struct err *err)
{
	AUTO_FETCHED struct fetched got = {0};
	AUTO_FREE char *authorization = c->user     ? basic(c)
	                                : c->bearer ? str_format("Bearer %s", c->bearer)
	                                            : NULL;
	struct fetch f = {
	    .method = c->form.ptr ? HTTP_POST : HTTP_GET,
	    .url = c->url,
	    .own = c->issuer,
	    .accept = "application/json, */*;q=0.1",
	    .authorization = authorization,
	    .stay = true,
	    .type = "application/x-www-form-urlencoded",
	    .body = c->form,
	    .body_max = OIDC_DOCUMENT_MAX,
	    .patience = OIDC_PATIENCE,
	};
	int status;

	if (!oidc_is_address(VIEW(c->url)))
		return err_set(err, ERR_DENIED, "not an address that begins with https://");
	status = fetch(&got, &f, err);
	if (authorization)
		sodium_memzero(authorization, strlen(authorization));
	if (status < 0)
		return -1;
	if (c->form.ptr && got.status >= 400 && got.status < 500)
		return err_set(err, ERR_DENIED, "it is refused with status %d", got.status);
	if (got.status != 200)
		return err_set(err, ERR_IO, "the answer has status %d", got.status);
	str_reset(ret);
	str_add(ret, str_view(&got.body));
	return 0;
}
