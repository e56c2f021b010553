/*
 * OMOP of a synthetic SNDS: `hygie omop build` as a user runs it, with wall
 * time, CPU and peak memory; beside it, in the same run, its drug_exposure
 * alone in plain DuckDB SQL by hand over the same Parquet files
 * (omop_build_peer.sql). hygie makes 23 tables, checks types and keys, and
 * accounts for every row.
 *
 * HYGIE_BENCH_PATIENTS (20000), HYGIE_BENCH_YEARS (2015-2019) and
 * HYGIE_BENCH_THREADS (2) may be set.
 */
#include "measure.h"

#include "table/db.h"

static int peer(const char *folder, const char *out, int threads, struct err *err)
{
	AUTO_TABLE struct table_db *db = NULL;
	AUTO_STR struct str text = {0};
	AUTO_STR struct str sql = {0};
	struct table_options options = {.threads = threads, .memory_bytes = (uint64_t)6 << 30};

	if (file_read("bench/omop_build_peer.sql", 1 << 20, &text, err) < 0 ||
	    table_open(&db, &options, err) < 0)
		return -1;
	table_fill(&sql, str_view(&text), TABLE_WORDS({"FOLDER", folder}, {"OUT", out}));
	return table_run(db, "peer", str_view(&sql), TABLE_NO_PARAMS, NULL, err);
}

static struct usage run_peer(const char *folder, const char *out, int threads)
{
	int64_t start = time_now_ns();
	pid_t child = fork();

	if (child == 0) {
		struct err err = {0};
		int rc = peer(folder, out, threads, &err);

		if (rc < 0)
			fprintf(stderr, "%s\n", err.msg);
		_exit(rc < 0);
	}
	return finish(child, start);
}

/* Rows of the Parquet files that match. */
static int count(const char *files, int64_t *ret, struct err *err)
{
	AUTO_TABLE struct table_db *db = NULL;
	AUTO_FREE char *sql = str_format(
	    "SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata('%s')", files);

	if (table_open(&db, &(struct table_options){.threads = 1}, err) < 0)
		return -1;
	return table_run(db, "count", VIEW(sql), TABLE_NO_PARAMS, ret, err);
}

static void print(const char *what, struct usage u, int64_t rows)
{
	printf("%-34s %7.1f s wall %7.1f s cpu %5.2f GiB peak %9lld rows\n", what, u.wall, u.cpu,
	    u.peak_mib / 1024, (long long)rows);
}

int main(void)
{
	const char *folder = "build/bench/omop_build", *out = "build/bench/omop_build_out";
	const char *by_hand = "build/bench/omop_build_peer.parquet";
	const char *patients = setting_text("HYGIE_BENCH_PATIENTS", "20000");
	const char *years = setting_text("HYGIE_BENCH_YEARS", "2015-2019");
	const char *threads = setting_text("HYGIE_BENCH_THREADS", "2");
	const char *const arguments[] = {"hygie", "omop", "build", "--from", "snds", folder,
	    "--out", out, "--force", "--threads", threads, "--memory", "4G", "--quiet", NULL};
	struct usage hygie, hand;
	struct err err = {0};
	int64_t all = 0, drugs = 0, rows = 0, thread_count = 2;

	(void)view_to_i64(VIEW(threads), &thread_count); /* else two */
	printf("omop build: %s patients, %s, %s threads\n", patients, years, threads);
	fflush(stdout);
	if (make_snds(folder, patients, years) < 0) {
		fprintf(stderr, "bench: the synthetic SNDS could not be made\n");
		return 1;
	}
	hygie = run_hygie(arguments);
	hand = run_peer(folder, by_hand, (int)thread_count);
	if (hygie.status || hand.status ||
	    count("build/bench/omop_build_out/*.parquet", &all, &err) < 0 ||
	    count("build/bench/omop_build_out/drug_exposure.parquet", &drugs, &err) < 0 ||
	    count(by_hand, &rows, &err) < 0) {
		fprintf(stderr, "bench: a run failed\n");
		return 1;
	}
	print("hygie omop build, 23 tables", hygie, all);
	print("drug_exposure by hand", hand, rows);
	printf("drug_exposure has %lld rows; a row of hygie takes %.2f of the CPU of one by hand\n",
	    (long long)drugs, hygie.cpu / (double)all / (hand.cpu / (double)rows));
	return 0;
}
