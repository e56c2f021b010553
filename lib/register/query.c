#include "register/query.h"

const char *const register_orders[] = {"rank", "newest", "oldest", "start", "changed", "title",
    NULL};

static int read_number(struct view name, struct view value, int64_t max, size_t *ret,
    struct err *err)
{
	int64_t n;

	if (!view_to_i64(value, &n) || n < 1 || n > max)
		return err_set(err, ERR_USAGE, "%.*s: not a number from 1 to %lld",
		    VIEW_ARG(name), (long long)max);
	*ret = (size_t)n;
	return 0;
}

static int read_order(struct register_query *q, struct view value, struct err *err)
{
	for (size_t i = 0; register_orders[i]; i++)
		if (view_eq(value, VIEW(register_orders[i]))) {
			q->order = register_orders[i];
			return 0;
		}
	return err_set(err, ERR_USAGE, "sort: not rank, newest, oldest, start, changed or title");
}

static int add_choice(struct register_query *q, int facet, struct view value, struct err *err)
{
	if (q->choice_count == REGISTER_CHOICES_MAX)
		return err_set(err, ERR_USAGE, "more than %d choices", REGISTER_CHOICES_MAX);
	q->choices[q->choice_count++] = (struct search_choice){facet, value};
	return 0;
}

int register_query_add(struct register_query *q, struct view name, struct view value,
    struct err *err)
{
	if (value.len == 0)
		return 0;
	if (view_eq(name, VIEW_LIT("q"))) {
		q->text = value;
		return 0;
	}
	if (view_eq(name, VIEW_LIT("sort")))
		return read_order(q, value, err);
	if (view_eq(name, VIEW_LIT("page")))
		return read_number(name, value, REGISTER_PAGES_MAX, &q->page, err);
	if (view_eq(name, VIEW_LIT("size")))
		return read_number(name, value, REGISTER_PAGE_MAX, &q->size, err);
	for (int f = 0; f < REGISTER_FACETS; f++)
		if (view_eq(name, VIEW(register_facet_names[f])))
			return add_choice(q, f, value, err);
	(void)err_set(err, ERR_USAGE, "the register has no such filter");
	return err_hint(err, "filters: q, year, status, domain, source, entity, procedure");
}

static void set_order(const struct register_query *q, enum register_language l,
    struct search_query *s)
{
	const char *order = q->order ? q->order : q->text.len > 0 ? "rank"
	                                                          : "newest";

	s->sort = REGISTER_SORT_RANK;
	s->descending = true;
	if (strcmp(order, "newest") == 0)
		s->sort = REGISTER_SORT_RECEIVED;
	else if (strcmp(order, "start") == 0)
		s->sort = REGISTER_SORT_START;
	else if (strcmp(order, "changed") == 0)
		s->sort = REGISTER_SORT_CHANGED;
	else if (strcmp(order, "oldest") == 0 || strcmp(order, "title") == 0)
		s->descending = false;
	if (strcmp(order, "oldest") == 0)
		s->sort = REGISTER_SORT_RECEIVED;
	if (strcmp(order, "title") == 0)
		s->sort = l == REGISTER_FRENCH ? REGISTER_SORT_TITLE_FR : REGISTER_SORT_TITLE_EN;
}

static void run(const struct register_query *q, const struct register_index *i,
    enum register_language l, size_t offset, size_t limit, struct search_result *ret)
{
	struct search_query s = {
	    .text = q->text,
	    .choices = q->choices,
	    .choice_count = q->choice_count,
	    .offset = offset,
	    .limit = limit,
	};

	set_order(q, l, &s);
	search_run(register_index_search(i), &s, ret);
}

void register_query_run(const struct register_query *q, const struct register_index *i,
    enum register_language l, struct search_result *ret)
{
	size_t size = q->size ? q->size : REGISTER_PAGE_DEFAULT;

	run(q, i, l, q->page ? (q->page - 1) * size : 0, size, ret);
}

void register_query_run_all(const struct register_query *q, const struct register_index *i,
    enum register_language l, struct search_result *ret)
{
	run(q, i, l, 0, register_index_count(i), ret);
}
