/* Any lines as a file of a table: rows or an error; what was read is written and read again. */
#include "hub/backup_rows.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool same(const struct store_value *a, const struct store_value *b)
{
	return a->type == b->type && a->number == b->number && view_eq(a->bytes, b->bytes);
}

static bool read_line(const struct hub_rows_shape *s, struct view line, struct arena *arena,
    struct store_value *ret)
{
	struct err err = {0};

	if (hub_rows_read(s, line, arena, ret, &err) == 0)
		return true;
	if (err.code == ERR_NONE)
		abort();
	return false;
}

static void check_row(const struct hub_rows_shape *s, struct view line)
{
	struct store_value once[HUB_COLUMNS_MAX], again[HUB_COLUMNS_MAX];
	AUTO_ARENA struct arena arena = {0};
	AUTO_STR struct str written = {0};

	if (!read_line(s, line, &arena, once))
		return;
	hub_rows_write(s->columns, s->count, once, &written);
	if (!read_line(s, str_view(&written), &arena, again))
		abort();
	for (size_t i = 0; i < s->count; i++)
		if (!same(&once[i], &again[i]))
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct view rest = {(const char *)data, size}, line;
	struct hub_rows_shape shape = {0};
	struct err err = {0};

	if (view_next(&rest, '\n', &line) && hub_rows_read_head(&shape, line, &err) == 0)
		while (view_next(&rest, '\n', &line))
			check_row(&shape, line);
	hub_rows_shape_clear(&shape);
	return 0;
}
