#include "desk/rows.h"

enum { TOTAL = 11 }; /* column */

void desk_rows_clear(struct desk_rows *r)
{
	vec_clear(&r->rows);
	arena_clear(&r->arena);
}

static date_t day_at(const struct store_rows *rows, int i)
{
	return store_is_null(rows, i) || store_number(rows, i) >= DESK_FAR
	           ? DATE_NONE
	           : (date_t)store_number(rows, i);
}

static struct desk_row row_of(const struct store_rows *rows, struct arena *a)
{
	return (struct desk_row){
	    .application = store_number(rows, 0),
	    .ref = arena_strdup(a, store_view(rows, 1)),
	    .title = arena_strdup(a, store_view(rows, 2)),
	    .route = arena_strdup(a, store_view(rows, 3)),
	    .state = arena_strdup(a, store_view(rows, 4)),
	    .outcome = arena_strdup(a, store_view(rows, 5)),
	    .submitted_on = day_at(rows, 6),
	    .changed_on = day_at(rows, 7),
	    .last_day = day_at(rows, 8),
	    .clock = arena_strdup(a, store_view(rows, 9)),
	    .effect = arena_strdup(a, store_view(rows, 10)),
	};
}

static int read_rows(struct store_tx *tx, const char *statement, struct store_args args,
    struct desk_rows *ret, int64_t *ret_total, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	if (store_query(&rows, tx, statement, args, err) < 0)
		return -1;
	while ((got = store_next(rows, err)) == 1) {
		if (ret_total)
			*ret_total = store_number(rows, TOTAL);
		if (!store_is_null(rows, 0))
			*vec_push(&ret->rows) = row_of(rows, &ret->arena);
	}
	return got;
}

int desk_rows_read(struct store_tx *tx, const char *statement, struct store_args args,
    struct desk_rows *ret, struct err *err)
{
	return read_rows(tx, statement, args, ret, NULL, err);
}

int desk_rows_read_of(struct store_tx *tx, const char *statement, struct store_args args,
    struct desk_rows *ret, int64_t *ret_total, struct err *err)
{
	return read_rows(tx, statement, args, ret, ret_total, err);
}
