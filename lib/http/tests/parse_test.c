#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "http/parse.h"

static void check_path(const char *raw, const char *wanted)
{
	AUTO_HTTP_REQUEST struct http_request q = {0};
	struct err err = {0};

	if (!wanted) {
		assert_int_equal(http_parse_path(&q, VIEW(raw), &err), -1);
		assert_int_equal(err.code, ERR_FORMAT);
		return;
	}
	assert_int_equal(http_parse_path(&q, VIEW(raw), &err), 0);
	assert_true(view_eq(q.path, VIEW(wanted)));
}

static void paths(void **state)
{
	(void)state;
	check_path("/", "/");
	check_path("/fr/register/", "/fr/register/");
	check_path("/a%20b/%C3%A9t%C3%A9", "/a b/été");
	check_path("/a+b", "/a+b");
	check_path("", NULL);
	check_path("a", NULL);
	check_path("/a//b", NULL);
	check_path("/../etc", NULL);
	check_path("/a/%2e%2e/b", NULL);
	check_path("/a/..", NULL);
	check_path("/./a", NULL);
	check_path("/a%2", NULL);
	check_path("/a%zz", NULL);
	check_path("/a%00b", NULL);
	check_path("/a%0d%0ab", NULL);
	check_path("/a%5cb", NULL);
	check_path("/%ff", NULL);
	check_path("/%c0%af", NULL);
}

static void pairs(void **state)
{
	AUTO_HTTP_REQUEST struct http_request q = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(http_parse_pairs(&q, VIEW("a=1&b=x+y%21&&c&d=e=f&a=2&%C3%A9=%C3%A8"),
			     &q.query, &err),
	    0);
	assert_int_equal(q.query.all.len, 6);
	assert_true(view_eq(http_query(&q, "a"), VIEW("1")));
	assert_true(view_eq(http_query(&q, "b"), VIEW("x y!")));
	assert_true(view_eq(http_query(&q, "c"), VIEW("")));
	assert_true(view_eq(http_query(&q, "d"), VIEW("e=f")));
	assert_true(view_eq(http_query(&q, "é"), VIEW("è")));
	assert_null(http_query(&q, "z").ptr);
	assert_int_equal(http_parse_pairs(&q, VIEW("a=%ff"), &q.query, &err), -1);
	assert_int_equal(http_parse_pairs(&q, VIEW("a=%0"), &q.query, &err), -1);
}

static void too_many_pairs(void **state)
{
	AUTO_HTTP_REQUEST struct http_request q = {0};
	AUTO_STR struct str raw = {0};
	struct err err = {0};

	(void)state;
	for (int i = 0; i < HTTP_PAIRS_MAX + 1; i++)
		str_addz(&raw, "a&");
	assert_int_equal(http_parse_pairs(&q, str_view(&raw), &q.form, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
}

static void cookies(void **state)
{
	AUTO_HTTP_REQUEST struct http_request q = {0};

	(void)state;
	http_parse_cookies(&q, VIEW("session=abc=; lang=fr;  x; =y;z= "));
	assert_int_equal(q.cookies.all.len, 3);
	assert_true(view_eq(http_cookie(&q, "session"), VIEW("abc=")));
	assert_true(view_eq(http_cookie(&q, "lang"), VIEW("fr")));
	assert_true(view_eq(http_cookie(&q, "z"), VIEW("")));
}

#define PART(head, content) "--wall\r\n" head "\r\n\r\n" content "\r\n"
#define NAME "Content-Disposition: form-data; name=\"title\""
#define EMPTY_NAME "content-disposition: Form-Data; filename=\"\"; name=none"
#define FILE_NAME                                                               \
	"Content-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n" \
	"Content-Type: application/pdf"

static int parse_form(struct http_request *q, const char *type, const char *body, struct err *err)
{
	return http_parse_body(q, VIEW(type), VIEW(body), err);
}

static void forms_with_files(void **state)
{
	static const char files[] = PART(NAME, "l'été\r\n--wal")
	    PART(FILE_NAME, "%PDF\r\n\x01\xff") "--wall--\r\n";
	/* A name without quotes is not what browsers send. */
	static const char unquoted[] = PART(NAME, "x") PART(EMPTY_NAME, "") "--wall--\r\n";
	AUTO_HTTP_REQUEST struct http_request q = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(parse_form(&q, "multipart/form-data; boundary=wall", files, &err), 0);
	assert_true(view_eq(http_form(&q, "title"), VIEW("l'été\r\n--wal")));
	assert_int_equal(q.uploads.len, 1);
	assert_true(view_eq(q.uploads.ptr[0].field, VIEW("file")));
	assert_true(view_eq(q.uploads.ptr[0].file_name, VIEW("a.pdf")));
	assert_true(view_eq(q.uploads.ptr[0].type, VIEW("application/pdf")));
	assert_true(view_eq(q.uploads.ptr[0].bytes, VIEW("%PDF\r\n\x01\xff")));
	assert_int_equal(
	    parse_form(&q, "multipart/form-data; boundary=\"wall\"", unquoted, &err), -1);
}

static void forms_that_are_broken(void **state)
{
	static const char *const bodies[] = {
	    "",
	    "--wall",
	    "--wall\r\n",
	    "--wallx\r\n" NAME "\r\n\r\nx\r\n--wall--",
	    "--wall\r\n" NAME "\r\nx\r\n--wall--",
	    "--wall\r\n" NAME "\r\n\r\nx",
	    "--wall\r\nContent-Type: a/b\r\n\r\nx\r\n--wall--",
	    "--wall\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--wall--",
	    "--wall\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--wall--",
	    "--wall\r\n" NAME "\r\n\r\n\xff\r\n--wall--",
	};
	AUTO_HTTP_REQUEST struct http_request q = {0};
	struct err err = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bodies); i++)
		assert_int_equal(
		    parse_form(&q, "multipart/form-data; boundary=wall", bodies[i], &err), -1);
	assert_int_equal(parse_form(&q, "multipart/form-data", "--wall--", &err), -1);
}

static void other_bodies(void **state)
{
	AUTO_HTTP_REQUEST struct http_request q = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(parse_form(&q, "application/json; charset=utf-8", "{\"a\":1}", &err), 0);
	assert_true(view_eq(q.body, VIEW("{\"a\":1}")));
	assert_int_equal(
	    parse_form(&q, "Application/X-WWW-Form-Urlencoded;charset=UTF-8", "a=1", &err), 0);
	assert_true(view_eq(http_form(&q, "a"), VIEW("1")));
}

static void headers_end_where_they_should(void **state)
{
	AUTO_HTTP_RESPONSE struct http_response r = {0};

	(void)state;
	http_redirect(&r, VIEW("/a\r\nSet-Cookie: b=c"));
	assert_int_equal(r.status, 303);
	assert_true(view_eq(r.headers.all.ptr[0].value, VIEW("/aSet-Cookie: b=c")));
	http_set_cookie(&r, "s", VIEW("abc"), 60, true);
	assert_true(view_eq(r.headers.all.ptr[1].value,
	    VIEW("s=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure")));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(paths),
	    cmocka_unit_test(pairs),
	    cmocka_unit_test(too_many_pairs),
	    cmocka_unit_test(cookies),
	    cmocka_unit_test(forms_with_files),
	    cmocka_unit_test(forms_that_are_broken),
	    cmocka_unit_test(other_bodies),
	    cmocka_unit_test(headers_end_where_they_should),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
