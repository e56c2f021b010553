#include "store/store.h"

#include "store/pool.h"
#include "store/writer.h"

#include <assert.h>

struct store {
	const struct store_driver *driver;
	char *where;
	struct store_pool readers;
	struct store_writer *writer;
};

static const struct store_driver *driver_of(const char *where)
{
	struct view v = VIEW(where);

	return view_starts(v, VIEW_LIT("postgresql://")) || view_starts(v, VIEW_LIT("postgres://"))
	           ? &store_postgres
	           : &store_sqlite;
}

static void end_read(struct store *s, struct store_link *link)
{
	if (!link->broken)
		s->driver->end_read(link);
	store_pool_give(&s->readers, link);
}

/* A wrong place is told at once, not at the first page. */
static int try_place(struct store *s, struct err *err)
{
	struct store_link *link = store_pool_begin(&s->readers, err);

	if (!link)
		return -1;
	end_read(s, link);
	return 0;
}

int store_open(struct store **ret, const char *where, int readers, struct err *err)
{
	struct store *s = mem_zalloc(1, sizeof(*s));

	s->driver = driver_of(where);
	s->where = mem_strdup(where);
	store_pool_init(&s->readers, s->driver, s->where, readers, s->driver->begin_read);
	if (try_place(s, err) < 0) {
		store_close(&s);
		return -1;
	}
	s->writer = store_writer_new(s->driver, s->where);
	*ret = s;
	return 0;
}

void store_close(struct store **s)
{
	struct store *gone = TAKE(*s);

	if (!gone)
		return;
	store_writer_free(&gone->writer);
	store_pool_clear(&gone->readers);
	free(gone->where);
	free(gone);
}

enum store_kind store_kind(const struct store *s)
{
	return s->driver->kind;
}

int store_script(struct store_link *link, const char *sql, struct err *err)
{
	return link->driver->script(link, sql, err);
}

/* What reads of a thread share. */
static _Thread_local struct {
	struct store *store;     /* NULL: nothing */
	struct store_link *link; /* its snapshot, when it has begun */
	bool inside;             /* a work is reading it */
	bool outdated;           /* the thread has written since it began */
} snapshot;

static void end_snapshot(void)
{
	struct store_link *link = TAKE(snapshot.link);

	if (link)
		end_read(snapshot.store, link);
}

void store_snapshot_open(struct store *s)
{
	assert(!snapshot.store && "one at a time");
	snapshot.store = s;
}

void store_snapshot_close(struct store *s)
{
	if (snapshot.store != s)
		return;
	assert(!snapshot.inside);
	end_snapshot();
	snapshot.store = NULL;
}

int store_write(struct store *s, store_work *work, void *arg, struct err *err)
{
	if (snapshot.store == s) {
		snapshot.outdated = true;
		if (!snapshot.inside)
			end_snapshot();
	}
	return store_writer_run(s->writer, work, arg, err);
}

void store_set_seal(struct store *s, store_work *seal, void *arg)
{
	store_writer_set_seal(s->writer, seal, arg);
}

static int read_alone(struct store *s, store_work *work, void *arg, struct err *err)
{
	struct store_link *link = store_pool_begin(&s->readers, err);
	int status;

	if (!link)
		return -1;
	status = work(&(struct store_tx){.link = link}, arg, err);
	end_read(s, link);
	return status;
}

/* What failed may have left the snapshot unusable: the next read begins another. */
static int read_snapshot(store_work *work, void *arg, struct err *err)
{
	int status;

	if (!snapshot.link)
		snapshot.link = store_pool_begin(&snapshot.store->readers, err);
	if (!snapshot.link)
		return -1;
	snapshot.inside = true;
	snapshot.outdated = false;
	status = work(&(struct store_tx){.link = snapshot.link}, arg, err);
	snapshot.inside = false;
	if (status < 0 || snapshot.outdated || snapshot.link->broken)
		end_snapshot();
	return status;
}

int store_read(struct store *s, store_work *work, void *arg, struct err *err)
{
	return snapshot.store == s && !snapshot.inside ? read_snapshot(work, arg, err)
	                                               : read_alone(s, work, arg, err);
}

static int begin_work(struct store_tx *tx, struct err *err)
{
	if (!tx->later || tx->has_savepoint)
		return 0;
	tx->has_savepoint = true;
	return store_script(tx->link, "SAVEPOINT work", err);
}

int store_tx_script(struct store_tx *tx, const char *sql, struct err *err)
{
	return begin_work(tx, err) < 0 ? -1 : store_script(tx->link, sql, err);
}

int store_exec(struct store_tx *tx, const char *statement, struct store_args args,
    int64_t *ret_changed, struct err *err)
{
	if (begin_work(tx, err) < 0)
		return -1;
	return tx->link->driver->exec(tx->link, statement, args, ret_changed, err);
}

void store_exec_later(struct store_tx *tx, const char *statement, struct store_args args)
{
	struct store_value *copy;

	assert(tx->later && "a write");
	copy = arena_zalloc(&tx->later->memory, (size_t)args.count, sizeof(*copy));
	for (int i = 0; i < args.count; i++) {
		copy[i] = args.values[i];
		copy[i].bytes = arena_view(&tx->later->memory, copy[i].bytes);
	}
	*vec_push(&tx->later->calls) =
	    (struct store_call){statement, {copy, args.count}};
}

int store_query(struct store_rows **ret, struct store_tx *tx, const char *statement,
    struct store_args args, struct err *err)
{
	if (begin_work(tx, err) < 0)
		return -1;
	return tx->link->driver->query(ret, tx->link, statement, args, err);
}

int store_next(struct store_rows *rows, struct err *err)
{
	return rows->driver->next(rows, err);
}

void store_rows_free(struct store_rows **rows)
{
	struct store_rows *gone = TAKE(*rows);

	if (gone)
		gone->driver->end(gone);
}

bool store_is_null(const struct store_rows *rows, int i)
{
	return rows->driver->is_null(rows, i);
}

int64_t store_number(const struct store_rows *rows, int i)
{
	return rows->driver->number(rows, i);
}

struct view store_view(const struct store_rows *rows, int i)
{
	return rows->driver->view(rows, i);
}
