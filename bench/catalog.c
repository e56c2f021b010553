/*
 * The catalogue at size, against the bars of the project: validate 10,000
 * datasets in 2 s; export of 2 million statements in 3 s and 64 MB; faceted
 * search over 100,000 datasets, p99 30 ms. The CPU seconds of one thread.
 *
 * Peers as measured elsewhere (2 cores): shacl-engine about 0.1 ms a statement;
 * serdi rewrites Turtle at 0.25 to 0.5 million statements a second.
 */
#include "base/rng.h"
#include "catalog/records.h"
#include "catalog/synth.h"
#include "catalog/validate.h"
#include "io/file.h"
#include "search/search.h"

#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { DATASETS = 10000,
	SEARCHED = 100000,
	QUERIES = 2000 };

static double cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(int rc, const struct err *err)
{
	if (rc >= 0)
		return;
	fprintf(stderr, "bench_catalog: %s\n", err->msg);
	exit(1);
}

struct world {
	struct catalog_rules rules;
	struct catalog_sheet sheet;
};

static void open_world(struct world *w)
{
	struct err err = {0};

	must(catalog_rules_read(&w->rules, &err), &err);
	must(catalog_sheet_open(&w->sheet, &err), &err);
}

static void make(struct rdf_graph *g, const struct world *w, uint64_t count, uint32_t variables)
{
	struct catalog_synth synth = {1, "https://hub.example", variables};
	struct err err = {0};

	for (uint64_t i = 0; i < count; i++)
		must(catalog_synth_add(g, &w->sheet, &w->rules, &synth, i, &err), &err);
	rdf_index(g);
}

static void bench_validate(const struct world *w)
{
	AUTO_GRAPH struct rdf_graph g = {0}, read = {0};
	AUTO_CATALOG_VERDICT struct catalog_verdict v = {0};
	AUTO_STR struct str text = {.max = (size_t)1 << 30};
	struct err err = {0};
	double start, parsed, done;

	make(&g, w, DATASETS, 5);
	must(rdf_write(&g, RDF_TURTLE, &text, &err), &err);
	start = cpu_seconds();
	must(rdf_read(&read, "bench", str_view(&text), RDF_TURTLE, NULL, NULL, &err), &err);
	rdf_index(&read);
	parsed = cpu_seconds();
	catalog_validate(&v, &read, &w->rules, CATALOG_ALL);
	done = cpu_seconds();
	printf("validate %d datasets, %zu statements: %.2f s (bar 2 s), reading the Turtle %.2f s; "
	       "%zu conform\n",
	    DATASETS, read.quads.len, done - parsed, parsed - start, v.conforming);
}

/* Bytes into a file; the export's own memory is what counts. */
static int put_bytes(void *arg, struct view bytes, struct err *err)
{
	if (fwrite(bytes.ptr, 1, bytes.len, arg) != bytes.len)
		return err_set(err, ERR_OUTPUT, "cannot write");
	return 0;
}

static void fill_store(const struct world *w, const char *place)
{
	static const char *const modules[] = {"store", "catalog", NULL};
	struct store *s = NULL;
	struct err err = {0};

	must(store_open(&s, place, 1, &err), &err);
	must(store_migrate(s, modules, &err), &err);
	for (uint64_t part = 0; part < 10; part++) {
		AUTO_GRAPH struct rdf_graph g = {0};
		struct catalog_import i = {
		    .source = "bench", .base = "https://hub.example", .at = 1};
		struct catalog_synth synth = {1, "https://hub.example", 18};

		for (uint64_t k = 0; k < DATASETS / 10; k++)
			must(catalog_synth_add(&g, &w->sheet, &w->rules, &synth,
				 part * (DATASETS / 10) + k, &err),
			    &err);
		rdf_index(&g);
		must(catalog_records_import(s, &g, &i, &err), &err);
		catalog_import_clear(&i);
	}
	store_close(&s);
}

static void export_store(const char *place, const char *path)
{
	struct catalog_export e = {.syntax = RDF_TURTLE};
	struct store *s = NULL;
	struct err err = {0};
	struct rusage usage;
	FILE *out = fopen(path, "w");
	double start = cpu_seconds();

	must(store_open(&s, place, 1, &err), &err);
	must(catalog_records_export(s, &e, put_bytes, out, &err), &err);
	printf("export %zu statements as Turtle: %.2f s (bar 3 s), ", e.statements,
	    cpu_seconds() - start);
	getrusage(RUSAGE_SELF, &usage);
	printf("%ld MB (bar 64 MB)\n", usage.ru_maxrss / 1024);
	fclose(out);
	store_close(&s);
}

/* Each step in a process of its own, so that its memory is its own. */
static void bench_export(void)
{
	char folder[] = "/tmp/hygie-bench-catalog-XXXXXX";
	AUTO_FREE char *place = NULL;
	AUTO_FREE char *out = NULL;
	struct err err = {0};
	pid_t child;

	if (!mkdtemp(folder))
		return;
	place = path_join(folder, "hub.db");
	out = path_join(folder, "out.ttl");
	fflush(stdout);
	for (int step = 0; step < 2; step++) {
		child = fork();
		if (child == 0) {
			struct world w = {0};

			if (step == 0) {
				open_world(&w);
				fill_store(&w, place);
			} else {
				export_store(place, out);
				fflush(stdout);
			}
			_exit(0);
		}
		waitpid(child, NULL, 0);
	}
	must(path_remove(folder, &err), &err);
}

static int compare_doubles(const void *a, const void *b)
{
	const double *x = a;
	const double *y = b;

	return (*x > *y) - (*x < *y);
}

static struct search *make_index(void)
{
	static const char *const areas[] = {"cardiologie", "oncologie", "néphrologie", "neurologie",
	    "pneumologie", "diabète", "santé mentale", "périnatalité", "maladies rares",
	    "urgences"};
	static const char *const kinds[] = {"registre", "cohorte", "entrepôt", "surveillance"};
	struct search *s = search_new(6, 1);

	for (uint64_t i = 0; i < SEARCHED; i++) {
		struct rng r = rng_at(5, 0, i);
		const char *area = areas[rng_below(&r, ARRAY_LEN(areas))];
		const char *kind = kinds[rng_below(&r, ARRAY_LEN(kinds))];
		AUTO_FREE char *title =
		    str_format("%s %s numéro %u", kind, area, rng_below(&r, 5000));
		AUTO_FREE char *holder = str_format("détenteur %u", rng_below(&r, 400));
		AUTO_FREE char *category = str_format("C%u", rng_below(&r, 17));
		AUTO_FREE char *theme = str_format("T%u", rng_below(&r, 20));

		search_add(s);
		search_add_text(s, VIEW(title), 10);
		search_add_text(s, VIEW(holder), 3);
		search_add_value(s, 0, VIEW(category));
		search_add_value(s, 1, VIEW(theme));
		search_add_value(s, 2, VIEW(holder));
		search_add_value(s, 3, VIEW(kind));
		search_add_value(s, 4, VIEW(area));
		search_add_value(
		    s, 5, rng_chance(&r, 0.7) ? VIEW_LIT("NON_PUBLIC") : VIEW_LIT("PUBLIC"));
		search_set_sort(s, 0, (int64_t)rng_below(&r, 20000));
	}
	search_finish(s);
	return s;
}

static void bench_search(void)
{
	static const char *const texts[] = {"", "cardio", "registre oncologie", "diabete",
	    "nephrolgie", "cohorte maladies rares", "detenteur 12", "sante mentale"};
	AUTO_SEARCH struct search *s = make_index();
	double *took = mem_zalloc(QUERIES, sizeof(*took));

	for (uint64_t i = 0; i < QUERIES; i++) {
		struct rng r = rng_at(9, 0, i);
		AUTO_FREE char *category = str_format("C%u", rng_below(&r, 17));
		struct search_choice choices[] = {{0, VIEW(category)}, {5, VIEW_LIT("NON_PUBLIC")}};
		struct search_query q = {.text = VIEW(texts[rng_below(&r, ARRAY_LEN(texts))]),
		    .choices = choices,
		    .choice_count = rng_below(&r, 3),
		    .sort = -1,
		    .limit = 20};
		AUTO_SEARCH_RESULT struct search_result result = {0};
		double start = cpu_seconds();

		search_run(s, &q, &result);
		took[i] = (cpu_seconds() - start) * 1e3;
	}
	qsort(took, QUERIES, sizeof(*took), compare_doubles);
	printf("search %d datasets, 6 facets: median %.1f ms, p99 %.1f ms (bar 30 ms)\n", SEARCHED,
	    took[QUERIES / 2], took[QUERIES * 99 / 100]);
	free(took);
}

int main(void)
{
	struct world w = {0};

	bench_export();
	open_world(&w);
	bench_validate(&w);
	bench_search();
	return 0;
}
