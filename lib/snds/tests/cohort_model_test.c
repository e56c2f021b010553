/* Random specifications on random small worlds: SQL and a slow model agree on every entry. */
#include "cohort_draw.h"
#include "cohort_model.h"
#include "snds/cohort_sql.h"
#include "table/query.h"

enum { WORLDS = 200 };

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

/* Three columns: a person and two days. */
static void read_sql(struct table_db *db, const char *sql, struct model_rows *ret)
{
	AUTO_QUERY struct table_query *q = NULL;
	struct err err = {0};

	if (table_query_open(&q, db, "rows", VIEW(sql), TABLE_NO_PARAMS, &err) < 0)
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

/* What the SQL made, what the model makes; both are cleared. */
static void compare(struct model_rows *sql, struct model_rows *model, const char *what,
    const char *spec)
{
	bool same = sql->items.len == model->items.len;

	for (size_t i = 0; same && i < sql->items.len; i++)
		same = has(model, &sql->items.ptr[i]);
	if (!same)
		fail_msg("seed %llu: %s: %zu rows by SQL, %zu by the model, of\n%s",
		    (unsigned long long)seed, what, sql->items.len, model->items.len, spec);
	vec_clear(&sql->items);
	vec_clear(&model->items);
}

static void compare_sets(struct table_db *db, const struct snds_cohort_spec *spec,
    const struct model *m)
{
	for (size_t i = 0; i < spec->sets.len; i++) {
		AUTO_FREE char *sql = str_format("SELECT person_id, first_day, last_day "
						 "FROM cohort_set_%zu",
		    i);
		struct model_rows made = {0}, wanted = {0};

		read_sql(db, sql, &made);
		model_set(m, spec->sets.ptr[i].name, &wanted);
		compare(&made, &wanted, spec->sets.ptr[i].name, spec->text);
	}
}

/* Returns the number of entries. */
static size_t compare_cohort(struct table_db *db, const struct snds_cohort_spec *spec,
    const struct model *m)
{
	struct model_rows made = {0}, wanted = {0};
	size_t entries;

	read_sql(db, "SELECT person_id, index_date, exit_date FROM cohort_final", &made);
	entries = made.items.len;
	model_run(m, &wanted);
	compare(&made, &wanted, "cohort", spec->text);
	return entries;
}

static size_t try_world(int index)
{
	struct rng r = rng_at(seed, 1, (uint64_t)index);
	struct world world = world_draw(&r);
	AUTO_TABLE struct table_db *db = NULL;
	AUTO_COHORT_SPEC struct snds_cohort_spec spec = {0};
	AUTO_JSON json_t *tree = NULL;
	AUTO_STR struct str text = {0};
	struct err err = {0};

	draw_spec(&r, &text);
	if (snds_cohort_spec_parse(&spec, "drawn", str_view(&text), &events, &err) < 0 ||
	    json_parse(&tree, "drawn", str_view(&text), &err) < 0 ||
	    table_open(&db, &(struct table_options){.threads = 1}, &err) < 0)
		fail_msg("%s\n%s", err.msg, str_get(&text));
	world_load_persons(&world, db);
	world_load_events(&world, db);
	run_sql(db, &spec);
	compare_sets(db, &spec, &(struct model){&world, tree});
	return compare_cohort(db, &spec, &(struct model){&world, tree});
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
