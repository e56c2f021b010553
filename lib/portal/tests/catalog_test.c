/* A holder's work on the catalogue, by the API and by the pages. */
#include "portal/tests/people.h"

#include "catalog/records.h"
#include "catalog/sheet.h"
#include "catalog/synth.h"
#include "portal/catalog_edit.h"
#include "portal/tests/mails.h"

enum { APPLICANT = 1,
	OFFICER = 2,
	HOLDER = 5 };

#define ACUTE "http://hub.test/dataset/"

static int tell(struct answer *a, const struct person *p, enum http_method method, const char *path,
    const char *body)
{
	AUTO_FREE char *bearer = str_format("Bearer %s", p->token);

	add_header(a, "Authorization", arena_strdup(&a->q.memory, VIEW(bearer)));
	a->q.body = VIEW(body);
	return ask(a, method, path);
}

static void must(enum http_method method, const char *path, const char *send, int status,
    const char *text)
{
	AUTO_ANSWER struct answer a = {0};

	assert_int_equal(tell(&a, &people[HOLDER], method, path, send), status);
	if (text && !strstr(body(&a), text))
		fail_msg("%s: no '%s' in %s", path, text, body(&a));
}

static void refresh(void)
{
	AUTO_ANSWER struct answer a = {0};
	struct err err = {0};

	(void)ask(&a, HTTP_GET, "/en/catalog");
	assert_int_equal(search_live_refresh(portal->catalog_live, &err), 0);
}

static int public_page(const char *path)
{
	AUTO_ANSWER struct answer a = {0};

	refresh();
	return ask(&a, HTTP_GET, path);
}

static void a_draft_is_nobody_elses(void **state)
{
	AUTO_ANSWER struct answer applicant = {0};

	(void)state;
	must(HTTP_PUT, "/api/v1/catalog/asthma",
	    "{\"title_en\": \"Asthma cohort\", \"holder_name\": \"Holder\","
	    " \"access\": \"NON_PUBLIC\"}",
	    200, "\"draft\":true");
	assert_int_equal(public_page("/en/catalog/asthma"), 404);
	assert_int_equal(tell(&applicant, &people[APPLICANT], HTTP_GET,
			     "/api/v1/catalog/asthma/draft", ""),
	    403);
}

static void what_is_wrong_is_told_at_the_field(void **state)
{
	(void)state;
	must(HTTP_PUT, "/api/v1/catalog/asthma", "{\"country\": \"Atlantis\"}", 200,
	    "\"country\":{\"message\":\"is not in the vocabulary\",\"message_fr\":\"ne figure pas");
	must(HTTP_POST, "/api/v1/catalog/asthma/publish", "", 409, "cannot be read");
	must(HTTP_PUT, "/api/v1/catalog/asthma", "{\"country\": \"FRA\", \"page\": \"no address\"}",
	    200, "\"page\":{\"message\":\"must be an address (IRI)\"");
	must(HTTP_PUT, "/api/v1/catalog/asthma", "{\"page\": \"\"}", 200,
	    "\"hdab_name\":");
	must(HTTP_PUT, "/api/v1/catalog/asthma", "{\"colour\": \"red\"}", 400, NULL);
	must(HTTP_PUT, "/api/v1/catalog/asthma", "[]", 400, NULL);
	must(HTTP_PUT, "/api/v1/catalog/Asthma%20Two", "{}", 400, NULL);
}

static void it_is_published_changed_and_taken_back(void **state)
{
	(void)state;
	must(HTTP_POST, "/api/v1/catalog/asthma/publish", "", 200, "\"published\":true");
	assert_int_equal(public_page("/en/catalog/asthma"), 200);
	must(HTTP_GET, "/sitemap.xml", "", 200, "/sitemap/datasets-1.xml");
	must(HTTP_GET, "/sitemap/datasets-1.xml", "", 200, "/en/catalog/asthma</loc>");
	must(HTTP_GET, "/sitemap/datasets-2.xml", "", 404, NULL);
	must(HTTP_PUT, "/api/v1/catalog/asthma", "{\"title_en\": \"Asthma registry\"}", 200,
	    "Asthma registry");
	must(HTTP_GET, "/api/v1/catalog/asthma", "", 200, "Asthma cohort");
	now += second;
	must(HTTP_POST, "/api/v1/catalog/asthma/publish", "", 200, "\"version\":2");
	refresh();
	must(HTTP_GET, "/api/v1/catalog/asthma", "", 200, "Asthma registry");
	must(HTTP_GET, "/api/v1/catalog-variables", "", 200, "\"variables\":[]");
	must(HTTP_POST, "/api/v1/catalog/asthma/attest", "", 200, NULL);
}

static void grant(const char *scope)
{
	struct account_act by = act(people[ADMIN].id);
	struct err err = {0};

	assert_int_equal(account_grant(&portal->accounts, &by, people[OFFICER].id, ROLE_HOLDER,
			     VIEW(scope), true, &err),
	    0);
}

/* Who answers for one dataset writes it, and nothing of the holder of others. */
static void a_holder_is_not_renamed_at_one_dataset(void **state)
{
	static const char cells[] =
	    "{\"title_en\": \"Asthma and more\", \"holder_name\": \"Renamed\"}";
	AUTO_ANSWER struct answer put = {0}, publish = {0}, other = {0};

	(void)state;
	must(HTTP_PUT, "/api/v1/catalog/cough",
	    "{\"title_en\": \"Cough\", \"holder_name\": \"Holder\"}", 200, NULL);
	must(HTTP_POST, "/api/v1/catalog/cough/publish", "", 200, NULL);
	grant("dataset/asthma");
	assert_int_equal(
	    tell(&other, &people[OFFICER], HTTP_PUT, "/api/v1/catalog/cough", cells), 403);
	now += second;
	assert_int_equal(
	    tell(&put, &people[OFFICER], HTTP_PUT, "/api/v1/catalog/asthma", cells), 200);
	assert_int_equal(tell(&publish, &people[OFFICER], HTTP_POST,
			     "/api/v1/catalog/asthma/publish", ""),
	    200);
	refresh();
	must(HTTP_GET, "/api/v1/catalog/asthma", "", 200, "Asthma and more");
	must(HTTP_GET, "/api/v1/catalog/asthma", "", 200, "\"text\":\"Holder\"");
	must(HTTP_DELETE, "/api/v1/catalog/cough", "", 200, NULL);
}

/* A sheet's cell goes into a graph that says more than the sheet, and the rest stays. */
static void a_cell_changes_what_it_says_and_nothing_else(void **state)
{
	AUTO_CATALOG_RULES struct catalog_rules rules = {0};
	AUTO_CATALOG_SHEET struct catalog_sheet sheet = {0};
	AUTO_GRAPH struct rdf_graph g = {0};
	AUTO_STR struct str before = {0}, after = {0};
	const struct catalog_synth synth = {3, "https://hub.example", 4};
	struct err err = {0};
	const char *code = NULL;
	uint32_t dataset;
	size_t quads;

	(void)state;
	assert_int_equal(catalog_rules_read(&rules, &err), 0);
	assert_int_equal(catalog_sheet_open(&sheet, &err), 0);
	assert_int_equal(catalog_synth_add(&g, &sheet, &rules, &synth, 0, &err), 0);
	rdf_index(&g);
	dataset = rdf_find_iri(&g, VIEW_LIT("https://hub.example/dataset/synth-00000000"));
	catalog_sheet_write(&sheet, &g, &rules, &before);
	quads = g.quads.len;
	for (size_t i = 1; i < sheet.columns.len; i++) {
		AUTO_STR struct str cell = {0};

		catalog_sheet_cell(&sheet, &g, &rules, dataset, i, &cell);
		assert_int_equal(catalog_sheet_set(&sheet, &g, &rules, "https://hub.example",
				     dataset, i, str_view(&cell), &code, &err),
		    0);
	}
	catalog_sheet_write(&sheet, &g, &rules, &after);
	assert_string_equal(str_get(&before), str_get(&after));
	assert_int_equal(g.quads.len, quads);
}

static void the_year_runs_from_the_last_look(void **state)
{
	(void)state;
	assert_int_equal(catalog_due(0), date_from_civil(1971, 1, 1));
	assert_int_equal(catalog_due((int64_t)date_from_civil(2026, 11, 22) * 86400000000),
	    date_from_civil(2027, 11, 22));
	assert_int_equal(catalog_due((int64_t)date_from_civil(2024, 2, 29) * 86400000000),
	    date_from_civil(2025, 3, 1));
}

static int reminded(struct store_tx *tx, void *arg, struct err *err)
{
	int64_t due = catalog_due(*(const int64_t *)arg);

	return catalog_remind_once(tx, VIEW_LIT(ACUTE "asthma"), (date_t)due, now, err);
}

/* Nobody is told early; then those who answer for it, once. */
static void holders_are_reminded_once(void **state)
{
	int64_t looked_at = now, year = (int64_t)366 * 86400 * second;
	struct err err = {0};

	int64_t before = mails_in(hub->store);

	(void)state;
	grant("organisation/holder");
	assert_int_equal(catalog_hourly(portal, now, &err), 0);
	assert_int_equal(mails_in(hub->store), before);
	assert_int_equal(catalog_hourly(portal, now + year, &err), 0);
	assert_int_equal(catalog_hourly(portal, now + year, &err), 0);
	assert_int_equal(mails_in(hub->store), before + 1);
	/* It was noted: a second time is none. */
	assert_int_equal(store_write(hub->store, reminded, &looked_at, &err), 0);
}

static void a_holder_takes_it_out(void **state)
{
	(void)state;
	must(HTTP_DELETE, "/api/v1/catalog/asthma", "", 200, "withdrawn");
	assert_int_equal(public_page("/en/catalog/asthma"), 404);
	must(HTTP_DELETE, "/api/v1/catalog/asthma", "", 404, NULL);
}

static void post(const struct session *s, const char *path, const char *const *fields, int status)
{
	AUTO_ANSWER struct answer a = {0};

	add_cookie(&a, s->token.text);
	add_field(&a, "csrf", s->csrf);
	for (; *fields; fields += 2)
		add_field(&a, fields[0], fields[1]);
	assert_int_equal(ask(&a, HTTP_POST, path), status);
}

static void see(const struct session *s, const char *path, const char *text)
{
	AUTO_ANSWER struct answer a = {0};

	AUTO_FREE char *bare = str_format("%.*s", (int)strcspn(path, "?"), path);

	if (strchr(path, '?'))
		add_fields(&a.q.query, strchr(path, '?') + 1);
	add_cookie(&a, s->token.text);
	assert_int_equal(ask(&a, HTTP_GET, bare), 200);
	if (!strstr(body(&a), text))
		fail_msg("%s: no '%s'", path, text);
}

static void the_pages_do_the_same(void **state)
{
	static const char *const new[] = {"title", "Épilepsie", "holder", "Holder", NULL};
	static const char *const half[] = {"act", "publish", "title_fr", "Épilepsie", "holder_name",
	    "Holder", "country", "Atlantis", NULL};
	static const char *const whole[] = {"act", "publish", "title_fr", "Épilepsie",
	    "holder_name", "Holder", "health_category", "EHRS", "health_category", "MRMR", NULL};
	struct session s;

	(void)state;
	sign_in_as(&s, &people[HOLDER], true);
	post(&s, "/fr/holder-new", new, 303);
	see(&s, "/fr/holder", "/fr/holder/epilepsie");
	post(&s, "/fr/holder/epilepsie", half, 422);
	see(&s, "/fr/holder/epilepsie", "ne figure pas dans le vocabulaire");
	see(&s, "/en/holder/epilepsie", "is not in the vocabulary");
	see(&s, "/fr/holder/epilepsie", "<label for=\"f-access\">Accès <span");
	see(&s, "/fr/holder/epilepsie", ">Pays couverts : FRA, ...");
	see(&s, "/fr/holder/epilepsie", "<span class=\"tag\">brouillon</span>");
	post(&s, "/fr/holder/epilepsie", whole, 303);
	refresh();
	see(&s, "/fr/catalog/epilepsie", "Épilepsie");
	see(&s, "/en/holder/epilepsie/versions", "dct:title");
	see(&s, "/en/holder-conflicts", "There is none.");
	see(&s, "/holder.csv", "EHRS|MRMR");
}

static void upload(const struct session *s, struct view bytes, const char *text)
{
	AUTO_ANSWER struct answer a = {0};

	add_cookie(&a, s->token.text);
	add_field(&a, "csrf", s->csrf);
	*vec_push(&a.q.uploads) = (struct http_upload){.field = VIEW_LIT("sheet"), .bytes = bytes};
	assert_int_equal(ask(&a, HTTP_POST, "/fr/holder-sheet"), text ? 422 : 303);
	if (text && !strstr(body(&a), text))
		fail_msg("no '%s' in %s", text, body(&a));
}

/* A sheet of another encoding, or a long one, is told; nothing is taken in by half a cell. */
static void a_sheet_is_taken_whole(void **state)
{
	static const char head[] = "identifier,title_fr,holder_name\n";
	AUTO_STR struct str many = {0};
	struct session s;

	(void)state;
	sign_in_as(&s, &people[HOLDER], true);
	str_addf(&many, "%s%s", head, ACUTE "toux,\"Toux \xe9t\xe9\",Holder\n");
	upload(&s, str_view(&many), "enregistrez-le en CSV UTF-8");
	str_reset(&many);
	str_addz(&many, head);
	for (int i = 0; i <= 500; i++)
		str_addf(&many, "%s,Toux,Holder\n", ACUTE "toux");
	upload(&s, str_view(&many), "502: plus de 500 lignes");
	see(&s, "/fr/holder/toux", "Toux");
}

/* Nobody was named for this one: the holder of everything is told, once. */
static void what_is_nobodys_is_told_to_the_holder_of_all(void **state)
{
	int64_t year = (int64_t)366 * 86400 * second, before = mails_in(hub->store);
	struct err err = {0};

	(void)state;
	must(HTTP_PUT, "/api/v1/catalog/orphan",
	    "{\"title_en\": \"Orphan\", \"holder_name\": \"Elsewhere\"}", 200, NULL);
	must(HTTP_POST, "/api/v1/catalog/orphan/publish", "", 200, NULL);
	assert_int_equal(catalog_hourly(portal, now + year, &err), 0);
	assert_int_equal(mails_in(hub->store), before + 1);
	assert_int_equal(catalog_hourly(portal, now + year, &err), 0);
	assert_int_equal(mails_in(hub->store), before + 1);
}

/* 120 versions: pages of 50, each change told once. */
static void versions_have_pages(void **state)
{
	struct session s;

	(void)state;
	sign_in_as(&s, &people[HOLDER], true);
	for (int i = 2; i <= 120; i++) {
		AUTO_FREE char *cells = str_format("{\"title_en\": \"Orphan %d\"}", i);

		now += second;
		must(HTTP_PUT, "/api/v1/catalog/orphan", cells, 200, NULL);
		must(HTTP_POST, "/api/v1/catalog/orphan/publish", "", 200, NULL);
	}
	see(&s, "/en/holder/orphan/versions", "Orphan 120");
	see(&s, "/en/holder/orphan/versions", "Orphan 71&quot;");
	see(&s, "/en/holder/orphan/versions", "versions?before=71\"");
	see(&s, "/en/holder/orphan/versions?before=71", "Orphan 70&quot;");
	see(&s, "/en/holder/orphan/versions?before=71", "versions?before=21\"");
	see(&s, "/en/holder/orphan/versions?before=21", "<h2>1 ");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(a_draft_is_nobody_elses, open_portal),
	    cmocka_unit_test(what_is_wrong_is_told_at_the_field),
	    cmocka_unit_test(it_is_published_changed_and_taken_back),
	    cmocka_unit_test(a_holder_is_not_renamed_at_one_dataset),
	    cmocka_unit_test(a_cell_changes_what_it_says_and_nothing_else),
	    cmocka_unit_test(the_year_runs_from_the_last_look),
	    cmocka_unit_test(holders_are_reminded_once),
	    cmocka_unit_test(what_is_nobodys_is_told_to_the_holder_of_all),
	    cmocka_unit_test(a_sheet_is_taken_whole),
	    cmocka_unit_test(versions_have_pages),
	    cmocka_unit_test(a_holder_takes_it_out),
	    cmocka_unit_test_teardown(the_pages_do_the_same, close_people),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
