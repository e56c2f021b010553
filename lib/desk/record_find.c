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

bool desk_error_is_general(const struct err *err)
{
	return err->code == ERR_IO || err->code == ERR_OUTPUT || err->code == ERR_CANCELLED;
}

static int find_last(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	if (store_query(&rows, tx, SQL("next"), STORE_NO_ARGS, err) < 0 ||
	    store_next(rows, err) < 0)
		return -1;
	*(int64_t *)arg = store_number(rows, 0) - 1;
	return 0;
}

struct alone {
	const struct desk *desk;
	int64_t application;
	desk_visit *visit;
	void *arg;
};

static int visit_alone(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_DESK_DOSSIER struct desk_dossier dossier = {0};
	const struct alone *a = arg;

	return desk_read_dossier(tx, a->desk->law, a->application, &dossier, err) < 0
	           ? -1
	           : a->visit(tx, &dossier, a->arg, err);
}

int desk_each_alone(const struct desk *d, desk_visit *visit, desk_visit_failed *failed,
    void *arg, struct err *err)
{
	int64_t last;

	if (store_read(d->store, find_last, &last, err) < 0)
		return -1;
	for (int64_t id = 1; id <= last; id++) {
		struct alone a = {d, id, visit, arg};
		struct err why = {0};

		if (store_read(d->store, visit_alone, &a, &why) == 0)
			continue;
		if (desk_error_is_general(&why)) {
			*err = why;
			return -1;
		}
		failed(id, &why, arg);
	}
	return 0;
}
