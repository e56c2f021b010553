/*
 * Rows of a table as JSON lines. The first line says what they are, one line a
 * row follows: numbers, texts, bytes in Base64 (RFC 4648, section 4), null.
 *
 *   {"table": "audit_record", "columns": [["seq", "int"], ["body", "bytes"]]}
 *   [0, "e30="]
 */
#ifndef HUB_BACKUP_ROWS_H
#define HUB_BACKUP_ROWS_H

#include "store/table.h"

enum { HUB_ROW_MAX = 64 << 20,
	HUB_COLUMNS_MAX = 64 };

void hub_rows_head(const struct store_table *t, struct str *out);
/* ERR_FORMAT: a text that is not UTF-8. Names table and column. */
MUST_CHECK int hub_rows_add(const struct store_table *t, const struct store_rows *row,
    struct str *out, struct err *err);

/* A row of values that are known: no line end. */
void hub_rows_write(const struct store_column *columns, size_t count,
    const struct store_value *values, struct str *out);

/* What the first line says. */
struct hub_rows_shape {
	const char *table;
	struct store_column columns[HUB_COLUMNS_MAX];
	size_t count;
	struct arena memory;
};

void hub_rows_shape_clear(struct hub_rows_shape *s);
MUST_CHECK int hub_rows_read_head(struct hub_rows_shape *ret, struct view line, struct err *err);
/* `ret` has s->count values; they live in the arena. */
MUST_CHECK int hub_rows_read(const struct hub_rows_shape *s, struct view line, struct arena *arena,
    struct store_value *ret, struct err *err);

#endif
