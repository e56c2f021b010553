/*
 * The register at 13,000 sheets (HYGIE_BENCH_SHEETS), in CPU time: a start, a
 * search with facets in the library and as a whole page, and
 * beside it in the same run the same words asked of SQLite's FTS5 with counts
 * of facets by SQL (which forgives no typing mistake). With wrk on the machine,
 * also the running site: one client at a time, so its latency is the answer's.
 */
#include "measure.h"
#include "searches.h"

#include "hub/hub.h"
#include "portal/portal.h"
#include "register/query.h"
#include "register/synth.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/prctl.h>
#include <time.h>

enum { ASKED = 4000,
	BATCH = 500 };

static const char *const modules[] = {"store", "account", "desk", "register", "catalog", NULL};

/* CPU seconds of this thread: the machine may have other things to do. */
static int64_t cpu_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int by_time(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static double median(double *ms, size_t n, double *ret_p99)
{
	qsort(ms, n, sizeof(*ms), by_time);
	*ret_p99 = ms[n * 99 / 100];
	return ms[n / 2];
}

static int fill(struct store *s, size_t n, struct err *err)
{
	AUTO_REGISTER_SYNTH struct register_synth synth;

	register_synth_open(&synth, 1, n, date_from_civil(2026, 10, 31));
	for (size_t from = 0; from < n; from += BATCH) {
		AUTO_JSON json_t *batch = json_array();
		struct register_publication p = {.patches = batch, .author = {.at = 1}};

		for (size_t i = from; i < MIN(n, from + BATCH); i++) {
			json_t *sheet = NULL;

			if (register_synth_sheet(&synth, i, &sheet, err) < 0)
				return -1;
			json_array_append_new(batch, sheet);
		}
		if (register_publish_all(s, &p, err) < 0)
			return -1;
	}
	return 0;
}

static double time_search(const struct register_index *index, size_t *ret_found, double *ret_p99)
{
	static double ms[ASKED];
	struct err err = {0};

	*ret_found = 0;
	for (size_t i = 0; i < ASKED; i++) {
		struct search_ask q = {.text = VIEW(searches[i % ARRAY_LEN(searches)])};
		const char *const *filter = search_filters[i % ARRAY_LEN(search_filters)];
		AUTO_SEARCH_RESULT struct search_result found = {0};
		int64_t start = cpu_ns();

		if (*filter[0] &&
		    register_query_add(&q, VIEW(filter[0]), VIEW(filter[1]), &err) < 0)
			return -1;
		register_query_run(&q, index, REGISTER_FRENCH, &found);
		ms[i] = (double)(cpu_ns() - start) / 1e6;
		*ret_found += found.total;
	}
	return median(ms, ASKED, ret_p99);
}

static double time_pages(struct portal *p, double *ret_p99)
{
	static double ms[ASKED];

	for (size_t i = 0; i < ASKED; i++) {
		AUTO_HTTP_REQUEST struct http_request q = {.path = VIEW_LIT("/fr/register")};
		AUTO_HTTP_RESPONSE struct http_response r = {0};
		const char *const *filter = search_filters[i % ARRAY_LEN(search_filters)];
		int64_t start = cpu_ns();

		*vec_push(&q.query.all) = (struct http_pair){
		    VIEW_LIT("q"), VIEW(searches[i % ARRAY_LEN(searches)])};
		if (*filter[0])
			*vec_push(&q.query.all) =
			    (struct http_pair){VIEW(filter[0]), VIEW(filter[1])};
		portal_answer(p, &q, &r);
		if (r.status && r.status != 200)
			return -1;
		ms[i] = (double)(cpu_ns() - start) / 1e6;
	}
	return median(ms, ASKED, ret_p99);
}

/* "[make]" of the peer's file, up to the next section. */
static char *peer_sql(const char *text, const char *section)
{
	const char *at = strstr(text, section), *end;

	at = at ? strchr(at, '\n') : text;
	end = strstr(at, "-- [");
	return str_format("%.*s", (int)(end ? end - at : (int64_t)strlen(at)), at);
}

static int fill_peer(sqlite3 *db, const struct register_index *index)
{
	const struct search *s = register_index_search(index);
	sqlite3_stmt *sheet = NULL, *facet = NULL;

	(void)s;
	if (sqlite3_prepare_v2(db, "INSERT INTO sheet (rowid, body) VALUES (?1, ?2)", -1, &sheet,
		NULL) ||
	    sqlite3_prepare_v2(db, "INSERT INTO facet VALUES (?1, ?2, ?3)", -1, &facet, NULL))
		return -1;
	sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
	for (uint32_t d = 0; d < register_index_count(index); d++) {
		static const char *const fields[] = {"status", "procedure", "received"};
		AUTO_JSON json_t *project = NULL;
		struct view body = register_index_entry(index, d)->body;
		struct err err = {0};

		if (register_index_sheet(index, d, &project, &err) < 0)
			return -1;
		sqlite3_bind_int64(sheet, 1, d + 1);
		sqlite3_bind_text(sheet, 2, body.ptr, (int)body.len, SQLITE_STATIC);
		sqlite3_step(sheet);
		sqlite3_reset(sheet);
		for (int f = 0; f < (int)ARRAY_LEN(fields); f++) {
			struct view v = register_sheet_text(project, fields[f]);

			sqlite3_bind_int64(facet, 1, d + 1);
			sqlite3_bind_int(facet, 2, f);
			sqlite3_bind_text(facet, 3, v.ptr ? v.ptr : "",
			    (int)(f == 2 ? MIN(v.len, 4) : v.len), SQLITE_STATIC);
			sqlite3_step(facet);
			sqlite3_reset(facet);
		}
	}
	sqlite3_finalize(sheet);
	sqlite3_finalize(facet);
	return sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
}

/* FTS5 wants each word in quotes; the last may go on. */
static void peer_words(const char *text, struct str *out)
{
	struct view rest = VIEW(text), word;

	while (view_next(&rest, ' ', &word))
		str_addf(out, "\"%.*s\"%s ", VIEW_ARG(word), rest.len == 0 ? "*" : "");
}

static double time_peer(const struct register_index *index, double *ret_p99)
{
	static double ms[ASKED];
	AUTO_STR struct str file = {0};
	AUTO_FREE char *make = NULL, *after = NULL, *ask = NULL;
	sqlite3 *db = NULL;
	sqlite3_stmt *query = NULL;
	struct err err = {0};
	size_t n = 0;

	if (file_read("bench/register_search_peer.sql", 1 << 20, &file, &err) < 0)
		return -1;
	make = peer_sql(str_get(&file), "[make]");
	after = peer_sql(str_get(&file), "[index]");
	ask = peer_sql(str_get(&file), "[ask]");
	if (sqlite3_open(":memory:", &db) || sqlite3_exec(db, make, NULL, NULL, NULL) ||
	    fill_peer(db, index) || sqlite3_exec(db, after, NULL, NULL, NULL) ||
	    sqlite3_prepare_v2(db, ask, -1, &query, NULL))
		return -1;
	for (size_t i = 0; i < ASKED / 4; i++) {
		AUTO_STR struct str match = {0};
		int64_t start = cpu_ns();

		peer_words(searches[i % ARRAY_LEN(searches)], &match);
		if (match.len == 0)
			continue;
		sqlite3_bind_text(query, 1, str_get(&match), -1, SQLITE_TRANSIENT);
		while (sqlite3_step(query) == SQLITE_ROW)
			continue;
		sqlite3_reset(query);
		ms[n++] = (double)(cpu_ns() - start) / 1e6;
	}
	sqlite3_finalize(query);
	sqlite3_close(db);
	return median(ms, n, ret_p99);
}

/* The site on a port of its own, ended with us; wrk prints. */
static void run_wrk(const char *folder)
{
	const char *const serve[] = {"hygie", "serve", "--hub", folder, "--listen",
	    "127.0.0.1:18973", "--quiet", NULL};
	const char *const wrk[] = {"wrk", "-t1", "-c1", "-d10s", "--latency",
	    "http://127.0.0.1:18973/fr/register?q=insuffisance+card&source=snds", NULL};
	pid_t server = fork(), client;

	if (server == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		execv(setting_text("HYGIE", "build/hygie"), (char *const *)(uintptr_t)serve);
		_exit(127);
	}
	sleep(2);
	client = fork();
	if (client == 0) {
		execvp(wrk[0], (char *const *)(uintptr_t)wrk);
		_exit(127);
	}
	waitpid(client, NULL, 0);
	kill(server, SIGTERM);
	waitpid(server, NULL, 0);
}

static int run(const char *folder, struct err *err)
{
	AUTO_HUB struct hub *hub = NULL;
	AUTO_PORTAL struct portal *portal = NULL;
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	size_t n = (size_t)setting("HYGIE_BENCH_SHEETS", 13000), found;
	double p50, p99 = 0, peer50, peer99 = 0;
	int64_t start;

	if (hub_init(folder, VIEW(""), modules, err) < 0 ||
	    hub_open(&hub, folder, 2, modules, err) < 0 || fill(hub->store, n, err) < 0)
		return -1;
	start = cpu_ns();
	if (register_index_build(&index, hub->store, err) < 0)
		return -1;
	printf("%zu sheets: index built from the store in %.2f CPU seconds\n", n,
	    (double)(cpu_ns() - start) / 1e9);
	p50 = time_search(index, &found, &p99);
	printf("search with 6 facets     median %6.2f ms  p99 %6.2f ms  (%zu found in all)\n", p50,
	    p99, found);
	peer50 = time_peer(index, &peer99);
	printf("SQLite FTS5, 3 facets    median %6.2f ms  p99 %6.2f ms\n", peer50, peer99);
	printf("ratio (FTS5 / ours)      median %6.2f     p99 %6.2f\n", peer50 / p50, peer99 / p99);
	if (portal_open(&portal, hub, err) < 0)
		return -1;
	p50 = time_pages(portal, &p99);
	printf("whole page, no socket    median %6.2f ms  p99 %6.2f ms\n", p50, p99);
	fflush(stdout);
	run_wrk(folder);
	return 0;
}

int main(void)
{
	char folder[] = "/tmp/hygie-bench-XXXXXX";
	AUTO_FREE char *hub = NULL;
	struct err err = {0};
	int status;

	if (sodium_init() < 0 || !mkdtemp(folder))
		return 1;
	hub = str_format("%s/hub", folder);
	status = run(hub, &err);
	if (status < 0)
		fprintf(stderr, "%s\n", err.msg);
	return path_remove(folder, &err) < 0 || status < 0;
}
