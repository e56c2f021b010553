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
#include "base/progress.h"
#include "io/file.h"
#include "table/db.h"

#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const double GIB = 1024.0 * 1024 * 1024;

struct usage {
	double wall, cpu, peak_gib;
	int status;
};

static const char *setting(const char *name, const char *fallback)
{
	const char *text = getenv(name);

	return text && *text ? text : fallback;
}

static struct usage finish(pid_t child, int64_t start_ns)
{
	struct usage u = {0};
	struct rusage r;

	wait4(child, &u.status, 0, &r);
	u.wall = (double)(time_now_ns() - start_ns) / 1e9;
	u.cpu = (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) +
	        (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6;
	u.peak_gib = (double)r.ru_maxrss * 1024 / GIB;
	return u;
}

/* hygie with these arguments, its table not shown. */
static struct usage run_hygie(const char *const *arguments)
{
	int64_t start = time_now_ns();
	pid_t child = fork();

	if (child == 0) {
		if (!freopen("/dev/null", "w", stdout))
			_exit(126);
		execv(setting("HYGIE", "build/hygie"), (char *const *)(uintptr_t)arguments);
		_exit(127);
	}
	return finish(child, start);
}

static int make_data(const char *folder, const char *patients, const char *years)
{
	const char *const arguments[] = {"hygie", "snds", "synth", "--patients", patients,
	    "--years", years, "--out", folder, "--force", "--quiet", NULL};
	AUTO_FREE char *made = str_format("%s/made-%s-%s", folder, patients, years);
	struct err err = {0};

	if (path_exists(made))
		return 0;
	if (run_hygie(arguments).status || file_write(made, VIEW_LIT(""), &err) < 0)
		return -1;
	return 0;
}

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
	    u.peak_gib);
}

int main(void)
{
	const char *folder = "build/bench/snds_cohort";
	const char *out = "build/bench/snds_cohort_out";
	const char *patients = setting("HYGIE_BENCH_PATIENTS", "100000");
	const char *years = setting("HYGIE_BENCH_YEARS", "2015-2018");
	const char *threads = setting("HYGIE_BENCH_THREADS", "2");
	const char *const arguments[] = {"hygie", "snds", "cohort", "diabetes", folder, "--out",
	    out, "--force", "--threads", threads, "--memory", "6G", "--quiet", NULL};
	struct usage hygie, hand;
	struct err err = {0};
	int64_t persons = 0, thread_count = 2;

	(void)view_to_i64(VIEW(threads), &thread_count); /* else two */
	printf("snds cohort diabetes: %s patients, %s, %s threads\n", patients, years, threads);
	fflush(stdout);
	if (make_data(folder, patients, years) < 0) {
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
