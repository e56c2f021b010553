#include "both_stores.h"

#include "register/live.h"
#include "register/query.h"
#include "register/synth.h"
#include "store/audit_verify.h"

#include <pthread.h>
#include <stdatomic.h>

static const char *const modules[] = {"store", "register", NULL};
static struct audit audit = {.origin = "hub.test/audit"};
static struct store *store;

static int open_store(void **state)
{
	struct err err = {0};

	(void)state;
	if (store_open(&store, test_place, 3, &err) < 0 ||
	    store_migrate(store, modules, &err) < 0)
		fail_msg("%s", err.msg);
	store_set_seal(store, audit_seal, &audit);
	return 0;
}

static int close_store(void **state)
{
	(void)state;
	store_close(&store);
	return 0;
}

static json_t *parse(const char *text)
{
	json_t *j = NULL;
	struct err err = {0};

	if (json_parse(&j, "test", VIEW(text), &err) < 0)
		fail_msg("%s", err.msg);
	return j;
}

/* -1: refused. */
static int publish(const char *text, bool dry)
{
	AUTO_JSON json_t *patch = parse(text);
	struct register_change c = {
	    .patch = patch, .author = {.at = 1763000000000000, .account = 5}, .dry = dry};
	struct err err = {0};

	return register_publish(store, &c, &err) < 0 ? -1 : (int)c.outcome;
}

static int64_t generation(void)
{
	int64_t g = -1;
	struct err err = {0};

	assert_int_equal(register_generation(store, &g, &err), 0);
	return g;
}

static size_t versions(const char *reference)
{
	struct register_versions v = {0};
	struct err err = {0};
	size_t n;

	assert_int_equal(register_versions_read(store, VIEW(reference), &v, &err), 0);
	n = v.all.len;
	vec_clear(&v.all);
	return n;
}

static uint64_t audit_records(void)
{
	AUTO_AUDIT_VERDICT struct audit_verdict v = {0};
	struct err err = {0};

	assert_int_equal(audit_verify(&v, store, &audit, (const char *const[]){NULL}, &err), 0);
	assert_int_equal(v.faults.len, 0);
	return v.records;
}

#define A "{\"reference\": \"A-1\", \"status\": \"ongoing\", \"title\": {\"fr\": \"Œdème aigu\"}}"

static void a_change_is_a_version_a_record_and_a_generation(void **state)
{
	(void)state;
	assert_int_equal(publish(A, true), REGISTER_ADDED);
	assert_int_equal(generation(), 0);
	assert_int_equal(publish(A, false), REGISTER_ADDED);
	assert_int_equal(publish(A, false), REGISTER_SAME);
	assert_int_equal(publish("{\"reference\": \"A-1\", \"title\": {\"en\": \"Acute oedema\"}}",
			     false),
	    REGISTER_CHANGED);
	assert_int_equal(publish("{\"reference\": \"A-1\", \"status\": \"gone\"}", false), -1);
	assert_int_equal(publish("{\"reference\": \"A-1\", \"status\": null}", false), -1);
	assert_int_equal(publish("{\"reference\": \"A 1\"}", false), -1);
	assert_int_equal(generation(), 2);
	assert_int_equal(versions("A-1"), 2);
	assert_int_equal(versions("A-2"), 0);
	assert_int_equal(audit_records(), 2);
}

static void all_of_a_publication_or_none(void **state)
{
	AUTO_JSON json_t *patches = parse(
	    "[{\"reference\": \"B-1\", \"status\": \"ongoing\", \"title\": {\"fr\": \"b\"}},"
	    " {\"reference\": \"B-2\"}]");
	struct register_publication p = {.patches = patches, .author = {.at = 1}};
	struct err err = {0};

	(void)state;
	assert_int_equal(register_publish_all(store, &p, &err), -1);
	assert_non_null(strstr(err.msg, "sheet B-2: title: missing"));
	assert_int_equal(versions("B-1"), 0);
	assert_int_equal(generation(), 2);
	assert_int_equal(audit_records(), 2);
}

static void fill(size_t n)
{
	AUTO_REGISTER_SYNTH struct register_synth s;
	AUTO_JSON json_t *sheets = json_array();
	struct register_publication p = {.author = {.at = 1763000000000000}};
	struct err err = {0};

	register_synth_open(&s, 1, n, date_from_civil(2026, 10, 31));
	for (size_t i = 0; i < n; i++) {
		json_t *sheet = NULL;

		assert_int_equal(register_synth_sheet(&s, i, &sheet, &err), 0);
		json_array_append_new(sheets, sheet);
	}
	p.patches = sheets;
	assert_int_equal(register_publish_all(store, &p, &err), 0);
	assert_int_equal(p.counts[REGISTER_ADDED], n);
}

/* The slow obvious way: every sheet looked at. */
static bool sheet_has(const json_t *sheet, const char *domain, const char *path)
{
	bool d = false, s = false;
	json_t *v;
	size_t i;

	json_array_foreach(json_object_get(sheet, "domains"), i, v)
	    d |= strcmp(json_string_value(v), domain) == 0;
	json_array_foreach(json_object_get(sheet, "sources"), i, v)
	{
		AUTO_STR struct str text = {0};

		register_source_path(v, &text);
		s |= view_eq(str_view(&text), VIEW(path)) ||
		     view_eq(register_sheet_text(v, "source"), VIEW(path));
	}
	return d && s;
}

static void filters_find_what_a_look_at_every_sheet_finds(void **state)
{
	static const char *const paths[] = {"snds", "snds/dcir", "warehouse"};
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	struct err err = {0};

	(void)state;
	fill(500);
	assert_int_equal(register_index_build(&index, store, &err), 0);
	assert_int_equal(register_index_count(index), 501);
	for (size_t p = 0; p < ARRAY_LEN(paths); p++) {
		struct search_ask q = {0};
		AUTO_SEARCH_RESULT struct search_result found = {0};
		size_t want = 0;

		for (uint32_t d = 0; d < 501; d++) {
			AUTO_JSON json_t *sheet = NULL;

			assert_int_equal(register_index_sheet(index, d, &sheet, &err), 0);
			want += sheet_has(sheet, "cancer", paths[p]);
		}
		assert_int_equal(register_query_add(&q, VIEW("domain"), VIEW("cancer"), &err), 0);
		assert_int_equal(register_query_add(&q, VIEW("source"), VIEW(paths[p]), &err), 0);
		register_query_run(&q, index, REGISTER_FRENCH, &found);
		assert_int_equal(found.total, want);
		assert_true(want > 0);
	}
}

static void words_and_orders(void **state)
{
	static const struct {
		const char *text, *order, *first; /* first: its reference */
	} cases[] = {
	    {"oedeme", NULL, "A-1"},
	    {"OEDEME aigü", NULL, "A-1"},
	    {"œdemme", NULL, "A-1"},
	    {"acute oed", NULL, "A-1"},
	    {"A-1", NULL, "A-1"},
	    {"EX-000042", NULL, "EX-000042"},
	};
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	struct err err = {0};

	(void)state;
	assert_int_equal(register_index_build(&index, store, &err), 0);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct search_ask q = {.text = VIEW(cases[i].text)};
		AUTO_SEARCH_RESULT struct search_result found = {0};

		register_query_run(&q, index, REGISTER_FRENCH, &found);
		if (found.total == 0)
			fail_msg("nothing found for case %zu", i);
		assert_true(view_eq(
		    register_index_entry(index, found.documents.ptr[0])->reference,
		    VIEW(cases[i].first)));
	}
	for (size_t o = 1; register_orders[o]; o++) {
		struct search_ask q = {.order = register_orders[o], .size = 100};
		AUTO_SEARCH_RESULT struct search_result found = {0};

		register_query_run(&q, index, REGISTER_ENGLISH, &found);
		assert_int_equal(found.documents.len, 100);
	}
}

static void a_query_of_an_address_is_checked(void **state)
{
	static const struct {
		const char *name, *value;
		int status;
	} cases[] = {
	    {"page", "2", 0}, {"page", "0", -1}, {"page", "x", -1}, {"size", "101", -1},
	    {"size", "100", 0}, {"sort", "title", 0}, {"sort", "id; drop", -1},
	    {"status", "ongoing", 0}, {"status", "", 0}, {"other", "1", -1}, {"page", "", 0}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct search_ask q = {0};
		struct err err = {0};

		assert_int_equal(register_query_add(&q, VIEW(cases[i].name),
				     VIEW(cases[i].value), &err),
		    cases[i].status);
	}
}

/* Readers hold and search while the sheets change below them. */
struct reader {
	struct search_live *live;
	atomic_bool *end;
	size_t reads;
};

static void *read_on(void *arg)
{
	struct reader *r = arg;

	while (!atomic_load(r->end) || r->reads == 0) {
		AUTO_REGISTER_INDEX struct register_index *i = search_live_hold(r->live);
		AUTO_SEARCH_RESULT struct search_result found = {0};
		struct search_ask q = {.text = VIEW_LIT("cancer")};

		register_query_run(&q, i, REGISTER_FRENCH, &found);
		assert_true(found.total > 0);
		r->reads++;
	}
	return NULL;
}

static void a_new_index_stands_beside_the_old_one(void **state)
{
	AUTO_SEARCH_LIVE struct search_live *live = NULL;
	AUTO_REGISTER_INDEX struct register_index *old = NULL;
	struct err err = {0};
	atomic_bool end = false;
	pthread_t threads[3];
	struct reader readers[3];

	(void)state;
	assert_int_equal(search_live_open(&live, &register_live_kind, store, 5, &err), 0);
	old = search_live_hold(live);
	for (int i = 0; i < 3; i++) {
		readers[i] = (struct reader){live, &end, 0};
		assert_int_equal(pthread_create(&threads[i], NULL, read_on, &readers[i]), 0);
	}
	for (int n = 0; n < 20; n++) {
		AUTO_FREE char *text = str_format("{\"reference\": \"C-%d\", \"status\": "
						  "\"ongoing\", \"title\": {\"fr\": \"c\"}}",
		    n);
		AUTO_REGISTER_INDEX struct register_index *now = NULL;

		assert_int_equal(publish(text, false), REGISTER_ADDED);
		assert_int_equal(search_live_refresh(live, &err), 0);
		now = search_live_hold(live);
		assert_int_equal(register_index_count(now), 502 + n);
	}
	atomic_store(&end, true);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(register_index_count(old), 501);
	assert_int_equal(register_index_find(old, VIEW("C-3")), -1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(a_change_is_a_version_a_record_and_a_generation, open_store),
	    cmocka_unit_test(all_of_a_publication_or_none),
	    cmocka_unit_test(filters_find_what_a_look_at_every_sheet_finds),
	    cmocka_unit_test(words_and_orders),
	    cmocka_unit_test(a_query_of_an_address_is_checked),
	    cmocka_unit_test_teardown(a_new_index_stands_beside_the_old_one, close_store),
	};

	if (sodium_init() < 0)
		return 1;
	crypto_sign_keypair(audit.key.public_key, audit.key.secret_key);
	return run_on_both_stores(tests, ARRAY_LEN(tests));
}
