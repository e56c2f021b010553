#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

static void pieces_are_aligned_and_apart(void **state)
{
	enum { COUNT = 5000 };
	AUTO_ARENA struct arena a = {0};
	unsigned char *piece[COUNT];

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		size_t size = (size_t)i % 97;

		piece[i] = arena_alloc(&a, size);
		assert_int_equal((uintptr_t)piece[i] % 16, 0);
		memset(piece[i], i % 251, size);
	}
	for (int i = 0; i < COUNT; i++)
		for (int j = 0; j < i % 97; j++)
			assert_int_equal(piece[i][j], i % 251);
}

static void large_pieces_have_their_own_block(void **state)
{
	AUTO_ARENA struct arena a = {0};
	char *small = arena_strdup(&a, VIEW("small"));
	char *large = arena_zalloc(&a, 1 << 20, 3);

	(void)state;
	for (int i = 0; i < 3 << 20; i++)
		assert_int_equal(large[i], 0);
	assert_string_equal(small, "small");
	assert_true(arena_size(&a) >= 3 << 20);
}

/* A second batch of the same shape takes no more memory than the first. */
static void reset_keeps_the_blocks(void **state)
{
	AUTO_ARENA struct arena a = {0};
	size_t size = 0;

	(void)state;
	for (int batch = 0; batch < 10; batch++) {
		for (int i = 0; i < 1000; i++) {
			arena_alloc(&a, 500);
			if (i % 100 == 0)
				arena_alloc(&a, 100000);
		}
		if (batch == 0)
			size = arena_size(&a);
		assert_int_equal(arena_size(&a), size);
		arena_reset(&a);
	}
	arena_clear(&a);
	assert_int_equal(arena_size(&a), 0);
}

static void texts(void **state)
{
	AUTO_ARENA struct arena a = {0};
	char source[] = "source";
	struct view copy = arena_view(&a, VIEW(source));

	(void)state;
	source[0] = 'x';
	assert_true(view_eq(copy, VIEW("source")));
	assert_int_equal(copy.ptr[copy.len], '\0');
	assert_string_equal(arena_strdup(&a, VIEW_NONE), "");
	assert_string_equal(arena_format(&a, "%s-%d", "n", 5), "n-5");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(pieces_are_aligned_and_apart),
	    cmocka_unit_test(large_pieces_have_their_own_block),
	    cmocka_unit_test(reset_keeps_the_blocks),
	    cmocka_unit_test(texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
