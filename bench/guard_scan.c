/*
 * A delimited file of 20 columns scanned whole: `hygie guard scan` as a user
 * runs it, with and without the second pass for the risk, its form alone, and
 * beside it in the same run DuckDB's SUMMARIZE of the same file, with types
 * found and all as text. Wall time, CPU and peak memory of each, of the best of RUNS. Then
 * the Python peers (guard_scan_peers.py, packages in guard_scan_peers.txt) profile the first
 * HYGIE_BENCH_PEER_ROWS rows (50000), and hygie the same: those that HYGIE_BENCH_PYTHON has,
 * one Python or several with colons between them (python3).
 *
 * HYGIE_BENCH_ROWS (2000000) and HYGIE_BENCH_THREADS (1) may be set.
 */
#include "base/progress.h"
#include "base/rng.h"
#include "health/nir.h"
#include "io/file.h"
#include "table/db.h"

#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const double MIB = 1024.0 * 1024;

enum { RUNS = 3 };

struct usage {
	double wall, cpu, peak_mib;
	int status;
};

static int64_t setting(const char *name, int64_t fallback)
{
	const char *text = getenv(name);
	int64_t n;

	return text && view_to_i64(VIEW(text), &n) && n > 0 ? n : fallback;
}

static const char header[] =
    "id,nir,nom,prenom,date_naiss,sexe,code_postal,commune,finess,rpps,tel,email,cim10,ccam,"
    "date_soin,montant,poids,taille,glycemie,commentaire\n";

static void add_person(struct str *s, struct rng *r, int64_t row)
{
	static const char *const names[] = {"MARTIN", "BERNARD", "THOMAS", "PETIT", "ROBERT",
	    "RICHARD", "DURAND", "DUBOIS", "MOREAU", "LAURENT"};
	static const char *const given[] = {
	    "Jean", "Marie", "Pierre", "Anne", "Paul", "Lucie", "Louis", "Emma"};
	unsigned sex = 1 + rng_below(r, 2), year = rng_below(r, 100), month = 1 + rng_below(r, 12);
	unsigned place = 1 + rng_below(r, 95), commune = 1 + rng_below(r, 900);
	const char *name = names[rng_below(r, ARRAY_LEN(names))];
	char nir[32];

	snprintf(nir, sizeof(nir), "%u%02u%02u%02u%03u%03u", sex, year, month, place, commune,
	    1 + rng_below(r, 999));
	str_addf(s, "%lld,%s%02d,%s,%s,19%02u-%02u-%02u,%u,%02u%03u,%02u%03u,%09u,1%010llu,",
	    (long long)row, nir, nir_key(nir), name, given[rng_below(r, ARRAY_LEN(given))], year,
	    month,
	    1 + rng_below(r, 28), sex, place, rng_below(r, 1000), place, commune,
	    rng_below(r, 1000000000), (unsigned long long)rng_below(r, 1000000000) * 7);
	str_addf(s, "06%08u,%s.%lld@example.org,", rng_below(r, 100000000), name, (long long)row);
}

static void add_care(struct str *s, struct rng *r, int64_t row)
{
	str_addf(s, "%c%02u.%u,", 'A' + (int)rng_below(r, 26), rng_below(r, 100), rng_below(r, 10));
	for (int i = 0; i < 4; i++)
		str_addc(s, (char)('A' + rng_below(r, 26)));
	str_addf(s, "%03u,20%02u-%02u-%02u,", rng_below(r, 1000), 10 + rng_below(r, 15),
	    1 + rng_below(r, 12), 1 + rng_below(r, 28));
	str_addf(s, "%.2f,%.1f,%u,%s,\"note, %lld\"\n", rng_below(r, 100000) / 100.0,
	    rng_below(r, 1500) / 10.0, 50 + rng_below(r, 150), rng_below(r, 10) ? "5.4" : "",
	    (long long)row);
}

static int make_file(const char *path, int64_t rows, struct err *err)
{
	AUTO_STR struct str text = {0};
	FILE *f = fopen(path, "we");
	bool bad = !f;

	if (f)
		bad = fputs(header, f) < 0;
	for (int64_t row = 0; row < rows && !bad; row++) {
		struct rng r = rng_at(1, 0, (uint64_t)row);

		str_reset(&text);
		add_person(&text, &r, row);
		add_care(&text, &r, row);
		bad = fwrite(str_get(&text), 1, text.len, f) != text.len;
	}
	if (f)
		bad = fclose(f) != 0 || bad;
	return bad ? err_set(err, ERR_IO, "%s: cannot write", path) : 0;
}

static struct usage finish(pid_t child, int64_t start_ns)
{
	struct usage u = {0};
	struct rusage r;

	wait4(child, &u.status, 0, &r);
	u.wall = (double)(time_now_ns() - start_ns) / 1e9;
	u.cpu = (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) +
	        (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6;
	u.peak_mib = (double)r.ru_maxrss * 1024 / MIB;
	return u;
}

/* Exit status 1 is a finding: there are identifiers in the file. */
static struct usage run_hygie(const char *path, const char *threads, const char *const *more)
{
	int64_t start = time_now_ns();
	const char *hygie = getenv("HYGIE") ? getenv("HYGIE") : "build/hygie";
	struct usage u;
	pid_t child;

	(void)fflush(stdout); /* or the child would, once more */
	child = fork();

	if (child == 0) {
		const char *argv[] = {"hygie", "guard", "scan", path, "--threads", threads,
		    "--quiet", "--format", "json", more[0], more[0] ? more[1] : NULL, NULL};

		if (!freopen("/dev/null", "w", stdout))
			_exit(126);
		execv(hygie, (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	u = finish(child, start);
	if (WIFEXITED(u.status) && WEXITSTATUS(u.status) == 1)
		u.status = 0;
	return u;
}

/* The one of a few runs that needed the least: others share the machine. */
static struct usage best_hygie(const char *path, const char *threads, const char *const *more)
{
	struct usage best = run_hygie(path, threads, more);

	for (int i = 1; i < RUNS && !best.status; i++) {
		struct usage u = run_hygie(path, threads, more);

		best = u.status || u.cpu < best.cpu ? u : best;
	}
	return best;
}

static struct usage run_peer(const char *path, int threads, bool all_text)
{
	int64_t start = time_now_ns();
	pid_t child = fork();

	if (child == 0) {
		struct table_options options = {
		    .threads = threads, .memory_bytes = (uint64_t)2 << 30};
		AUTO_TABLE struct table_db *db = NULL;
		AUTO_FREE char *sql = str_format("SUMMARIZE FROM read_csv('%s', all_varchar = %s)",
		    path, all_text ? "true" : "false");
		struct err err = {0};
		int rc = table_open(&db, &options, &err);

		if (rc == 0)
			rc = table_run(db, "peer", VIEW(sql), TABLE_NO_PARAMS, NULL, &err);
		if (rc < 0)
			fprintf(stderr, "bench: %s\n", err.msg);
		_exit(rc < 0);
	}
	return finish(child, start);
}

static struct usage best_peer(const char *path, int threads, bool all_text)
{
	struct usage best = run_peer(path, threads, all_text);

	for (int i = 1; i < RUNS && !best.status; i++) {
		struct usage u = run_peer(path, threads, all_text);

		best = u.status || u.cpu < best.cpu ? u : best;
	}
	return best;
}

/* Those peers that this Python has; it tells which it has not. */
static int run_python(const char *python, const char *path, double cpu, struct err *err)
{
	pid_t child;
	int status;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		AUTO_FREE char *ours = str_format("%.6f", cpu);

		execlp(python, python, "bench/guard_scan_peers.py", path, ours, (char *)NULL);
		_exit(127);
	}
	if (waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return err_set(err, ERR_INTERNAL, "the peers of %s failed", python);
	if (WEXITSTATUS(status) == 127)
		printf("SKIPPED: %s: no such Python\n", python);
	else if (WEXITSTATUS(status))
		return err_set(err, ERR_INTERNAL, "the peers of %s failed", python);
	return 0;
}

static int run_pythons(struct err *err)
{
	const char *path = "build/bench/guard-peers.csv";
	const char *list = getenv("HYGIE_BENCH_PYTHON") ? getenv("HYGIE_BENCH_PYTHON") : "python3";
	int64_t rows = setting("HYGIE_BENCH_PEER_ROWS", 50000);
	struct view rest = VIEW(list), python;
	struct usage ours;
	int rc = 0;

	if (make_file(path, rows, err) < 0)
		return -1;
	ours = best_hygie(path, "1", (const char *const[]){"--risk", "none"});
	if (ours.status)
		return err_set(err, ERR_INTERNAL, "a run failed");
	printf("the first %lld rows; Python without imports\n", (long long)rows);
	while (rc == 0 && view_next(&rest, ':', &python)) {
		AUTO_FREE char *program = str_format("%.*s", (int)python.len, python.ptr);

		printf("%s (HYGIE_BENCH_PYTHON: one or more, by colons)\n", program);
		rc = run_python(program, path, ours.cpu, err);
	}
	(void)unlink(path);
	return rc;
}

static void print(const char *what, struct usage u, int64_t rows)
{
	printf("%-44s %7.2f s wall %7.2f s cpu %6.0f MiB peak %6.2f M rows/cpu s\n", what, u.wall,
	    u.cpu, u.peak_mib, (double)rows / u.cpu / 1e6);
	fflush(stdout);
}

int main(void)
{
	int64_t rows = setting("HYGIE_BENCH_ROWS", 2000000);
	int threads = (int)setting("HYGIE_BENCH_THREADS", 1);
	AUTO_FREE char *thread_text = str_format("%d", threads);
	AUTO_FREE char *path = str_format("build/bench/guard-%lld.csv", (long long)rows);
	struct err err = {0};
	struct usage profile, risk, form, typed, text;

	printf("guard scan: %lld rows of 20 columns, %d threads\n", (long long)rows, threads);
	fflush(stdout);
	if (path_make_folder("build/bench", &err) < 0 || make_file(path, rows, &err) < 0) {
		fprintf(stderr, "bench: %s\n", err.msg);
		return 1;
	}
	profile = best_hygie(path, thread_text, (const char *const[]){"--risk", "none"});
	print("hygie, profile and identifiers", profile, rows);
	risk = best_hygie(path, thread_text, (const char *const[]){NULL});
	print("hygie, the same and the risk", risk, rows);
	form = best_hygie(path, thread_text, (const char *const[]){"--structure", NULL});
	print("hygie, the form of the file", form, rows);
	typed = best_peer(path, threads, false);
	print("DuckDB SUMMARIZE, types found", typed, rows);
	text = best_peer(path, threads, true);
	print("DuckDB SUMMARIZE, all text", text, rows);
	(void)unlink(path);
	if (profile.status || risk.status || form.status || typed.status || text.status) {
		fprintf(stderr, "bench: a run failed\n");
		return 1;
	}
	printf("ratio to SUMMARIZE in CPU: %.1f (types found), %.1f (all text)\n",
	    typed.cpu / profile.cpu, text.cpu / profile.cpu);
	if (run_pythons(&err) < 0) {
		fprintf(stderr, "bench: %s\n", err.msg);
		return 1;
	}
	return 0;
}
