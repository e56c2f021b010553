/*
 * The cohort "diabetes" of a synthetic SNDS: `hygie snds cohort` as a user runs
 * it, with wall time, CPU and peak memory; beside it, in the same run, the
 * same cohort in plain DuckDB SQL by hand over the same Parquet files
 * (snds_cohort_peer.sql). hygie also checks types and keys of what it reads and
 * counts what each of its rules removes.
 *
 * Measured by users of sndsTools on the portal of the Cnam: stays and drugs of
 * 122,887 patients, about 5 minutes.
 *
 * HYGIE_BENCH_PATIENTS (100000), HYGIE_BENCH_YEARS (2015-2018) and
 * HYGIE_BENCH_THREADS (2) may be set.
 */
#include "measure.h"

#include "table/db.h"

static int peer(const char *folder, int threads, int64_t *ret_persons, struct err *err)
{
	AUTO_TABLE struct table_db *db = NULL;
	AUTO_STR struct str text = {0};
	AUTO_STR struct str sql = {0};
	struct table_options options = {.threads = threads, .memory_bytes = (uint64_t)6 << 30};

	if (file_read("bench/snds_cohort_peer.sql", 1 << 20, &text, err) < 0 ||
	    table_open(&db, &options, err) < 0)
		return -1;
	table_fill(&sql, str_view(&text), TABLE_WORDS({"FOLDER", folder}));
	return table_run(db, "peer", str_view(&sql), TABLE_NO_PARAMS, ret_persons, err);
}

static struct usage run_peer(const char *folder, int threads)
{
	int64_t start = time_now_ns();
	pid_t child = fork();

	if (child == 0) {
		struct err err = {0};
		int64_t persons = 0;
		int rc = peer(folder, threads, &persons, &err);

		if (rc < 0)
			fprintf(stderr, "%s\n", err.msg);
		else
			printf("persons found by hand: %lld\n", (long long)persons);
		fflush(stdout);
		_exit(rc < 0);
	}
	return finish(child, start);
}

static int count_cohort(const char *out, int64_t *ret, struct err *err)
{
	AUTO_TABLE struct table_db *db = NULL;
	AUTO_FREE char *sql = str_format("SELECT count(*) FROM '%s/persons.parquet'", out);

	if (table_open(&db, &(struct table_options){.threads = 1}, err) < 0)
		return -1;
	return table_run(db, "count", VIEW(sql), TABLE_NO_PARAMS, ret, err);
}

static void print(const char *what, struct usage u)
{
	printf("%-28s %8.1f s wall  %8.1f s cpu  %5.2f GiB peak\n", what, u.wall, u.cpu,
	    u.peak_mib / 1024);
}

int main(void)
{
	const char *folder = "build/bench/snds_cohort";
	const char *out = "build/bench/snds_cohort_out";
	const char *patients = setting_text("HYGIE_BENCH_PATIENTS", "100000");
	const char *years = setting_text("HYGIE_BENCH_YEARS", "2015-2018");
	const char *threads = setting_text("HYGIE_BENCH_THREADS", "2");
	const char *const arguments[] = {"hygie", "snds", "cohort", "diabetes", folder, "--out",
	    out, "--force", "--threads", threads, "--memory", "6G", "--quiet", NULL};
	struct usage hygie, hand;
	struct err err = {0};
	int64_t persons = 0, thread_count = 2;

	(void)view_to_i64(VIEW(threads), &thread_count); /* else two */
	printf("snds cohort diabetes: %s patients, %s, %s threads\n", patients, years, threads);
	fflush(stdout);
	if (make_snds(folder, patients, years) < 0) {
		fprintf(stderr, "bench: the synthetic SNDS could not be made\n");
		return 1;
	}
	hygie = run_hygie(arguments);
	hand = run_peer(folder, (int)thread_count);
	if (hygie.status || hand.status || count_cohort(out, &persons, &err) < 0) {
		fprintf(stderr, "bench: a run failed\n");
		return 1;
	}
	printf("persons found by hygie:  %lld\n", (long long)persons);
	print("hygie snds cohort", hygie);
	print("DuckDB SQL by hand", hand);
	printf("hygie takes %.2f of the SQL's time, %.2f of its CPU\n", hygie.wall / hand.wall,
	    hygie.cpu / hand.cpu);
	return 0;
}
