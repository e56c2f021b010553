#include "table/stream.h"

void stream_init(struct table_stream *s, const struct table_schema *schema)
{
	*s = (struct table_stream){.schema = schema};
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->changed, NULL);
}

void stream_clear(struct table_stream *s)
{
	table_batch_free(&s->current);
	while (s->count) {
		table_batch_free(&s->queue[s->first]);
		s->first = (s->first + 1) % STREAM_QUEUE;
		s->count--;
	}
	pthread_cond_destroy(&s->changed);
	pthread_mutex_destroy(&s->lock);
}

bool stream_put(struct table_stream *s, struct table_batch *batch)
{
	bool taken;

	pthread_mutex_lock(&s->lock);
	while (s->count == STREAM_QUEUE && !s->stopped)
		pthread_cond_wait(&s->changed, &s->lock);
	taken = !s->stopped;
	if (taken) {
		s->queue[(s->first + s->count) % STREAM_QUEUE] = batch;
		s->count++;
		pthread_cond_broadcast(&s->changed);
	}
	pthread_mutex_unlock(&s->lock);
	return taken;
}

static void set_flag(struct table_stream *s, bool *flag)
{
	pthread_mutex_lock(&s->lock);
	*flag = true;
	pthread_cond_broadcast(&s->changed);
	pthread_mutex_unlock(&s->lock);
}

void stream_end(struct table_stream *s)
{
	set_flag(s, &s->ended);
}

void stream_stop(struct table_stream *s)
{
	set_flag(s, &s->stopped);
}

/* The next batch; NULL when there is none left or, *ret_stopped, the stream was stopped. */
static struct table_batch *take(struct table_stream *s, bool *ret_stopped)
{
	struct table_batch *batch = NULL;

	pthread_mutex_lock(&s->lock);
	while (!s->count && !s->ended && !s->stopped)
		pthread_cond_wait(&s->changed, &s->lock);
	if (s->count && !s->stopped) {
		batch = s->queue[s->first];
		s->first = (s->first + 1) % STREAM_QUEUE;
		s->count--;
		pthread_cond_broadcast(&s->changed);
	}
	*ret_stopped = s->stopped;
	pthread_mutex_unlock(&s->lock);
	return batch;
}

static duckdb_type type_of(enum table_type type)
{
	switch (type) {
	case TABLE_TYPE_I32: return DUCKDB_TYPE_INTEGER;
	case TABLE_TYPE_I64: return DUCKDB_TYPE_BIGINT;
	case TABLE_TYPE_DOUBLE: return DUCKDB_TYPE_DOUBLE;
	case TABLE_TYPE_DATE: return DUCKDB_TYPE_DATE;
	case TABLE_TYPE_TEXT: return DUCKDB_TYPE_VARCHAR;
	}
	abort();
}

static void bind(duckdb_bind_info info)
{
	struct table_stream *s = duckdb_bind_get_extra_info(info);

	for (size_t c = 0; c < s->schema->count; c++) {
		duckdb_logical_type type = duckdb_create_logical_type(
		    type_of(s->schema->columns[c].type));

		duckdb_bind_add_result_column(info, s->schema->columns[c].name, type);
		duckdb_destroy_logical_type(&type);
	}
}

static void init(duckdb_init_info info)
{
	duckdb_init_set_max_threads(info, 1);
}

static void copy_texts(duckdb_vector vector, const struct view *texts, size_t rows)
{
	uint64_t *validity = NULL;

	for (size_t i = 0; i < rows; i++) {
		if (texts[i].ptr) {
			duckdb_vector_assign_string_element_len(vector, i, texts[i].ptr,
			    texts[i].len);
			continue;
		}
		if (!validity) {
			duckdb_vector_ensure_validity_writable(vector);
			validity = duckdb_vector_get_validity(vector);
		}
		duckdb_validity_set_row_invalid(validity, i);
	}
}

static void copy_cells(duckdb_vector vector, enum table_type type, const union batch_cell *cells,
    size_t rows)
{
	void *data = duckdb_vector_get_data(vector);
	uint64_t *validity = NULL;

	for (size_t i = 0; i < rows; i++) {
		if (cells[i].i64 == BATCH_NULL) {
			if (!validity) {
				duckdb_vector_ensure_validity_writable(vector);
				validity = duckdb_vector_get_validity(vector);
			}
			duckdb_validity_set_row_invalid(validity, i);
		} else if (type == TABLE_TYPE_I32 || type == TABLE_TYPE_DATE) {
			((int32_t *)data)[i] = (int32_t)cells[i].i64;
		} else {
			((union batch_cell *)data)[i] = cells[i];
		}
	}
}

static void produce(duckdb_function_info info, duckdb_data_chunk output)
{
	struct table_stream *s = duckdb_function_get_extra_info(info);
	bool stopped;
	size_t rows;

	while (!s->current || s->row == s->current->rows) {
		table_batch_free(&s->current);
		s->row = 0;
		s->current = take(s, &stopped);
		if (!s->current) {
			if (stopped)
				duckdb_function_set_error(info, "stream stopped");
			duckdb_data_chunk_set_size(output, 0);
			return;
		}
	}
	rows = MIN(s->current->rows - s->row, (size_t)duckdb_vector_size());
	for (size_t c = 0; c < s->schema->count; c++) {
		duckdb_vector vector = duckdb_data_chunk_get_vector(output, c);
		const struct batch_column *column = &s->current->columns[c];

		if (column->texts)
			copy_texts(vector, column->texts + s->row, rows);
		else
			copy_cells(vector, s->schema->columns[c].type, column->cells + s->row,
			    rows);
	}
	duckdb_data_chunk_set_size(output, rows);
	s->row += rows;
}

int stream_register(struct table_stream *s, duckdb_connection connection)
{
	duckdb_table_function function = duckdb_create_table_function();
	duckdb_state state;

	duckdb_table_function_set_name(function, "hygie_stream");
	duckdb_table_function_set_extra_info(function, s, NULL);
	duckdb_table_function_set_bind(function, bind);
	duckdb_table_function_set_init(function, init);
	duckdb_table_function_set_function(function, produce);
	state = duckdb_register_table_function(connection, function);
	duckdb_destroy_table_function(&function);
	return state == DuckDBSuccess ? 0 : -1;
}
