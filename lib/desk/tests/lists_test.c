/* Two ways to the same numbers: the board's rows, and the events replayed. */
#include "both_stores.h"

#include "desk/board.h"
#include "desk/form_record.h"
#include "desk/list.h"
#include "desk/synth.h"
#include "desk/tick.h"
#include "desk/year.h"
#include "play.h"

static const char *const modules[] = {"store", "desk", NULL};

static void open_desk(struct desk *d)
{
	struct err err = {0};

	d->law = play_law;
	if (store_open(&d->store, test_place, 2, &err) < 0 ||
	    store_migrate(d->store, modules, &err) < 0)
		fail_msg("%s", err.msg);
}

/* A history "submit@... ...", begun on its first day. */
static void import(const struct desk *d, const char *route, const char *events)
{
	struct desk_event kept[32];
	struct view rest = VIEW(events), one;
	struct desk_application a = play_begin(route);
	struct desk_history h = {.title = "A study", .events = kept};
	struct err err = {0};

	kept[h.count++] = desk_play_created(a.route, 1, desk_paris_midnight(a.day));
	while (view_next(&rest, ' ', &one)) {
		struct view command, word, day = one;
		AUTO_FREE char *name = NULL, *said = NULL;

		view_next(&day, '@', &word);
		view_next(&word, ':', &command);
		name = str_format("%.*s", VIEW_ARG(command));
		said = str_format("%.*s", VIEW_ARG(word));
		if (desk_play(&a, name, said, 1, desk_paris_midnight(play_day(day)) + NOON,
			&kept[h.count++], &err) < 0)
			fail_msg("%.*s: %s", VIEW_ARG(one), err.msg);
	}
	if (desk_import(d, &h, 1, &err) < 0)
		fail_msg("%s", err.msg);
	for (size_t i = 0; i < h.count; i++)
		json_decref(kept[i].data);
}

static size_t listed(const struct desk *d, enum desk_list list, date_t day)
{
	AUTO_DESK_ROWS struct desk_rows rows = {0};
	struct err err = {0};

	if (desk_board_list(d, list, day, 0, 1000, &rows, &err) < 0)
		fail_msg("%s", err.msg);
	return rows.rows.len;
}

static size_t rows_of(const struct report *r, const char *id)
{
	for (size_t i = 0; i < r->tables.len; i++)
		if (strcmp(r->tables.ptr[i]->id, id) == 0)
			return report_rows(r->tables.ptr[i]);
	return 0;
}

static void the_board_agrees_with_the_replay(void **state)
{
	struct desk d;
	struct err err = {0};
	size_t seen = 0;

	(void)state;
	open_desk(&d);
	for (int i = 0; i < 12; i++) {
		AUTO_FREE char *events = str_format("submit@2024-03-%02d%s%02d", 1 + i,
		    i % 3 == 0 ? " request_items@2024-03-" : " transmit@2024-03-", 3 + i);

		import(&d, i % 2 ? "standard" : "mr-007", events);
	}
	for (date_t day = play_day(VIEW("2024-03-15")); day < play_day(VIEW("2024-05-01")); day++) {
		AUTO_REPORT struct report *r = NULL;
		size_t found = 0;

		if (desk_board_refresh(&d, day, &err) < 0 ||
		    desk_tick_report(&d, day, &r, &found, &err) < 0)
			fail_msg("%s", err.msg);
		assert_int_equal(listed(&d, DESK_LIST_TACIT, day), rows_of(r, "tomorrow"));
		assert_int_equal(listed(&d, DESK_LIST_LATE, day), rows_of(r, "late"));
		assert_int_equal(listed(&d, DESK_LIST_DUE, day),
		    rows_of(r, "due") + rows_of(r, "tomorrow"));
		seen += found;
	}
	assert_true(seen > 20);
	store_close(&d.store);
}

/* Deposed in 2021: three with 10, 20 and 30 days to the opinion, one reoriented. */
static void the_year_is_as_counted_by_hand(void **state)
{
	static const char *const says[] = {
	    "\"Standard (CNIL)\",\"fate\":\"all\",\"applications\":4",
	    "\"fate\":\"reoriented\",\"applications\":1",
	    "\"Transmission to opinion\",\"applications\":3,\"median\":20,\"p90\":30",
	    "\"Deposit to transmission\",\"applications\":3,\"median\":1,\"p90\":1",
	};
	AUTO_REPORT struct report *r = NULL;
	AUTO_STR struct str text = {0};
	AUTO_JSON json_t *j = NULL;
	AUTO_FREE char *flat = NULL;
	struct desk d;
	struct err err = {0};

	(void)state;
	open_desk(&d);
	import(&d, "standard",
	    "submit@2021-06-01 transmit@2021-06-02 give_opinion:reserved@2021-06-12");
	import(&d, "standard",
	    "submit@2021-06-01 transmit@2021-06-02 give_opinion:reserved@2021-06-22");
	import(&d, "standard",
	    "submit@2021-06-01 transmit@2021-06-02 give_opinion:reserved@2021-07-02");
	import(&d, "standard", "submit@2021-12-31 reorient@2022-01-03");
	import(&d, "standard", "submit@2022-01-01 reorient@2022-01-03");
	if (desk_year_report(&d, 2021, play_day(VIEW("2022-02-01")), &r, &err) < 0)
		fail_msg("%s", err.msg);
	report_to_json(r, &text);
	if (json_parse(&j, "report", str_view(&text), &err) < 0)
		fail_msg("%s", err.msg);
	flat = json_dumps(j, JSON_COMPACT);
	for (size_t i = 0; i < ARRAY_LEN(says); i++)
		if (!strstr(flat, says[i]))
			fail_msg("not said: %s in %s", says[i], flat);
	store_close(&d.store);
}

/* What was handed in says the application's title. */
static int title_is_handed_in(struct store_tx *tx, const struct desk_dossier *dossier, void *arg,
    struct err *err)
{
	AUTO_DESK_VERSION struct desk_version v = {0};
	int got = desk_version_read(tx, dossier->id, 0, &v, err);

	(void)arg;
	if (got == 1)
		assert_string_equal(dossier->title,
		    json_string_value(json_object_get(v.answers, "project_title")));
	return got < 0 ? -1 : 0;
}

static void synthetic_ones_are_lawful_and_the_same_again(void **state)
{
	struct desk_synth_options o = {
	    .applications = 150,
	    .seed = 3,
	    .shape = "2025",
	    .year = 2025,
	    .until = DATE_NONE,
	};
	AUTO_JSON json_t *file = NULL;
	struct progress progress;
	struct desk d;
	struct err err = {0};
	int64_t changed = -1;

	(void)state;
	open_desk(&d);
	progress_init(&progress, true);
	file = json_pack("{s:s, s:s, s:i, s:s}", "sha256",
	    "00000000000000000000000000000000000000000000000000000000000000aa", "name", "a.pdf",
	    "bytes", 1, "type", "application/pdf");
	o.file = file;
	if (desk_synth_run(&d, &o, &progress, &err) < 0 ||
	    desk_each(&d, title_is_handed_in, NULL, &err) < 0 ||
	    desk_board_refresh(&d, play_day(VIEW("2027-12-31")), &err) < 0 ||
	    desk_board_rebuild(&d, play_day(VIEW("2027-12-31")), &changed, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(changed, 0);
	o.shape = "1999";
	assert_int_equal(desk_synth_run(&d, &o, &progress, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	store_close(&d.store);
}

static void says(const char *flat, const char *kind, const char *fate, int count)
{
	AUTO_FREE char *line = str_format("{\"kind\":\"%s\",\"fate\":\"%s\",\"applications\":%d,",
	    kind, fate, count);

	if (!strstr(flat, line))
		fail_msg("not said: %s in %s", line, flat);
}

/* The table of the annual report of 2025, as it was quoted: number by number. */
static void the_synthetic_year_is_the_published_one(void **state)
{
	static const char standard[] = "Standard (CNIL)", simplified[] = "Simplified";
	struct desk_synth_options o = {
	    .seed = 7, .shape = "2025", .year = 2025, .until = DATE_NONE, .whole_year = true};
	AUTO_REPORT struct report *r = NULL;
	AUTO_STR struct str text = {0};
	AUTO_JSON json_t *j = NULL;
	AUTO_FREE char *flat = NULL;
	struct progress progress;
	struct err err = {0};
	struct desk d;

	(void)state;
	open_desk(&d);
	progress_init(&progress, true);
	if (desk_synth_run(&d, &o, &progress, &err) < 0 ||
	    desk_year_report(&d, 2025, play_day(VIEW("2027-12-31")), &r, &err) < 0)
		fail_msg("%s", err.msg);
	report_to_json(r, &text);
	if (json_parse(&j, "report", str_view(&text), &err) < 0)
		fail_msg("%s", err.msg);
	flat = json_dumps(j, JSON_COMPACT);
	assert_non_null(strstr(flat, "\"deposed\":\"340\""));
	assert_non_null(strstr(flat, "\"simplified\":\"2479\""));
	says(flat, standard, "all", 301);
	says(flat, standard, "transmitted to the authority", 248);
	says(flat, standard, "reoriented", 38);
	says(flat, standard, "closed as incomplete", 15);
	says(flat, "ESND samples", "all", 24);
	says(flat, "MR-007 and MR-008", "all", 15);
	says(flat, simplified, "all", 2479);
	says(flat, simplified, "authorised", 2279);
	says(flat, simplified, "refused", 17);
	says(flat, simplified, "reoriented", 52);
	says(flat, simplified, "closed as incomplete", 131);
	o.until = play_day(VIEW("2025-06-01"));
	assert_int_equal(desk_synth_run(&d, &o, &progress, &err), -1);
	store_close(&d.store);
}

static int64_t found(const struct desk *d, const char *words, const int64_t *people, size_t count)
{
	AUTO_DESK_ROWS struct desk_rows rows = {0};
	struct desk_filter f = {.scope = DESK_SCOPE_ALL,
	    .words = VIEW(words),
	    .people = people,
	    .people_count = count};
	struct err err = {0};
	int64_t total;

	if (desk_list_find(d, &f, 0, 1000, &rows, &total, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(rows.rows.len, total);
	return total;
}

static void a_search_looks_into_titles_numbers_and_applicants(void **state)
{
	static const int64_t applicant = 1, another = 11;
	struct desk d;
	int64_t all;

	(void)state;
	open_desk(&d);
	import(&d, "standard", "submit@2024-03-01");
	all = found(&d, "", NULL, 0);
	assert_true(all >= 1);
	assert_int_equal(found(&d, "STUDY", NULL, 0), all);
	assert_int_equal(found(&d, "-0000", NULL, 0), all);
	assert_int_equal(found(&d, "-00001", NULL, 0), 1);
	/* What LIKE would take for any text is text. */
	assert_int_equal(found(&d, "%", NULL, 0), 0);
	assert_int_equal(found(&d, "_", NULL, 0), 0);
	assert_int_equal(found(&d, "!", NULL, 0), 0);
	assert_int_equal(found(&d, "nobody", NULL, 0), 0);
	assert_int_equal(found(&d, "nobody", &applicant, 1), all);
	assert_int_equal(found(&d, "nobody", &another, 1), 0);
	store_close(&d.store);
}

static void tasks_come_by_urgency_and_are_counted(void **state)
{
	AUTO_DESK_ROWS struct desk_rows rows = {0};
	struct desk d;
	const struct desk_filter officer = {.roles = 1u << DESK_OFFICER, .account = 999};
	const struct desk_filter applicant = {.account = 1};
	struct err err = {0};
	int64_t count, own;

	(void)state;
	open_desk(&d);
	import(&d, "standard", "submit@2024-03-08");
	import(&d, "standard", "submit@2024-03-04");
	import(&d, "standard", "submit@2024-03-06 request_items@2024-03-07");
	if (desk_tasks_find(&d, &officer, 1000, &rows, &err) < 0 ||
	    desk_tasks_count(&d, &officer, &count, &err) < 0 ||
	    desk_tasks_count(&d, &applicant, &own, &err) < 0)
		fail_msg("%s", err.msg);
	assert_true(count >= 2);
	assert_int_equal(rows.rows.len, count);
	assert_true(own >= 1);
	for (size_t i = 1; i < rows.rows.len; i++) {
		date_t before = rows.rows.ptr[i - 1].last_day, day = rows.rows.ptr[i].last_day;

		assert_true(day == DATE_NONE || (before != DATE_NONE && before <= day));
	}
	store_close(&d.store);
}

static size_t tasks_of(const struct desk *d, const struct desk_filter *who)
{
	AUTO_DESK_ROWS struct desk_rows rows = {0};
	struct err err = {0};
	int64_t count;

	if (desk_tasks_find(d, who, 1000, &rows, &err) < 0 ||
	    desk_tasks_count(d, who, &count, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(rows.rows.len, count);
	return rows.rows.len;
}

static void tasks_of_a_part_are_counted_as_they_are_listed(void **state)
{
	struct desk d;
	struct desk_filter who = {.account = 999}, officer = {.roles = 1u << DESK_OFFICER};
	AUTO_FREE char *project = NULL;
	AUTO_DESK_ROWS struct desk_rows all = {0};
	struct err err = {0};

	(void)state;
	open_desk(&d);
	import(&d, "standard", "submit@2024-03-08");
	import(&d, "simplified", "submit@2024-03-08");
	if (desk_tasks_find(&d, &officer, 1000, &all, &err) < 0)
		fail_msg("%s", err.msg);
	assert_true(all.rows.len > 1);
	assert_int_equal(tasks_of(&d, &who), 0);
	who.part_roles = 1u << DESK_OFFICER;
	who.parts = VIEW_LIT(",route/none,");
	assert_int_equal(tasks_of(&d, &who), 0);
	project = str_format(",project/%s,", all.rows.ptr[0].ref);
	who.parts = VIEW(project);
	assert_int_equal(tasks_of(&d, &who), 1);
	who.part_roles = 1u << DESK_AUTHORITY; /* it does not wait for that one */
	assert_int_equal(tasks_of(&d, &who), 0);
	who.part_roles = 1u << DESK_OFFICER;
	who.parts = VIEW_LIT(",applicant/1,");
	assert_int_equal(tasks_of(&d, &who), all.rows.len);
	who.roles = 1u << DESK_OFFICER; /* everywhere, and nothing twice */
	assert_int_equal(tasks_of(&d, &who), all.rows.len);
	store_close(&d.store);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_search_looks_into_titles_numbers_and_applicants),
	    cmocka_unit_test(tasks_come_by_urgency_and_are_counted),
	    cmocka_unit_test(tasks_of_a_part_are_counted_as_they_are_listed),
	    cmocka_unit_test(the_board_agrees_with_the_replay),
	    cmocka_unit_test(the_year_is_as_counted_by_hand),
	    cmocka_unit_test(the_synthetic_year_is_the_published_one),
	    cmocka_unit_test(synthetic_ones_are_lawful_and_the_same_again),
	};
	int rc;

	if (play_setup(NULL) < 0)
		return 1;
	rc = run_on_both_stores(tests, ARRAY_LEN(tests));
	play_teardown(NULL);
	return rc;
}
