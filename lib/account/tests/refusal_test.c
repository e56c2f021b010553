#include "people.h"

#include "account/refusal.h"

#include <pthread.h>

static size_t count_records(const char *text)
{
	AUTO_STR struct str all = {0};
	struct err err = {0};
	size_t n = 0;

	assert_int_equal(store_read(accounts.store, dump, &all, &err), 0);
	for (const char *at = str_get(&all); (at = strstr(at, text)); at++)
		n++;
	return n;
}

static void refuse(int64_t actor, const char *address, const char *action)
{
	struct account_act by = {now, actor, actor ? "abc" : NULL, VIEW(address)};

	account_refusal_add(accounts.refusals, &by, action, "GET /desk/{ref}");
}

static void write_them(bool all)
{
	struct err err = {0};

	assert_int_equal(account_refusals_write(&accounts, now, all, &err), 0);
}

/* ASVS 16.3.2: refusals are in the log; 16.4.1 and 13.1.2: and cannot fill it. */
static void a_minute_is_one_record(void **state)
{
	(void)state;
	now -= now % (60 * second);
	for (int i = 0; i < 1000; i++, now += 30000)
		refuse(7, i % 2 ? "192.0.2.1" : "2001:db8::1", "site.denied");
	refuse(7, "192.0.2.1", "site.too_many");
	refuse(8, "192.0.2.1", "site.denied");
	write_them(false);
	assert_int_equal(count_records("\"decision\":\"refused\""), 0);
	now += 60 * second;
	refuse(7, "192.0.2.1", "site.denied");
	write_them(false);
	assert_int_equal(count_records("\"decision\":\"refused\""), 3);
	assert_int_equal(count_records("\"actor\":7,\"session\":\"abc\","
				       "\"address\":\"2001:db8::/64\","
				       "\"action\":\"site.denied\",\"decision\":\"refused\","
				       "\"detail\":{\"count\":1000,\"seconds\":29,"
				       "\"first\":\"GET /desk/{ref}\"}"),
	    1);
	write_them(true);
	assert_int_equal(count_records("\"decision\":\"refused\""), 4);
	write_them(true);
	assert_int_equal(count_records("\"decision\":\"refused\""), 4);
}

/* Ten thousand addresses in a minute are a hundred and some records; the sum is kept. */
static void a_flood_is_bounded(void **state)
{
	AUTO_STR struct str all = {0};
	struct err err = {0};
	int64_t sum = 0;
	size_t before = count_records("\"action\":\"flood."), records;

	(void)state;
	now -= now % (60 * second);
	for (int i = 0; i < 10000; i++) {
		AUTO_FREE char *address = str_format("10.0.%d.%d", i / 256, i % 256);

		refuse(0, address, i % 2 ? "flood.a" : "flood.b");
	}
	now += 60 * second;
	write_them(false);
	records = count_records("\"action\":\"flood.") - before;
	assert_int_equal(records, ACCOUNT_REFUSALS_KEPT + 2);
	assert_int_equal(store_read(accounts.store, dump, &all, &err), 0);
	for (const char *at = str_get(&all); (at = strstr(at, "\"action\":\"flood.")); at++)
		sum += strtol(strstr(at, "\"count\":") + 8, NULL, 10);
	assert_int_equal(sum, 10000);
}

static int spoil(struct store_tx *tx, void *arg, struct err *err)
{
	(void)tx;
	(void)arg;
	return err_set(err, ERR_OUTPUT, "the disk is full");
}

/* What could not be written waits, and is not lost. */
static void a_store_that_is_full_is_tried_again(void **state)
{
	struct err err = {0};

	(void)state;
	now -= now % (60 * second);
	for (int i = 0; i < 5; i++)
		refuse(9, "192.0.2.1", "site.full");
	now += 60 * second;
	store_set_seal(accounts.store, spoil, NULL);
	assert_int_equal(account_refusals_write(&accounts, now, false, &err), -1);
	assert_int_equal(err.code, ERR_OUTPUT);
	store_set_seal(accounts.store, audit_seal, &audit);
	assert_int_equal(count_records("site.full"), 0);
	write_them(false);
	assert_int_equal(count_records("\"action\":\"site.full\",\"decision\":\"refused\","
				       "\"detail\":{\"count\":5,"),
	    1);
}

static void *refuse_many(void *arg)
{
	for (int i = 0; i < 2000; i++)
		refuse(*(int64_t *)arg, "192.0.2.1", "site.threads");
	return NULL;
}

static void several_threads_count_together(void **state)
{
	pthread_t threads[4];
	int64_t actor = 12;

	(void)state;
	now -= now % (60 * second);
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, refuse_many, &actor), 0);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	write_them(true);
	assert_int_equal(count_records("\"action\":\"site.threads\",\"decision\":\"refused\","
				       "\"detail\":{\"count\":8000,"),
	    1);
}

/* The role that an invitation brings, and who gave it, can be told from the log and the records. */
static int read_giver(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	int64_t *ret = arg;

	if (store_query(&r, tx, "account/records/person.sql:givers", STORE_ARGS(store_int(ret[0])),
		err) < 0 ||
	    store_next(r, err) <= 0)
		return -1;
	ret[1] = store_number(r, 0);
	return 0;
}

static void the_inviter_gives_the_role(void **state)
{
	AUTO_PERSON struct person admin = {0};
	struct account_act by;
	struct account_token link, session;
	struct account_invitation i;
	struct account_who who = {0};
	char codes[ACCOUNT_RECOVERY_CODES][ACCOUNT_RECOVERY_SIZE];
	struct person invited = {0};
	int64_t numbers[2] = {0};
	struct err err = {0};

	(void)state;
	join(&admin, "admin", ROLE_ADMIN, "");
	by = act(admin.id, admin.who.session);
	assert_int_equal(account_invite(&accounts, &by,
			     &(struct account_invitee){VIEW("given@x.example"), VIEW("Given"), "en",
				 0, ROLE_MEMBER, VIEW("committee/esnd"), false},
			     &link, &err),
	    0);
	assert_int_equal(
	    account_find_invitation(&accounts, VIEW(link.text), now, &memory, &i, &err), 1);
	memcpy(invited.seed, i.seed, TOTP_SEED);
	by = act(0, NULL);
	assert_int_equal(account_accept(&accounts, &by,
			     &(struct account_acceptance){.token = VIEW(link.text),
				 .password = VIEW(PASSWORD),
				 .code = code_at(&invited, now)},
			     &session, codes, &err),
	    0);
	assert_int_equal(
	    account_find_session(&accounts, VIEW(session.text), now, &memory, &who, &err), 1);
	numbers[0] = who.id;
	assert_int_equal(store_read(accounts.store, read_giver, numbers, &err), 0);
	assert_int_equal(numbers[1], admin.id);
	assert_int_equal(count_records("\"action\":\"account.invite\",\"object\":\"invitation/2\","
				       "\"decision\":\"done\",\"detail\":{\"role\":\"member\","
				       "\"scope\":\"committee/esnd\"}"),
	    1);
	assert_int_equal(count_records("\"action\":\"account.accept\",\"object\":\"invitation/2\","
				       "\"decision\":\"done\",\"detail\":{\"role\":\"member\","
				       "\"scope\":\"committee/esnd\"}"),
	    1);
	account_who_clear(&who);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(a_minute_is_one_record, open_store),
	    cmocka_unit_test(a_flood_is_bounded),
	    cmocka_unit_test(a_store_that_is_full_is_tried_again),
	    cmocka_unit_test(several_threads_count_together),
	    cmocka_unit_test_teardown(the_inviter_gives_the_role, close_store),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
