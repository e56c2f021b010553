/*
 * While a statement runs: draws its progress, and interrupts it on Ctrl-C.
 * Also the binding of parameters. For lib/table's own files.
 */
#ifndef TABLE_WATCH_H
#define TABLE_WATCH_H

#include "table/db.h"

#include <duckdb.h>
#include <pthread.h>

struct watch {
	duckdb_connection connection;
	struct progress *progress;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t done;
	bool finished;
	bool running;
};

void watch_start(struct watch *w, duckdb_connection connection, struct progress *progress);
void watch_stop(struct watch *w);

MUST_CHECK int table_bind(duckdb_prepared_statement statement, const char *what,
    struct table_params params, struct err *err);

#endif
