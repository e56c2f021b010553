/* Roles for one project, organisation, committee, dataset: what they open, and what not. */
#include "filled.h"

#include "desk/letter.h"
#include "io/csv.h"

#define ROUTES_CSV HYGIE_SOURCE_DIR "/lib/portal/tests/routes.csv"
#define STUDY "Study of a part"
#define STUDY_OF_OTHERS "Study of another"

enum { KINDS = 4,
	ROUTES_MAX = 1000,
	FIRST_ROLE = 2 };

static const char *const kinds[KINDS] = {"project", "organisation", "committee", "dataset"};
static struct site_person author, part[ROLE_COUNT], whole[ROLE_COUNT];
static char study[32], own_part[KINDS][64];
static const char *const other_part[KINDS] = {"project/2025-99999", "organisation/99",
    "committee/other", "dataset/2"};

static int open_parts(void **state)
{
	struct account_act by = {.at = 1763000000000000};
	struct err err = {0};
	int64_t organisation;

	(void)open_site(state);
	site_must(account_organisation(&site.portal->accounts, &by, VIEW_LIT("Hospital One"),
		      &organisation, &err),
	    &err);
	site_make_person_of(&site, &author, "author", ROLE_APPLICANT, organisation);
	site_make_application(&site, &author, STUDY, true, study, sizeof(study));
	for (unsigned i = FIRST_ROLE; i < ROLE_COUNT; i++) {
		const char *name = role_name((enum role)(1u << i));
		AUTO_FREE char *all = str_format("whole-%s", name);
		AUTO_FREE char *some = str_format("part-%s", name);

		site_make_person_of(&site, &whole[i], all, (enum role)(1u << i), organisation);
		site_make_person_of(&site, &part[i], some, ROLE_APPLICANT, organisation);
	}
	snprintf(own_part[0], sizeof(own_part[0]), "project/%s", study);
	snprintf(own_part[1], sizeof(own_part[1]), "organisation/%d", (int)organisation);
	snprintf(own_part[2], sizeof(own_part[2]), "committee/CESREES");
	snprintf(own_part[3], sizeof(own_part[3]), "dataset/1");
	return 0;
}

static void give(unsigned role, const char *scope, bool give_it)
{
	struct account_act by = {.at = site.now};
	struct err err = {0};

	site_must(account_grant(&site.portal->accounts, &by, part[role].id,
		      (enum role)(1u << role), VIEW(scope), give_it, &err),
	    &err);
}

static bool has_word(struct view words, const char *word)
{
	struct view one;

	while (view_next(&words, ' ', &one))
		if (view_eq(one, VIEW(word)))
			return true;
	return false;
}

/* Values that are there, so that more than "there is no such page" is compared. */
static struct view value_of(struct view name)
{
	static const char *const values[][2] = {{"{section}", "research"},
	    {"{step}", "transmitted"}, {"{motion}", "call_session"}};

	if (view_eq(name, VIEW_LIT("{ref}")))
		return VIEW(study);
	for (size_t i = 0; i < ARRAY_LEN(values); i++)
		if (view_eq(name, VIEW(values[i][0])))
			return VIEW(values[i][1]);
	return name.len && name.ptr[0] == '{' ? VIEW_LIT("1") : name;
}

static char *path_of(const struct route *r)
{
	struct view rest = VIEW(r->pattern), piece;
	struct str path = {0};

	str_addz(&path, r->kind == ROUTE_API ? "/api/v1" : r->kind == ROUTE_PAGE ? "/en"
										 : "");
	(void)view_next(&rest, '/', &piece);
	while (view_next(&rest, '/', &piece))
		str_addf(&path, "/%.*s", VIEW_ARG(value_of(piece)));
	return str_take(&path);
}

/* The status; ret_tells: whether the study is named. */
static int status_of(const struct route *r, const struct site_person *p, bool *ret_tells)
{
	AUTO_SITE_EXCHANGE struct site_exchange x = {0};
	AUTO_FREE char *path = path_of(r);
	int status;

	site_come_as(&x, p, r->kind);
	site_add(&x.q.query, "originalId", "1");
	site_add(&x.q.headers, "Content-Type", "text/turtle");
	status = site_ask(&site, &x, r->method, VIEW(path));
	*ret_tells = strstr(str_get(&x.r.body), STUDY) != NULL;
	return status;
}

/* A route that not everybody has, and the parts that open it. */
static struct row {
	const struct route *route;
	char parts[64];
} rows[ROUTES_MAX];
static size_t row_count;

/* In the own part as who has the role everywhere; in another as who has none. */
static void check(const struct row *row, unsigned role, int kind, bool own)
{
	const struct route *r = row->route;
	/* "handler": the door lets holders of any dataset in; the handler asks about each. */
	bool asks = has_word(VIEW(row->parts), "handler") && (kind == 1 || kind == 3) &&
	            1u << role == ROLE_HOLDER;
	bool opens = (own && has_word(VIEW(row->parts), kinds[kind])) || asks;
	bool tells, should_tell;
	int status = status_of(r, &part[role], &tells);
	int should = status_of(r, opens ? &whole[role] : &site.people[1], &should_tell);

	if (status != should || tells != should_tell)
		fail_msg("%s %s (method %d) as %s of %s %s: %d, not %d%s", r->pattern,
		    r->kind == ROUTE_API ? "API" : "page", (int)r->method,
		    role_name((enum role)(1u << role)), own ? "this" : "another", kinds[kind],
		    status, should, tells != should_tell ? ", and the study" : "");
}

static void keep_row(const struct route *r, struct view allowed, struct view parts)
{
	struct row *row = &rows[row_count];

	if (view_eq(allowed, VIEW_LIT("everybody")) ||
	    (parts.len == 0 && view_eq(allowed, VIEW_LIT("signed-in"))))
		return;
	assert_true(row_count < ROUTES_MAX && parts.len < sizeof(row->parts));
	row->route = r;
	snprintf(row->parts, sizeof(row->parts), "%.*s", VIEW_ARG(parts));
	row_count++;
}

static void read_rows(void)
{
	static const char *const names[] = {"GET", "HEAD", "POST", "PUT", "DELETE"};
	static const char *const route_kinds[] = {"page", "api", "file"};
	AUTO_CSV struct csv_reader *csv = NULL;
	struct err err = {0};
	int more;

	row_count = 0;
	if (csv_open(&csv, ROUTES_CSV, ',', &err) < 0)
		fail_msg("%s", err.msg);
	while ((more = csv_next(csv, &err)) > 0)
		for (size_t i = 0; i < route_count; i++)
			if (view_eq(csv_field(csv, 0), VIEW(names[routes[i].method])) &&
			    view_eq(csv_field(csv, 1), VIEW(route_kinds[routes[i].kind])) &&
			    view_eq(csv_field(csv, 2), VIEW(routes[i].pattern)))
				keep_row(&routes[i], csv_field(csv, 3), csv_field(csv, 4));
	assert_int_equal(more, 0);
	assert_true(row_count > 50);
}

/* ASVS 8.2.1, 8.2.2: routes.csv says which parts open a route. */
static void every_route_by_every_role_for_a_part(void **state)
{
	(void)state;
	read_rows();
	for (unsigned role = FIRST_ROLE; role < ROLE_COUNT; role++)
		for (int k = 0; k < 2 * KINDS; k++) {
			const char *scope = k % 2 ? own_part[k / 2] : other_part[k / 2];

			give(role, scope, true);
			for (size_t i = 0; i < row_count; i++)
				check(&rows[i], role, k / 2, k % 2);
			give(role, scope, false);
		}
}

static bool lists(const struct site_person *p, const char *path, const char *show,
    const char *title)
{
	AUTO_SITE_EXCHANGE struct site_exchange x = {0};

	site_come_as(&x, p, view_starts(VIEW(path), VIEW_LIT("/api/")) ? ROUTE_API : ROUTE_PAGE);
	site_add(&x.q.query, "show", show);
	assert_int_equal(site_ask(&site, &x, HTTP_GET, VIEW(path)), 200);
	return strstr(str_get(&x.r.body), title) != NULL;
}

/* Lists are cut to the parts: page, CSV, API, and the first page of the desk. */
static void lists_are_cut_to_the_part(void **state)
{
	static const struct {
		int kind;
		bool own, sees, sees_others;
	} cases[] = {{0, true, true, false}, {0, false, false, false}, {1, true, true, false},
	    {1, false, false, false}, {2, true, true, true}, {2, false, false, false},
	    {3, true, false, false}};
	static const char *const paths[] = {"/en/desk/list", "/en/desk/list.csv", "/api/v1/desk"};
	enum { OFFICER = 2,
		AUTHORITY = 4 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *scope = cases[i].own ? own_part[cases[i].kind]
		                                 : other_part[cases[i].kind];

		give(OFFICER, scope, true);
		give(AUTHORITY, scope, true);
		for (size_t k = 0; k < ARRAY_LEN(paths); k++) {
			const struct site_person *p = &part[OFFICER];

			assert_int_equal(lists(p, paths[k], "all", STUDY), cases[i].sees);
			assert_int_equal(lists(p, paths[k], "tasks", STUDY), cases[i].sees);
			assert_int_equal(lists(p, paths[k], "all", STUDY_OF_OTHERS),
			    cases[i].sees_others);
			assert_int_equal(lists(p, paths[k], "tasks", STUDY_OF_OTHERS),
			    cases[i].sees_others);
			assert_false(lists(p, paths[k], "mine", STUDY));
		}
		assert_int_equal(lists(&part[OFFICER], "/en/desk", "", STUDY), cases[i].sees);
		assert_false(lists(&part[AUTHORITY], "/en/desk", "", STUDY)); /* not yet theirs */
		give(OFFICER, scope, false);
		give(AUTHORITY, scope, false);
	}
	assert_false(lists(&part[OFFICER], "/en/desk/list", "all", STUDY));
}

static void give_calendar(const struct site_person *p, char *ret_path, size_t size)
{
	AUTO_SITE_EXCHANGE struct site_exchange x = {0};
	const char *at;

	site_come_as(&x, p, ROUTE_PAGE);
	site_add(&x.q.form, "action", "give");
	assert_int_equal(site_ask(&site, &x, HTTP_POST, VIEW_LIT("/en/account/calendar")), 200);
	at = strstr(str_get(&x.r.body), "/calendar/");
	assert_non_null(at);
	snprintf(ret_path, size, "%.*s", (int)strcspn(at, "\"< "), at);
}

static bool has_day_of(const char *calendar, const char *ref)
{
	AUTO_SITE_EXCHANGE struct site_exchange x = {0};
	AUTO_FREE char *uid = str_format("UID:%s@desk", ref);

	assert_int_equal(site_ask(&site, &x, HTTP_GET, VIEW(calendar)), 200);
	return strstr(str_get(&x.r.body), uid) != NULL;
}

/* How many the menu says wait, on this page; 0: it says nothing. */
static int waiting(const struct site_person *p, const char *path)
{
	static const char mark[] = "<span class=\"count\">";
	AUTO_SITE_EXCHANGE struct site_exchange x = {0};
	const char *at;

	site_come_as(&x, p, ROUTE_PAGE);
	assert_int_equal(site_ask(&site, &x, HTTP_GET, VIEW(path)), 200);
	at = strstr(str_get(&x.r.body), mark);
	return at ? atoi(at + sizeof(mark) - 1) : 0;
}

/* The count of the menu is the same on the page of a part, and of others when it is everywhere. */
static void counts_and_calendars_know_the_part(void **state)
{
	enum { OFFICER = 2 };
	const struct site_person *p = &part[OFFICER];
	AUTO_FREE char *dossier = str_format("/en/desk/%s", study);
	char calendar[128];

	(void)state;
	give_calendar(p, calendar, sizeof(calendar));
	assert_int_equal(waiting(p, "/en/desk"), 0);
	assert_false(has_day_of(calendar, study));
	for (int kind = 0; kind < 2; kind++) {
		give(OFFICER, other_part[kind], true);
		assert_int_equal(waiting(p, "/en/desk"), 0);
		assert_false(has_day_of(calendar, study));
		give(OFFICER, own_part[kind], true);
		assert_int_equal(waiting(p, "/en/desk"), 1);
		assert_int_equal(waiting(p, dossier), 1);
		assert_true(has_day_of(calendar, study));
		assert_false(has_day_of(calendar, site.others));
		give(OFFICER, other_part[kind], false);
		give(OFFICER, own_part[kind], false);
	}
	assert_true(waiting(&whole[OFFICER], "/en/desk") > 1);
	assert_int_equal(waiting(&whole[OFFICER], dossier), waiting(&whole[OFFICER], "/en/desk"));
}

static size_t letters_to(const struct site_person *p, const char *ref)
{
	AUTO_DESK_LETTER_ROWS struct desk_letter_rows sent = {0};
	struct desk desk = {.store = site.hub->store, .law = site.portal->law};
	struct err err = {0};
	int64_t id;
	size_t n = 0;

	site_must(desk_find(&desk, VIEW(ref), &id, &err), &err);
	site_must(desk_letters_list(site.hub->store, id, &sent, &err), &err);
	for (size_t i = 0; i < sent.all.len; i++)
		n += sent.all.ptr[i].account == p->id;
	return n;
}

/* Of what was handed in: officers of its organisation, of the committee, of no other part. */
static void letters_go_to_those_of_the_part(void **state)
{
	enum { OFFICER = 2 };
	static const struct {
		const char *scope;
		bool told;
	} cases[] = {{"organisation/1", true}, {"organisation/99", false},
	    {"committee/CESREES", true}, {"committee/other", false}, {"", true}};
	char ref[32];

	(void)state;
	assert_string_equal(own_part[1], "organisation/1");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		give(OFFICER, cases[i].scope, true);
		if (*cases[i].scope)
			give(OFFICER, "project/2025-99999", true); /* each is told once */
		site_make_application(&site, &author, "Study to be told of", true, ref,
		    sizeof(ref));
		assert_int_equal(letters_to(&part[OFFICER], ref), cases[i].told);
		assert_int_equal(letters_to(&whole[OFFICER], ref), 1);
		give(OFFICER, cases[i].scope, false);
		if (*cases[i].scope)
			give(OFFICER, "project/2025-99999", false);
	}
}

static int dump_audit(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	int more;

	if (store_query(&r, tx, "store/records/audit.sql:list",
		STORE_ARGS(store_int(0), store_int(1000000)), err) < 0)
		return -1;
	while ((more = store_next(r, err)) > 0)
		str_add(arg, store_view(r, 1));
	return more;
}

/* What only a role for a part allowed stands in the log with the part. */
static void the_log_names_the_part(void **state)
{
	AUTO_FREE char *line = str_format("\"decision\":\"done\",\"detail\":{\"roles\":\"officer\","
					  "\"scope\":\"project/%s\",\"what\":\"POST "
					  "/desk/{ref}/step/{step}\"}}",
	    study);
	AUTO_STR struct str log = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(store_read(site.hub->store, dump_audit, &log, &err), 0);
	if (!strstr(str_get(&log), line))
		fail_msg("no %s in %.2000s", line, strstr(str_get(&log), "account.role_for"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(lists_are_cut_to_the_part, open_parts),
	    cmocka_unit_test(counts_and_calendars_know_the_part),
	    cmocka_unit_test(every_route_by_every_role_for_a_part),
	    cmocka_unit_test(letters_go_to_those_of_the_part),
	    cmocka_unit_test_teardown(the_log_names_the_part, close_site),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
