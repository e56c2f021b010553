#include "both_stores.h"

#include "base/str.h"
#include "store/store.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

static const char *const modules[] = {"store", NULL};

#define ADD "store/records/audit.sql:add"
#define NEXT "store/records/audit.sql:size"
#define LIST "store/records/audit.sql:list"

static struct store *open_store(void)
{
	struct store *s = NULL;
	struct err err = {0};

	if (store_open(&s, test_place, 3, &err) < 0 || store_migrate(s, modules, &err) < 0)
		fail_msg("%s", err.msg);
	return s;
}

static int one_number(struct store_tx *tx, const char *statement, int64_t *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	if (store_query(&rows, tx, statement, STORE_NO_ARGS, err) < 0 ||
	    store_next(rows, err) != 1)
		return -1;
	*ret = store_number(rows, 0);
	return 0;
}

struct record {
	int64_t seq;
	struct view body;
	bool fail;
};

/* Appends behind the last; fails after the change when told so. */
static int append(struct store_tx *tx, void *arg, struct err *err)
{
	struct record *r = arg;
	int64_t changed = 0;

	if (one_number(tx, NEXT, &r->seq, err) < 0 ||
	    store_exec(tx, ADD,
		STORE_ARGS(store_bytes(r->body), store_bytes(VIEW_NONE)),
		&changed, err) < 0)
		return -1;
	assert_int_equal(changed, 1);
	return r->fail ? err_set(err, ERR_DENIED, "told to fail") : 0;
}

static int count(struct store_tx *tx, void *arg, struct err *err)
{
	return one_number(tx, NEXT, arg, err);
}

static int64_t records(struct store *s)
{
	struct err err = {0};
	int64_t n = -1;

	if (store_read(s, count, &n, &err) < 0)
		fail_msg("%s", err.msg);
	return n;
}

static int read_first(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	const struct record *wanted = arg;

	if (store_query(&rows, tx, LIST, STORE_ARGS(store_int(wanted->seq), store_int(2)), err) < 0)
		return -1;
	assert_int_equal(store_next(rows, err), 1);
	assert_int_equal(store_number(rows, 0), wanted->seq);
	assert_true(view_eq(store_view(rows, 1), wanted->body));
	assert_int_equal(store_view(rows, 2).len, 0);
	assert_false(store_is_null(rows, 2));
	assert_int_equal(store_next(rows, err), 0);
	return 0;
}

static void bytes_come_back(void **state)
{
	AUTO_STORE struct store *s = open_store();
	char all[256];
	struct record r = {.body = {all, sizeof(all)}};
	struct err err = {0};

	(void)state;
	for (int i = 0; i < 256; i++)
		all[i] = (char)i;
	assert_int_equal(store_write(s, append, &r, &err), 0);
	assert_int_equal(store_read(s, read_first, &r, &err), 0);
}

static void a_failed_work_leaves_nothing(void **state)
{
	AUTO_STORE struct store *s = open_store();
	struct record r = {.body = VIEW("x"), .fail = true};
	int64_t before = records(s);
	struct err err = {0};

	(void)state;
	assert_int_equal(store_write(s, append, &r, &err), -1);
	assert_int_equal(err.code, ERR_DENIED);
	assert_int_equal(records(s), before);
	r.fail = false;
	assert_int_equal(store_write(s, append, &r, &err), 0);
	assert_int_equal(records(s), before + 1);
}

/* Two records for the end of the batch, and none before it. */
static int append_later(struct store_tx *tx, void *arg, struct err *err)
{
	const struct record *r = arg;
	AUTO_FREE char *body = str_format("%.*s", VIEW_ARG(r->body));
	int64_t before, n;

	if (one_number(tx, NEXT, &before, err) < 0)
		return -1;
	for (int i = 0; i < 2; i++)
		store_exec_later(tx, ADD,
		    STORE_ARGS(store_bytes(VIEW(body)), store_bytes(VIEW_NONE)));
	if (one_number(tx, NEXT, &n, err) < 0)
		return -1;
	assert_int_equal(n, before);
	return r->fail ? err_set(err, ERR_DENIED, "told to fail") : 0;
}

static void what_waits_goes_with_its_work(void **state)
{
	AUTO_STORE struct store *s = open_store();
	struct record r = {.body = VIEW("later"), .fail = true};
	int64_t before = records(s);
	struct err err = {0};

	(void)state;
	assert_int_equal(store_write(s, append_later, &r, &err), -1);
	assert_int_equal(records(s), before);
	r.fail = false;
	assert_int_equal(store_write(s, append_later, &r, &err), 0);
	assert_int_equal(records(s), before + 2);
}

static int break_later(struct store_tx *tx, void *arg, struct err *err)
{
	(void)arg, (void)err;
	for (int i = 0; i < 3; i++)
		store_exec_later(tx, ADD, STORE_ARGS(store_null(), store_bytes(VIEW_NONE)));
	return 0;
}

static void a_batch_that_breaks_at_its_end_is_refused(void **state)
{
	AUTO_STORE struct store *s = open_store();
	struct record r = {.body = VIEW("x")};
	int64_t before = records(s);
	struct err err = {0};

	(void)state;
	assert_int_equal(store_write(s, break_later, NULL, &err), -1);
	assert_int_equal(err.code, ERR_INTERNAL);
	assert_int_equal(records(s), before);
	assert_int_equal(store_write(s, append_later, &r, &err), 0);
	assert_int_equal(records(s), before + 2);
}

static int add_twice(struct store_tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return store_exec(tx, ADD, STORE_ARGS(store_bytes(VIEW("secret 55081")), store_null()),
	    NULL, err);
}

static void a_message_has_names_but_no_values(void **state)
{
	AUTO_STORE struct store *s = open_store();
	struct err err = {0};

	(void)state;
	assert_int_equal(store_write(s, add_twice, NULL, &err), -1);
	assert_int_equal(err.code, ERR_INTERNAL);
	assert_non_null(strstr(err.msg, "audit_record"));
	assert_null(strstr(err.msg, "55081"));
}

enum { THREADS = 8,
	EACH = 100 };

static void *append_many(void *arg)
{
	for (int i = 0; i < EACH; i++) {
		struct record r = {.body = VIEW("thread"), .fail = i % 10 == 9};
		struct err err = {0};

		assert_int_equal(store_write(arg, append, &r, &err), r.fail ? -1 : 0);
	}
	return NULL;
}

static void writers_stand_in_one_queue(void **state)
{
	AUTO_STORE struct store *s = open_store();
	int64_t before = records(s);
	pthread_t threads[THREADS];

	(void)state;
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, append_many, s), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(records(s), before + THREADS * (EACH - EACH / 10));
}

/* A child appends and says each acknowledged number until it is killed. */
static void kill_leaves_what_was_acknowledged(void **state)
{
	(void)state;
	for (int round = 0; round < 5; round++) {
		int said[2], heard = 0, status;
		char buf[64];
		ssize_t n;
		pid_t child;
		int64_t before;
		struct store *s = open_store();

		before = records(s);
		store_close(&s);
		assert_int_equal(pipe(said), 0);
		child = fork();
		if (child == 0) {
			s = open_store();
			for (;;) {
				append_many(s);
				(void)!write(said[1], "x", 1);
			}
		}
		close(said[1]);
		while (heard < 2 + round && (n = read(said[0], buf, 1)) > 0)
			heard++;
		kill(child, SIGKILL);
		waitpid(child, &status, 0);
		while ((n = read(said[0], buf, sizeof(buf))) > 0)
			heard += (int)n;
		close(said[0]);
		s = open_store();
		assert_true(records(s) >= before + heard * (EACH - EACH / 10));
		store_close(&s);
	}
}

static void a_full_disk_is_said_and_passes(void **state)
{
	struct rlimit old, low = {1 << 20, RLIM_INFINITY};
	AUTO_STORE struct store *s = open_store();
	AUTO_FREE char *big = mem_zalloc(1, 4 << 20);
	struct record r = {.body = {big, 4 << 20}};
	struct err err = {0};

	(void)state;
	if (store_kind(s) != STORE_SQLITE)
		return; /* the server's limits are the server's */
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &old);
	setrlimit(RLIMIT_FSIZE, &low);
	assert_int_equal(store_write(s, append, &r, &err), -1);
	assert_int_equal(err.code, ERR_OUTPUT);
	setrlimit(RLIMIT_FSIZE, &old);
	assert_int_equal(store_write(s, append, &r, &err), 0);
}

static void a_lost_server_is_said_and_found_again(void **state)
{
	AUTO_STORE struct store *s = open_store();
	struct record r = {.body = VIEW("x")};
	struct err err = {0};
	int64_t before = records(s);

	(void)state;
	if (store_kind(s) != STORE_POSTGRES)
		return;
	assert_true(test_postgres("down", NULL, 0));
	assert_int_equal(store_write(s, append, &r, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_int_equal(store_read(s, count, &r.seq, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_true(test_postgres("up", NULL, 0));
	assert_int_equal(store_write(s, append, &r, &err), 0);
	assert_int_equal(records(s), before + 1);
}

static void a_wrong_place_is_refused(void **state)
{
	struct store *s = NULL;
	struct err err = {0};

	(void)state;
	assert_int_equal(store_open(&s, "/nonexistent/hub.db", 1, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_int_equal(store_open(&s,
			     "postgresql://u:verysecret@localhost:1/x?connect_timeout=1", 1, &err),
	    -1);
	assert_int_equal(err.code, ERR_IO);
	assert_null(strstr(err.msg, "verysecret"));
	assert_null(s);
}

static int claim_newer(struct store_tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return store_exec(tx, "store/records/migration.sql:add",
	    STORE_ARGS(store_text(VIEW("store/records/migrate/999_later.sql")),
		store_text(VIEW("00"))),
	    NULL, err);
}

static void an_older_program_does_not_write(void **state)
{
	AUTO_STORE struct store *s = open_store();
	struct err err = {0};

	(void)state;
	assert_int_equal(store_write(s, claim_newer, NULL, &err), 0);
	assert_int_equal(store_migrate(s, modules, &err), -1);
	assert_int_equal(err.code, ERR_FORMAT);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bytes_come_back),
	    cmocka_unit_test(a_failed_work_leaves_nothing),
	    cmocka_unit_test(what_waits_goes_with_its_work),
	    cmocka_unit_test(a_batch_that_breaks_at_its_end_is_refused),
	    cmocka_unit_test(a_message_has_names_but_no_values),
	    cmocka_unit_test(writers_stand_in_one_queue),
	    cmocka_unit_test(kill_leaves_what_was_acknowledged),
	    cmocka_unit_test(a_full_disk_is_said_and_passes),
	    cmocka_unit_test(a_lost_server_is_said_and_found_again),
	    cmocka_unit_test(a_wrong_place_is_refused),
	    cmocka_unit_test(an_older_program_does_not_write),
	};

	return run_on_both_stores(tests, ARRAY_LEN(tests));
}
