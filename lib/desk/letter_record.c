/* Letters as they are kept: who was told what of which application, and what waits. */
#include "desk/letter.h"

#define SQL(name) "desk/records/letter.sql:" name

void desk_letter_rows_clear(struct desk_letter_rows *r)
{
	vec_clear(&r->all);
	arena_clear(&r->memory);
}

int desk_letter_add(struct store_tx *tx, const struct desk_letter_row *row, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	if (store_query(&rows, tx, SQL("number"), STORE_NO_ARGS, err) < 0 ||
	    store_next(rows, err) != 1)
		return -1;
	return store_exec(tx, SQL("add"),
	    STORE_ARGS(store_int(store_number(rows, 0)), store_int(row->application),
		store_int(row->account), store_text(VIEW(row->letter)), store_int(row->at),
		store_int(row->queued_at)),
	    NULL, err);
}

static int take_rows(struct store_tx *tx, const char *statement, struct store_args args,
    struct desk_letter_rows *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	if (store_query(&rows, tx, statement, args, err) < 0)
		return -1;
	while ((got = store_next(rows, err)) == 1)
		*vec_push(&ret->all) = (struct desk_letter_row){
		    .id = store_number(rows, 0),
		    .application = store_number(rows, 1),
		    .account = store_number(rows, 2),
		    .letter = arena_strdup(&ret->memory, store_view(rows, 3)),
		    .at = store_number(rows, 4),
		    .queued_at = store_number(rows, 5),
		    .ref = arena_strdup(&ret->memory, store_view(rows, 6)),
		};
	return got;
}

struct listing {
	int64_t application;
	const struct desk_letter_page *page;
	struct desk_letter_rows *ret;
};

static int list(struct store_tx *tx, void *arg, struct err *err)
{
	struct listing *l = arg;

	return take_rows(tx, SQL("of"), STORE_ARGS(store_int(l->application)), l->ret, err);
}

int desk_letters_list(struct store *s, int64_t application, struct desk_letter_rows *ret,
    struct err *err)
{
	struct listing l = {.application = application, .ret = ret};

	return store_read(s, list, &l, err);
}

static int list_waiting(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct listing *l = arg;
	int got;

	if (store_query(&rows, tx, SQL("waiting"),
		STORE_ARGS(store_int(l->page->before), store_int((int64_t)l->page->max),
		    store_int(l->page->after)),
		err) < 0)
		return -1;
	while ((got = store_next(rows, err)) == 1)
		*vec_push(&l->ret->all) =
		    (struct desk_letter_row){.account = store_number(rows, 0)};
	return got;
}

int desk_letters_waiting(struct store *s, const struct desk_letter_page *page,
    struct desk_letter_rows *ret, struct err *err)
{
	struct listing l = {.page = page, .ret = ret};

	return store_read(s, list_waiting, &l, err);
}

int desk_letters_take(struct store_tx *tx, int64_t account, int64_t before, int64_t now,
    struct desk_letter_rows *ret, struct err *err)
{
	if (take_rows(tx, SQL("waiting_of"), STORE_ARGS(store_int(account), store_int(before)),
		ret, err) < 0)
		return -1;
	return store_exec(tx, SQL("take"),
	    STORE_ARGS(store_int(account), store_int(before), store_int(now)), NULL, err);
}

/* 1 when the statement finds a row, 0 when not. */
static int finds(struct store_tx *tx, const char *statement, struct store_args args,
    struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	return store_query(&rows, tx, statement, args, err) < 0 ? -1 : store_next(rows, err);
}

int desk_letters_daily(struct store_tx *tx, int64_t account, bool *ret, struct err *err)
{
	int got = finds(tx, SQL("is_daily"), STORE_ARGS(store_int(account)), err);

	*ret = got > 0;
	return got < 0 ? -1 : 0;
}

int desk_letters_choose(struct store_tx *tx, int64_t account, bool daily, struct err *err)
{
	return store_exec(tx, SQL("choose"),
	    STORE_ARGS(store_int(account), store_text(VIEW(daily ? "daily" : "each"))),
	    NULL, err);
}

int desk_told_once(struct store_tx *tx, int64_t application, const char *what, date_t day,
    int64_t now, bool *ret, struct err *err)
{
	int64_t added = 0;

	if (store_exec(tx, SQL("tell_once"),
		STORE_ARGS(store_int(application), store_text(VIEW(what)), store_int(day),
		    store_int(now)),
		&added, err) < 0)
		return -1;
	*ret = added > 0;
	return 0;
}

int desk_was_told(struct store_tx *tx, int64_t application, const char *what, date_t day,
    bool *ret, struct err *err)
{
	int got = finds(tx, SQL("was_told"),
	    STORE_ARGS(store_int(application), store_text(VIEW(what)), store_int(day)), err);

	*ret = got > 0;
	return got < 0 ? -1 : 0;
}
