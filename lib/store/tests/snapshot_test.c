/* Reads that share one state of the records, whatever is written meanwhile. */
#include "both_stores.h"

#include "store/store.h"

#include <pthread.h>

static const char *const modules[] = {"store", NULL};

static struct store *open_store(void)
{
	struct store *s = NULL;
	struct err err = {0};

	if (store_open(&s, test_place, 2, &err) < 0 || store_migrate(s, modules, &err) < 0)
		fail_msg("%s", err.msg);
	return s;
}

static int append(struct store_tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return store_exec(tx, "store/records/audit.sql:add",
	    STORE_ARGS(store_bytes(VIEW("x")), store_bytes(VIEW_NONE)), NULL, err);
}

static void write_one(struct store *s)
{
	struct err err = {0};

	if (store_write(s, append, NULL, &err) < 0)
		fail_msg("%s", err.msg);
}

static void *write_elsewhere(void *s)
{
	write_one(s);
	return NULL;
}

static void another_writes(struct store *s)
{
	pthread_t thread;

	assert_int_equal(pthread_create(&thread, NULL, write_elsewhere, s), 0);
	assert_int_equal(pthread_join(thread, NULL), 0);
}

static int count(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	if (store_query(&rows, tx, "store/records/audit.sql:size", STORE_NO_ARGS, err) < 0 ||
	    store_next(rows, err) != 1)
		return -1;
	*(int64_t *)arg = store_number(rows, 0);
	return 0;
}

static int64_t records(struct store *s)
{
	struct err err = {0};
	int64_t n = -1;

	if (store_read(s, count, &n, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(err.code, ERR_NONE);
	return n;
}

static void reads_see_one_state(void **state)
{
	AUTO_STORE struct store *s = open_store();
	int64_t before;

	(void)state;
	store_snapshot_open(s);
	another_writes(s); /* it begins with the first read */
	before = records(s);
	another_writes(s);
	assert_int_equal(records(s), before);
	store_snapshot_close(s);
	assert_int_equal(records(s), before + 1);
}

static void own_writes_are_seen(void **state)
{
	AUTO_STORE struct store *s = open_store();
	int64_t before;

	(void)state;
	store_snapshot_open(s);
	before = records(s);
	another_writes(s);
	write_one(s);
	assert_int_equal(records(s), before + 2);
	another_writes(s);
	assert_int_equal(records(s), before + 2);
	store_snapshot_close(s);
}

static int break_off(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	if (count(tx, arg, err) < 0)
		return -1;
	assert_int_equal(store_query(&rows, tx, "=SELECT no_such_column", STORE_NO_ARGS, err), -1);
	return -1;
}

static void a_failure_does_not_spoil_the_next(void **state)
{
	AUTO_STORE struct store *s = open_store();
	struct err err = {0};
	int64_t n, before = records(s);

	(void)state;
	store_snapshot_open(s);
	assert_int_equal(store_read(s, break_off, &n, &err), -1);
	assert_int_equal(err.code, ERR_INTERNAL);
	another_writes(s);
	assert_int_equal(records(s), before + 1);
	store_snapshot_close(s);
}

struct nested {
	struct store *store;
	int64_t outer, inner;
	bool writes;
};

static int count_twice(struct store_tx *tx, void *arg, struct err *err)
{
	struct nested *n = arg;

	if (count(tx, &n->outer, err) < 0)
		return -1;
	another_writes(n->store);
	n->inner = records(n->store);
	if (n->writes)
		write_one(n->store);
	return count(tx, &n->outer, err);
}

static void a_read_within_has_its_own(void **state)
{
	AUTO_STORE struct store *s = open_store();
	struct nested n = {.store = s};
	struct err err = {0};

	(void)state;
	store_snapshot_open(s);
	assert_int_equal(store_read(s, count_twice, &n, &err), 0);
	assert_int_equal(n.inner, n.outer + 1);
	assert_int_equal(records(s), n.outer);
	n.writes = true;
	assert_int_equal(store_read(s, count_twice, &n, &err), 0);
	assert_int_equal(records(s), n.inner + 1); /* what was written within is seen behind */
	store_snapshot_close(s);
}

static void only_this_thread_shares(void **state)
{
	AUTO_STORE struct store *s = open_store(), *other = open_store();
	int64_t before;

	(void)state;
	store_snapshot_open(s);
	before = records(s);
	another_writes(s);
	assert_int_equal(records(other), before + 1);
	store_snapshot_close(other); /* not its own: stays */
	assert_int_equal(records(s), before);
	store_snapshot_close(s);
}

/* Links that waited while the server went and came are not held against the next read. */
static void a_server_that_was_away_is_found_again(void **state)
{
	AUTO_STORE struct store *s = open_store();
	struct err err = {0};
	int64_t n, before = records(s);

	(void)state;
	if (store_kind(s) != STORE_POSTGRES)
		return;
	assert_true(test_postgres("down", NULL, 0) && test_postgres("up", NULL, 0));
	assert_int_equal(records(s), before);
	store_snapshot_open(s);
	assert_int_equal(records(s), before);
	assert_true(test_postgres("down", NULL, 0));
	assert_int_equal(store_read(s, count, &n, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_int_equal(store_read(s, count, &n, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_true(test_postgres("up", NULL, 0));
	assert_int_equal(records(s), before);
	store_snapshot_close(s);
}

static int forget_statements(struct store_tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return store_exec(tx, "=DEALLOCATE ALL", STORE_NO_ARGS, NULL, err);
}

/* A pooler between us and the server may forget what was prepared: nobody goes on without it. */
static void statements_that_are_gone_are_prepared_again(void **state)
{
	AUTO_STORE struct store *s = open_store();
	struct err err = {0};
	int64_t before = records(s);

	(void)state;
	if (store_kind(s) != STORE_POSTGRES)
		return;
	assert_int_equal(store_read(s, forget_statements, NULL, &err), 0);
	assert_int_equal(records(s), before);
	write_one(s);
	assert_int_equal(store_write(s, forget_statements, NULL, &err), 0);
	if (store_write(s, append, NULL, &err) < 0)
		assert_int_equal(err.code, ERR_IO); /* told once, then over */
	write_one(s);
	assert_true(records(s) >= before + 2);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_see_one_state),
	    cmocka_unit_test(own_writes_are_seen),
	    cmocka_unit_test(a_failure_does_not_spoil_the_next),
	    cmocka_unit_test(a_read_within_has_its_own),
	    cmocka_unit_test(only_this_thread_shares),
	    cmocka_unit_test(a_server_that_was_away_is_found_again),
	    cmocka_unit_test(statements_that_are_gone_are_prepared_again),
	};

	return run_on_both_stores(tests, ARRAY_LEN(tests));
}
