/* The hours of a desk where something is broken: what is whole goes on, what is not is told. */
#include "filled.h"

#include "portal/desk_letter.h"
#include "portal/desk_told.h"
#include "portal/tests/mails.h"

static const int64_t day = 86400000000;

static int64_t application_of(const char *ref)
{
	struct desk desk = {.store = site.hub->store, .law = site.portal->law};
	struct err err = {0};
	int64_t id;

	site_must(desk_find(&desk, VIEW(ref), &id, &err), &err);
	return id;
}

static size_t letters(const char *ref, const char *letter)
{
	AUTO_DESK_LETTER_ROWS struct desk_letter_rows rows = {0};
	struct err err = {0};
	size_t n = 0;

	site_must(desk_letters_list(site.hub->store, application_of(ref), &rows, &err), &err);
	for (size_t i = 0; i < rows.all.len; i++)
		n += strcmp(rows.all.ptr[i].letter, letter) == 0;
	return n;
}

/* An event that no law has, as a newer program or a damaged disk would leave it. */
static int break_it(struct store_tx *tx, void *arg, struct err *err)
{
	return store_exec(tx, "desk/records/application.sql:add_event",
	    STORE_ARGS(store_int(*(int64_t *)arg), store_int(99), store_int(site.now),
		store_int(1), store_text(VIEW_LIT("officer")), store_text(VIEW_LIT("conjured")),
		store_int(DESK_EVENT_VERSION), store_text(VIEW_LIT("{}"))),
	    NULL, err);
}

static void one_bad_application_stops_no_other(void **state)
{
	int64_t bad = application_of(site.own);
	struct err err = {0}, chores[CHORES];
	struct desk_fed fed;
	char said[sizeof(fed.why.msg)];

	(void)state;
	site_must(desk_feed_and_remind(site.portal, site.now, &fed, &err), &err);
	assert_int_equal(fed.failed, 0);
	/* The bad one is the first of all. */
	assert_true(bad < application_of(site.others));
	site_must(store_write(site.hub->store, break_it, &bad, &err), &err);
	/* The month of the others' completeness passes: late from 24 November. */
	for (int i = 0; i < 12; i++) {
		site_must(desk_feed_and_remind(site.portal, site.now + i * day, &fed, &err), &err);
		assert_int_equal(fed.failed, 1);
		assert_int_equal(fed.why.code, ERR_FORMAT);
		if (i > 0)
			assert_string_equal(fed.why.msg, said);
		snprintf(said, sizeof(said), "%s", fed.why.msg);
	}
	assert_non_null(strstr(said, "'conjured', cannot follow"));
	assert_true(letters(site.others, "due") > 0);
	/* In its own words at its own part; the other parts have no trouble. */
	desk_hourly(site.portal, site.now + 12 * day, chores);
	for (int i = 0; i < CHORES; i++)
		assert_int_equal(chores[i].code, i == CHORE_FEED ? ERR_FORMAT : ERR_NONE);
}

/* An officer to whom nobody can write: of an import, of another system. */
static int add_odd_officer(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int64_t *id = arg;

	if (store_query(&rows, tx, "account/records/person.sql:add",
		STORE_ARGS(store_text(VIEW_LIT("no address")), store_text(VIEW_LIT("Odd One")),
		    store_null(), store_text(VIEW_LIT("en")), store_bytes(VIEW_LIT("")),
		    store_int(site.now)),
		err) < 0 ||
	    store_next(rows, err) != 1)
		return -1;
	*id = store_number(rows, 0);
	return store_exec(tx, "account/records/person.sql:grant",
	    STORE_ARGS(store_int(*id), store_int(ROLE_OFFICER), store_text(VIEW_LIT("")),
		store_int(0), store_int(site.now)),
	    NULL, err);
}

static int64_t application;

static const struct desk_letter_row *letter_of(const struct desk_letter_rows *rows, int64_t account)
{
	for (size_t i = rows->all.len; i > 0; i--)
		if (rows->all.ptr[i - 1].account == account)
			return &rows->all.ptr[i - 1];
	return NULL;
}

static int add_waiting(struct store_tx *tx, void *arg, struct err *err)
{
	const int64_t *accounts = arg;

	for (int i = 0; i < 2; i++) {
		struct desk_letter_row row = {.application = application,
		    .account = accounts[i],
		    .letter = "news",
		    .at = site.now + 13 * day};

		if (desk_letter_add(tx, &row, err) < 0)
			return -1;
	}
	return 0;
}

/* The step is taken, the others have their letter, and the record says who has none. */
static void an_address_that_is_none_holds_nobody(void **state)
{
	AUTO_DESK_LETTER_ROWS struct desk_letter_rows rows = {0};
	struct desk_telling telling = {.hub = site.hub, .portal = site.portal};
	struct visit v = {.portal = site.portal, .hub = site.hub};
	struct desk desk = desk_telling(&v, &telling);
	AUTO_JSON json_t *data = json_pack("{s:s}", "reasons", "none");
	struct desk_command c = {"withdraw", site.now + 13 * day, site.stranger.id,
	    DESK_APPLICANT, data};
	int64_t odd = 0, before = mails_in(site.hub->store), id = application_of(site.others);
	struct err err = {0};

	(void)state;
	application = id;
	site_must(store_write(site.hub->store, add_odd_officer, &odd, &err), &err);
	site_must(desk_execute(&desk, id, -1, &c, NULL, &err), &err);
	site_must(desk_letters_list(site.hub->store, id, &rows, &err), &err);
	assert_int_equal(letter_of(&rows, odd)->queued_at, DESK_LETTER_UNSENT);
	assert_true(mails_in(site.hub->store) > before);
	/* Nor does it hold the daily mails. */
	before = mails_in(site.hub->store);
	site_must(
	    store_write(site.hub->store, add_waiting, (int64_t[]){odd, c.actor}, &err), &err);
	site_must(letters_send_digests(site.portal, site.now + 15 * day, &err), &err);
	assert_int_equal(mails_in(site.hub->store), before + 1);
	site_must(letters_send_digests(site.portal, site.now + 16 * day, &err), &err);
	assert_int_equal(mails_in(site.hub->store), before + 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(one_bad_application_stops_no_other, open_site),
	    cmocka_unit_test_teardown(an_address_that_is_none_holds_nobody, close_site),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
