/*
 * The catalogue at 100,000 datasets (HYGIE_BENCH_DATASETS), CPU time: the index
 * from the store, a search with 9 facets; and in the same run the same words
 * asked of SQLite's FTS5 with counts of the same facets by SQL (which forgives
 * no typing mistake). Bar: p99 30 ms.
 */
#include "measure.h"

#include "catalog/records.h"
#include "catalog/search.h"
#include "catalog/synth.h"
#include "io/file.h"

#include <sqlite3.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

enum { ASKED = 1000,
	BATCH = 1000 };

static const char *const modules[] = {"store", "catalog", NULL};
static const char *const words[] = {"cardiologie", "registre cancer", "maladies rares",
    "cardiolgie", "perinatalite",
    "entrepot urgences", "vaccin", "detenteur invente 42", "synthetique 4711",
    "imagerie", "", "base de remboursements", "neurol", "surveilance", "diabete cohorte"};
static const char *const filters[][2] = {{"", ""}, {"theme", "CANCER_DISEASE"},
    {"category", "EHRS"}, {"period", "2010"}, {"coding", "LOINC"}, {"variables", "yes"}};

static double cpu_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_time(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void tell(const char *what, double *ms, size_t n)
{
	qsort(ms, n, sizeof(*ms), by_time);
	printf("%-28s median %7.2f ms  p99 %7.2f ms  worst %7.2f ms\n", what, ms[n / 2],
	    ms[n * 99 / 100], ms[n - 1]);
}

static int fill(struct store *s, uint64_t count, struct err *err)
{
	AUTO_CATALOG_RULES struct catalog_rules rules = {0};
	AUTO_CATALOG_SHEET struct catalog_sheet sheet = {0};
	const struct catalog_synth synth = {1, "https://hub.example", 5};

	if (catalog_rules_read(&rules, err) < 0 || catalog_sheet_open(&sheet, err) < 0)
		return -1;
	for (uint64_t from = 0; from < count; from += BATCH) {
		AUTO_GRAPH struct rdf_graph g = {0};
		AUTO_CATALOG_IMPORT struct catalog_import i = {
		    .source = "bench", .base = synth.base, .replace = true, .at = 1};

		for (uint64_t k = from; k < MIN(count, from + BATCH); k++)
			if (catalog_synth_add(&g, &sheet, &rules, &synth, k, err) < 0)
				return -1;
		rdf_index(&g);
		if (catalog_records_import(s, &g, &i, err) < 0)
			return -1;
	}
	return 0;
}

static int ask_ours(const struct catalog_index *index, struct err *err)
{
	static double ms[ASKED];
	size_t found = 0;

	for (size_t i = 0; i < ASKED; i++) {
		struct search_ask q = {.text = VIEW(words[i % ARRAY_LEN(words)])};
		const char *const *f = filters[i % ARRAY_LEN(filters)];
		AUTO_SEARCH_RESULT struct search_result r = {0};
		double start = cpu_ms();

		if (*f[0] &&
		    search_ask_add(&q, &catalog_asking, VIEW(f[0]), VIEW(f[1]), err) < 0)
			return -1;
		catalog_search(index, &q, 1, false, &r);
		ms[i] = cpu_ms() - start;
		found += r.total;
	}
	tell("search, 9 facets", ms, ASKED);
	printf("%zu found in all\n", found);
	return 0;
}

static void bind_view(sqlite3_stmt *s, int at, struct view v)
{
	sqlite3_bind_text(s, at, v.ptr ? v.ptr : "", (int)v.len, SQLITE_STATIC);
}

/* The peer gets what lists show, and the facets that an entry keeps. */
static int fill_peer(sqlite3 *db, const struct catalog_index *index)
{
	sqlite3_stmt *sheet = NULL, *facet = NULL;

	if (sqlite3_prepare_v2(db, "INSERT INTO sheet (rowid, body) VALUES (?1, ?2)", -1, &sheet,
		NULL) ||
	    sqlite3_prepare_v2(db, "INSERT INTO facet VALUES (?1, ?2, ?3)", -1, &facet, NULL))
		return -1;
	sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
	for (uint32_t d = 0; d < catalog_index_count(index); d++) {
		const struct catalog_entry *e = catalog_index_entry(index, d);
		const struct view values[] = {e->access, e->publisher, e->source};
		AUTO_STR struct str body = {0};

		str_addf(&body, "%.*s %.*s %.*s %.*s", VIEW_ARG(e->title[0]), VIEW_ARG(e->title[1]),
		    VIEW_ARG(e->about[1]),
		    VIEW_ARG(catalog_index_name(index, e->publisher, 1)));
		sqlite3_bind_int64(sheet, 1, d + 1);
		bind_view(sheet, 2, str_view(&body));
		sqlite3_step(sheet);
		sqlite3_reset(sheet);
		for (int f = 0; f < 3; f++) {
			sqlite3_bind_int64(facet, 1, d + 1);
			sqlite3_bind_int(facet, 2, f);
			bind_view(facet, 3, values[f]);
			sqlite3_step(facet);
			sqlite3_reset(facet);
		}
	}
	sqlite3_finalize(sheet);
	sqlite3_finalize(facet);
	return sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
}

/* "[make]" of the peer's file, up to the next section. */
static char *section(const char *text, const char *name)
{
	const char *at = strstr(text, name), *end;

	at = at ? strchr(at, '\n') : text;
	end = strstr(at, "-- [");
	return str_format("%.*s", (int)(end ? end - at : (int64_t)strlen(at)), at);
}

static void time_query(sqlite3_stmt *query)
{
	static double ms[ASKED];
	size_t n = 0;

	for (size_t i = 0; i < ASKED / 4; i++) {
		AUTO_STR struct str match = {0};
		struct view rest = VIEW(words[i % ARRAY_LEN(words)]), word;
		double start = cpu_ms();

		while (view_next(&rest, ' ', &word))
			str_addf(&match, "\"%.*s\"%s ", VIEW_ARG(word), rest.len == 0 ? "*" : "");
		if (match.len == 0)
			continue;
		bind_view(query, 1, str_view(&match));
		while (sqlite3_step(query) == SQLITE_ROW)
			continue;
		sqlite3_reset(query);
		ms[n++] = cpu_ms() - start;
	}
	tell("SQLite FTS5, 3 facets", ms, n);
}

static int ask_peer(const struct catalog_index *index, struct err *err)
{
	AUTO_STR struct str file = {0};
	AUTO_FREE char *make = NULL, *after = NULL, *ask = NULL;
	sqlite3 *db = NULL;
	sqlite3_stmt *query = NULL;

	if (file_read("bench/register_search_peer.sql", 1 << 20, &file, err) < 0)
		return -1;
	make = section(str_get(&file), "[make]");
	after = section(str_get(&file), "[index]");
	ask = section(str_get(&file), "[ask]");
	if (sqlite3_open(":memory:", &db) || sqlite3_exec(db, make, NULL, NULL, NULL) ||
	    fill_peer(db, index) || sqlite3_exec(db, after, NULL, NULL, NULL) ||
	    sqlite3_prepare_v2(db, ask, -1, &query, NULL))
		return err_set(err, ERR_INTERNAL, "the peer does not run");
	time_query(query);
	sqlite3_finalize(query);
	sqlite3_close(db);
	return 0;
}

static int run(const char *place, struct err *err)
{
	AUTO_STORE struct store *store = NULL;
	AUTO_CATALOG_INDEX struct catalog_index *index = NULL;
	struct catalog_place at = {NULL, "https://hub.example"};
	uint64_t count = (uint64_t)setting("HYGIE_BENCH_DATASETS", 100000);
	struct rusage before, used;
	double start;

	if (store_open(&store, place, 1, err) < 0 || store_migrate(store, modules, err) < 0 ||
	    fill(store, count, err) < 0)
		return -1;
	at.store = store;
	getrusage(RUSAGE_SELF, &before);
	start = cpu_ms();
	if (catalog_index_build(&index, &at, err) < 0)
		return -1;
	getrusage(RUSAGE_SELF, &used);
	printf("%zu datasets, %zu variables: index built in %.1f CPU seconds; most memory %ld MB "
	       "(%ld MB before it)\n",
	    catalog_index_count(index), catalog_index_variables(index), (cpu_ms() - start) / 1e3,
	    used.ru_maxrss / 1024, before.ru_maxrss / 1024);
	return ask_ours(index, err) < 0 ? -1 : ask_peer(index, err);
}

int main(void)
{
	char folder[] = "/tmp/hygie-bench-XXXXXX";
	AUTO_FREE char *place = NULL;
	struct err err = {0};
	int status;

	if (!mkdtemp(folder))
		return 1;
	place = str_format("%s/hub.db", folder);
	status = run(place, &err);
	if (status < 0)
		fprintf(stderr, "%s\n", err.msg);
	return path_remove(folder, &err) < 0 || status < 0;
}
