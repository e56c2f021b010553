/*
 * The fast ways against the plain ones, on small worlds: each candidate pair is
 * met once, has the weight that adding up its comparisons gives, and no level
 * is told without strings that the strings would not tell.
 */
#include "link/cluster.h"
#include "link/explain.h"
#include "link/plan.h"
#include "link/train.h"
#include "world.h"

#include <math.h>

struct engine {
	struct link_records *records;
	struct link_model model;
	struct link_blocking blocking;
};

static void engine_make(struct engine *e, uint64_t seed, bool two, uint64_t budget)
{
	enum link_type type = two ? LINK_LINK_ONLY : LINK_DEDUPE_ONLY;
	struct link_train t = {.type = type, .threads = 2};
	struct err err = {0};

	t.records = e->records = world(seed, 1200, 401, two);
	link_model_init(&e->model, e->records);
	assert_int_equal(link_train(&e->model, &t, &err), 0);
	e->blocking = (struct link_blocking){0};
	link_blocking_init(&e->blocking, e->records, type);
	link_blocking_choose(&e->blocking, budget, LINK_PASSES_MAX);
	assert_true(e->blocking.passes > 1);
}

static void engine_clear(struct engine *e)
{
	link_blocking_clear(&e->blocking);
	link_model_clear(&e->model);
	link_records_free(&e->records);
}

static bool meet(const struct link_blocking *b, uint32_t x, uint32_t y)
{
	for (size_t p = 0; p < b->passes; p++)
		if (link_meet(&b->pass[p], x, y))
			return true;
	return false;
}

static void check_pairs(uint64_t seed, bool two, uint64_t budget)
{
	AUTO_LINK_EDGES struct link_edges edges = {0};
	struct engine e;
	struct link_score s = {.keep = -8 * LINK_BIT, .threads = 2};
	struct link_comparer c;
	struct err err = {0};
	uint64_t candidates = 0;
	uint64_t kept = 0;

	engine_make(&e, seed, two, budget);
	s.model = &e.model;
	s.blocking = &e.blocking;
	assert_int_equal(link_score(&edges, &s, &err), 0);
	link_comparer_init(&c, e.records, e.model.comparison, e.model.comparisons);
	for (uint32_t a = 0; a < e.records->count; a++)
		for (uint32_t b = a + 1; b < e.records->count; b++) {
			if ((two && (a < e.records->left) == (b < e.records->left)) ||
			    !meet(&e.blocking, a, b))
				continue;
			candidates++;
			kept += link_model_pair(&e.model, &c, link_row(e.records, a),
				    link_row(e.records, b)) >= s.keep;
		}
	assert_int_equal(edges.compared, candidates);
	assert_int_equal(edges.list.len, kept);
	for (size_t i = 0; i < edges.list.len; i++) {
		const struct link_edge *edge = &edges.list.ptr[i];

		assert_true(meet(&e.blocking, edge->a, edge->b));
		assert_int_equal(edge->weight, link_model_pair(&e.model, &c,
						   link_row(e.records, edge->a),
						   link_row(e.records, edge->b)));
		if (i)
			assert_true(edge[-1].weight > edge->weight ||
				    (edge[-1].weight == edge->weight &&
					(edge[-1].a < edge->a ||
					    (edge[-1].a == edge->a && edge[-1].b < edge->b))));
	}
	link_comparer_clear(&c);
	engine_clear(&e);
}

static void test_each_candidate_once(void **state)
{
	(void)state; /* cmocka's */
	check_pairs(1, false, 200000);
	check_pairs(2, false, 20000);
	check_pairs(3, true, 100000);
}

/* A block of half of all people: its pieces hold no pair twice, and what they lose is counted. */
static void test_large_blocks_are_split(void **state)
{
	struct link_records *r = world(8, 3000, 900, false);
	struct link_blocking b;
	struct link_pass *p = &b.pass[0];
	uint64_t same_sex = 0, together = 0;

	(void)state; /* cmocka's */
	link_blocking_init(&b, r, LINK_DEDUPE_ONLY);
	for (unsigned i = 0; i < b.parts; i++)
		if (r->field[b.part[i].field].kind == LINK_SEX)
			*p = (struct link_pass){.parts = 1, .part = {i}};
	assert_int_equal(p->parts, 1);
	b.budget = 1000;
	b.passes = 1;
	link_pass_build(&b, p);
	for (uint32_t x = 0; x < r->count; x++)
		for (uint32_t y = x + 1; y < r->count; y++) {
			uint32_t key = link_pass_key(&b, p, link_row(r, x));

			same_sex += key && key == link_pass_key(&b, p, link_row(r, y));
			together += link_meet(p, x, y);
		}
	assert_true(p->split_blocks >= 2);
	assert_true(p->largest <= 225);
	assert_int_equal(p->pairs, together);
	assert_int_equal(p->left_out, same_sex - together);
	link_blocking_clear(&b);
	link_records_free(&r);
}

/* Levels by the tests alone, against those by sketches and memory. */
static void test_plans_never_differ(void **state)
{
	struct link_records *r = world(4, 1500, 1500, false);
	struct link_comparison cmp[LINK_COMPARISONS_MAX];
	size_t n = link_comparisons_make(r, cmp);
	struct link_comparer c;
	size_t told = 0;

	(void)state; /* cmocka's */
	link_comparer_init(&c, r, cmp, n);
	for (size_t i = 0; i < n; i++) {
		const struct link_dictionary *d = link_values(r, cmp[i].field);
		uint32_t size = (uint32_t)MIN(link_dictionary_size(d), (size_t)600);

		for (uint32_t a = 1; a < size; a++)
			for (uint32_t b = 1; b < size; b++) {
				unsigned level =
				    a == b ? 0 : link_plan_level(&c.plan[i], &cmp[i], d, a, b);

				if (!level)
					continue;
				told++;
				assert_int_equal(level, link_compare_values(&c, &cmp[i], a, b));
			}
	}
	assert_true(told > 100000);
	link_comparer_clear(&c);
	link_records_free(&r);
}

static void test_terms_add_up(void **state)
{
	struct link_job job = {0};
	struct engine e;

	(void)state; /* cmocka's */
	engine_make(&e, 5, false, 100000);
	job.records = e.records;
	job.model = e.model;
	for (uint32_t a = 0; a < 60; a++)
		for (uint32_t b = a + 1; b < 60; b++) {
			struct link_explanation x = {0};
			struct link_comparer c;
			int64_t sum = 0;

			link_comparer_init(&c, e.records, e.model.comparison, e.model.comparisons);
			link_explain(&x, &job, a, b);
			for (size_t i = 0; i < x.terms.len; i++)
				sum += x.terms.ptr[i].weight;
			assert_int_equal(sum, link_model_pair(&e.model, &c,
						  link_row(e.records, a), link_row(e.records, b)));
			assert_int_equal(sum, x.weight);
			link_explanation_clear(&x);
			link_comparer_clear(&c);
		}
	engine_clear(&e);
}

/* m and u are shares: each comparison's levels sum to one. */
static void test_shares_sum_to_one(void **state)
{
	struct engine e;

	(void)state; /* cmocka's */
	engine_make(&e, 6, false, 100000);
	for (size_t c = 0; c < e.model.comparisons; c++) {
		double m = 0, u = 0;

		for (size_t l = 1; l <= e.model.comparison[c].levels; l++) {
			m += e.model.m[c][l];
			u += e.model.u[c][l];
		}
		assert_true(fabs(m - 1) < 0.01);
		assert_true(fabs(u - 1) < 0.01);
	}
	/* 1,200 records of 401 persons: three each, 1,200 pairs */
	assert_true(e.model.lambda * 1200 * 1199 / 2 > 600);
	assert_true(e.model.lambda * 1200 * 1199 / 2 < 2400);
	engine_clear(&e);
}

static void test_one_to_one(void **state)
{
	struct link_edge list[] = {
	    {0, 4, 9}, {1, 4, 8}, {1, 5, 7}, {2, 6, 6}, {2, 7, 6}, {3, 7, 5}, {3, 6, -1}};
	struct link_edges edges = {.list = {list, ARRAY_LEN(list), ARRAY_LEN(list)}};
	struct link_records r = {.count = 8, .left = 4};
	struct link_cluster c = {.records = &r, .type = LINK_LINK_ONLY, .threshold = 0};
	AUTO_LINK_CLUSTERS struct link_clusters got;
	struct err err = {0};

	(void)state; /* cmocka's */
	assert_int_equal(link_cluster(&got, &c, &edges, &err), 0);
	assert_int_equal(got.of_record[4], 0); /* the best */
	assert_int_equal(got.of_record[5], 1); /* the best that is left */
	assert_int_equal(got.of_record[6], 6); /* a tie links nobody */
	assert_int_equal(got.of_record[7], 7); /* nor the next best */
	assert_int_equal(got.ties, 2);
	assert_int_equal(got.count, 2);
}

static void test_never_two_of_one_source(void **state)
{
	struct engine e;
	AUTO_LINK_EDGES struct link_edges edges = {0};
	AUTO_LINK_CLUSTERS struct link_clusters got = {0};
	struct link_score s = {.threads = 1};
	struct link_cluster c = {
	    .type = LINK_LINK_AND_DEDUPE, .one_per_source = true, .threads = 2};
	struct err err = {0};

	(void)state; /* cmocka's */
	engine_make(&e, 7, true, 100000);
	e.blocking.type = LINK_LINK_AND_DEDUPE;
	s.model = c.model = &e.model;
	s.blocking = &e.blocking;
	c.records = e.records;
	assert_int_equal(link_score(&edges, &s, &err), 0);
	assert_int_equal(link_cluster(&got, &c, &edges, &err), 0);
	assert_true(got.count > 50);
	assert_int_equal(got.largest, 2);
	for (uint32_t i = 0; i < e.records->count; i++)
		assert_true(got.of_record[i] == i ||
			    link_record_source(e.records, got.of_record[i]) !=
				link_record_source(e.records, i));
	engine_clear(&e);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_each_candidate_once),
	    cmocka_unit_test(test_large_blocks_are_split),
	    cmocka_unit_test(test_plans_never_differ),
	    cmocka_unit_test(test_terms_add_up),
	    cmocka_unit_test(test_shares_sum_to_one),
	    cmocka_unit_test(test_one_to_one),
	    cmocka_unit_test(test_never_two_of_one_source),
	};

	return cmocka_run_group_tests_name("engine", tests, NULL, NULL);
}
