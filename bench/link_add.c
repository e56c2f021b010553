/*
 * Going on against beginning again: a run over all records, and `hygie link
 * add` of the last ones to a linkage that holds the others. Wall time, CPU and
 * peak memory of both, in one run; the batch is drawn evenly, so that most of
 * its people are there already.
 *
 * HYGIE_BENCH_RECORDS (1000000) are kept, HYGIE_BENCH_BATCH (10000) come;
 * HYGIE_BENCH_THREADS (2).
 */
#include "link_people.h"

struct files {
	struct str all, kept, batch;
};

static int write_files(struct files *f, const char *const paths[3], struct err *err)
{
	return file_write(paths[0], str_view(&f->all), err) < 0 ||
	               file_write(paths[1], str_view(&f->kept), err) < 0 ||
	               file_write(paths[2], str_view(&f->batch), err) < 0
	           ? -1
	           : 0;
}

/* Every so many records one comes later. */
static int make_people(const char *const paths[3], int64_t records, int64_t batch, struct err *err)
{
	size_t most = (size_t)4 << 30;
	struct files f = {{.max = most}, {.max = most}, {.max = most}};
	uint64_t every = (uint64_t)((records + batch) / batch);
	uint64_t id = 0;
	int rc;

	str_addz(&f.all, PEOPLE_HEADER);
	str_addz(&f.kept, PEOPLE_HEADER);
	str_addz(&f.batch, PEOPLE_HEADER);
	for (uint64_t person = 0; id < (uint64_t)(records + batch); person++) {
		struct rng r = rng_at(7, 8, person);
		int copies = rng_range(&r, 1, 15);

		for (int c = 0; c < copies && id < (uint64_t)(records + batch); c++, id++) {
			add_record(&f.all, id, person);
			add_record(id % every == 0 ? &f.batch : &f.kept, id, person);
		}
	}
	rc = write_files(&f, paths, err);
	str_clear(&f.all);
	str_clear(&f.kept);
	str_clear(&f.batch);
	return rc;
}

static struct usage measure(const char *threads, const char *verb, const char *const *more)
{
	const char *hygie = getenv("HYGIE") ? getenv("HYGIE") : "build/hygie";
	const char *argv[16] = {hygie, "link", verb, "--quiet", "--threads", threads};
	size_t n = 6;

	while (*more)
		argv[n++] = *more++;
	return run_child(argv, "build/bench/link-add.txt");
}

int main(void)
{
	const char *const paths[3] = {"build/bench/link-add-all.csv",
	    "build/bench/link-add-kept.csv", "build/bench/link-add-batch.csv"};
	const char *const whole[] = {
	    paths[0], "--out", "build/bench/link-add-all", "--force", NULL};
	const char *const keep[] = {
	    paths[1], "--keep", "--out", "build/bench/link-add", "--force", NULL};
	const char *const add[] = {"build/bench/link-add", paths[2], NULL};
	int64_t records = setting("HYGIE_BENCH_RECORDS", 1000000);
	int64_t batch = MAX(setting("HYGIE_BENCH_BATCH", 10000), (int64_t)1);
	AUTO_FREE char *threads = str_format("%d", (int)setting("HYGIE_BENCH_THREADS", 2));
	struct err err = {0};
	struct usage all, kept, added;

	if (path_make_folder("build/bench", &err) < 0 ||
	    make_people(paths, records, batch, &err) < 0) {
		fprintf(stderr, "bench: %s\n", err.msg);
		return 1;
	}
	all = measure(threads, "run", whole);
	print("run over all", all, records + batch);
	kept = measure(threads, "run", keep);
	print("run --keep", kept, records);
	added = measure(threads, "add", add);
	print("add", added, batch);
	if (all.status || kept.status || added.status)
		return 1;
	printf("adding takes %.3f of the CPU time of a run over all, %.3f of its time\n",
	    added.cpu / all.cpu, added.wall / all.wall);
	return 0;
}
