#include "table/stream.h"

#include <unistd.h>

struct table_writer {
	struct table_stream stream;
	char *path;
	enum table_format format;
	pthread_t thread;
	struct table_db *db;
	int64_t rows;
	int rc; /* of the COPY; read after the join, or when put is refused */
	struct err err;
};

/* DuckDB buffers one row group a writer; beyond this it fails instead of growing. */
static const uint64_t WRITER_MEMORY = (uint64_t)1 << 30;

static void *copy(void *arg)
{
	struct table_writer *w = arg;

	w->rc = table_copy(w->db, VIEW_LIT("SELECT * FROM hygie_stream()"), w->path, w->format,
	    &w->rows, &w->err);
	stream_stop(&w->stream);
	return NULL;
}

static void writer_free(struct table_writer **w)
{
	stream_clear(&(*w)->stream);
	table_close(&(*w)->db);
	free((*w)->path);
	free(*w);
	*w = NULL;
}

static int start(struct table_writer *w, struct err *err)
{
	struct table_options options = {.threads = 1, .memory_bytes = WRITER_MEMORY};

	if (table_open(&w->db, &options, err) < 0)
		return -1;
	if (stream_register(&w->stream, table_connection(w->db)) < 0)
		return err_set(err, ERR_INTERNAL, "%s: cannot register the stream", w->path);
	if (pthread_create(&w->thread, NULL, copy, w) != 0)
		return err_set(err, ERR_INTERNAL, "%s: cannot start a thread", w->path);
	return 0;
}

int table_writer_open(struct table_writer **ret, const struct table_schema *schema,
    const char *path, enum table_format format, struct err *err)
{
	struct table_writer *w = mem_zalloc(1, sizeof(*w));

	stream_init(&w->stream, schema);
	w->path = mem_strdup(path);
	w->format = format;
	if (start(w, err) < 0) {
		writer_free(&w);
		return -1;
	}
	*ret = w;
	return 0;
}

/* The thread has ended or is about to: its error is the writer's. */
static int failure(struct table_writer *w, struct err *err)
{
	pthread_join(w->thread, NULL);
	w->thread = 0;
	if (w->rc < 0)
		*err = w->err;
	else
		(void)err_set(err, ERR_INTERNAL, "%s: rows put behind the end", w->path);
	return -1;
}

int table_writer_put(struct table_writer *w, struct table_batch **batch, struct err *err)
{
	if (!w->thread)
		return err_set(err, ERR_INTERNAL, "%s: the writer has failed before", w->path);
	if (!stream_put(&w->stream, *batch)) {
		table_batch_free(batch);
		return failure(w, err);
	}
	*batch = NULL;
	return 0;
}

int table_writer_close(struct table_writer **writer, int64_t *ret_rows, struct err *err)
{
	struct table_writer *w = *writer;
	int rc;

	stream_end(&w->stream);
	if (w->thread)
		pthread_join(w->thread, NULL);
	rc = w->rc;
	if (rc < 0) {
		*err = w->err;
		unlink(w->path);
	} else if (ret_rows) {
		*ret_rows = w->rows;
	}
	writer_free(writer);
	return rc;
}

void table_writer_discard(struct table_writer **writer)
{
	struct table_writer *w = *writer;

	if (!w)
		return;
	stream_stop(&w->stream);
	if (w->thread)
		pthread_join(w->thread, NULL);
	unlink(w->path);
	writer_free(writer);
}
