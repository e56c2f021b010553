#include "base/cancel.h"
#include "base/hash.h"
#include "base/progress.h"
#include "catalog/harvest_inside.h"
#include "http/fetch.h"

#include <inttypes.h>

static const char accepted[] = "application/trig, text/turtle;q=0.9, application/n-triples;q=0.8, "
			       "application/n-quads;q=0.7, application/rdf+xml;q=0.6, "
			       "application/json;q=0.5";

void catalog_harvest_clear(struct catalog_harvest *h)
{
	catalog_merge_clear(&h->merge);
}

static void harvesting_clear(struct harvesting *x)
{
	arena_clear(&x->memory);
	map_clear(&x->seen);
	map_clear(&x->contents);
	vec_clear(&x->queue);
	rdf_clear(&x->all);
	vec_clear(&x->activities);
}

static int64_t limit(int64_t asked, int64_t usual)
{
	return asked ? asked : usual;
}

/* A source may lead on for ever with addresses that are always new. */
static int check_content(struct harvesting *x, const struct catalog_page *p, int64_t number,
    struct err *err)
{
	AUTO_STR struct str text = {.max = (size_t)1 << 30};
	char digest[SHA256_HEX_SIZE];
	size_t before = x->contents.entries.len;
	int64_t *first;

	if (p->feed || p->next.len == 0)
		return 0;
	if (rdf_write(&p->g, RDF_NTRIPLES, &text, err) < 0)
		return -1;
	hash_sha256_hex(str_view(&text), digest);
	first = map_add(&x->contents, VIEW(digest), number);
	if (x->contents.entries.len > before)
		return 0;
	return err_set(err, ERR_FORMAT,
	    "it says the same as page %" PRId64 " and leads on: the source goes round in a ring",
	    *first);
}

static int follow(struct harvesting *x, const struct catalog_page *p, struct err *err)
{
	for (size_t i = 0; i < p->next.len; i++) {
		struct view url = VIEW(p->next.ptr[i]);
		size_t before = x->seen.entries.len;
		int64_t *first = map_add(&x->seen, url, (int64_t)x->queue.len + 1);

		if (x->seen.entries.len > before)
			*vec_push(&x->queue) = arena_strdup(&x->memory, url);
		else if (!p->feed)
			return err_set(err, ERR_FORMAT,
			    "it leads back to page %" PRId64 ": the source goes round in a ring",
			    *first);
	}
	return 0;
}

/* Activities of a feed that were taken before are not taken again. */
static int take_in(struct harvesting *x, struct catalog_page *p, bool known, struct err *err)
{
	bool again = x->h->merge.keep != CATALOG_KEEP_BOTH;

	x->h->feed |= p->feed;
	x->h->promised = MAX(x->h->promised, p->total);
	if (p->feed && known && !again)
		return 0;
	rdf_copy(&x->all, &p->g);
	if (x->all.quads.len > CATALOG_HARVEST_STATEMENTS)
		return err_set(err, ERR_LIMIT, "more than %d statements",
		    CATALOG_HARVEST_STATEMENTS);
	for (size_t i = 0; i < p->activities.len; i++) {
		struct catalog_activity a = p->activities.ptr[i];

		a.graph = rdf_iri(&x->all, a.iri);
		a.iri = arena_view(&x->memory, a.iri);
		a.object = arena_view(&x->memory, a.object);
		*vec_push(&x->activities) = a;
	}
	return 0;
}

static int note_page(struct harvesting *x, const struct kept_page *k, struct err *err)
{
	AUTO_CATALOG_PAGE struct catalog_page p = {0};

	x->h->pages++;
	x->h->bytes += k->body.len;
	x->h->unchanged += k->known;
	x->fresh |= !k->known;
	if (catalog_page_read(&p, k->base, VIEW(k->type), k->body, err) < 0 ||
	    check_content(x, &p, k->number, err) < 0 || follow(x, &p, err) < 0)
		return -1;
	return take_in(x, &p, k->known, err);
}

static int ask(struct harvesting *x, const char *url, struct kept_page *k, struct fetched *got,
    struct err *err)
{
	struct catalog_harvest *h = x->h;
	size_t room = (size_t)limit((int64_t)h->bytes_max, CATALOG_HARVEST_BYTES);
	struct fetch f = {.method = HTTP_GET,
	    .url = url,
	    .own = h->own_is_private ? h->url : NULL,
	    .accept = accepted,
	    .etag = k->known ? k->etag : NULL,
	    .modified = k->known ? k->modified : NULL,
	    .patience = h->patience};

	if (h->bytes >= room)
		return err_set(err, ERR_LIMIT, "its pages are larger than %zu bytes", room);
	f.body_max = MIN(room - h->bytes, (size_t)FETCH_BODY_MAX);
	if (fetch(got, &f, err) < 0)
		return -1;
	if (got->status == 304 && k->known)
		return 0;
	if (got->status != 200)
		return err_set(err, ERR_IO, "it answered %d", got->status);
	k->known = false;
	k->base = got->url;
	k->type = got->type;
	k->etag = got->etag;
	k->modified = got->modified;
	k->fixed = strstr(got->cache, "immutable") != NULL;
	k->body = str_view(&got->body);
	return 0;
}

static int check_limits(const struct harvesting *x, struct err *err)
{
	int64_t pages = limit((int64_t)x->h->pages_max, CATALOG_HARVEST_PAGES);
	int64_t minutes = limit(x->h->minutes, CATALOG_HARVEST_MINUTES);

	if ((int64_t)x->h->pages >= pages)
		return err_set(err, ERR_LIMIT, "the source has more than %" PRId64 " pages", pages);
	if ((int64_t)time_now_ns() - x->started_ns > minutes * 60000000000)
		return err_set(err, ERR_LIMIT, "not done in %" PRId64 " minutes", minutes);
	return cancel_check(err);
}

static int bring(struct harvesting *x, const char *url, struct err *err)
{
	AUTO_KEPT_PAGE struct kept_page k = {0};
	AUTO_FETCHED struct fetched got = {0};

	if (check_limits(x, err) < 0 || kept_page_done(x, url, &k, err) < 0)
		return -1;
	k.url = url;
	k.number = (int64_t)x->next;
	k.at = x->h->merge.at;
	if (!(k.known && k.fixed) && ask(x, url, &k, &got, err) < 0)
		return -1;
	/* read first: what is no page is not kept */
	if (note_page(x, &k, err) < 0)
		return -1;
	return kept_page_add(x, &k, err);
}

/* What a run that was stopped had brought already. */
static int resume(struct harvesting *x, struct err *err)
{
	for (int64_t after = 0;;) {
		AUTO_KEPT_PAGE struct kept_page k = {0};
		AUTO_KEPT_PAGE struct kept_page done = {0};
		int got = kept_page_open(x, after, &k, err);

		if (got <= 0)
			return got;
		if (x->next >= x->queue.len || strcmp(x->queue.ptr[x->next], k.url) != 0 ||
		    x->h->merge.at - k.at > (int64_t)CATALOG_HARVEST_RESUMES_S * 1000000)
			return after ? err_set(err, ERR_FORMAT, "pages that do not follow")
			             : kept_pages_forget(x, "open", err);
		after = k.number;
		x->next++;
		x->h->resumed++;
		if (kept_page_done(x, k.url, &done, err) < 0)
			return -1;
		k.known = done.known && view_eq(done.body, k.body);
		if (note_page(x, &k, err) < 0)
			return -1;
	}
}

static int begin(struct harvesting *x, struct err *err)
{
	AUTO_FREE char *first = fetch_resolve(x->h->url, x->h->url);
	AUTO_FREE char *origin = fetch_origin(x->h->url);

	if (!first || !origin)
		return err_set(err, ERR_USAGE, "not an address of http or https");
	map_add(&x->seen, VIEW(first), 1);
	*vec_push(&x->queue) = arena_strdup(&x->memory, VIEW(first));
	return resume(x, err);
}

static int bring_all(struct harvesting *x, struct err *err)
{
	while (x->next < x->queue.len) {
		const char *url = x->queue.ptr[x->next++];

		if (bring(x, url, err) < 0)
			return err_wrap(err, "%s: page %zu", url, x->next);
	}
	return 0;
}

/* After a page that is wrong, the next run begins anew; pages that cannot go grow old. */
static void drop_pages(struct harvesting *x)
{
	struct err ignored = {0};

	if (kept_pages_forget(x, "open", &ignored) < 0)
		return;
}

int catalog_harvest(struct store *s, struct catalog_harvest *h, struct err *err)
{
	AUTO(harvesting_clear)
	struct harvesting x = {.h = h, .s = s, .started_ns = (int64_t)time_now_ns()};

	h->promised = -1;
	h->merge.action = "catalog.harvest";
	h->merge.address = h->url;
	if (begin(&x, err) == 0 && bring_all(&x, err) == 0 && harvest_apply(&x, err) == 0)
		return 0;
	if (err->code == ERR_FORMAT || err->code == ERR_LIMIT)
		drop_pages(&x);
	return -1;
}
