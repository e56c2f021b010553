/*
 * CKAN's action API (package_search, version 3) as DCAT: what a package says of
 * itself, nothing made up. A dataset's address is the package's `uri` among its
 * extras, or SITE/dataset/ID, as ckanext-dcat has it.
 */
#include "catalog/page.h"
#include "catalog/rdf_write.h"
#include "catalog/sheet_inside.h"
#include "http/fetch.h"
#include "io/json.h"

#include <inttypes.h>

#define DCT "http://purl.org/dc/terms/"

struct package {
	struct rdf_graph *g;
	const json_t *object;
	const char *site;
	uint32_t subject;
};

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text && *text ? text : NULL;
}

static void say(struct package *p, uint32_t subject, const char *predicate, uint32_t object)
{
	if (object)
		rdf_add(p->g, subject, rdf_iri(p->g, VIEW(predicate)), object, 0);
}

static uint32_t word(struct package *p, const char *text, const char *type)
{
	if (!text)
		return 0;
	return rdf_literal(
	    p->g, VIEW(text), type ? rdf_iri(p->g, VIEW(type)) : 0, VIEW_NONE);
}

static uint32_t address(struct package *p, const char *text)
{
	return text && rdf_iri_is_valid(VIEW(text)) ? rdf_iri(p->g, VIEW(text)) : 0;
}

/* A part of the package by its identifier: "resource/ID". Ids with odd signs are refused. */
static uint32_t part(struct package *p, const char *kind, const json_t *object)
{
	const char *id = text_of(object, "id");
	AUTO_FREE char *iri = str_format("%s/%s/%s", p->site, kind, id ? id : "");

	return id ? address(p, iri) : 0;
}

static void add_keywords(struct package *p)
{
	const json_t *tag;
	size_t i;

	json_array_foreach(json_object_get(p->object, "tags"), i, tag)
	    say(p, p->subject, SHEET_DCAT "keyword", word(p, text_of(tag, "name"), NULL));
}

static void add_publisher(struct package *p)
{
	const json_t *organisation = json_object_get(p->object, "organization");
	uint32_t agent = part(p, "organization", organisation);

	if (!agent)
		return;
	say(p, p->subject, DCT "publisher", agent);
	say(p, agent, RDF_TYPE, rdf_iri(p->g, VIEW_LIT(SHEET_FOAF "Agent")));
	say(p, agent, SHEET_FOAF "name", word(p, text_of(organisation, "title"), NULL));
}

static void add_resources(struct package *p)
{
	const json_t *r;
	size_t i;

	json_array_foreach(json_object_get(p->object, "resources"), i, r)
	{
		uint32_t d = part(p, "resource", r);

		if (!d)
			continue;
		say(p, p->subject, SHEET_DCAT "distribution", d);
		say(p, d, RDF_TYPE, rdf_iri(p->g, VIEW_LIT(SHEET_DCAT "Distribution")));
		say(p, d, DCT "title", word(p, text_of(r, "name"), NULL));
		say(p, d, DCT "description", word(p, text_of(r, "description"), NULL));
		say(p, d, SHEET_DCAT "accessURL", address(p, text_of(r, "url")));
		say(p, d, DCT "license", address(p, text_of(p->object, "license_url")));
	}
}

static const char *find_extra(const json_t *package, const char *key)
{
	const json_t *extra;
	size_t i;

	json_array_foreach(json_object_get(package, "extras"), i, extra)
	{
		const char *name = text_of(extra, "key");

		if (name && strcmp(name, key) == 0)
			return text_of(extra, "value");
	}
	return NULL;
}

static int add_package(struct package *p, struct err *err)
{
	const char *uri = find_extra(p->object, "uri");

	p->subject = uri ? address(p, uri) : part(p, "dataset", p->object);
	if (!p->subject)
		return err_set(err, ERR_FORMAT,
		    "a package without an identifier that an address can be made of");
	say(p, p->subject, RDF_TYPE, rdf_iri(p->g, VIEW_LIT(SHEET_DCAT "Dataset")));
	say(p, p->subject, DCT "identifier", word(p, text_of(p->object, "id"), NULL));
	say(p, p->subject, DCT "title", word(p, text_of(p->object, "title"), NULL));
	say(p, p->subject, DCT "description", word(p, text_of(p->object, "notes"), NULL));
	say(p, p->subject, SHEET_DCAT "landingPage", address(p, text_of(p->object, "url")));
	add_keywords(p);
	add_publisher(p);
	add_resources(p);
	return 0;
}

/* The address with "start" set to another number. */
static char *next_address(const char *url, int64_t start)
{
	struct view rest = VIEW(url), query, pair;
	AUTO_STR struct str out = {0};
	bool first = true;

	(void)view_next(&rest, '?', &query);
	str_add(&out, query);
	while (view_next(&rest, '&', &pair)) {
		if (view_starts(pair, VIEW_LIT("start=")) || pair.len == 0)
			continue;
		str_addc(&out, first ? '?' : '&');
		str_add(&out, pair);
		first = false;
	}
	str_addf(&out, "%cstart=%" PRId64, first ? '?' : '&', start);
	return str_take(&out);
}

static int64_t start_of(const char *url)
{
	struct view rest = VIEW(url), pair;
	int64_t start = 0, n;

	(void)view_next(&rest, '?', &pair);
	while (view_next(&rest, '&', &pair))
		if (view_starts(pair, VIEW_LIT("start=")) &&
		    view_to_i64((struct view){pair.ptr + 6, pair.len - 6}, &n) && n >= 0 &&
		    n < INT32_MAX)
			start = n;
	return start;
}

static int add_next(struct catalog_page *p, const char *url, int64_t got, struct err *err)
{
	int64_t start = start_of(url) + got;
	AUTO_FREE char *next = NULL;

	if (start >= p->total)
		return 0;
	if (got == 0)
		return err_set(err, ERR_FORMAT,
		    "it promises %" PRId64 " packages, and has none behind the first %" PRId64,
		    p->total, start);
	next = next_address(url, start);
	*vec_push(&p->next) = arena_strdup(&p->memory, VIEW(next));
	return 0;
}

int catalog_page_ckan(struct catalog_page *ret, const char *url, struct view body, struct err *err)
{
	AUTO_JSON json_t *doc = NULL;
	AUTO_FREE char *site = fetch_resolve(url, "/");
	const json_t *result, *list, *one;
	size_t i;

	if (!site)
		return err_set(err, ERR_FORMAT, "no address");
	site[strlen(site) - 1] = '\0';
	if (json_parse(&doc, "page", body, err) < 0)
		return -1;
	result = json_object_get(doc, "result");
	list = json_object_get(result, "results");
	if (!json_is_true(json_object_get(doc, "success")) || !json_is_array(list) ||
	    !json_is_integer(json_object_get(result, "count")))
		return err_set(err, ERR_FORMAT,
		    "JSON that is no successful answer of CKAN's package_search");
	ret->total = json_integer_value(json_object_get(result, "count"));
	json_array_foreach(list, i, one)
	{
		struct package p = {.g = &ret->g, .object = one, .site = site};

		if (add_package(&p, err) < 0)
			return err_wrap(err, "package %zu", i + 1);
	}
	rdf_index(&ret->g);
	return add_next(ret, url, (int64_t)json_array_size(list), err);
}
