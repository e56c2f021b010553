#include "desk/list.h"

#include <inttypes.h>

#define SQL(name) "desk/records/list.sql:" name

enum { FAR = 1000000 }; /* days since 1970: behind every last day */

struct finding {
	const struct desk_filter *filter;
	int64_t offset, limit, total;
	struct desk_rows *ret;
};

static date_t day_at(const struct store_rows *rows, int i)
{
	return store_is_null(rows, i) ? DATE_NONE : (date_t)store_number(rows, i);
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
	    .clock = "",
	    .last_day = day_at(rows, 8),
	    .effect = "",
	};
}

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

static int count(struct store_tx *tx, struct finding *x, const struct store_value *values,
    int shared, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	if (store_query(&rows, tx, SQL("count"), (struct store_args){values, shared}, err) < 0 ||
	    store_next(rows, err) != 1)
		return -1;
	x->total = store_number(rows, 0);
	return 0;
}

static int find(struct store_tx *tx, void *arg, struct err *err)
{
	enum { SHARED = 12,
		IN_PARTS = 4 };
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct finding *x = arg;
	const struct desk_filter *f = x->filter;
	int64_t first = f->due == DESK_DUE_LATE ? -FAR : f->today;
	int64_t last = f->due == DESK_DUE_LATE   ? f->today - 1
	               : f->due == DESK_DUE_WEEK ? f->today + 7
	                                         : f->today;
	AUTO_STR struct str like = {0}, people = {0};
	bool in_parts = f->only_parts && f->scope == DESK_SCOPE_ALL;
	const struct store_value values[] = {store_text(f->route), store_text(f->state),
	    store_int(in_parts ? IN_PARTS : (int)f->scope), store_int(f->account),
	    store_int(f->roles), store_int(f->due != DESK_DUE_ANY), store_int(first),
	    store_int(last), store_text(pattern(&like, f->words)),
	    store_text(among(&people, f)), store_int(f->part_roles), store_text(f->parts),
	    store_int(f->order), store_int(x->limit), store_int(x->offset)};
	int got;

	if (count(tx, x, values, SHARED, err) < 0 ||
	    store_query(&rows, tx, SQL("find"), (struct store_args){values, ARRAY_LEN(values)},
		err) < 0)
		return -1;
	while ((got = store_next(rows, err)) == 1)
		*vec_push(&x->ret->rows) = row_of(rows, &x->ret->arena);
	return got;
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
	unsigned roles;
	int64_t account, limit, count;
	struct desk_rows *ret;
};

static int find_tasks(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct tasks *t = arg;
	int got;

	if (store_query(&rows, tx, SQL("tasks"),
		STORE_ARGS(store_int(t->roles), store_int(t->limit)), err) < 0)
		return -1;
	while ((got = store_next(rows, err)) == 1)
		*vec_push(&t->ret->rows) = row_of(rows, &t->ret->arena);
	return got;
}

int desk_tasks_find(const struct desk *d, unsigned roles, int64_t limit, struct desk_rows *ret,
    struct err *err)
{
	struct tasks t = {.roles = roles, .limit = limit, .ret = ret};

	return store_read(d->store, find_tasks, &t, err);
}

static int add_count(struct store_tx *tx, const char *statement, int64_t key, int64_t *sum,
    struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	if (store_query(&rows, tx, statement, STORE_ARGS(store_int(key)), err) < 0 ||
	    store_next(rows, err) != 1)
		return -1;
	*sum += store_number(rows, 0);
	return 0;
}

static int count_tasks(struct store_tx *tx, void *arg, struct err *err)
{
	struct tasks *t = arg;

	return (t->roles && add_count(tx, SQL("count_tasks"), t->roles, &t->count, err) < 0) ||
	               add_count(tx, SQL("count_own"), t->account, &t->count, err) < 0
	           ? -1
	           : 0;
}

int desk_tasks_count(const struct desk *d, unsigned roles, int64_t account, int64_t *ret,
    struct err *err)
{
	struct tasks t = {.roles = roles, .account = account};

	if (store_read(d->store, count_tasks, &t, err) < 0)
		return -1;
	*ret = t.count;
	return 0;
}
