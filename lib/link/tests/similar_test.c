/* Every version of the kernels against the portable one, and that against a table and a model. */
#include "base/rng.h"
#include "link/similar.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

struct packed {
	uint8_t text[LINK_PACK];
	int len;
};

static struct packed pack(const char *text)
{
	struct packed p = {.len = (int)strlen(text)};

	memcpy(p.text, text, (size_t)p.len);
	return p;
}

/* A random text of few letters, or a changed copy of `near`. */
static struct packed draw(struct rng *r, const struct packed *near)
{
	struct packed p = {.len = rng_range(r, 1, LINK_PACK)};
	uint32_t letters = 2 + rng_below(r, 12);

	if (near && rng_chance(r, 0.6)) {
		p = *near;
		for (int edits = rng_range(r, 0, 3); edits > 0; edits--)
			p.text[rng_below(r, (uint32_t)p.len)] = (uint8_t)('A' + rng_below(r, 26));
		return p;
	}
	for (int i = 0; i < p.len; i++)
		p.text[i] = (uint8_t)('A' + rng_below(r, letters));
	return p;
}

static void check_pair(const struct link_kernels *k, struct packed a, struct packed b)
{
	struct link_jaro want = link_jaro_long(a.text, a.len, b.text, b.len);
	struct link_jaro got = k->jaro(a.text, a.len, b.text, b.len);

	assert_int_equal(got.matches, want.matches);
	assert_int_equal(got.transpositions, want.transpositions);
	assert_int_equal(got.prefix, want.prefix);
	assert_int_equal(k->osa(a.text, a.len, b.text, b.len),
	    link_osa_long(a.text, a.len, b.text, b.len));
}

static void test_versions_are_equal(void **state)
{
	(void)state; /* cmocka's */
	for (int cpu = 0; cpu < LINK_CPUS; cpu++) {
		const struct link_kernels *k = link_kernels_of((enum link_cpu)cpu);

		if (!k) {
			print_message("this CPU lacks version %d\n", cpu);
			continue;
		}
		for (uint64_t i = 0; i < 300000; i++) {
			struct rng r = rng_at(20261122, 0, i);
			struct packed a = draw(&r, NULL);

			check_pair(k, a, draw(&r, &a));
		}
	}
}

/*
 * Winkler 1990 and 1994, table of names; oancea/oawes and cevat/cezary are the
 * pairs whose Jaro is 7/10 exactly, as rapidfuzz 3.14 answers.
 */
static void test_published_values(void **state)
{
	static const struct {
		const char *a, *b;
		double want;
	} cases[] = {
	    {"MARTHA", "MARHTA", 0.9611},
	    {"DWAYNE", "DUANE", 0.84},
	    {"DIXON", "DICKSONX", 0.8133},
	    {"JERALDINE", "GERALDINE", 0.9259},
	    {"DUNNINGHAM", "CUNNIGHAM", 0.8963},
	    {"JONES", "JOHNSON", 0.8324},
	    {"ABROMS", "ABRAMS", 0.9222},
	    {"oancea", "oawes", 0.76},
	    {"cevat", "cezary", 0.76},
	    {"ABC", "XYZ", 0.0},
	};

	(void)state; /* cmocka's */
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct packed a = pack(cases[i].a);
		struct packed b = pack(cases[i].b);
		double got = link_jaro_winkler(
		    link_kernels_best()->jaro(a.text, a.len, b.text, b.len), a.len, b.len);

		if (fabs(got - cases[i].want) > 5.1e-5)
			fail_msg("%s %s: %.5f", cases[i].a, cases[i].b, got);
	}
}

/* OSA by its definition, slowly: the shortest way over all edits, recursion with a bound. */
static int slow_osa(const uint8_t *a, int la, const uint8_t *b, int lb)
{
	int best;

	if (la == 0 || lb == 0)
		return MAX(la, lb);
	best = slow_osa(a, la - 1, b, lb - 1) + (a[la - 1] != b[lb - 1]);
	best = MIN(best, slow_osa(a, la - 1, b, lb) + 1);
	best = MIN(best, slow_osa(a, la, b, lb - 1) + 1);
	if (la > 1 && lb > 1 && a[la - 1] == b[lb - 2] && a[la - 2] == b[lb - 1])
		best = MIN(best, slow_osa(a, la - 2, b, lb - 2) + 1);
	return best;
}

static void test_osa_is_its_definition(void **state)
{
	(void)state; /* cmocka's */
	for (uint64_t i = 0; i < 2000; i++) {
		struct rng r = rng_at(20261122, 1, i);
		struct packed a = draw(&r, NULL);
		struct packed b = draw(&r, &a);

		a.len = MIN(a.len, 6);
		b.len = MIN(b.len, 6);
		assert_int_equal(link_osa_long(a.text, a.len, b.text, b.len),
		    slow_osa(a.text, a.len, b.text, b.len));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_versions_are_equal),
	    cmocka_unit_test(test_published_values),
	    cmocka_unit_test(test_osa_is_its_definition),
	};

	return cmocka_run_group_tests_name("similar", tests, NULL, NULL);
}
