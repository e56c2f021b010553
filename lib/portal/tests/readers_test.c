/* A page keeps a reader until it is sent; what works beside the pages finds one all the same. */
#include "portal/tests/open.h"

#include <unistd.h>

static pthread_barrier_t reading, done;

static int count(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	(void)arg;
	return store_query(&rows, tx, "store/records/audit.sql:size", STORE_NO_ARGS, err) < 0
	           ? -1
	           : MIN(store_next(rows, err), 0);
}

/* As a request that has found out who asks, and waits for an index. */
static void *keep_a_page(void *arg)
{
	struct err err = {0};
	int *status = arg;

	store_snapshot_open(hub->store);
	*status = store_read(hub->store, count, NULL, &err);
	pthread_barrier_wait(&reading);
	pthread_barrier_wait(&done);
	store_snapshot_close(hub->store);
	return NULL;
}

static void pages_leave_readers_for_the_rest(void **state)
{
	pthread_t pages[PORTAL_WORKERS];
	int status[PORTAL_WORKERS];
	struct err err = {0};

	(void)state;
	alarm(300); /* instead of for ever */
	pthread_barrier_init(&reading, NULL, PORTAL_WORKERS + 1);
	pthread_barrier_init(&done, NULL, PORTAL_WORKERS + 1);
	for (int i = 0; i < PORTAL_WORKERS; i++)
		assert_int_equal(pthread_create(&pages[i], NULL, keep_a_page, &status[i]), 0);
	pthread_barrier_wait(&reading);
	if (portal_warm(portal, &err) < 0)
		fail_msg("%s", err.msg);
	pthread_barrier_wait(&done);
	for (int i = 0; i < PORTAL_WORKERS; i++) {
		assert_int_equal(pthread_join(pages[i], NULL), 0);
		assert_int_equal(status[i], 0);
	}
	pthread_barrier_destroy(&reading);
	pthread_barrier_destroy(&done);
	alarm(0);
}

static int open_portal(void **state)
{
	(void)state;
	return open_hub("");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		pages_leave_readers_for_the_rest, open_portal, close_portal),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
