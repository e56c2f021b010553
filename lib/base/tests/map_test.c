#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/map.h"

#include <stdio.h>

struct pair {
	int a;
	double b;
};

static void vec_grows_with_zeroed_elements(void **state)
{
	VEC(struct pair) v = {0};

	(void)state;
	for (int i = 0; i < 1000; i++) {
		struct pair *p = vec_push(&v);

		assert_int_equal(p->a, 0);
		assert_true(p->b == 0);
		*p = (struct pair){i, i / 2.0};
	}
	assert_int_equal(v.len, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(v.ptr[i].a, i);
	vec_clear(&v);
	assert_null(v.ptr);
	assert_int_equal(v.len, 0);
}

static void vec_reserve_keeps_the_length(void **state)
{
	VEC(int) v = {0};
	int *before;

	(void)state;
	*vec_push(&v) = 7;
	vec_reserve(&v, 500);
	before = v.ptr;
	assert_int_equal(v.len, 1);
	assert_true(v.cap >= 500);
	for (int i = 1; i < 500; i++)
		*vec_push(&v) = i;
	assert_ptr_equal(v.ptr, before);
	assert_int_equal(v.ptr[0], 7);
	vec_reserve(&v, 3);
	assert_int_equal(v.len, 500);
	vec_clear(&v);
}

static void map_of_nothing(void **state)
{
	AUTO_MAP struct map m = {0};

	(void)state;
	assert_null(map_find(&m, VIEW("x")));
	assert_null(map_find(&m, VIEW_NONE));
	*map_add(&m, VIEW_NONE, 3) += 1;
	assert_int_equal(*map_find(&m, VIEW("")), 4);
}

/* Every key of 100,000 is found with its own value, in the order of insertion. */
static void map_keeps_all_keys(void **state)
{
	enum { COUNT = 100000 };
	AUTO_MAP struct map m = {0};
	char key[32];

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		snprintf(key, sizeof(key), "key %d", i * 7);
		assert_int_equal(*map_add(&m, VIEW(key), i), i);
	}
	assert_int_equal(m.entries.len, COUNT);
	for (int i = 0; i < COUNT; i++) {
		int64_t *value;

		snprintf(key, sizeof(key), "key %d", i * 7);
		value = map_find(&m, VIEW(key));
		assert_non_null(value);
		assert_int_equal(*value, i);
		assert_true(view_eq(m.entries.ptr[i].key, VIEW(key)));
		snprintf(key, sizeof(key), "key %d", i * 7 + 1);
		assert_null(map_find(&m, VIEW(key)));
	}
}

static void map_copies_keys_and_keeps_values(void **state)
{
	AUTO_MAP struct map m = {0};
	char key[] = "abc";

	(void)state;
	*map_add(&m, VIEW(key), 0) = 5;
	key[0] = 'x';
	assert_int_equal(*map_find(&m, VIEW("abc")), 5);
	assert_null(map_find(&m, VIEW(key)));
	assert_int_equal(*map_add(&m, VIEW("abc"), 9), 5);
	assert_int_equal(m.entries.len, 1);
	/* bytes behind a NUL count */
	assert_null(map_find(&m, (struct view){"abc\0d", 5}));
}

static void intern_counts_by_first_sight(void **state)
{
	AUTO_MAP struct map m = {0};

	(void)state;
	assert_int_equal(map_intern(&m, VIEW("b")), 0);
	assert_int_equal(map_intern(&m, VIEW("a")), 1);
	assert_int_equal(map_intern(&m, VIEW("b")), 0);
	assert_int_equal(map_intern(&m, VIEW("c")), 2);
	map_clear(&m);
	assert_int_equal(map_intern(&m, VIEW("c")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(vec_grows_with_zeroed_elements),
	    cmocka_unit_test(vec_reserve_keeps_the_length),
	    cmocka_unit_test(map_of_nothing),
	    cmocka_unit_test(map_keeps_all_keys),
	    cmocka_unit_test(map_copies_keys_and_keeps_values),
	    cmocka_unit_test(intern_counts_by_first_sight),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
