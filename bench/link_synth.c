/*
 * `hygie link synth` at two sizes: wall time, CPU, peak memory. The CPU time a
 * record must be the same at both, and the memory too: a record is a function of
 * the seed and its number.
 *
 * Where the time goes (perf, with numbers): nothing above a tenth. Random
 * numbers, finding cells, copying texts and DuckDB's CSV writer share it.
 *
 * HYGIE_BENCH_RECORDS (7000000) and HYGIE_BENCH_THREADS (2) may be set.
 */
#include "base/progress.h"
#include "io/file.h"
#include "link/synth.h"

#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const char folder[] = "build/bench/link_synth";
static const double MIB = 1024.0 * 1024;

static int64_t setting(const char *name, int64_t fallback)
{
	const char *text = getenv(name);
	int64_t n;

	return text && view_to_i64(VIEW(text), &n) && n > 0 ? n : fallback;
}

static int synth(int64_t records, int threads, struct err *err)
{
	AUTO_LINK_SYNTH struct link_synth_result result = {0};
	struct link_synth_options o = {
	    .records = (uint64_t)records,
	    .centres = 1,
	    .duplicates = 0.3,
	    .error_rate = 1,
	    .seed = 1,
	    .nir = true,
	    .out = folder,
	    .replace = true,
	    .format = TABLE_CSV,
	    .threads = threads,
	};

	return link_synth_run(&o, &result, NULL, err);
}

/* In a child, whose usage is then known; 0 when all went well. */
static int measure(int64_t records, int threads)
{
	int64_t start = time_now_ns();
	struct rusage use;
	int status;
	pid_t child = fork();
	double cpu;

	if (child == 0) {
		struct err err = {0};
		int rc = synth(records, threads, &err);

		if (rc < 0)
			fprintf(stderr, "%s\n", err.msg);
		_exit(rc < 0);
	}
	if (child < 0 || wait4(child, &status, 0, &use) != child || status != 0)
		return -1;
	cpu = (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
	      (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
	printf("%11lld records  %6.1f s wall  %6.1f s CPU  %5.2f us a record  %5.0f MiB\n",
	    (long long)records, (double)(time_now_ns() - start) / 1e9, cpu,
	    cpu / (double)records * 1e6, (double)use.ru_maxrss * 1024 / MIB);
	return 0;
}

int main(void)
{
	int64_t records = setting("HYGIE_BENCH_RECORDS", 7000000);
	int threads = (int)setting("HYGIE_BENCH_THREADS", 2);
	struct err err = {0};
	int rc;

	printf("link synth, %d threads\n", threads);
	rc = measure(records / 10, threads) < 0 || measure(records, threads) < 0;
	return path_remove(folder, &err) < 0 ? 1 : rc;
}
