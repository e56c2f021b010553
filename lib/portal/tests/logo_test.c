/* White label: the picture that hub.conf names stands on the pages. */
#include "portal/tests/open.h"

#include "io/file.h"

static const char picture[] = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'/>";

static char *folder_of(const char *what)
{
	return str_format("%s/%s-%c", test_folder, what, test_place[0]);
}

/* As an operator does: made, the file put there. Status of portal_open. */
static int open_with(const char *folder, const char *logo, struct err *err)
{
	bool sqlite = test_place[0] == '/';
	AUTO_FREE char *conf = str_format("store = %s\n%s", sqlite ? "hub.db" : test_place, logo);
	AUTO_FREE char *path = path_join(folder, "mark.svg");

	if (hub_init(folder, VIEW(conf), hub_modules, err) < 0 ||
	    hub_open(&hub, folder, 2, hub_modules, err) < 0 ||
	    (strstr(folder, "there") && file_write(path, VIEW(picture), err) < 0))
		fail_msg("%s", err->msg);
	return portal_open(&portal, hub, err);
}

static int ask(struct answer *a, const char *path)
{
	a->q.path = VIEW(path);
	a->q.method = HTTP_GET;
	a->q.address = VIEW_LIT("192.0.2.9");
	portal_answer(portal, &a->q, &a->r);
	return a->r.status ? a->r.status : 200;
}

static void it_stands_on_the_pages(void **state)
{
	AUTO_FREE char *folder = folder_of("there");
	AUTO_ANSWER struct answer page = {0}, file = {0}, none = {0};
	char address[64];
	struct err err = {0};
	const char *at;

	if (open_with(folder, "logo = mark.svg\n", &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(ask(&page, "/en"), 200);
	at = strstr(body(&page), "<img src=\"/static/logo-");
	assert_non_null(at);
	at += strlen("<img src=\"");
	snprintf(address, sizeof(address), "%.*s", (int)strcspn(at, "\""), at);
	assert_int_equal(ask(&file, address), 200);
	assert_string_equal(body(&file), picture);
	assert_string_equal(file.r.type, "image/svg+xml");
	assert_non_null(strstr(header(&file, "Content-Security-Policy"), "default-src 'none'"));
	assert_int_equal(ask(&none, "/static/logo-0000000000000000.svg"), 404);
	close_portal(state);
}

static void none_is_none(void **state)
{
	AUTO_FREE char *folder = folder_of("without");
	AUTO_ANSWER struct answer page = {0}, none = {0};
	struct err err = {0};

	if (open_with(folder, "", &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(ask(&page, "/en"), 200);
	assert_null(strstr(body(&page), "<img"));
	assert_int_equal(ask(&none, "/static/"), 404);
	close_portal(state);
}

static void one_that_is_gone_is_told(void **state)
{
	AUTO_FREE char *folder = folder_of("gone");
	struct err err = {0};

	assert_int_equal(open_with(folder, "logo = mark.svg\n", &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.hint, "hub.conf"));
	close_portal(state);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(it_stands_on_the_pages),
	    cmocka_unit_test(none_is_none),
	    cmocka_unit_test(one_that_is_gone_is_told),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
