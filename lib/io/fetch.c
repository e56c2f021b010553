#include "io/fetch.h"

#include <curl/curl.h>

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

bool fetch_is_safe(struct view url)
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

void fetch_add_field(struct str *form, const char *name, struct view value)
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

static size_t take(char *bytes, size_t size, size_t count, void *arg)
{
	struct str *into = arg;

	str_add(into, (struct view){bytes, size * count});
	return into->full ? 0 : size * count;
}

static void free_easy(CURL **c)
{
	curl_easy_cleanup(*c);
}

static void free_list(struct curl_slist **l)
{
	curl_slist_free_all(*l);
}

static void set_up(CURL *c, const struct fetch *f, struct str *into)
{
	curl_easy_setopt(c, CURLOPT_URL, f->url);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR,
	    view_starts(VIEW(f->url), VIEW_LIT("https://")) ? "https" : "http");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)FETCH_PATIENCE);
	curl_easy_setopt(c, CURLOPT_USERAGENT, "hygie");
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, into);
	if (f->user) {
		curl_easy_setopt(c, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
		curl_easy_setopt(c, CURLOPT_USERNAME, f->user);
		curl_easy_setopt(c, CURLOPT_PASSWORD, f->password);
	}
	if (f->bearer) {
		curl_easy_setopt(c, CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER);
		curl_easy_setopt(c, CURLOPT_XOAUTH2_BEARER, f->bearer);
	}
	if (f->form.ptr) {
		curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)f->form.len);
		curl_easy_setopt(c, CURLOPT_COPYPOSTFIELDS, f->form.ptr);
	}
}

int fetch(struct str *ret, const struct fetch *f, struct err *err)
{
	AUTO(free_easy)
	CURL *c = curl_easy_init();
	AUTO(free_list)
	struct curl_slist *headers = curl_slist_append(NULL, "Accept: application/json, */*;q=0.1");
	long status = 0;
	CURLcode code;

	if (!fetch_is_safe(VIEW(f->url)))
		return err_set(err, ERR_USAGE, "not an address that begins with https://");
	if (!c || !headers)
		return err_set(err, ERR_INTERNAL, "no memory to fetch");
	str_reset(ret);
	ret->max = f->max;
	set_up(c, f, ret);
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
	code = curl_easy_perform(c);
	if (ret->full)
		return err_set(err, ERR_LIMIT, "the answer has more than %zu bytes", f->max);
	if (code != CURLE_OK)
		return err_set(err, ERR_IO, "no answer: %s", curl_easy_strerror(code));
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	if (status != 200)
		return err_set(err, ERR_IO, "the answer has status %ld", status);
	return 0;
}
