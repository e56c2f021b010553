/* The catalogue as RDF: a dataset by content negotiation, pages with Hydra, the feed. */
#include "catalog/publish.h"
#include "catalog/records.h"
#include "http/accept.h"
#include "portal/catalog_machine.h"

#include <inttypes.h>

/* In our order of preference; HTML is a page of the site. */
static const char *const types[] = {"text/html", "text/turtle", "application/ld+json",
    "application/trig", "application/n-triples", "application/xhtml+xml"};
static const enum rdf_syntax syntaxes[] = {RDF_TURTLE, RDF_TURTLE, RDF_JSONLD, RDF_TRIG,
    RDF_NTRIPLES, RDF_TURTLE};

enum { HTML = 0,
	XHTML = 5 };

static const char *type_of(enum rdf_syntax syntax)
{
	switch (syntax) {
	case RDF_TURTLE: return "text/turtle; charset=utf-8";
	case RDF_JSONLD: return "application/ld+json";
	case RDF_TRIG: return "application/trig; charset=utf-8";
	case RDF_NTRIPLES:
	case RDF_NQUADS:
	case RDF_XML: break;
	}
	return "application/n-triples";
}

static int not_acceptable(struct visit *v, struct err *err)
{
	v->r->status = 406;
	(void)err_set(err, ERR_FORMAT, "this is not there in a type that you accept");
	return err_hint(err, "ask for text/turtle, application/ld+json, application/trig, "
			     "application/n-triples or text/html");
}

struct asking {
	struct visit *v;
	enum rdf_syntax syntax;
	int64_t page, state;
	char *address;
	struct rdf_graph g;
	int found;
	bool known, fixed; /* known: the client has it */
};

static void asking_clear(struct asking *a)
{
	rdf_clear(&a->g);
	free(a->address);
}

/* An answer of one state of the catalogue; true: the client has it already. */
static bool is_known(struct asking *a)
{
	struct visit *v = a->v;
	AUTO_FREE char *etag = str_format("\"c%" PRId64 "-%d\"", a->state, (int)a->syntax);
	struct view rest = http_header(v->q, "If-None-Match"), one;

	http_add_header(v->r, "ETag", VIEW(etag));
	while (view_next(&rest, ',', &one)) {
		one = view_trim(one);
		if (view_starts(one, VIEW_LIT("W/")))
			one = (struct view){one.ptr + 2, one.len - 2};
		if (view_eq(one, VIEW(etag)))
			return true;
	}
	return false;
}

static int answer(struct asking *a, struct err *err)
{
	struct visit *v = a->v;

	http_add_header(v->r, "Cache-Control",
	    a->fixed ? VIEW_LIT("public, max-age=31536000, immutable") : VIEW_LIT("no-cache"));
	if (a->known) {
		v->r->status = 304;
		return 0;
	}
	if (!a->found)
		return visit_not_found(v, err);
	v->r->type = type_of(a->syntax);
	return rdf_write(&a->g, a->syntax, &v->r->body, err);
}

static int read_page(struct store_tx *tx, void *arg, struct err *err)
{
	struct asking *a = arg;

	if (catalog_publish_state(tx, &a->state, err) < 0)
		return -1;
	a->known = is_known(a);
	if (a->known)
		return 0;
	a->found = catalog_publish_page(tx, a->address, a->page, &a->g, err);
	return a->found < 0 ? -1 : 0;
}

static int64_t page_of(const struct visit *v)
{
	struct view text = http_query(v->q, "page");
	int64_t page = 1;

	if (text.len && (!view_to_i64(text, &page) || page < 1 || page > INT32_MAX))
		return 0;
	return page;
}

static int send_page(struct visit *v, enum rdf_syntax syntax, const char *path, struct err *err)
{
	AUTO(asking_clear)
	struct asking a = {.v = v,
	    .syntax = syntax,
	    .page = page_of(v),
	    .address = str_format("%s%s", v->hub->conf.origin, path)};

	if (store_read(v->hub->store, read_page, &a, err) < 0)
		return -1;
	return answer(&a, err);
}

/* "/catalog.ttl?page=2" */
int catalog_file_page(struct visit *v, struct err *err)
{
	static const struct {
		const char *path;
		enum rdf_syntax syntax;
	} all[] = {{"/catalog.ttl", RDF_TURTLE}, {"/catalog.jsonld", RDF_JSONLD},
	    {"/catalog.trig", RDF_TRIG}, {"/catalog.nt", RDF_NTRIPLES}};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (view_eq(v->path, VIEW(all[i].path)))
			return send_page(v, all[i].syntax, all[i].path, err);
	return visit_not_found(v, err);
}

/* -1: HTML is wanted, and on its way; -2: nothing that we have. */
static int negotiate(struct visit *v, const char *page)
{
	int wanted = http_accept(http_header(v->q, "Accept"), types, ARRAY_LEN(types));

	http_add_header(v->r, "Vary", VIEW_LIT("Accept"));
	if (wanted < 0)
		return -2;
	if (wanted != HTML && wanted != XHTML)
		return wanted;
	visit_go(v, page);
	return -1;
}

/* "/catalog": a page for people, the first page of RDF for programs. */
int catalog_file_document(struct visit *v, struct err *err)
{
	int wanted = negotiate(v, "/catalog");

	if (wanted == -2)
		return not_acceptable(v, err);
	return wanted < 0 ? 0 : send_page(v, syntaxes[wanted], "/catalog", err);
}

static int read_dataset(struct store_tx *tx, void *arg, struct err *err)
{
	struct asking *a = arg;
	struct visit *v = a->v;
	AUTO_CATALOG_DESCRIPTION struct catalog_description d = {.shown = true};
	AUTO_STR struct str iri = {0};

	if (catalog_publish_state(tx, &a->state, err) < 0)
		return -1;
	a->known = is_known(a);
	a->found = catalog_records_find(tx, v->hub->conf.origin, v->params[0], &iri, err);
	a->known = a->known && a->found > 0;
	if (a->found <= 0 || a->known)
		return a->found < 0 ? -1 : 0;
	a->found = catalog_describe(tx, &d, str_view(&iri), &a->g, err);
	rdf_index(&a->g);
	return a->found < 0 ? -1 : 0;
}

/* "/catalog/NAME", and "/dataset/NAME": the address of a dataset of this hub. */
int catalog_file_dataset(struct visit *v, struct err *err)
{
	AUTO_FREE char *page = str_format("/catalog/%.*s", VIEW_ARG(v->params[0]));
	AUTO(asking_clear)
	struct asking a = {.v = v};
	int wanted = negotiate(v, page);

	if (wanted == -2)
		return not_acceptable(v, err);
	if (wanted < 0)
		return 0;
	a.syntax = syntaxes[wanted];
	if (store_read(v->hub->store, read_dataset, &a, err) < 0)
		return -1;
	return answer(&a, err);
}

static int read_feed(struct store_tx *tx, void *arg, struct err *err)
{
	struct asking *a = arg;

	if (catalog_publish_state(tx, &a->state, err) < 0)
		return -1;
	a->known = is_known(a);
	a->found = catalog_publish_feed(tx, a->v->hub->conf.origin, a->page, &a->fixed, &a->g, err);
	return a->found < 0 ? -1 : 0;
}

/* "/catalog/feed/3" */
int catalog_file_feed(struct visit *v, struct err *err)
{
	AUTO(asking_clear)
	struct asking a = {.v = v, .syntax = RDF_TRIG};

	if (!view_to_i64(v->params[0], &a.page))
		return visit_not_found(v, err);
	if (store_read(v->hub->store, read_feed, &a, err) < 0)
		return -1;
	return answer(&a, err);
}

/* "/catalog/feed": where its pages begin. */
int catalog_file_stream(struct visit *v, struct err *err)
{
	AUTO(asking_clear)
	struct asking a = {.v = v, .syntax = RDF_TURTLE, .found = 1};

	catalog_publish_stream(v->hub->conf.origin, &a.g);
	return answer(&a, err);
}
