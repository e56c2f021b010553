/* What the desk refuses is said in the visitor's language: every refusal has its French. */
#include "filled.h"

#include "io/file.h"
#include "io/po.h"

#include <glob.h>

static struct po french;

static int read_french(void **state)
{
	AUTO_STR struct str text = {0};
	struct err err = {0};

	(void)state;
	if (file_read(HYGIE_SOURCE_DIR "/po/fr.po", 1 << 20, &text, &err) < 0 ||
	    po_parse(&french, "fr.po", str_view(&text), &err) < 0)
		fail_msg("%s", err.msg);
	return 0;
}

static int forget_french(void **state)
{
	(void)state;
	po_clear(&french);
	french = (struct po){0};
	return 0;
}

/* Literals that stand side by side, as one; ends behind them. */
static bool read_literal(const char **at, struct str *out)
{
	const char *c = *at;

	str_reset(out);
	while (*(c += strspn(c, " \t\n")) == '"')
		for (c++; *c++ != '"';) {
			c += c[-1] == '\\';
			str_addc(out, c[-1]);
		}
	*at = c;
	return out->len > 0 && (*c == ',' || *c == ')'); /* no macro of a number follows */
}

/* Of one source: refusals that people see on pages. */
static size_t check_source(const char *name)
{
	static const char head[] = "err_set(err, ERR_DENIED,";
	AUTO_STR struct str text = {0}, said = {0};
	struct err err = {0};
	size_t n = 0;

	if (file_read(name, 1 << 20, &text, &err) < 0)
		fail_msg("%s", err.msg);
	for (const char *at = str_get(&text); (at = strstr(at, head));) {
		at += strlen(head);
		if (!read_literal(&at, &said) || strcmp(str_get(&said), "%s") == 0)
			continue;
		if (po_find(&french, str_view(&said)).ptr == str_view(&said).ptr)
			fail_msg("%s: no French for \"%s\"", name, str_get(&said));
		n++;
	}
	return n;
}

static void every_refusal_has_its_french(void **state)
{
	static const char *const sources[] = {"/lib/desk/command.c", "/lib/desk/committee*.c",
	    "/lib/desk/form_[!r]*.c", "/lib/portal/desk_committee*.c"};
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
		AUTO_FREE char *pattern = str_format("%s%s", HYGIE_SOURCE_DIR, sources[i]);
		glob_t found;

		assert_int_equal(glob(pattern, 0, NULL, &found), 0);
		for (size_t k = 0; k < found.gl_pathc; k++)
			n += check_source(found.gl_pathv[k]);
		globfree(&found);
	}
	assert_true(n > 50);
}

static void a_page_refuses_in_french(void **state)
{
	AUTO_SITE_EXCHANGE struct site_exchange x = {0};
	const struct site_person *officer = NULL;

	(void)state;
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		if (1u << i == ROLE_OFFICER)
			officer = &site.people[i];
	site_come_as(&x, officer, ROUTE_PAGE);
	site_add(&x.q.form, "session", "9");
	site_add(&x.q.form, "day", "2020-01-01");
	assert_int_equal(
	    site_ask(&site, &x, HTTP_POST, VIEW_LIT("/fr/committee/call_session")), 409);
	assert_non_null(strstr(str_get(&x.r.body), "le jour de la séance est passé"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		every_refusal_has_its_french, read_french, forget_french),
	    cmocka_unit_test_setup_teardown(a_page_refuses_in_french, open_site, close_site),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
