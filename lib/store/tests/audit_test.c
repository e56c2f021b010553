#include "both_stores.h"

#include "store/audit_verify.h"

#include "store/driver.h"

#include <pthread.h>

static const char *const modules[] = {"store", NULL};
static struct audit audit = {.origin = "hub.test/audit"};

static struct store *open_store(void)
{
	struct store *s = NULL;
	struct err err = {0};

	if (store_open(&s, test_place, 2, &err) < 0 || store_migrate(s, modules, &err) < 0)
		fail_msg("%s", err.msg);
	store_set_seal(s, audit_seal, &audit);
	return s;
}

static int act(struct store_tx *tx, void *arg, struct err *err)
{
	const int *n = arg;
	struct audit_event e = {
	    .at = 1763000000000000 + *n,
	    .actor = 1 + *n % 3,
	    .role = "officer",
	    .action = "desk.submit",
	    .object = VIEW("application/12"),
	    .decision = "done",
	    .detail = VIEW("{\"form\": 3}"),
	};

	return audit_add(tx, &e, err);
}

static void act_times(struct store *s, int times)
{
	struct err err = {0};

	for (int i = 0; i < times; i++)
		if (store_write(s, act, &i, &err) < 0)
			fail_msg("%s", err.msg);
}

/* What somebody with the database, but without the key, could do. */
static int run_script(struct store_tx *tx, void *arg, struct err *err)
{
	return store_tx_script(tx, arg, err);
}

static void tamper(const char *sql)
{
	AUTO_STORE struct store *s = NULL;
	struct err err = {0};

	if (store_open(&s, test_place, 1, &err) < 0 ||
	    store_write(s, run_script, (void *)(uintptr_t)sql, &err) < 0)
		fail_msg("%s", err.msg);
}

/* The kinds of faults as letters, each once: o l r h p. */
static const char *verdict(struct store *s, const char *folder, uint64_t records)
{
	static char text[8];
	AUTO_AUDIT_VERDICT struct audit_verdict v = {0};
	struct err err = {0};

	if (audit_verify(&v, s, &audit, (const char *const[]){folder, NULL}, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(v.records, records);
	text[0] = '\0';
	for (size_t i = 0; i < v.faults.len; i++) {
		char letter = audit_fault_name(v.faults.ptr[i].kind)[0];

		if (!strchr(text, letter))
			snprintf(text + strlen(text), sizeof(text) - strlen(text), "%c", letter);
	}
	return text;
}

static int forget(void **state)
{
	(void)state;
	if (test_place[0] == '/')
		test_program((const char *[]){"rm", "-f", test_place, NULL}, NULL, 0);
	else
		tamper("DROP TABLE IF EXISTS audit_record; DROP TABLE IF EXISTS audit_head; "
		       "DROP TABLE IF EXISTS migration");
	return 0;
}

static void a_true_log_has_no_fault(void **state)
{
	AUTO_STORE struct store *s = open_store();

	(void)state;
	assert_string_equal(verdict(s, NULL, 0), "");
	act_times(s, 20);
	assert_string_equal(verdict(s, NULL, 20), "");
}

/* ASVS 16.4.2. */
static void every_change_is_found(void **state)
{
	static const struct {
		const char *sql, *faults;
		uint64_t records;
	} cases[] = {
	    {"UPDATE audit_record SET body = CAST('x' AS BYTEA) WHERE seq = 3", "lr", 10},
	    {"UPDATE audit_record SET leaf = (SELECT leaf FROM audit_record WHERE seq = 4) "
	     "WHERE seq = 3",
		"l", 10},
	    {"DELETE FROM audit_record WHERE seq = 3", "or", 9},
	    {"DELETE FROM audit_record WHERE seq = 9", "r", 9},
	    {"DELETE FROM audit_record", "r", 0},
	    {"INSERT INTO audit_record SELECT 10, body, leaf FROM audit_record WHERE seq = 1", "r",
		11},
	    {"UPDATE audit_record SET seq = 100 WHERE seq = 3; UPDATE audit_record SET seq = 3 "
	     "WHERE seq = 4; UPDATE audit_record SET seq = 4 WHERE seq = 100",
		"r", 10},
	    {"UPDATE audit_record SET seq = 77 WHERE seq = 9", "o", 10},
	    {"DELETE FROM audit_head", "h", 10},
	    {"UPDATE audit_head SET note = CAST('x' AS BYTEA)", "h", 10},
	    {"DELETE FROM audit_head; DELETE FROM audit_record WHERE seq > 5", "h", 6},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct store *s;

		forget(NULL);
		s = open_store();
		act_times(s, 10);
		store_close(&s);
		tamper(cases[i].sql);
		s = open_store();
		if (strcmp(verdict(s, NULL, cases[i].records), cases[i].faults) != 0)
			fail_msg("%s: %s", cases[i].sql, verdict(s, NULL, cases[i].records));
		store_close(&s);
	}
}

/* Someone signs with a key of his own, over a log that he has written himself. */
static void another_key_is_found(void **state)
{
	struct store *s = open_store();
	struct note_key ours = audit.key;

	(void)state;
	crypto_sign_keypair(audit.key.public_key, audit.key.secret_key);
	act_times(s, 5);
	store_close(&s);
	audit.key = ours;
	s = open_store();
	assert_string_equal(verdict(s, NULL, 5), "h");
	store_close(&s);
}

static void publish(struct store *s, const char *folder)
{
	struct err err = {0};

	if (audit_publish(s, folder, &err) < 0)
		fail_msg("%s", err.msg);
}

/* ASVS 16.4.2. An older state put back whole, signed: only what was published shows it. */
static void an_older_state_is_found(void **state)
{
	char folder[80];
	struct store *s = open_store();

	(void)state;
	snprintf(folder, sizeof(folder), "%s/published", test_folder);
	test_program((const char *[]){"rm", "-rf", folder, NULL}, NULL, 0);
	assert_int_equal(mkdir(folder, 0700), 0);
	act_times(s, 10);
	publish(s, folder);
	publish(s, folder);
	act_times(s, 5);
	publish(s, folder);
	assert_string_equal(verdict(s, folder, 15), "");
	store_close(&s);
	forget(NULL);
	s = open_store();
	act_times(s, 10);
	assert_string_equal(verdict(s, NULL, 10), "");
	assert_string_equal(verdict(s, folder, 10), "p");
	store_close(&s);
	/* Another past of the same length. */
	forget(NULL);
	s = open_store();
	act_times(s, 7);
	act_times(s, 8);
	assert_string_equal(verdict(s, folder, 15), "p");
	store_close(&s);
}

enum { THREADS = 6,
	EACH = 50 };

static void *act_many(void *s)
{
	act_times(s, EACH);
	return NULL;
}

static void many_at_a_time(void **state)
{
	AUTO_STORE struct store *s = open_store();
	pthread_t threads[THREADS];

	(void)state;
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, act_many, s), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	assert_string_equal(verdict(s, NULL, THREADS * EACH), "");
}

static int act_too_much(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STR struct str long_text = {0};
	struct audit_event e = {.action = "x", .decision = "done"};

	(void)arg;
	str_pad(&long_text, 'x', AUDIT_RECORD_MAX);
	e.object = str_view(&long_text);
	return audit_add(tx, &e, err);
}

static void a_record_too_long_stops_its_action(void **state)
{
	AUTO_STORE struct store *s = open_store();
	struct err err = {0};

	(void)state;
	assert_int_equal(store_write(s, act_too_much, NULL, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
	assert_string_equal(verdict(s, NULL, 0), "");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(a_true_log_has_no_fault, forget),
	    cmocka_unit_test_setup(every_change_is_found, forget),
	    cmocka_unit_test_setup(another_key_is_found, forget),
	    cmocka_unit_test_setup(an_older_state_is_found, forget),
	    cmocka_unit_test_setup(many_at_a_time, forget),
	    cmocka_unit_test_setup(a_record_too_long_stops_its_action, forget),
	};

	if (sodium_init() < 0)
		return 1;
	crypto_sign_keypair(audit.key.public_key, audit.key.secret_key);
	return run_on_both_stores(tests, ARRAY_LEN(tests));
}
