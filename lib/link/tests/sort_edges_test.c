/* The order of edges, against the C library's sort. */
#include "link/sort_edges.h"

#include "base/rng.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static int in_order(const void *x, const void *y)
{
	const struct link_edge *a = x, *b = y;

	if (a->weight != b->weight)
		return a->weight < b->weight ? 1 : -1;
	return a->a != b->a ? (a->a > b->a) - (a->a < b->a) : (a->b > b->b) - (a->b < b->b);
}

static void check(size_t count, int64_t low, uint64_t weights)
{
	struct link_edge *edges = mem_alloc((count + 1) * sizeof(*edges));
	struct link_edge *want = mem_alloc((count + 1) * sizeof(*want));

	for (size_t i = 0; i < count; i++) {
		struct rng r = rng_at(count, 1, i);

		want[i] = (struct link_edge){.a = (uint32_t)rng_below(&r, count),
		    .b = (uint32_t)i, /* so that no two are alike */
		    .weight = (int32_t)(low + (int64_t)rng_below(&r, weights))};
	}
	for (int threads = 1; threads <= 8; threads *= 2) {
		memcpy(edges, want, count * sizeof(*edges));
		link_sort_edges_on(threads, edges, count);
		qsort(want, count, sizeof(*want), in_order);
		assert_memory_equal(edges, want, count * sizeof(*edges));
		for (size_t i = count; i-- > 1;) { /* shuffled again */
			struct rng r = rng_at(count, 2, i);
			size_t j = (size_t)rng_below(&r, i);
			struct link_edge e = want[i];

			want[i] = want[j];
			want[j] = e;
		}
	}
	free(edges);
	free(want);
}

static void edges_come_in_order(void **state)
{
	(void)state;
	check(1, -5, 10);
	check(64, -1000, 2000);
	check(65, -5, 10);
	check(5000, -70000000, 140000000);
	check((1 << 17) - 1, -5000000, 70000000);
	check(1 << 17, -5000000, 70000000);
	check(300000, INT32_MIN, UINT64_C(1) << 32);
	check(300000, 7, 1);
	check(300000, INT32_MAX - 3, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(edges_come_in_order)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
