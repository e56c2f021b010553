/* Addresses of the registries of RFC 6890; references of RFC 3986, section 5.4; weights. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "http/accept.h"
#include "http/fetch.h"

static bool is_public(const char *text)
{
	struct sockaddr_in6 six = {.sin6_family = AF_INET6};
	struct sockaddr_in four = {.sin_family = AF_INET};

	if (strchr(text, ':')) {
		assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
		return fetch_address_is_public((struct sockaddr *)&six);
	}
	assert_int_equal(inet_pton(AF_INET, text, &four.sin_addr), 1);
	return fetch_address_is_public((struct sockaddr *)&four);
}

static void test_addresses(void **state)
{
	static const char *const closed[] = {"127.0.0.1", "127.255.255.255", "0.0.0.0", "10.1.2.3",
	    "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
	    "100.127.255.255", "224.0.0.1", "255.255.255.255", "198.19.1.1", "::1", "::",
	    "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
	    "64:ff9b::7f00:1", "2001:db8::1", "2002:7f00:1::1", "2001:0:1::1"};
	static const char *const open[] = {"8.8.8.8", "172.15.255.255", "172.32.0.1", "100.63.0.1",
	    "100.128.0.1", "193.168.0.1", "2a00:1450:4007::1", "::ffff:8.8.8.8",
	    "64:ff9b::808:808", "2001:4860:4860::8888"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(closed); i++)
		if (is_public(closed[i]))
			fail_msg("%s is not public", closed[i]);
	for (size_t i = 0; i < ARRAY_LEN(open); i++)
		if (!is_public(open[i]))
			fail_msg("%s is public", open[i]);
}

static void test_references(void **state)
{
	static const struct {
		const char *address, *whole;
	} cases[] = {{"g", "http://a/b/c/g"}, {"./g", "http://a/b/c/g"}, {"g/", "http://a/b/c/g/"},
	    {"/g", "http://a/g"}, {"?y", "http://a/b/c/d;p?y"}, {"g?y", "http://a/b/c/g?y"},
	    {"../g", "http://a/b/g"}, {"http://b.example/x?page=2", "http://b.example/x?page=2"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_FREE char *got = fetch_resolve("http://a/b/c/d;p?q", cases[i].address);

		assert_non_null(got);
		assert_string_equal(got, cases[i].whole);
	}
}

static void test_origins(void **state)
{
	static const struct {
		const char *url, *origin;
	} cases[] = {{"http://a.example/x", "http://a.example:80"},
	    {"https://a.example:8443/x?y", "https://a.example:8443"},
	    {"http://[::1]:81/", "http://[::1]:81"}, {"file:///etc/hosts", NULL},
	    {"gopher://a.example/", NULL}, {"no address", NULL}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_FREE char *got = fetch_origin(cases[i].url);

		if (!cases[i].origin)
			assert_null(got);
		else
			assert_string_equal(got, cases[i].origin);
	}
}

static void test_accept(void **state)
{
	static const char *const types[] = {"text/html", "text/turtle", "application/ld+json"};
	static const struct {
		const char *header;
		int wanted;
	} cases[] = {{"", 0}, {"*/*", 0}, {"text/turtle", 1}, {"TEXT/Turtle;q=0.2", 1},
	    {"application/ld+json;q=0.9, text/turtle;q=0.95", 2 - 1},
	    {"text/*;q=0.5, application/ld+json", 2}, {"image/png", -1}, {"text/html;q=0", -1},
	    {"*/*;q=0.1, text/turtle", 1}, {"text/html;q=0, */*", 1},
	    {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 0},
	    {"text/turtle;charset=utf-8;q=0.3, text/html;q=0.31", 0}, {";;,,", -1}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (http_accept(VIEW(cases[i].header), types, 3) != cases[i].wanted)
			fail_msg("%s", cases[i].header);
}

/* Nothing is asked of what is private or no web address. */
static void test_refused(void **state)
{
	static const char *const urls[] = {"http://127.0.0.1:9/", "http://[::1]:9/",
	    "http://localhost:9/", "http://169.254.169.254/latest", "http://0x7f000001:9/",
	    "http://2130706433:9/", "file:///etc/hostname", "gopher://127.0.0.1:9/"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(urls); i++) {
		AUTO_FETCHED struct fetched got = {0};
		struct fetch f = {.method = HTTP_GET, .url = urls[i]};
		struct err err = {0};

		assert_int_equal(fetch(&got, &f, &err), -1);
		if (err.code != ERR_DENIED)
			fail_msg("%s: %s", urls[i], err.msg);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_addresses),
	    cmocka_unit_test(test_references), cmocka_unit_test(test_origins),
	    cmocka_unit_test(test_accept), cmocka_unit_test(test_refused)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
