/*
 * Yearly incidence of 2 outcomes x 8 denominators: `hygie study incidence` as a
 * user runs it, with wall time, CPU and peak memory; beside it, in the same
 * run, plain DuckDB SQL for one outcome and one denominator.
 *
 * Published for IncidencePrevalence 1.1.0 on CPRD GOLD in PostgreSQL,
 * 17,521,504 persons, 2 outcomes x 8 denominators: 64.51 min.
 *
 * HYGIE_BENCH_PERSONS (17521504) and HYGIE_BENCH_THREADS (2) may be set.
 */
#include "measure.h"

#include "table/db.h"

static const double PUBLISHED_SECONDS = 64.51 * 60;
static int run_sql(struct table_db *db, const char *file, const char *folder, int64_t persons,
    struct err *err)
{
	AUTO_STR struct str text = {0};
	AUTO_STR struct str sql = {0};

	if (file_read(file, 1 << 20, &text, err) < 0)
		return -1;
	table_fill(&sql, str_view(&text), TABLE_WORDS({"FOLDER", folder}));
	return table_run(db, file, str_view(&sql), TABLE_PARAMS(TABLE_I64("persons", persons)),
	    NULL, err);
}

static int make_data(const char *folder, int64_t persons, int threads, struct err *err)
{
	AUTO_TABLE struct table_db *db = NULL;
	AUTO_FREE char *made = str_format("%s/made-%lld", folder, (long long)persons);
	struct table_options options = {.threads = threads, .memory_bytes = (uint64_t)6 << 30};

	if (path_exists(made))
		return 0;
	if (path_remove(folder, err) < 0 || path_make_folder(folder, err) < 0 ||
	    table_open(&db, &options, err) < 0 ||
	    run_sql(db, "bench/study_incidence.sql", folder, persons, err) < 0)
		return -1;
	return file_write(made, VIEW_LIT(""), err);
}

static struct usage run_incidence(const char *cdm, const char *threads)
{
	const char *const arguments[] = {"hygie", "study", "incidence", cdm, "--outcome",
	    "a=condition:1", "--outcome", "b=condition:2", "--denominator",
	    "age:0-150,0-17,18-64,65-150/sex:male,female", "--threads", threads, "--memory", "6G",
	    "--format", "csv", NULL};

	return run_hygie(arguments);
}

static int peer(const char *folder, int threads, struct err *err)
{
	static const char *const tables[] = {
	    "person", "observation_period", "condition_occurrence"};
	AUTO_TABLE struct table_db *db = NULL;
	struct table_options options = {.threads = threads, .memory_bytes = (uint64_t)6 << 30};

	if (table_open(&db, &options, err) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		AUTO_FREE char *view = str_format("CREATE VIEW %s AS SELECT * FROM '%s/%s.parquet'",
		    tables[i], folder, tables[i]);

		if (table_run(db, "peer", VIEW(view), TABLE_NO_PARAMS, NULL, err) < 0)
			return -1;
	}
	return run_sql(db, "bench/study_incidence_peer.sql", folder, 0, err);
}

static struct usage run_peer(const char *folder, int threads)
{
	int64_t start = time_now_ns();
	pid_t child = fork();

	if (child == 0) {
		struct err err = {0};
		int rc = peer(folder, threads, &err);

		if (rc < 0)
			fprintf(stderr, "%s\n", err.msg);
		_exit(rc < 0);
	}
	return finish(child, start);
}

static void print(const char *what, struct usage u, int64_t persons, int analyses)
{
	printf("%-44s %8.1f s wall  %8.1f s cpu  %5.2f GiB peak  %6.2f M person-analyses/s\n", what,
	    u.wall, u.cpu, u.peak_mib / 1024, (double)persons * analyses / u.wall / 1e6);
}

int main(void)
{
	const char *folder = "build/bench/cdm";
	int64_t persons = setting("HYGIE_BENCH_PERSONS", 17521504);
	int threads = (int)setting("HYGIE_BENCH_THREADS", 2);
	AUTO_FREE char *thread_text = str_format("%d", threads);
	struct err err = {0};
	struct usage hygie, duckdb;

	printf("study incidence: %lld persons, 2 outcomes x 8 denominators, years, %d threads\n",
	    (long long)persons, threads);
	fflush(stdout);
	if (make_data(folder, persons, threads, &err) < 0) {
		fprintf(stderr, "bench: %s\n", err.msg);
		return 1;
	}
	hygie = run_incidence(folder, thread_text);
	duckdb = run_peer(folder, threads);
	if (hygie.status || duckdb.status) {
		fprintf(stderr, "bench: a run failed\n");
		return 1;
	}
	print("hygie, 16 analyses", hygie, persons, 16);
	print("DuckDB SQL by hand, 1 analysis", duckdb, persons, 1);
	printf("one analysis: hygie takes %.2f of the SQL's time\n", hygie.wall / 16 / duckdb.wall);
	if (persons == 17521504)
		printf("published for IncidencePrevalence on PostgreSQL: %.0f s; ratio %.4f\n",
		    PUBLISHED_SECONDS, hygie.wall / PUBLISHED_SECONDS);
	return 0;
}
