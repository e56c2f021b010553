#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cancel.h"
#include "base/threads.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ITEMS = 500,
	THREADS = 8 };

struct visits {
	atomic_int items[ITEMS];
	atomic_int bad_worker;
	int threads;
};

static int visit(void *ctx, size_t item, int worker, struct err *err)
{
	struct visits *v = ctx;

	(void)err;
	atomic_fetch_add(&v->items[item], 1);
	if (worker < 0 || worker >= v->threads)
		atomic_fetch_add(&v->bad_worker, 1);
	return 0;
}

static void every_item_once(void **state)
{
	static const int counts[] = {-1, 0, 1, 2, THREADS, 100000};

	(void)state;
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		struct visits v = {.threads = MIN(MAX(counts[i], 1), (int)THREADS_MAX)};
		struct err err = {0};

		assert_int_equal(threads_for(counts[i], ITEMS, visit, &v, &err), 0);
		for (int item = 0; item < ITEMS; item++)
			assert_int_equal(v.items[item], 1);
		assert_int_equal(v.bad_worker, 0);
		assert_int_equal(threads_for(counts[i], 0, visit, &v, &err), 0);
	}
	assert_in_range(threads_default(), 1, THREADS_MAX);
}

/* Fails at 37 and at every item from 38 on; the late one must wait for nothing. */
static int fail_from_37(void *ctx, size_t item, int worker, struct err *err)
{
	(void)ctx;
	(void)worker;
	if (item < 37)
		return 0;
	if (item == 37)
		usleep(200);
	return err_set(err, ERR_FORMAT, "item %zu", item);
}

static void the_first_failure_is_told(void **state)
{
	(void)state;
	for (int i = 0; i < 200; i++) {
		struct err err = {0};

		assert_int_equal(threads_for(THREADS, ITEMS, fail_from_37, NULL, &err), -1);
		assert_int_equal(err.code, ERR_FORMAT);
		assert_string_equal(err.msg, "item 37");
	}
}

static int stop_at_10(void *ctx, size_t item, int worker, struct err *err)
{
	atomic_fetch_add((atomic_int *)ctx, 1);
	(void)worker;
	(void)err;
	if (item == 10)
		cancel_set(true);
	return 0;
}

static void cancelled(void **state)
{
	struct err err = {0};
	atomic_int ran = 0;

	(void)state;
	assert_int_equal(threads_for(1, ITEMS, stop_at_10, &ran, &err), -1);
	assert_int_equal(err.code, ERR_CANCELLED);
	assert_int_equal(ran, 11);
	assert_int_equal(threads_for(THREADS, ITEMS, stop_at_10, &ran, &err), -1);
	assert_int_equal(ran, 11);
	cancel_set(false);
	assert_int_equal(cancel_check(&err), 0);
}

static int interrupt_twice(void)
{
	cancel_install();
	if (cancel_requested())
		return 1;
	raise(SIGINT);
	if (!cancel_requested())
		return 2;
	raise(SIGINT);
	return 3;
}

/* The first Ctrl-C asks, the second ends the process with 128 + SIGINT. */
static void ctrl_c(void **state)
{
	int status;
	pid_t child = fork();

	(void)state;
	if (child == 0)
		_exit(interrupt_twice());
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 130);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_item_once),
	    cmocka_unit_test(the_first_failure_is_told),
	    cmocka_unit_test(cancelled),
	    cmocka_unit_test(ctrl_c),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
