/* What is fetched and kept: one asks, the others wait or use the old one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "account/oidc_kept.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { OTHERS = 7 };

static const int64_t second = 1000000, start = 1763000000ll * 1000000;

/* A provider that answers when it is let, or fails. */
static struct provider {
	atomic_int asked, freed;
	atomic_bool hangs;
	enum err_code fails;
} provider;

static int fetch(void *ctx, int64_t now, void **ret, struct err *err)
{
	struct provider *p = ctx;
	int *value;

	(void)now;
	p->asked++;
	while (p->hangs)
		usleep(1000);
	if (p->fails)
		return err_set(err, p->fails, "it does not answer");
	value = mem_alloc(sizeof(*value));
	*value = p->asked;
	*ret = value;
	return 0;
}

static void forget(void *value)
{
	provider.freed++;
	free(value);
}

static struct oidc_kept *begin(void)
{
	provider = (struct provider){0};
	return oidc_kept_new(fetch, forget, &provider);
}

/* The number of the fetch it is of; less than 0: the code of the error. */
static int take(struct oidc_kept *k, int64_t now, int64_t fresh_s, bool old_too)
{
	AUTO_OIDC_VALUE struct oidc_value *v = NULL;
	struct err err = {0};

	if (oidc_kept_take(k, now, fresh_s, old_too, &v, &err) < 0)
		return -(int)err.code;
	return *(const int *)oidc_value_get(v);
}

struct taker {
	pthread_t thread;
	struct oidc_kept *k;
	int64_t now;
	int got;
};

static void *run_taker(void *arg)
{
	struct taker *t = arg;

	t->got = take(t->k, t->now, OIDC_KEEP_S, true);
	return NULL;
}

static void send_taker(struct taker *t, struct oidc_kept *k, int64_t now)
{
	*t = (struct taker){.k = k, .now = now};
	assert_int_equal(pthread_create(&t->thread, NULL, run_taker, t), 0);
}

static void wait_until_asked(int times)
{
	for (int i = 0; i < 10000 && provider.asked < times; i++)
		usleep(1000);
	assert_int_equal(provider.asked, times);
}

static void check_all(enum err_code fails, int wanted)
{
	struct oidc_kept *k = begin();
	struct taker t[1 + OTHERS];

	provider.fails = fails;
	provider.hangs = true;
	send_taker(&t[0], k, start);
	wait_until_asked(1);
	for (int i = 1; i <= OTHERS; i++)
		send_taker(&t[i], k, start + i - 3); /* began before it or after */
	usleep(50000);
	assert_int_equal(provider.asked, 1);
	provider.hangs = false;
	for (int i = 0; i <= OTHERS; i++) {
		pthread_join(t[i].thread, NULL);
		assert_int_equal(t[i].got, wanted);
	}
	assert_int_equal(provider.asked, 1);
	oidc_kept_free(&k);
	assert_int_equal(provider.freed, wanted > 0);
}

static void one_asks_the_others_wait(void **state)
{
	(void)state;
	check_all((enum err_code)0, 1);
	check_all(ERR_IO, -ERR_IO);
}

static void the_old_one_serves_meanwhile(void **state)
{
	struct oidc_kept *k = begin();
	struct taker slow;
	int64_t later = start + (OIDC_KEEP_S + 1) * second;

	(void)state;
	assert_int_equal(take(k, start, OIDC_KEEP_S, true), 1);
	assert_int_equal(take(k, start + OIDC_KEEP_S * second - 1, OIDC_KEEP_S, true), 1);
	provider.hangs = true;
	send_taker(&slow, k, later);
	wait_until_asked(2);
	for (int i = 0; i < OTHERS; i++) /* returns: nobody lets the provider answer */
		assert_int_equal(take(k, later + i, OIDC_KEEP_S, true), 1);
	provider.hangs = false;
	pthread_join(slow.thread, NULL);
	assert_int_equal(slow.got, 2);
	assert_int_equal(take(k, later + 1, OIDC_KEEP_S, true), 2);
	oidc_kept_free(&k);
	assert_int_equal(provider.freed, 2);
}

static void a_failure_is_told_and_not_repeated(void **state)
{
	struct oidc_kept *k = begin();

	(void)state;
	provider.fails = ERR_IO;
	for (int i = 0; i < 5; i++)
		assert_int_equal(take(k, start + i * second, OIDC_KEEP_S, true), -ERR_IO);
	assert_int_equal(provider.asked, 1);
	assert_int_equal(take(k, start + (OIDC_FAILED_S + 1) * second, OIDC_KEEP_S, true), -ERR_IO);
	assert_int_equal(provider.asked, 2);
	provider.fails = (enum err_code)0;
	assert_int_equal(take(k, start + 3 * OIDC_FAILED_S * second, OIDC_KEEP_S, true), 3);
	oidc_kept_free(&k);
}

static void who_does_not_answer_is_known_for_a_day(void **state)
{
	struct oidc_kept *k = begin();
	int64_t hour = 3600 * second;

	(void)state;
	assert_int_equal(take(k, start, OIDC_KEEP_S, true), 1);
	provider.fails = ERR_IO;
	assert_int_equal(take(k, start + 2 * hour, OIDC_KEEP_S, true), 1);
	assert_int_equal(take(k, start + 23 * hour, OIDC_KEEP_S, true), 1);
	assert_int_equal(take(k, start + 23 * hour + 9 * second, OIDC_KEYS_AGAIN_S, false),
	    -ERR_IO);
	assert_int_equal(take(k, start + 24 * hour, OIDC_KEEP_S, true), -ERR_IO);
	provider.fails = ERR_DENIED; /* it answers, but is another */
	assert_int_equal(take(k, start + 2 * hour, OIDC_KEEP_S, true), -ERR_DENIED);
	oidc_kept_free(&k);
}

static void a_clock_that_goes_back_asks_again(void **state)
{
	struct oidc_kept *k = begin();

	(void)state;
	assert_int_equal(take(k, start, OIDC_KEEP_S, true), 1);
	assert_int_equal(take(k, start - 3600 * second, OIDC_KEEP_S, true), 2);
	assert_int_equal(take(k, start - 3600 * second + 1, OIDC_KEEP_S, true), 2);
	oidc_kept_free(&k);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_asks_the_others_wait),
	    cmocka_unit_test(the_old_one_serves_meanwhile),
	    cmocka_unit_test(a_failure_is_told_and_not_repeated),
	    cmocka_unit_test(who_does_not_answer_is_known_for_a_day),
	    cmocka_unit_test(a_clock_that_goes_back_asks_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
