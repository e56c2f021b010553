#include "http/fetch.h"

#include <curl/curl.h>
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

struct fetching {
	const struct fetch *f;
	struct fetched *got;
	CURL *curl;
	size_t body_max, header_bytes;
	bool too_big, denied;
};

void fetched_clear(struct fetched *f)
{
	str_clear(&f->body);
	arena_clear(&f->memory);
}

static char *take_url(CURLU *u)
{
	char *text = NULL, *copy = NULL;

	if (curl_url_get(u, CURLUPART_URL, &text, 0) == CURLUE_OK)
		copy = mem_strdup(text);
	curl_free(text);
	return copy;
}

char *fetch_origin(const char *url)
{
	CURLU *u = curl_url();
	char *scheme = NULL, *host = NULL, *port = NULL, *origin = NULL;

	if (u && curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK &&
	    (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0))
		origin = str_format("%s://%s:%s", scheme, host, port);
	curl_free(scheme);
	curl_free(host);
	curl_free(port);
	curl_url_cleanup(u);
	return origin;
}

char *fetch_resolve(const char *base, const char *address)
{
	CURLU *u = curl_url();
	char *whole = NULL;

	if (u && curl_url_set(u, CURLUPART_URL, base, 0) == CURLUE_OK &&
	    curl_url_set(u, CURLUPART_URL, address, 0) == CURLUE_OK)
		whole = take_url(u);
	curl_url_cleanup(u);
	return whole;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *arg)
{
	struct fetching *x = arg;
	size_t len = size * count;

	if (x->got->body.len + len > x->body_max) {
		x->too_big = true;
		return 0;
	}
	str_add(&x->got->body, (struct view){bytes, len});
	return len;
}

/* Headers of an earlier answer of a redirect are forgotten. */
static void forget_headers(struct fetched *got)
{
	got->type = got->etag = got->modified = got->cache = "";
	str_reset(&got->body);
}

static size_t on_header(char *bytes, size_t size, size_t count, void *arg)
{
	struct fetching *x = arg;
	struct fetched *got = x->got;
	const struct {
		struct view name;
		const char **value;
	} wanted[] = {{VIEW_LIT("Content-Type"), &got->type}, {VIEW_LIT("ETag"), &got->etag},
	    {VIEW_LIT("Last-Modified"), &got->modified},
	    {VIEW_LIT("Cache-Control"), &got->cache}};
	struct view line = {bytes, size * count}, name;

	x->header_bytes += line.len;
	if (x->header_bytes > FETCH_HEADERS_MAX) {
		x->too_big = true;
		return 0;
	}
	if (view_starts(line, VIEW_LIT("HTTP/")))
		forget_headers(got);
	else if (view_next(&line, ':', &name))
		for (size_t i = 0; i < ARRAY_LEN(wanted); i++)
			if (view_eq_nocase(name, wanted[i].name))
				*wanted[i].value = arena_strdup(&got->memory, view_trim(line));
	return size * count;
}

/* The last moment before a connection, when names have become addresses. */
static curl_socket_t on_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct fetching *x = arg;
	char *now = NULL;
	bool own = false;

	(void)purpose;
	if (x->f->own && curl_easy_getinfo(x->curl, CURLINFO_EFFECTIVE_URL, &now) == CURLE_OK &&
	    now) {
		AUTO_FREE char *mine = fetch_origin(x->f->own);
		AUTO_FREE char *asked = fetch_origin(now);

		own = mine && asked && strcmp(mine, asked) == 0;
	}
	if (!own && !fetch_address_is_public(&address->addr)) {
		x->denied = true;
		errno = EACCES;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static struct curl_slist *make_headers(const struct fetch *f)
{
	const struct {
		const char *name, *value;
	} all[] = {{"Accept", f->accept}, {"If-None-Match", f->etag},
	    {"If-Modified-Since", f->modified}, {"X-API-Key", f->key},
	    {"Authorization", f->authorization},
	    {"Content-Type", f->body.len ? f->type : NULL}};
	struct curl_slist *list = curl_slist_append(NULL, "Expect:");

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (all[i].value && *all[i].value) {
			AUTO_FREE char *line = str_format("%s: %s", all[i].name, all[i].value);

			list = curl_slist_append(list, line);
		}
	return list;
}

static void set_method(CURL *c, const struct fetch *f)
{
	static const char *const names[] = {
	    [HTTP_POST] = "POST", [HTTP_PUT] = "PUT", [HTTP_DELETE] = "DELETE"};

	if (f->method == HTTP_GET)
		return;
	curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, names[f->method]);
	if (f->method == HTTP_DELETE)
		return;
	curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)f->body.len);
	curl_easy_setopt(c, CURLOPT_POSTFIELDS, f->body.len ? f->body.ptr : "");
}

static void set_up(struct fetching *x, struct curl_slist *headers)
{
	const struct fetch *f = x->f;
	CURL *c = x->curl;

	curl_easy_setopt(c, CURLOPT_URL, f->url);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION,
	    (long)(f->method == HTTP_GET && !f->key && !f->authorization && !f->stay));
	curl_easy_setopt(c, CURLOPT_MAXREDIRS, (long)FETCH_REDIRECTS);
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "gzip");
	curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)(f->patience ? f->patience : FETCH_PATIENCE));
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, 10L);
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, x);
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, x);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, x);
	curl_easy_setopt(c, CURLOPT_USERAGENT, "hygie");
	set_method(c, f);
}

static int explain(const struct fetching *x, CURLcode code, struct err *err)
{
	if (x->denied)
		return err_set(err, ERR_DENIED, "it leads to an address of a private network");
	if (x->too_big)
		return err_set(err, ERR_LIMIT, "its answer is larger than %zu bytes", x->body_max);
	if (code == CURLE_UNSUPPORTED_PROTOCOL)
		return err_set(err, ERR_DENIED,
		    "it leads to an address that is not http or https");
	if (code == CURLE_OPERATION_TIMEDOUT)
		return err_set(err, ERR_IO, "no whole answer in time");
	return err_set(err, ERR_IO, "%s", curl_easy_strerror(code));
}

int fetch(struct fetched *ret, const struct fetch *f, struct err *err)
{
	struct fetching x = {.f = f,
	    .got = ret,
	    .curl = curl_easy_init(),
	    .body_max = f->body_max ? f->body_max : FETCH_BODY_MAX};
	struct curl_slist *headers = make_headers(f);
	char *last = NULL;
	long status = 0;
	CURLcode code;

	if (!x.curl || !headers) {
		curl_slist_free_all(headers);
		curl_easy_cleanup(x.curl);
		return err_set(err, ERR_INTERNAL, "no memory to ask a server");
	}
	ret->body.max = x.body_max + 1;
	forget_headers(ret);
	set_up(&x, headers);
	code = curl_easy_perform(x.curl);
	curl_easy_getinfo(x.curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(x.curl, CURLINFO_EFFECTIVE_URL, &last);
	ret->status = (int)status;
	ret->url = arena_strdup(&ret->memory, VIEW(last ? last : f->url));
	curl_slist_free_all(headers);
	curl_easy_cleanup(x.curl);
	return code == CURLE_OK ? 0 : explain(&x, code, err);
}
