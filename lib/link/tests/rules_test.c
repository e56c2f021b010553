/*
 * Linkage by rules against a model that looks at every pair at every step, and
 * hand-made cases.
 */
#include "link/cluster.h"
#include "link/rules.h"
#include "world.h"

/* Criteria two records share. */
static unsigned alike(const struct link_records *r, uint32_t criteria, uint32_t a, uint32_t b)
{
	unsigned n = 0;

	for (size_t f = 0; f < r->fields; f++)
		n += (criteria >> f & 1) && link_row(r, a)[f] &&
		     link_row(r, a)[f] == link_row(r, b)[f];
	return n;
}

/* The free partners of a record: their number, and the last of them. */
static size_t partners(const struct link_records *r, uint32_t criteria, unsigned least,
    const bool *out, uint32_t a, uint32_t *ret)
{
	size_t n = 0;

	for (uint32_t b = 0; b < r->count; b++)
		if (link_record_source(r, a) != link_record_source(r, b) && !out[b] &&
		    alike(r, criteria, a, b) >= least) {
			*ret = b;
			n++;
		}
	return n;
}

/* Step by step, as the method is described. */
static void slow_cascade(
    const struct link_records *r, uint32_t criteria, unsigned drop, uint32_t *of_record)
{
	unsigned n = (unsigned)__builtin_popcount(criteria);
	bool *out = mem_zalloc(r->count, sizeof(*out));
	bool *next = mem_zalloc(r->count, sizeof(*next));

	for (uint32_t i = 0; i < r->count; i++)
		of_record[i] = i;
	for (unsigned k = 0; k <= drop; k++) {
		memcpy(next, out, r->count);
		for (uint32_t a = 0; a < r->count; a++) {
			uint32_t b = 0, back = 0;
			size_t found =
			    out[a] ? 0 : partners(r, criteria, n - k, out, a, &b);

			next[a] = next[a] || found;
			if (a < r->left && found == 1 &&
			    partners(r, criteria, n - k, out, b, &back) == 1)
				of_record[b] = a;
		}
		memcpy(out, next, r->count);
	}
	free(out);
	free(next);
}

static void link_by(const struct link_spec *spec, const struct link_records *r,
    enum link_type type, struct link_edges *edges, struct link_clusters *clusters)
{
	AUTO_LINK_RULES struct link_rules rules = {0};
	struct link_blocking blocking = {.type = type};
	struct link_score s = {.blocking = &blocking, .threads = 2};
	struct link_cluster c = {
	    .records = r, .type = type, .threshold = LINK_BIT, .all_connected = true};
	struct err err = {0};

	if (link_rules_make(&rules, spec, r, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(link_rules_pairs(edges, &rules, r, &s, &err), 0);
	assert_int_equal(link_cluster(clusters, &c, edges, &err), 0);
}

static void test_cascade_as_described(void **state)
{
	(void)state; /* cmocka's */
	for (uint64_t seed = 1; seed <= 12; seed++) {
		struct link_records *r = world(seed, 400, 261, true);
		AUTO_LINK_EDGES struct link_edges edges = {0};
		AUTO_LINK_CLUSTERS struct link_clusters got = {0};
		struct link_spec spec = {
		    .method = LINK_BY_CASCADE, .drop = 1 + (unsigned)(seed % 3)};
		uint32_t *want = mem_alloc(r->count * sizeof(*want));
		uint32_t all = ((uint32_t)1 << r->fields) - 1;

		link_by(&spec, r, LINK_LINK_ONLY, &edges, &got);
		slow_cascade(r, all, spec.drop, want);
		assert_true(got.count > 20);
		assert_true(got.ties > 0 || spec.drop == 1);
		assert_memory_equal(got.of_record, want, r->count * sizeof(*want));
		free(want);
		link_records_free(&r);
	}
}

/* Each pair once, at the first step that holds. */
static void check_steps(const struct link_edges *edges, const struct link_records *r,
    uint32_t criteria, unsigned drop)
{
	unsigned n = (unsigned)__builtin_popcount(criteria);
	size_t wanted = 0;

	for (uint32_t a = 0; a < r->count; a++)
		for (uint32_t b = a + 1; b < r->count; b++)
			wanted += link_record_source(r, a) != link_record_source(r, b) &&
			          alike(r, criteria, a, b) >= n - drop;
	assert_int_equal(edges->list.len, wanted);
	for (size_t i = 0; i < edges->list.len; i++) {
		const struct link_edge *e = &edges->list.ptr[i];

		assert_int_equal(e->weight / LINK_BIT,
		    drop + 1 - (n - alike(r, criteria, e->a, e->b)));
		assert_true(i == 0 || e[-1].weight > e->weight || e[-1].a < e->a ||
			    (e[-1].a == e->a && e[-1].b < e->b));
	}
}

static void test_pairs_of_steps(void **state)
{
	struct link_records *r = world(31, 600, 301, true);
	AUTO_LINK_EDGES struct link_edges edges = {0};
	AUTO_LINK_CLUSTERS struct link_clusters got = {0};
	struct link_spec spec = {.method = LINK_BY_CASCADE};
	struct link_key key = {.columns = 4, .column = {"surname", "dob", "SEX", "postcode"}};
	uint32_t criteria = 0;

	(void)state; /* cmocka's */
	*vec_push(&spec.keys) = key;
	for (size_t f = 0; f < r->fields; f++)
		for (size_t i = 0; i < key.columns; i++)
			if (view_eq_nocase(VIEW(r->field[f].column), VIEW(key.column[i])))
				criteria |= (uint32_t)1 << f;
	link_by(&spec, r, LINK_LINK_ONLY, &edges, &got);
	check_steps(&edges, r, criteria, 1); /* of four criteria, one may differ */
	link_clusters_clear(&got);
	link_edges_clear(&edges);
	spec.drop = 2;
	link_by(&spec, r, LINK_LINK_ONLY, &edges, &got);
	check_steps(&edges, r, criteria, 2);
	vec_clear(&spec.keys);
	link_records_free(&r);
}

/* Keys of one file: whoever shares any of them, directly or by others, is one person. */
static void test_exact_keys_connect(void **state)
{
	struct link_records *r = world(5, 500, 200, false);
	AUTO_LINK_EDGES struct link_edges edges = {0};
	AUTO_LINK_CLUSTERS struct link_clusters got = {0};
	struct link_spec spec = {.method = LINK_BY_KEY};
	uint32_t *lowest = mem_alloc(r->count * sizeof(*lowest));
	bool changed = true;

	(void)state; /* cmocka's */
	*vec_push(&spec.keys) = (struct link_key){3, {"first_name", "surname", "dob"}};
	*vec_push(&spec.keys) = (struct link_key){3, {"dob", "postcode", "sex"}};
	link_by(&spec, r, LINK_DEDUPE_ONLY, &edges, &got);
	for (uint32_t i = 0; i < r->count; i++)
		lowest[i] = i;
	while (changed) {
		changed = false;
		for (uint32_t a = 0; a < r->count; a++)
			for (uint32_t b = 0; b < r->count; b++)
				if (lowest[b] < lowest[a] &&
				    (alike(r, 7, a, b) == 3 || alike(r, 28, a, b) == 3)) {
					lowest[a] = lowest[b];
					changed = true;
				}
	}
	assert_true(got.count > 20 && got.largest > 2);
	assert_memory_equal(got.of_record, lowest, r->count * sizeof(*lowest));
	free(lowest);
	vec_clear(&spec.keys);
	link_records_free(&r);
}

static void test_refused(void **state)
{
	struct link_records *r = world(5, 50, 50, true);
	AUTO_LINK_RULES struct link_rules rules = {0};
	struct link_spec spec = {.method = LINK_BY_CASCADE, .drop = 5};
	struct err err = {0};

	(void)state; /* cmocka's */
	assert_int_equal(link_rules_make(&rules, &spec, r, &err), -1);
	assert_string_equal(err.msg, "5 of 5 criteria cannot be dropped");
	*vec_push(&spec.keys) = (struct link_key){1, {"nowhere"}};
	assert_int_equal(link_rules_make(&rules, &spec, r, &err), -1);
	assert_string_equal(err.msg, "key column \"nowhere\" is no field to compare");
	*vec_push(&spec.keys) = (struct link_key){1, {"dob"}};
	assert_int_equal(link_rules_make(&rules, &spec, r, &err), -1);
	assert_string_equal(err.msg, "a cascade has one key: its criteria");
	vec_clear(&spec.keys);
	link_records_free(&r);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_cascade_as_described),
	    cmocka_unit_test(test_pairs_of_steps),
	    cmocka_unit_test(test_exact_keys_connect),
	    cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
