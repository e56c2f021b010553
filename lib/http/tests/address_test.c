#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "http/address.h"

static void check_client(const char *trusted, const char *peer, const char *first,
    const char *second, const char *client)
{
	AUTO_HTTP_REQUEST struct http_request q = {0};
	struct http_prefixes p = {0};
	char text[HTTP_ADDRESS_SIZE];
	struct err err = {0};

	assert_int_equal(http_prefixes_parse(&p, VIEW(trusted), &err), 0);
	q.address = VIEW(peer);
	*vec_push(&q.headers.all) = (struct http_pair){VIEW_LIT("Host"), VIEW_LIT("x")};
	if (first)
		*vec_push(&q.headers.all) =
		    (struct http_pair){VIEW_LIT("X-Forwarded-For"), VIEW(first)};
	if (second)
		*vec_push(&q.headers.all) =
		    (struct http_pair){VIEW_LIT("x-forwarded-for"), VIEW(second)};
	if (!view_eq(http_client_of(&q, &p, text), VIEW(client)))
		fail_msg("%s of %s, %s is not %s but %s", peer, first, second, client, text);
	vec_clear(&p.all);
}

/* What a client writes itself stands at the left of what the proxy adds. */
static void only_trusted_proxies_are_believed(void **state)
{
	static const char two[] = "127.0.0.1, 10.0.0.0/8, ::1";

	(void)state;
	check_client("", "192.0.2.1", NULL, NULL, "192.0.2.1");
	check_client("", "192.0.2.1", "198.51.100.7", NULL, "192.0.2.1");
	check_client("", "127.0.0.1", "198.51.100.7", NULL, "127.0.0.1");
	check_client(two, "192.0.2.1", "198.51.100.7", NULL, "192.0.2.1");
	check_client(two, "127.0.0.1", NULL, NULL, "127.0.0.1");
	check_client(two, "127.0.0.1", "198.51.100.7", NULL, "198.51.100.7");
	check_client(two, "::1", "2001:DB8:0::7", NULL, "2001:db8::7");
	check_client(two, "::ffff:127.0.0.1", "198.51.100.7", NULL, "198.51.100.7");
	check_client(two, "127.0.0.1", "203.0.113.9, 198.51.100.7", NULL, "198.51.100.7");
	check_client(two, "127.0.0.1", "203.0.113.9,198.51.100.7,10.1.2.3", NULL, "198.51.100.7");
	check_client(two, "127.0.0.1", "203.0.113.9", "198.51.100.7", "198.51.100.7");
	check_client(two, "127.0.0.1", "203.0.113.9", "10.0.0.1", "203.0.113.9");
	check_client(two, "127.0.0.1", "10.0.0.7, 10.0.0.1", NULL, "10.0.0.7");
	check_client(two, "127.0.0.1", "198.51.100.7:4711", NULL, "198.51.100.7");
	check_client(two, "127.0.0.1", "[2001:db8::1]:4711", NULL, "2001:db8::1");
	check_client(two, "127.0.0.1", "203.0.113.9, unknown", NULL, "127.0.0.1");
	check_client(two, "127.0.0.1", "203.0.113.9, <script>, 10.0.0.1", NULL, "10.0.0.1");
	check_client(two, "127.0.0.1", ",,", NULL, "127.0.0.1");
	check_client(two, "127.0.0.1", "", NULL, "127.0.0.1");
	check_client(two, "127.0.0.1", "203.0.113.9, ", NULL, "127.0.0.1");
}

static void prefixes_end_within_bytes(void **state)
{
	static const struct {
		const char *prefix, *address;
		bool has;
	} cases[] = {
	    {"10.128.0.0/9", "10.128.0.1", true},
	    {"10.128.0.0/9", "10.127.255.255", false},
	    {"10.128.0.0/9", "::ffff:10.200.0.1", true},
	    {"192.0.2.4/30", "192.0.2.7", true},
	    {"192.0.2.4/30", "192.0.2.8", false},
	    {"192.0.2.4", "192.0.2.5", false},
	    {"2001:db8::/32", "2001:db8:ffff::1", true},
	    {"2001:db8::/32", "2001:db9::1", false},
	    {"::/1", "192.0.2.1", true},
	    {"10.0.0.0/8", "here", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct http_prefixes p = {0};
		struct err err = {0};

		assert_int_equal(http_prefixes_parse(&p, VIEW(cases[i].prefix), &err), 0);
		if (http_prefixes_have(&p, VIEW(cases[i].address)) != cases[i].has)
			fail_msg("%s in %s", cases[i].address, cases[i].prefix);
		vec_clear(&p.all);
	}
}

static void what_is_no_prefix_is_refused(void **state)
{
	static const char *const wrong[] = {"localhost", "10.0.0", "10.0.0.0/33", "10.0.0.0/0",
	    "10.0.0.0/", "10.0.0.0/x", "::1/129", "::1, 1.2.3.4.5", "/8"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		struct http_prefixes p = {0};
		struct err err = {0};

		if (http_prefixes_parse(&p, VIEW(wrong[i]), &err) == 0)
			fail_msg("%s", wrong[i]);
		assert_int_equal(err.code, ERR_FORMAT);
		vec_clear(&p.all);
	}
}

static void a_network_has_one_name(void **state)
{
	static const char *const cases[][2] = {
	    {"192.0.2.1", "192.0.2.1"},
	    {"::ffff:192.0.2.1", "192.0.2.1"},
	    {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
	    {"2001:DB8:1:2::", "2001:db8:1:2::/64"},
	    {"::1", "::/64"},
	    {"", ""},
	    {"nonsense", "nonsense"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[HTTP_ADDRESS_SIZE];

		if (!view_eq(http_network_of(text, VIEW(cases[i][0])), VIEW(cases[i][1])))
			fail_msg("%s", cases[i][0]);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(only_trusted_proxies_are_believed),
	    cmocka_unit_test(prefixes_end_within_bytes),
	    cmocka_unit_test(what_is_no_prefix_is_refused),
	    cmocka_unit_test(a_network_has_one_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
