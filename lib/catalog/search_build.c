/*
 * The records in one snapshot, names before those who are called by them. A place is a digit and
 * hexadecimal digits, so "3g" is behind all that begin with 3, in every collation.
 */
#include "catalog/entity.h"
#include "catalog/publish.h"
#include "catalog/search_inside.h"

#include <stdio.h>
#include <stdlib.h>

enum { PAGE = 2000 };

typedef void read_row(struct catalog_reading *c, const struct catalog_row *r);

static int read_body(struct catalog_reading *c, const struct catalog_row *row, uint64_t page,
    struct err *err)
{
	rdf_reset(&c->one);
	if (catalog_body_read(&c->one, row->body, page, err) < 0)
		return -1;
	rdf_index(&c->one);
	return 0;
}

struct range {
	struct catalog_reading *c;
	char from[80], to[3];
	read_row *read; /* may be NULL */
	uint64_t page;
	size_t seen;
};

static int read_one(struct range *x, struct store_rows *rows, struct err *err)
{
	const struct catalog_row row = {
	    .iri = store_view(rows, 1),
	    .kind = store_view(rows, 2),
	    .state = store_view(rows, 3),
	    .source = store_view(rows, 4),
	    .version = store_number(rows, 5),
	    .changed_at = store_number(rows, 6),
	    .body = store_view(rows, 7),
	};

	snprintf(x->from, sizeof(x->from), "%.*s", VIEW_ARG(store_view(rows, 0)));
	x->seen++;
	if (read_body(x->c, &row, ++x->page, err) < 0)
		return -1;
	x->c->dataset = -1;
	if (x->read)
		x->read(x->c, &row);
	catalog_read_variables(x->c);
	return 0;
}

static int read_page(struct range *x, struct store_tx *tx, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int got;

	x->seen = 0;
	if (store_query(&rows, tx, "catalog/records/search.sql:range",
		STORE_ARGS(store_text(VIEW(x->from)), store_text(VIEW(x->to)), store_int(PAGE)),
		err) < 0)
		return -1;
	while ((got = store_next(rows, err)) > 0)
		if (read_one(x, rows, err) < 0)
			return -1;
	return got;
}

static int read_kind(struct catalog_reading *c, struct store_tx *tx, const char *kind,
    read_row *read, struct err *err)
{
	char digit = catalog_kind_digit(kind);
	struct range x = {
	    .c = c,
	    .from = {digit},
	    .to = {digit, 'g'},
	    .read = read,
	    .page = (uint64_t)digit << 32,
	};

	do {
		if (read_page(&x, tx, err) < 0)
			return -1;
	} while (x.seen == PAGE);
	return 0;
}

static int read_all(struct store_tx *tx, void *arg, struct err *err)
{
	struct catalog_reading *c = arg;

	return catalog_publish_state(tx, &c->index->generation, err) < 0 ||
	               read_kind(c, tx, "agent", catalog_read_name, err) < 0 ||
	               read_kind(c, tx, "term", catalog_read_name, err) < 0 ||
	               read_kind(c, tx, "other", catalog_read_name, err) < 0 ||
	               read_kind(c, tx, "dataset", catalog_read_dataset, err) < 0 ||
	               read_kind(c, tx, "variables", NULL, err) < 0
	           ? -1
	           : 0;
}

static void finish(struct catalog_reading *c)
{
	struct catalog_index *i = c->index;

	catalog_settle_variables(c);
	search_titles_rank(&c->titles[0], i->search, CATALOG_SORT_TITLE_EN);
	search_titles_rank(&c->titles[1], i->search, CATALOG_SORT_TITLE_FR);
	search_finish(i->search);
	search_finish(i->variable_search);
}

static void clear_reading(struct catalog_reading *c)
{
	rdf_clear(&c->one);
	map_clear(&c->nodes);
	map_clear(&c->properties);
	vec_clear(&c->parents);
	search_titles_clear(&c->titles[0]);
	search_titles_clear(&c->titles[1]);
}

int catalog_index_build(struct catalog_index **ret, const struct catalog_place *p,
    struct err *err)
{
	AUTO_CATALOG_INDEX struct catalog_index *i = mem_zalloc(1, sizeof(*i));
	struct catalog_reading c = {.index = i, .origin = p->origin};
	int status;

	i->holders = 1;
	i->search = search_new(CATALOG_FACETS, CATALOG_SORTS);
	i->variable_search = search_new(0, 0);
	status = catalog_rules_read(&i->rules, err);
	if (status == 0)
		status = store_read(p->store, read_all, &c, err);
	if (status == 0)
		finish(&c);
	clear_reading(&c);
	if (status == 0)
		*ret = TAKE(i);
	return status;
}

struct catalog_index *catalog_index_hold(struct catalog_index *i)
{
	atomic_fetch_add(&i->holders, 1);
	return i;
}

void catalog_index_release(struct catalog_index **i)
{
	struct catalog_index *gone = TAKE(*i);

	if (!gone || atomic_fetch_sub(&gone->holders, 1) > 1)
		return;
	search_free(&gone->search);
	search_free(&gone->variable_search);
	catalog_rules_clear(&gone->rules);
	map_clear(&gone->by_name);
	map_clear(&gone->iris);
	map_clear(&gone->names);
	map_clear(&gone->texts);
	vec_clear(&gone->name_list);
	vec_clear(&gone->entries);
	vec_clear(&gone->variables);
	arena_clear(&gone->memory);
	free(gone);
}

static int read_state(struct store_tx *tx, void *arg, struct err *err)
{
	return catalog_publish_state(tx, arg, err);
}

static int look(void *ctx, int64_t *ret, struct err *err)
{
	const struct catalog_place *p = ctx;

	return store_read(p->store, read_state, ret, err);
}

static int build(void *ctx, void **ret, struct err *err)
{
	struct catalog_index *index = NULL;
	int status = catalog_index_build(&index, ctx, err);

	*ret = index;
	return status;
}

static int64_t generation_of(const void *index)
{
	const struct catalog_index *i = index;

	return i->generation;
}

static void *hold(void *index)
{
	return catalog_index_hold(index);
}

static void release(void *index)
{
	struct catalog_index *i = index;

	catalog_index_release(&i);
}

const struct search_live_kind catalog_live_kind = {look, build, generation_of, hold, release};
