#include "desk/record.h"

#define SQL(name) "desk/records/application.sql:" name

struct find {
	struct view ref;
	int64_t id;
};

static int find(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct find *f = arg;
	int got;

	if (store_query(&rows, tx, SQL("find"), STORE_ARGS(store_text(f->ref)), err) < 0 ||
	    (got = store_next(rows, err)) < 0)
		return -1;
	if (!got)
		return err_set(err, ERR_USAGE, "there is no such application");
	f->id = store_number(rows, 0);
	return 0;
}

int desk_find(const struct desk *d, struct view ref, int64_t *ret_id, struct err *err)
{
	struct find f = {ref, 0};

	if (store_read(d->store, find, &f, err) < 0)
		return -1;
	*ret_id = f.id;
	return 0;
}

int desk_count_events(struct store_tx *tx, int64_t application, int64_t *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	int found;

	*ret = 0;
	if (store_query(&r, tx, SQL("size"), STORE_ARGS(store_int(application)), err) < 0)
		return -1;
	found = store_next(r, err);
	if (found > 0)
		*ret = store_number(r, 0);
	return MIN(found, 0);
}
