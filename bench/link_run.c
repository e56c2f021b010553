/*
 * Deduplicating people: `hygie link run`, CSV to clusters, as a user runs it,
 * with wall time, CPU and peak memory; beside it, in the same run and on the
 * same file, Splink (PyPI) with its own settings for such fields, where the
 * python of HYGIE_PYTHON (python3) has it.
 *
 * The people are made here: about 8 records a person, as in Splink's published
 * benchmark (7,000,000 records, about 1 bn pairs: 1529 s on 8 CPUs and 16 GB;
 * robinl.github.io, "Fast deduplication", 2023).
 *
 * HYGIE_BENCH_RECORDS (1000000), HYGIE_BENCH_PEER_RECORDS (100000, 0: none),
 * HYGIE_BENCH_PAIRS (0: hygie's default) and HYGIE_BENCH_THREADS (2) may be set.
 */
#include "io/json.h"
#include "link_people.h"

static const double PUBLISHED_SECONDS = 1529;

static int make_data(const char *path, int64_t records, struct err *err)
{
	struct str out = {.max = (size_t)4 << 30};
	uint64_t id = 0;
	int rc;

	if (path_exists(path))
		return 0;
	str_addz(&out, PEOPLE_HEADER);
	for (uint64_t person = 0; id < (uint64_t)records; person++) {
		struct rng r = rng_at(7, 8, person);
		int copies = rng_range(&r, 1, 15);

		for (int c = 0; c < copies && id < (uint64_t)records; c++)
			add_record(&out, id++, person);
	}
	rc = file_write(path, str_view(&out), err);
	str_clear(&out);
	return rc;
}

static struct usage run_hygie(const char *data, const char *out)
{
	const char *hygie = getenv("HYGIE") ? getenv("HYGIE") : "build/hygie";
	AUTO_FREE char *threads = str_format("%d", (int)setting("HYGIE_BENCH_THREADS", 2));
	AUTO_FREE char *pairs = str_format("%lld", (long long)setting("HYGIE_BENCH_PAIRS", 0));
	const char *const argv[] = {hygie, "link", "run", data, "--out", out, "--force", "--quiet",
	    "--threads", threads, "--pairs", pairs, "--files", "parquet", NULL};

	return run_child(argv, "build/bench/link-hygie.txt");
}

/* Candidate pairs, each counted once though several passes may bring it. */
static void print_pairs(const char *out, struct usage u)
{
	AUTO_FREE char *path = path_join(out, OUT_FOLDER_MANIFEST);
	AUTO_JSON json_t *root = NULL;
	struct err err = {0};
	double pairs;

	if (json_read(&root, path, &err) < 0)
		return;
	pairs = json_number_value(json_object_get(root, "compared"));
	printf("%-24s %9.0f million pairs compared: %.1f million a second, "
	       "%.1f a CPU second of the whole run\n",
	    "", pairs / 1e6, pairs / 1e6 / u.wall, pairs / 1e6 / u.cpu);
	fflush(stdout);
}

static int compare_with_peer(int64_t records, struct err *err)
{
	AUTO_FREE char *data = str_format("build/bench/link-%lld.csv", (long long)records);
	AUTO_FREE char *out = str_format("build/bench/link-%lld-out", (long long)records);
	const char *python = getenv("HYGIE_PYTHON") ? getenv("HYGIE_PYTHON") : "python3";
	const char *const argv[] = {python, "bench/link_run_splink.py", data, NULL};
	struct usage hygie, splink;

	if (make_data(data, records, err) < 0)
		return -1;
	splink = run_child(argv, "build/bench/link-splink.txt");
	if (splink.status) {
		printf("no peer: %s has no splink (pip install splink)\n", python);
		return 0;
	}
	hygie = run_hygie(data, out);
	print("hygie link run", hygie, records);
	print_pairs(out, hygie);
	print("Splink on DuckDB", splink, records);
	printf("hygie takes %.3f of Splink's CPU time\n", hygie.cpu / splink.cpu);
	return hygie.status ? err_set(err, ERR_INTERNAL, "hygie failed") : 0;
}

int main(void)
{
	int64_t records = setting("HYGIE_BENCH_RECORDS", 1000000);
	int64_t peer = setting("HYGIE_BENCH_PEER_RECORDS", 100000);
	AUTO_FREE char *data = str_format("build/bench/link-%lld.csv", (long long)records);
	AUTO_FREE char *out = str_format("build/bench/link-%lld-out", (long long)records);
	struct err err = {0};
	struct usage hygie;

	if (path_make_folder("build/bench", &err) < 0 || make_data(data, records, &err) < 0) {
		fprintf(stderr, "bench: %s\n", err.msg);
		return 1;
	}
	hygie = run_hygie(data, out);
	print("hygie link run", hygie, records);
	if (hygie.status)
		return 1;
	print_pairs(out, hygie);
	if (records == 7000000)
		printf("published for Splink, 8 CPUs: %.0f s; ratio %.4f\n", PUBLISHED_SECONDS,
		    hygie.wall / PUBLISHED_SECONDS);
	if (peer && compare_with_peer(peer, &err) < 0) {
		fprintf(stderr, "bench: %s\n", err.msg);
		return 1;
	}
	return 0;
}
