/* Random specifications on random small worlds: SQL and a slow model agree on every entry. */
#include "cohort_draw.h"
#include "cohort_model.h"
#include "snds/cohort_sql.h"
#include "table/query.h"

enum { WORLDS = 120 };

static const uint64_t seed = 20180101;
static struct mainbase_events events;

static void run_sql(struct table_db *db, const struct snds_cohort_spec *spec)
{
	size_t last = spec->steps.len;
	struct err err = {0};
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < spec->sets.len; i++)
		rc = cohort_make_set(db, spec, &events, i, &err);
	if (rc == 0)
		rc = cohort_make_index(db, spec, &err);
	for (size_t i = 0; rc == 0 && i < spec->steps.len; i++)
		rc = cohort_make_step(db, spec, spec->steps.ptr[i].where, i + 1, &err);
	if (rc == 0 && spec->keep != SNDS_COHORT_EACH)
		rc = cohort_make_keep(db, spec, ++last, &err);
	if (rc == 0)
		rc = cohort_make_final(db, spec, last, &err);
	if (rc < 0)
		fail_msg("%s\n%s", spec->text, err.msg);
}

static void read_sql(struct table_db *db, struct model_rows *ret)
{
	AUTO_QUERY struct table_query *q = NULL;
	struct err err = {0};

	if (table_query_open(&q, db, "cohort",
		VIEW_LIT("SELECT person_id, index_date, exit_date FROM cohort_final"),
		TABLE_NO_PARAMS, &err) < 0)
		fail_msg("%s", err.msg);
	while (table_query_next(q, &err) > 0)
		for (size_t i = 0; i < table_query_rows(q); i++)
			*vec_push(&ret->items) = (struct model_row){
			    (int)table_query_i64(q, 0)[i],
			    table_query_date(q, 1)[i],
			    table_query_date(q, 2)[i],
			};
}

static bool has(const struct model_rows *rows, const struct model_row *row)
{
	for (size_t i = 0; i < rows->items.len; i++)
		if (memcmp(&rows->items.ptr[i], row, sizeof(*row)) == 0)
			return true;
	return false;
}

static void compare(const struct model_rows *sql, const struct model_rows *model,
    const char *spec, int world)
{
	bool same = sql->items.len == model->items.len;

	for (size_t i = 0; same && i < sql->items.len; i++)
		same = has(model, &sql->items.ptr[i]);
	if (!same)
		fail_msg("seed %llu, world %d: %zu entries by SQL, %zu by the model, of\n%s",
		    (unsigned long long)seed, world, sql->items.len, model->items.len, spec);
}

/* Returns the number of entries. */
static size_t try_world(int index)
{
	struct rng r = rng_at(seed, 1, (uint64_t)index);
	struct world world = world_draw(&r);
	AUTO_TABLE struct table_db *db = NULL;
	AUTO_COHORT_SPEC struct snds_cohort_spec spec = {0};
	AUTO_JSON json_t *tree = NULL;
	AUTO_STR struct str text = {0};
	struct model_rows sql = {0}, model = {0};
	struct err err = {0};
	size_t entries;

	draw_spec(&r, &text);
	if (snds_cohort_spec_parse(&spec, "drawn", str_view(&text), &events, &err) < 0 ||
	    json_parse(&tree, "drawn", str_view(&text), &err) < 0 ||
	    table_open(&db, &(struct table_options){.threads = 1}, &err) < 0)
		fail_msg("%s\n%s", err.msg, str_get(&text));
	world_load_persons(&world, db);
	world_load_events(&world, db);
	run_sql(db, &spec);
	read_sql(db, &sql);
	model_run(&(struct model){&world, tree}, &model);
	compare(&sql, &model, str_get(&text), index);
	entries = sql.items.len;
	vec_clear(&sql.items);
	vec_clear(&model.items);
	return entries;
}

static void sql_and_model_agree(void **state)
{
	size_t entries = 0, empty = 0;

	(void)state;
	for (int i = 0; i < WORLDS; i++) {
		size_t n = try_world(i);

		entries += n;
		empty += n == 0;
	}
	print_message("%d worlds, %zu entries, %zu cohorts without any\n", WORLDS, entries, empty);
	assert_true(entries > WORLDS);
	assert_true(empty < WORLDS / 2);
}

static int setup(void **state)
{
	struct err err = {0};

	(void)state;
	return mainbase_events_load(&events, &err);
}

static int teardown(void **state)
{
	(void)state;
	mainbase_events_clear(&events);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sql_and_model_agree),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
