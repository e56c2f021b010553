#include "table/batch.h"

#include <assert.h>

struct table_batch *table_batch_new(const struct table_schema *schema)
{
	struct table_batch *b = mem_zalloc(1, sizeof(*b));

	b->schema = schema;
	b->columns = mem_zalloc(schema->count, sizeof(*b->columns));
	return b;
}

void table_batch_free(struct table_batch **batch)
{
	struct table_batch *b = *batch;

	if (!b)
		return;
	for (size_t c = 0; c < b->schema->count; c++) {
		free(b->columns[c].cells);
		free(b->columns[c].texts);
	}
	free(b->columns);
	arena_clear(&b->bytes);
	free(b);
	*batch = NULL;
}

size_t table_batch_rows(const struct table_batch *batch)
{
	return batch->rows;
}

static void grow(struct table_batch *b)
{
	size_t cap = b->cap ? b->cap * 2 : 256;

	for (size_t c = 0; c < b->schema->count; c++) {
		struct batch_column *column = &b->columns[c];

		if (b->schema->columns[c].type == TABLE_TYPE_TEXT)
			column->texts = mem_realloc(column->texts, cap, sizeof(*column->texts));
		else
			column->cells = mem_realloc(column->cells, cap, sizeof(*column->cells));
	}
	b->cap = cap;
}

void table_batch_row(struct table_batch *b)
{
	if (b->rows == b->cap)
		grow(b);
	for (size_t c = 0; c < b->schema->count; c++) {
		struct batch_column *column = &b->columns[c];

		if (column->texts)
			column->texts[b->rows] = VIEW_NONE;
		else
			column->cells[b->rows].i64 = BATCH_NULL;
	}
	b->rows++;
}

static union batch_cell *last_cell(struct table_batch *b, size_t column)
{
	assert(column < b->schema->count && b->rows > 0);
	assert(b->schema->columns[column].type != TABLE_TYPE_TEXT);
	return &b->columns[column].cells[b->rows - 1];
}

void table_set_int(struct table_batch *b, size_t column, int64_t value)
{
	last_cell(b, column)->i64 = value;
}

void table_set_double(struct table_batch *b, size_t column, double value)
{
	assert(b->schema->columns[column].type == TABLE_TYPE_DOUBLE);
	last_cell(b, column)->number = value + 0.0; /* -0.0 is the NULL mark */
}

void table_set_date(struct table_batch *b, size_t column, date_t value)
{
	assert(b->schema->columns[column].type == TABLE_TYPE_DATE);
	last_cell(b, column)->i64 = value;
}

void table_set_literal(struct table_batch *b, size_t column, struct view value)
{
	assert(column < b->schema->count && b->rows > 0);
	assert(b->schema->columns[column].type == TABLE_TYPE_TEXT && value.ptr);
	b->columns[column].texts[b->rows - 1] = value;
}

void table_set_text(struct table_batch *b, size_t column, struct view value)
{
	table_set_literal(b, column, arena_view(&b->bytes, value));
}
