#include "both_stores.h"

#include "desk/board.h"
#include "play.h"
#include "store/audit.h"

static const char *const modules[] = {"store", "desk", NULL};

static struct desk open_desk(void)
{
	struct desk d = {.law = play_law};
	struct err err = {0};

	if (store_open(&d.store, test_place, 2, &err) < 0 ||
	    store_migrate(d.store, modules, &err) < 0)
		fail_msg("%s", err.msg);
	return d;
}

static int64_t at(const char *day)
{
	return desk_paris_midnight(play_day(VIEW(day))) + NOON;
}

static int64_t create(const struct desk *d, const char *route, const char *day, int64_t actor)
{
	struct desk_new n = {
	    .route = route, .title = "A study", .actor = actor, .at = at(day)};
	struct err err = {0};
	int64_t id = 0;

	if (desk_create(d, &n, NULL, &id, &err) < 0)
		fail_msg("%s", err.msg);
	return id;
}

/* A command with the dullest data. */
static int execute(const struct desk *d, int64_t id, int64_t expected, const char *command,
    const char *word, const char *day, struct err *err)
{
	AUTO_DESK_DOSSIER struct desk_dossier dossier = {0};
	struct desk_application now;
	const struct desk_step *s;
	struct desk_command c = {.name = command, .at = at(day), .actor = 1};
	int rc;

	if (desk_load(d, id, &dossier, err) < 0)
		fail_msg("%s", err->msg);
	now = desk_at(&dossier.basis, play_day(VIEW(day)));
	s = desk_play_step(&now, command, word);
	c.data = s ? desk_play_data(s, play_day(VIEW(day)), word) : NULL;
	c.role = s ? desk_play_role(s) : DESK_OFFICER;
	c.actor = desk_play_actor(&now, c.role, 1);
	rc = desk_execute(d, id, expected, &c, NULL, err);
	json_decref(c.data);
	return rc;
}

static void do_it(const struct desk *d, int64_t id, const char *command, const char *word,
    const char *day)
{
	struct err err = {0};

	if (execute(d, id, -1, command, word, day, &err) < 0)
		fail_msg("%s: %s", command, err.msg);
}

static size_t list(const struct desk *d, enum desk_list which, int64_t key)
{
	AUTO_DESK_ROWS struct desk_rows rows = {0};
	struct err err = {0};

	if (desk_board_list(d, which, key, 0, 100, &rows, &err) < 0)
		fail_msg("%s", err.msg);
	return rows.rows.len;
}

static void what_is_executed_is_read_back(void **state)
{
	struct desk d = open_desk();
	int64_t id = create(&d, "standard", "2024-03-01", 1);
	AUTO_DESK_DOSSIER struct desk_dossier dossier = {0};
	struct err err = {0};
	int64_t found = 0;

	(void)state;
	do_it(&d, id, "submit", "", "2024-03-04");
	assert_int_equal(execute(&d, id, 1, "transmit", "", "2024-03-05", &err), -1);
	assert_int_equal(err.code, ERR_DENIED);
	assert_string_equal(err.msg, "somebody was quicker: the application has changed");
	assert_int_equal(execute(&d, id, 2, "transmit", "", "2024-03-05", &err), 0);
	assert_int_equal(execute(&d, id, -1, "authorise", "", "2024-03-06", &err), -1);
	assert_int_equal(err.code, ERR_DENIED);
	assert_int_equal(desk_load(&d, id, &dossier, &err), 0);
	assert_int_equal(dossier.events.len, 3);
	assert_string_equal(dossier.title, "A study");
	assert_string_equal(desk_state(&dossier.basis)->id, "committee");
	assert_int_equal(desk_find(&d, VIEW(dossier.ref), &found, &err), 0);
	assert_int_equal(found, id);
	assert_int_equal(desk_find(&d, VIEW_LIT("2024-99999"), &found, &err), -1);
	assert_int_equal(desk_load(&d, id + 1000, &dossier, &err), -1);
	store_close(&d.store);
}

static void routes_begin_when_their_law_does(void **state)
{
	struct desk d = open_desk();
	struct desk_new n = {.route = "ehds-application", .title = "x", .at = at("2026-01-01")};
	struct err err = {0};
	int64_t id = 0;

	(void)state;
	assert_int_equal(desk_create(&d, &n, NULL, &id, &err), -1);
	assert_int_equal(err.code, ERR_DENIED);
	n.route = "no-such";
	assert_int_equal(desk_create(&d, &n, NULL, &id, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	store_close(&d.store);
}

/* 2024-03-05 and a month: silence speaks on 6 April. */
static void the_board_follows_silence(void **state)
{
	struct desk d = open_desk();
	struct err err = {0};
	size_t mine = list(&d, DESK_LIST_MINE, 77);
	int64_t id = create(&d, "standard", "2024-03-01", 77), changed = -1;
	AUTO_DESK_DOSSIER struct desk_dossier dossier = {0};
	AUTO_DESK_ROWS struct desk_rows rows = {0};
	json_t *data = json_pack("{ss}", "signed_by", "x");
	struct desk_command c = {"submit", at("2024-03-04"), 77, DESK_APPLICANT, data};

	(void)state;
	assert_int_equal(desk_execute(&d, id, -1, &c, NULL, &err), 0);
	json_decref(data);
	do_it(&d, id, "transmit", "", "2024-03-05");
	assert_int_equal(list(&d, DESK_LIST_MINE, 77), mine + 1);
	assert_true(list(&d, DESK_LIST_TACIT, play_day(VIEW("2024-04-05"))) >= 1);
	assert_true(list(&d, DESK_LIST_DUE, play_day(VIEW("2024-03-15"))) >= 1);
	assert_int_equal(desk_board_refresh(&d, play_day(VIEW("2024-04-05")), &err), 0);
	assert_true(list(&d, DESK_LIST_TACIT, play_day(VIEW("2024-04-05"))) >= 1);
	assert_int_equal(desk_board_refresh(&d, play_day(VIEW("2024-04-06")), &err), 0);
	assert_int_equal(list(&d, DESK_LIST_TACIT, play_day(VIEW("2024-04-05"))), 0);
	assert_int_equal(desk_board_list(&d, DESK_LIST_MINE, 77, id - 1, 1, &rows, &err), 0);
	assert_string_equal(rows.rows.ptr[0].state, "opinion_given");
	/* No event was written, and making all again finds nothing else. */
	assert_int_equal(desk_load(&d, id, &dossier, &err), 0);
	assert_int_equal(dossier.events.len, 3);
	assert_int_equal(desk_board_rebuild(&d, play_day(VIEW("2024-04-06")), &changed, &err), 0);
	assert_int_equal(changed, 0);
	/* A clock that was a month ahead and is set right: what it wrote is taken back. */
	assert_int_equal(desk_board_rebuild(&d, play_day(VIEW("2024-04-05")), &changed, &err), 0);
	assert_int_equal(desk_board_refresh(&d, play_day(VIEW("2024-05-06")), &err), 0);
	assert_int_equal(list(&d, DESK_LIST_TACIT, play_day(VIEW("2024-04-05"))), 0);
	assert_int_equal(desk_board_refresh(&d, play_day(VIEW("2024-04-05")), &err), 0);
	assert_true(list(&d, DESK_LIST_TACIT, play_day(VIEW("2024-04-05"))) >= 1);
	store_close(&d.store);
}

static int count_one(struct store_tx *tx, const struct desk_dossier *d, void *arg,
    struct err *err)
{
	size_t *n = arg;

	(void)tx;
	(void)err;
	assert_int_equal(d->id, (int64_t)++ * n);
	assert_true(d->events.len > 0);
	return 0;
}

static void all_are_visited_in_order(void **state)
{
	struct desk d = open_desk();
	struct err err = {0};
	size_t n = 0;
	int64_t last = 0;

	(void)state;
	for (int i = 0; i < 230; i++)
		last = create(&d, i % 2 ? "simplified" : "mr-004", "2024-05-02", 5);
	assert_int_equal(desk_each(&d, count_one, &n, &err), 0);
	assert_int_equal(n, last);
	store_close(&d.store);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_executed_is_read_back),
	    cmocka_unit_test(routes_begin_when_their_law_does),
	    cmocka_unit_test(the_board_follows_silence),
	    cmocka_unit_test(all_are_visited_in_order),
	};
	int rc;

	if (play_setup(NULL) < 0)
		return 1;
	rc = run_on_both_stores(tests, ARRAY_LEN(tests));
	play_teardown(NULL);
	return rc;
}
