#include "account/reader.h"

#include "account/inside.h"

#define SQL(name) "account/records/reader.sql:" name

void account_readers_clear(struct account_readers *r)
{
	vec_clear(&r->all);
}

static int take(struct store_tx *tx, const char *statement, struct store_args args,
    struct arena *memory, struct account_readers *ret, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int more;

	if (store_query(&rows, tx, statement, args, err) < 0)
		return -1;
	while ((more = store_next(rows, err)) > 0)
		*vec_push(&ret->all) = (struct account_reader){
		    .id = store_number(rows, 0),
		    .email = arena_strdup(memory, store_view(rows, 1)),
		    .name = arena_strdup(memory, store_view(rows, 2)),
		    .language = arena_strdup(memory, store_view(rows, 3)),
		};
	return more;
}

int account_readers_of_role(struct store_tx *tx, enum role role, struct view scopes,
    struct arena *memory, struct account_readers *ret, struct err *err)
{
	return take(tx, SQL("of_role"), STORE_ARGS(store_int(role), store_text(scopes)), memory,
	    ret, err);
}

int account_readers_add(struct store_tx *tx, int64_t account, bool open, struct arena *memory,
    struct account_readers *ret, struct err *err)
{
	return take(tx, SQL("one"), STORE_ARGS(store_int(account), store_int(open)), memory, ret,
	    err);
}

struct finding {
	const int64_t *ids;
	size_t count;
	struct arena *memory;
	struct account_readers *ret;
};

static int find(struct store_tx *tx, void *arg, struct err *err)
{
	const struct finding *f = arg;

	for (size_t i = 0; i < f->count; i++)
		if (account_readers_add(tx, f->ids[i], false, f->memory, f->ret, err) < 0)
			return -1;
	return 0;
}

int account_readers_find(struct accounts *a, const int64_t *ids, size_t count,
    struct arena *memory, struct account_readers *ret, struct err *err)
{
	struct finding f = {ids, count, memory, ret};

	return count ? store_read(a->store, find, &f, err) : 0;
}

int account_who_read(struct store_tx *tx, int64_t account, struct arena *memory,
    struct account_who *ret, struct err *err)
{
	AUTO_ACCOUNT_READERS struct account_readers one = {0};

	if (account_readers_add(tx, account, true, memory, &one, err) < 0)
		return -1;
	if (one.all.len == 0)
		return 0;
	account_who_clear(ret);
	*ret = (struct account_who){.id = account, .language = one.all.ptr[0].language};
	return account_grants(ret, tx, memory, err) < 0 ? -1 : 1;
}

struct naming {
	struct str like;
	size_t max;
	struct arena *memory;
	struct account_readers *ret;
};

static int find_named(struct store_tx *tx, void *arg, struct err *err)
{
	const struct naming *n = arg;

	return take(tx, SQL("named"),
	    STORE_ARGS(store_text(str_view(&n->like)), store_int((int64_t)n->max)), n->memory,
	    n->ret, err);
}

int account_readers_named(struct accounts *a, struct view words, size_t max,
    struct arena *memory, struct account_readers *ret, struct err *err)
{
	struct naming n = {.max = max, .memory = memory, .ret = ret};
	int status;

	str_addc(&n.like, '%');
	for (size_t i = 0; i < words.len; i++) {
		if (strchr("%_!", words.ptr[i]))
			str_addc(&n.like, '!');
		str_addc(&n.like, words.ptr[i]);
	}
	str_addc(&n.like, '%');
	status = store_read(a->store, find_named, &n, err);
	str_clear(&n.like);
	return status;
}
