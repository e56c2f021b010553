#include "store/postgres_inside.h"

#include <assert.h>

struct rows {
	struct store_rows base;
	PGresult *result;
	int row;
	int columns;
	struct view *values; /* of the row */
};

int postgres_query(struct store_rows **ret, struct store_link *link,
    const char *statement, struct store_args args, struct err *err)
{
	PGresult *r = postgres_run((struct postgres_link *)link, statement, args, err);
	struct rows *rows;

	if (!r)
		return -1;
	rows = mem_zalloc(1, sizeof(*rows));
	rows->base.driver = &store_postgres;
	rows->result = r;
	rows->row = -1;
	rows->columns = PQnfields(r);
	rows->values = mem_zalloc((size_t)rows->columns, sizeof(*rows->values));
	*ret = &rows->base;
	return 0;
}

/* Object identifier of bytea: pg_type.dat of PostgreSQL. */
enum { BYTEA = 17 };

static bool is_bytes(const struct rows *rows, int i)
{
	return PQftype(rows->result, i) == BYTEA && !PQgetisnull(rows->result, rows->row, i);
}

static void forget_row(struct rows *rows)
{
	for (int i = 0; rows->row >= 0 && i < rows->columns; i++)
		if (is_bytes(rows, i))
			PQfreemem((void *)(uintptr_t)rows->values[i].ptr);
}

static struct view read_value(const struct rows *rows, int i)
{
	const char *text = PQgetvalue(rows->result, rows->row, i);
	unsigned char *bytes;
	size_t len;

	if (!is_bytes(rows, i))
		return (struct view){text, (size_t)PQgetlength(rows->result, rows->row, i)};
	bytes = PQunescapeBytea((const unsigned char *)text, &len);
	assert(bytes);
	return (struct view){(const char *)bytes, len};
}

int postgres_next(struct store_rows *base, struct err *err)
{
	struct rows *rows = (struct rows *)base;

	(void)err;
	forget_row(rows);
	if (rows->row + 1 >= PQntuples(rows->result)) {
		rows->row = -1;
		return 0;
	}
	rows->row++;
	for (int i = 0; i < rows->columns; i++)
		rows->values[i] = read_value(rows, i);
	return 1;
}

void postgres_end(struct store_rows *base)
{
	struct rows *rows = (struct rows *)base;

	forget_row(rows);
	free(rows->values);
	PQclear(rows->result);
	free(rows);
}

bool postgres_is_null(const struct store_rows *base, int i)
{
	const struct rows *rows = (const struct rows *)base;

	return PQgetisnull(rows->result, rows->row, i);
}

int64_t postgres_number(const struct store_rows *base, int i)
{
	const struct rows *rows = (const struct rows *)base;
	int64_t ret = 0;

	if (!view_to_i64(rows->values[i], &ret))
		return 0;
	return ret;
}

struct view postgres_view(const struct store_rows *base, int i)
{
	return ((const struct rows *)base)->values[i];
}
