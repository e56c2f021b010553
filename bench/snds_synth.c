/*
 * `hygie snds synth` at two sizes, five years: wall time, CPU, peak memory and
 * rows a second; the CPU time a patient must be the same at both. Beside it, in the
 * same run, DuckDB only writes again the tables that were made: what Parquet
 * costs alone.
 *
 * Where the time goes (perf, 10,000 patients): 52 % in DuckDB's Parquet
 * writer, of it a sixth in hashing texts for dictionaries, 27 % in memory and
 * the kernel for it; lives and rows are 16 %.
 *
 * HYGIE_BENCH_PATIENTS (100000) and HYGIE_BENCH_THREADS (2) may be set.
 */
#include "base/progress.h"
#include "io/file.h"
#include "snds/synth.h"
#include "table/db.h"

#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const char folder[] = "build/bench/snds";
static const double GIB = 1024.0 * 1024 * 1024;

struct usage {
	double wall, cpu, peak_gib;
	int64_t rows;
	int status;
};

static int64_t setting(const char *name, int64_t fallback)
{
	const char *text = getenv(name);
	int64_t n;

	return text && view_to_i64(VIEW(text), &n) && n > 0 ? n : fallback;
}

static int synth(int64_t patients, int threads, int64_t *ret_rows, struct err *err)
{
	AUTO_SNDS_RESULT struct snds_synth_result result = {0};
	struct snds_synth_options o = {
	    .patients = (uint64_t)patients,
	    .year_first = 2018,
	    .year_last = 2022,
	    .seed = 1,
	    .out = folder,
	    .replace = true,
	    .threads = threads,
	};

	if (snds_synth_run(&o, &result, NULL, err) < 0)
		return -1;
	for (size_t i = 0; i < result.files.len; i++)
		*ret_rows += result.files.ptr[i].rows;
	return 0;
}

/* The two widest tables stand for all: they are nine tenths of the bytes. */
static int peer(int64_t patients, int threads, int64_t *ret_rows, struct err *err)
{
	static const char *const tables[] = {"ER_PRS_F", "ER_PHA_F"};
	AUTO_TABLE struct table_db *db = NULL;
	struct table_options t = {.threads = threads};

	(void)patients; /* those of the run before */
	if (table_open(&db, &t, err) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		AUTO_FREE char *query = str_format("FROM read_parquet('%s/%s.parquet')", folder,
		    tables[i]);
		int64_t rows = 0;

		if (table_copy(db, VIEW(query), "build/bench/copy.parquet", TABLE_PARQUET, &rows,
			err) < 0)
			return -1;
		*ret_rows += rows;
	}
	return 0;
}

/* In a process of its own, so that its memory is its own. */
static struct usage measure(int (*work)(int64_t, int, int64_t *, struct err *), int64_t patients,
    int threads)
{
	struct usage u = {.status = 1};
	int64_t start = time_now_ns();
	struct rusage used;
	int ends[2], status;
	pid_t child;

	if (pipe(ends) < 0 || (child = fork()) < 0)
		return u;
	if (child == 0) {
		struct err err = {0};
		int rc = work(patients, threads, &u.rows, &err);

		if (rc < 0)
			fprintf(stderr, "%s\n", err.msg);
		_exit(write(ends[1], &u.rows, sizeof(u.rows)) < 0 || rc < 0);
	}
	if (read(ends[0], &u.rows, sizeof(u.rows)) < 0 || wait4(child, &status, 0, &used) < 0)
		return u;
	u.wall = (double)(time_now_ns() - start) / 1e9;
	u.cpu = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
	        (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
	u.peak_gib = (double)used.ru_maxrss * 1024 / GIB;
	u.status = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
	close(ends[0]);
	close(ends[1]);
	return u;
}

static void print(const char *what, struct usage u)
{
	printf("%-36s %7.1f s wall  %7.1f s cpu  %5.2f GiB peak  %6.2f M rows/s\n", what, u.wall,
	    u.cpu, u.peak_gib, (double)u.rows / u.wall / 1e6);
}

int main(void)
{
	int64_t patients = setting("HYGIE_BENCH_PATIENTS", 100000);
	int threads = (int)setting("HYGIE_BENCH_THREADS", 2);
	struct usage half, whole, copy;

	printf("snds synth: %lld patients, five years, %d threads\n", (long long)patients, threads);
	fflush(stdout);
	half = measure(synth, patients / 2, threads);
	whole = measure(synth, patients, threads);
	copy = measure(peer, patients, threads);
	if (half.status || whole.status || copy.status) {
		fprintf(stderr, "bench: a run failed\n");
		return 1;
	}
	print("half of the patients", half);
	print("all of them", whole);
	print("DuckDB writes ER_PRS_F and ER_PHA_F", copy);
	printf("twice the patients: %.2f times the CPU time\n", whole.cpu / half.cpu);
	printf("synth takes %.1f times what their Parquet takes\n", whole.wall / copy.wall);
	if (patients == 100000)
		printf("promised: 90 s; ratio %.2f\n", whole.wall / 90);
	return 0;
}
