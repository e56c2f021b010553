/*
 * A queue of batches that DuckDB reads as a table function: the producer puts,
 * one COPY statement takes. For lib/table's own files.
 */
#ifndef TABLE_STREAM_H
#define TABLE_STREAM_H

#include "table/batch.h"

#include <duckdb.h>
#include <pthread.h>

enum { STREAM_QUEUE = 4 };

struct table_stream {
	const struct table_schema *schema;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct table_batch *queue[STREAM_QUEUE];
	size_t first, count;
	bool ended;   /* no more batches will come */
	bool stopped; /* the reader is gone or must go */
	struct table_batch *current;
	size_t row;
};

void stream_init(struct table_stream *s, const struct table_schema *schema);
void stream_clear(struct table_stream *s);
/* false when the reader has stopped; the batch is then still the caller's. */
bool stream_put(struct table_stream *s, struct table_batch *batch);
void stream_end(struct table_stream *s);
void stream_stop(struct table_stream *s);
/* Make `SELECT * FROM hygie_stream()` read from s on this connection. */
MUST_CHECK int stream_register(struct table_stream *s, duckdb_connection connection);

#endif
