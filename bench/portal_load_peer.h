/* The peer of portal_load: PostgreSQL's full text, facets by SQL, one client at a time. */
#ifndef BENCH_PORTAL_LOAD_PEER_H
#define BENCH_PORTAL_LOAD_PEER_H

#include "open_loop.h"
#include "searches.h"

#include "io/file.h"

#include <libpq-fe.h>

enum { PEER_ASKED = 500 };

/* "cancer du sein" becomes "cancer & du & sein:*"; the last word may go on. */
static inline void peer_query(const char *text, struct str *out)
{
	struct view rest = VIEW(text), word;

	while (view_next(&rest, ' ', &word))
		str_addf(out, "%s'%.*s'%s", out->len ? " & " : "", VIEW_ARG(word),
		    rest.len == 0 ? ":*" : "");
}

static inline bool peer_ask(PGconn *c, const char *sql, const char *words)
{
	AUTO_STR struct str query = {0};
	const char *values[1];
	PGresult *r;
	bool fine;

	peer_query(words, &query);
	values[0] = str_get(&query);
	r = PQexecParams(c, sql, 1, NULL, values, NULL, NULL, 0);
	fine = PQresultStatus(r) == PGRES_TUPLES_OK;
	if (!fine)
		fprintf(stderr, "bench: %s\n", PQresultErrorMessage(r));
	PQclear(r);
	return fine;
}

static inline void peer_ask_all(PGconn *c, const char *sql)
{
	struct loop_result r = {0};

	for (size_t i = 0; i < PEER_ASKED; i++) {
		const char *words = searches[i % ARRAY_LEN(searches)];
		int64_t start = time_now_ns();

		if (*words && peer_ask(c, sql, words))
			*vec_push(&r.ms) = (double)(time_now_ns() - start) / 1e6;
	}
	if (r.ms.len > 0)
		qsort(r.ms.ptr, r.ms.len, sizeof(*r.ms.ptr), loop_order);
	printf("  peer: PostgreSQL full text, 3 facets, no page: p50 %.2f  p99 %.2f ms\n",
	    loop_quantile(&r, 0.5), loop_quantile(&r, 0.99));
	vec_clear(&r.ms);
}

static inline void peer_run(const char *url)
{
	AUTO_STR struct str file = {0};
	AUTO_FREE char *make = NULL;
	struct err err = {0};
	PGconn *c = PQconnectdb(url);
	PGresult *r;
	const char *ask;

	if (file_read("bench/portal_load_peer.sql", 1 << 16, &file, &err) < 0) {
		fprintf(stderr, "bench: %s\n", err.msg);
		PQfinish(c);
		return;
	}
	ask = strstr(str_get(&file), "-- [ask]");
	make = str_format("%.*s", (int)(ask - str_get(&file)), str_get(&file));
	r = PQexec(c, make);
	if (PQresultStatus(r) == PGRES_COMMAND_OK)
		peer_ask_all(c, ask);
	else
		fprintf(stderr, "bench: %s\n", PQresultErrorMessage(r));
	PQclear(r);
	PQfinish(c);
}

#endif
