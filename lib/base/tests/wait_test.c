/* Waiting while somebody sets the clock: it is an hour ahead when the wait begins, then is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/threads.h"

#include <dlfcn.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *ret)
{
	int (*next)(clockid_t, struct timespec *);
	int status;

	*(void **)&next = dlsym(RTLD_NEXT, "clock_gettime");
	status = next(clock, ret);
	if (clock == CLOCK_REALTIME)
		ret->tv_sec += 3600;
	return status;
}

static void a_wait_is_as_long_as_it_is(void **state)
{
	pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	struct timespec a, b;
	pthread_cond_t c;
	int64_t ms;

	(void)state;
	alarm(60); /* rather than an hour */
	threads_cond_init(&c);
	clock_gettime(CLOCK_MONOTONIC, &a);
	pthread_mutex_lock(&lock);
	for (int i = 0; i < 3; i++) /* one of them may be woken for nothing */
		threads_cond_wait(&c, &lock, 1100);
	pthread_mutex_unlock(&lock);
	clock_gettime(CLOCK_MONOTONIC, &b);
	alarm(0);
	ms = (b.tv_sec - a.tv_sec) * 1000 + (b.tv_nsec - a.tv_nsec) / 1000000;
	assert_true(ms >= 1100);
	pthread_cond_destroy(&c);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_wait_is_as_long_as_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
