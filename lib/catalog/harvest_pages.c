/* Pages of a harvest among the records. */
#include "catalog/harvest_inside.h"

void kept_page_clear(struct kept_page *p)
{
	arena_clear(&p->memory);
}

struct asking {
	const char *source, *url;
	int64_t after;
	struct kept_page *page;
	int got;
};

static int find_open(struct store_tx *tx, void *arg, struct err *err)
{
	struct asking *a = arg;
	struct kept_page *p = a->page;
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	if (store_query(&rows, tx, "catalog/records/page.sql:open",
		STORE_ARGS(store_text(VIEW(a->source)), store_int(a->after)), err) < 0 ||
	    (a->got = store_next(rows, err)) < 0)
		return -1;
	if (a->got == 0)
		return 0;
	p->number = store_number(rows, 0);
	p->url = arena_strdup(&p->memory, store_view(rows, 1));
	p->base = arena_strdup(&p->memory, store_view(rows, 2));
	p->type = arena_strdup(&p->memory, store_view(rows, 3));
	p->fixed = store_number(rows, 4) != 0;
	p->at = store_number(rows, 5);
	p->body = arena_view(&p->memory, store_view(rows, 6));
	return 0;
}

int kept_page_open(struct harvesting *x, int64_t after, struct kept_page *ret, struct err *err)
{
	struct asking a = {.source = x->h->merge.source, .after = after, .page = ret};

	return store_read(x->s, find_open, &a, err) < 0 ? -1 : a.got;
}

static int find_done(struct store_tx *tx, void *arg, struct err *err)
{
	struct asking *a = arg;
	struct kept_page *p = a->page;
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	if (store_query(&rows, tx, "catalog/records/page.sql:done",
		STORE_ARGS(store_text(VIEW(a->source)), store_text(VIEW(a->url))), err) < 0 ||
	    (a->got = store_next(rows, err)) < 0)
		return -1;
	if (a->got == 0)
		return 0;
	p->known = true;
	p->base = arena_strdup(&p->memory, store_view(rows, 0));
	p->type = arena_strdup(&p->memory, store_view(rows, 1));
	p->etag = arena_strdup(&p->memory, store_view(rows, 2));
	p->modified = arena_strdup(&p->memory, store_view(rows, 3));
	p->fixed = store_number(rows, 4) != 0;
	p->body = arena_view(&p->memory, store_view(rows, 5));
	return 0;
}

int kept_page_done(struct harvesting *x, const char *url, struct kept_page *ret, struct err *err)
{
	struct asking a = {.source = x->h->merge.source, .url = url, .page = ret};

	return store_read(x->s, find_done, &a, err) < 0 ? -1 : a.got;
}

struct adding {
	const char *source;
	const struct kept_page *page;
};

static int add_page(struct store_tx *tx, void *arg, struct err *err)
{
	const struct adding *a = arg;
	const struct kept_page *p = a->page;

	return store_exec(tx, "catalog/records/page.sql:add",
	    STORE_ARGS(store_text(VIEW(a->source)), store_int(p->number), store_text(VIEW(p->url)),
		store_text(VIEW(p->base)), store_text(VIEW(p->type)), store_text(VIEW(p->etag)),
		store_text(VIEW(p->modified)), store_int(p->fixed), store_int(p->at),
		store_bytes(p->body)),
	    NULL, err);
}

int kept_page_add(struct harvesting *x, const struct kept_page *p, struct err *err)
{
	struct adding a = {x->h->merge.source, p};

	return store_write(x->s, add_page, &a, err);
}

struct forgetting {
	const char *source, *state;
};

static int forget(struct store_tx *tx, void *arg, struct err *err)
{
	const struct forgetting *f = arg;

	return store_exec(tx, "catalog/records/page.sql:forget",
	    STORE_ARGS(store_text(VIEW(f->source)), store_text(VIEW(f->state))), NULL, err);
}

int kept_pages_forget(struct harvesting *x, const char *state, struct err *err)
{
	struct forgetting f = {x->h->merge.source, state};

	return store_write(x->s, forget, &f, err);
}

int kept_pages_finish(struct store_tx *tx, const char *source, struct err *err)
{
	struct forgetting done = {source, "done"};

	if (forget(tx, &done, err) < 0)
		return -1;
	return store_exec(tx, "catalog/records/page.sql:finish",
	    STORE_ARGS(store_text(VIEW(source))), NULL, err);
}
