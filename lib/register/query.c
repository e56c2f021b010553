#include "register/query.h"

const char *const register_orders[] = {"rank", "newest", "oldest", "start", "changed", "title",
    NULL};

const struct search_asking register_asking = {
    .facets = register_facet_names,
    .facet_count = REGISTER_FACETS,
    .orders = register_orders,
    .no_order = "sort: not rank, newest, oldest, start, changed or title",
    .no_filter = "the register has no such filter",
    .hint = "filters: q, year, status, domain, source, entity, procedure",
};

int register_query_add(struct search_ask *q, struct view name, struct view value,
    struct err *err)
{
	return search_ask_add(q, &register_asking, name, value, err);
}

static void set_order(const struct search_ask *q, enum register_language l,
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

static void run(const struct search_ask *q, const struct register_index *i,
    enum register_language l, bool all, struct search_result *ret)
{
	struct search_query s = search_ask_query(q, all);

	set_order(q, l, &s);
	search_run(register_index_search(i), &s, ret);
}

void register_query_run(const struct search_ask *q, const struct register_index *i,
    enum register_language l, struct search_result *ret)
{
	run(q, i, l, false, ret);
}

void register_query_run_all(const struct search_ask *q, const struct register_index *i,
    enum register_language l, struct search_result *ret)
{
	run(q, i, l, true, ret);
}
