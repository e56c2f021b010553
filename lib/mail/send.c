#include "mail/mail.h"

#include <curl/curl.h>

struct source {
	struct view rest;
};

static size_t give(char *into, size_t size, size_t count, void *arg)
{
	struct source *s = arg;
	size_t len = MIN(size * count, s->rest.len);

	memcpy(into, s->rest.ptr, len);
	s->rest = (struct view){s->rest.ptr + len, s->rest.len - len};
	return len;
}

static void free_easy(CURL **c)
{
	curl_easy_cleanup(*c);
}

static void free_list(struct curl_slist **l)
{
	curl_slist_free_all(*l);
}

/* A server that offers TLS is spoken to in TLS; "smtps://" demands it. */
static CURLcode set_up(CURL *c, const struct mail_box *box, struct curl_slist *to,
    struct source *source)
{
	AUTO_FREE char *from = str_format("<%s>", box->from);

	curl_easy_setopt(c, CURLOPT_URL, box->smtp);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(c, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)MAIL_PATIENCE);
	curl_easy_setopt(c, CURLOPT_MAIL_FROM, from);
	curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(c, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(c, CURLOPT_READDATA, source);
	return curl_easy_perform(c);
}

int mail_send(const struct mail_box *box, struct view to, struct view message, struct err *err)
{
	AUTO(free_easy)
	CURL *c = curl_easy_init();
	AUTO(free_list)
	struct curl_slist *list = NULL;
	AUTO_FREE char *receiver = str_format("<%.*s>", VIEW_ARG(to));
	struct source source = {message};
	CURLcode code;

	list = curl_slist_append(NULL, receiver);
	if (!c || !list)
		return err_set(err, ERR_INTERNAL, "no memory to send mail");
	code = set_up(c, box, list, &source);
	if (code != CURLE_OK)
		return err_set(err, ERR_OUTPUT, "mail cannot be sent: %s",
		    curl_easy_strerror(code));
	return 0;
}
