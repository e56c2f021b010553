/* The inside of a batch, for lib/table's own files. */
#ifndef TABLE_BATCH_H
#define TABLE_BATCH_H

#include "base/arena.h"
#include "table/writer.h"

union batch_cell {
	int64_t i64; /* integers and dates */
	double number;
};

/* No integer or date of ours; as a double it is -0.0, which setters store as 0. */
#define BATCH_NULL INT64_MIN

struct batch_column {
	union batch_cell *cells; /* not TEXT */
	struct view *texts;      /* TEXT; ptr NULL is NULL */
};

struct table_batch {
	const struct table_schema *schema;
	struct batch_column *columns;
	struct arena bytes;
	size_t rows;
	size_t cap;
};

#endif
