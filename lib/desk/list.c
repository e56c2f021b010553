#include "desk/list.h"

#include <inttypes.h>

#define SQL(name) "desk/records/list.sql:" name

struct finding {
	const struct desk_filter *filter;
	int64_t offset, limit, total;
	struct desk_rows *ret;
};

/* What LIKE takes for the words anywhere in a text; "": all. */
static struct view pattern(struct str *out, struct view words)
{
	if (words.len == 0)
		return VIEW_LIT("");
	str_addc(out, '%');
	for (size_t i = 0; i < words.len; i++) {
		if (strchr("%_!", words.ptr[i]))
			str_addc(out, '!');
		str_addc(out, words.ptr[i]);
	}
	str_addc(out, '%');
	return str_view(out);
}

/* ",3,17,": numbers in a text that can be looked into. */
static struct view among(struct str *out, const struct desk_filter *f)
{
	str_addc(out, ',');
	for (size_t i = 0; i < f->people_count; i++)
		str_addf(out, "%" PRId64 ",", f->people[i]);
	return str_view(out);
}

static int find(struct store_tx *tx, void *arg, struct err *err)
{
	enum { IN_PARTS = 4 };
	struct finding *x = arg;
	const struct desk_filter *f = x->filter;
	int64_t first = f->due == DESK_DUE_LATE ? -DESK_FAR : f->today;
	int64_t last = f->due == DESK_DUE_LATE   ? f->today - 1
	               : f->due == DESK_DUE_WEEK ? f->today + 7
	                                         : f->today;
	AUTO_STR struct str like = {0}, people = {0};
	bool in_parts = f->only_parts && f->scope == DESK_SCOPE_ALL;

	return desk_rows_read_of(tx, SQL("find"),
	    STORE_ARGS(store_text(f->route), store_text(f->state),
		store_int(in_parts ? IN_PARTS : (int)f->scope), store_int(f->account),
		store_int(f->roles), store_int(f->due != DESK_DUE_ANY), store_int(first),
		store_int(last), store_text(pattern(&like, f->words)),
		store_text(among(&people, f)), store_int(f->part_roles), store_text(f->parts),
		store_int(f->order), store_int(x->limit), store_int(x->offset)),
	    x->ret, &x->total, err);
}

int desk_list_find(const struct desk *d, const struct desk_filter *f, int64_t offset,
    int64_t limit, struct desk_rows *ret, int64_t *ret_total, struct err *err)
{
	struct finding x = {f, offset, limit, 0, ret};

	if (store_read(d->store, find, &x, err) < 0)
		return -1;
	*ret_total = x.total;
	return 0;
}

struct tasks {
	const struct desk_filter *who;
	int64_t limit, count;
	struct desk_rows *ret;
};

static int find_tasks(struct store_tx *tx, void *arg, struct err *err)
{
	const struct tasks *t = arg;

	return desk_rows_read(tx, SQL("tasks"),
	    STORE_ARGS(store_int(t->who->roles), store_int(t->limit)), t->ret, err);
}

int desk_tasks_find(const struct desk *d, const struct desk_filter *who, int64_t limit,
    struct desk_rows *ret, struct err *err)
{
	struct tasks t = {.who = who, .limit = limit, .ret = ret};
	struct desk_filter in_parts = {.scope = DESK_SCOPE_DUTIES,
	    .account = who->account,
	    .roles = who->roles,
	    .parts = who->parts,
	    .part_roles = who->part_roles,
	    .order = DESK_ORDER_DUE};
	int64_t total;

	if (who->part_roles)
		return desk_list_find(d, &in_parts, 0, limit, ret, &total, err);
	return who->roles ? store_read(d->store, find_tasks, &t, err) : 0;
}

static int count_tasks(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct tasks *t = arg;
	const struct desk_filter *who = t->who;
	const struct store_value values[] = {store_int(who->roles), store_int(who->account),
	    store_int(who->part_roles), store_text(who->parts)};
	bool parts = who->part_roles;

	if (store_query(&rows, tx, parts ? SQL("count_tasks_in_parts") : SQL("count_tasks"),
		(struct store_args){values, parts ? 4 : 2}, err) < 0 ||
	    store_next(rows, err) != 1)
		return -1;
	t->count = store_number(rows, 0);
	return 0;
}

int desk_tasks_count(const struct desk *d, const struct desk_filter *who, int64_t *ret,
    struct err *err)
{
	struct tasks t = {.who = who};

	if (store_read(d->store, count_tasks, &t, err) < 0)
		return -1;
	*ret = t.count;
	return 0;
}
