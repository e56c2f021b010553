#include "catalog/page.h"
#include "base/date.h"
#include "catalog/publish.h"
#include "catalog/rdf_write.h"
#include "http/fetch.h"

#include <inttypes.h>

void catalog_page_clear(struct catalog_page *p)
{
	rdf_clear(&p->g);
	arena_clear(&p->memory);
	vec_clear(&p->next);
	vec_clear(&p->activities);
}

static int add_next(struct catalog_page *p, const char *url, struct view address, struct err *err)
{
	AUTO_FREE char *text = str_format("%.*s", VIEW_ARG(address));
	AUTO_FREE char *whole = fetch_resolve(url, text);

	if (!whole)
		return err_set(err, ERR_FORMAT, "the address of its next page is none");
	if (strchr(whole, '#'))
		*strchr(whole, '#') = '\0';
	for (size_t i = 0; i < p->next.len; i++)
		if (strcmp(p->next.ptr[i], whole) == 0)
			return 0;
	if (p->next.len == CATALOG_PAGE_NEXT)
		return err_set(err, ERR_LIMIT, "it leads to more than %d pages", CATALOG_PAGE_NEXT);
	*vec_push(&p->next) = arena_strdup(&p->memory, VIEW(whole));
	return 0;
}

static bool is_of(const struct rdf_graph *g, uint32_t id, struct view space)
{
	return id && rdf_term(g, id)->kind == RDF_IRI && view_starts(rdf_term(g, id)->text, space);
}

static bool is_paging_term(const struct rdf_graph *g, uint32_t id)
{
	return is_of(g, id, VIEW_LIT(HYDRA)) || is_of(g, id, VIEW_LIT(TREE)) ||
	       is_of(g, id, VIEW_LIT(LDES)) || is_of(g, id, VIEW_LIT(AS));
}

/* What only describes the paging goes; also what is said of the nodes that do so. */
static void take_out_paging(struct rdf_graph *g)
{
	uint32_t type = rdf_find_iri(g, VIEW_LIT(RDF_TYPE));
	bool *paging = mem_zalloc(g->terms.len + 1, sizeof(*paging));
	size_t kept = 0;

	for (size_t i = 0; i < g->quads.len; i++) {
		const struct rdf_quad *q = &g->quads.ptr[i];

		if (is_paging_term(g, q->predicate) ||
		    (q->predicate == type && is_paging_term(g, q->object)))
			paging[q->subject] = rdf_term(g, q->subject)->kind == RDF_BLANK;
	}
	for (size_t i = 0; i < g->quads.len; i++) {
		const struct rdf_quad q = g->quads.ptr[i];

		if (!paging[q.subject] && !is_paging_term(g, q.predicate) &&
		    !(q.predicate == type && is_paging_term(g, q.object)))
			g->quads.ptr[kept++] = q;
	}
	g->quads.len = kept;
	g->indexed = false;
	free(paging);
	rdf_index(g);
}

static int add_objects(struct catalog_page *p, const char *url, const char *predicate,
    struct err *err)
{
	uint32_t id = rdf_find_iri(&p->g, VIEW(predicate));

	for (size_t i = 0; id && i < p->g.quads.len; i++) {
		const struct rdf_quad *q = &p->g.quads.ptr[i];
		const struct rdf_term *t = rdf_term(&p->g, q->object);

		if (q->predicate == id && t->kind != RDF_BLANK &&
		    add_next(p, url, t->text, err) < 0)
			return -1;
	}
	return 0;
}

static void find_total(struct catalog_page *p)
{
	uint32_t id = rdf_find_iri(&p->g, VIEW_LIT(HYDRA "totalItems"));
	int64_t n;

	for (size_t i = 0; id && i < p->g.quads.len; i++)
		if (p->g.quads.ptr[i].predicate == id &&
		    view_to_i64(rdf_term(&p->g, p->g.quads.ptr[i].object)->text, &n) && n >= 0)
			p->total = MAX(p->total, n);
}

static bool take_number(struct view *rest, size_t digits, char after, int64_t *ret)
{
	struct view number = {rest->ptr, digits};

	if (rest->len < digits + (after != 0) || !view_to_i64(number, ret) || *ret < 0 ||
	    (after && rest->ptr[digits] != after))
		return false;
	*rest = (struct view){rest->ptr + digits + (after != 0), rest->len - digits - (after != 0)};
	return true;
}

/* ".25Z", "+01:00", "" (taken as UTC), behind the seconds. */
static bool take_zone(struct view rest, int64_t *ret_us)
{
	int64_t scale = 100000, hours, minutes, sign;

	if (rest.len && rest.ptr[0] == '.')
		for (rest.ptr++, rest.len--; rest.len && rest.ptr[0] >= '0' && rest.ptr[0] <= '9';
		     rest.ptr++, rest.len--, scale /= 10)
			*ret_us += (rest.ptr[0] - '0') * scale;
	if (rest.len == 0 || view_eq(rest, VIEW_LIT("Z")))
		return true;
	if (rest.ptr[0] != '+' && rest.ptr[0] != '-')
		return false;
	sign = rest.ptr[0] == '+' ? 1 : -1;
	rest = (struct view){rest.ptr + 1, rest.len - 1};
	if (!take_number(&rest, 2, ':', &hours) || !take_number(&rest, 2, 0, &minutes) ||
	    rest.len || hours > 14 || minutes > 59)
		return false;
	*ret_us -= sign * (hours * 60 + minutes) * 60000000;
	return true;
}

bool catalog_page_time(struct view text, int64_t *ret)
{
	int64_t year, month, day, hour, minute, second, us = 0;
	char iso[11];
	date_t date;

	if (text.len < 19)
		return false;
	memcpy(iso, text.ptr, 10);
	iso[10] = '\0';
	if (!take_number(&text, 4, '-', &year) || !take_number(&text, 2, '-', &month) ||
	    !take_number(&text, 2, 'T', &day) || !take_number(&text, 2, ':', &hour) ||
	    !take_number(&text, 2, ':', &minute) || !take_number(&text, 2, 0, &second) ||
	    !date_parse(VIEW(iso), &date) || hour > 24 || minute > 59 || second > 60 ||
	    !take_zone(text, &us))
		return false;
	*ret = (((int64_t)date * 24 + hour) * 60 + minute) * 60000000 + second * 1000000 + us;
	return true;
}

static const struct rdf_term *value_of(const struct rdf_graph *g, uint32_t subject,
    const char *predicate)
{
	uint32_t id = rdf_find_iri(g, VIEW(predicate));
	size_t count = 0;
	const struct rdf_quad *q = id ? rdf_values(g, subject, id, &count) : NULL;

	return count ? rdf_term(g, q->object) : NULL;
}

static int add_activity(struct catalog_page *p, const struct rdf_quad *q, enum catalog_act act,
    struct err *err)
{
	const struct rdf_term *object = value_of(&p->g, q->subject, AS "object");
	const struct rdf_term *at = value_of(&p->g, q->subject, AS "published");
	struct catalog_activity a = {.act = act, .graph = q->subject, .at = INT64_MIN};

	if (rdf_term(&p->g, q->subject)->kind != RDF_IRI || !object || object->kind != RDF_IRI)
		return err_set(err, ERR_FORMAT,
		    "an activity of the feed without an address, or about something without one");
	if (at && !catalog_page_time(at->text, &a.at))
		return err_set(err, ERR_FORMAT, "an activity of the feed whose time is none");
	a.iri = arena_view(&p->memory, rdf_term(&p->g, q->subject)->text);
	a.object = arena_view(&p->memory, object->text);
	*vec_push(&p->activities) = a;
	return 0;
}

static int find_activities(struct catalog_page *p, struct err *err)
{
	static const char *const acts[] = {[CATALOG_CREATE] = AS "Create",
	    [CATALOG_UPDATE] = AS "Update",
	    [CATALOG_DELETE] = AS "Delete"};
	uint32_t type = rdf_find_iri(&p->g, VIEW_LIT(RDF_TYPE));
	uint32_t kinds[ARRAY_LEN(acts)];

	for (size_t k = 0; k < ARRAY_LEN(acts); k++)
		kinds[k] = rdf_find_iri(&p->g, VIEW(acts[k]));
	for (size_t i = 0; type && i < p->g.quads.len; i++) {
		const struct rdf_quad q = p->g.quads.ptr[i];

		for (size_t k = 0; k < ARRAY_LEN(acts); k++)
			if (q.predicate == type && kinds[k] && q.object == kinds[k] &&
			    add_activity(p, &q, (enum catalog_act)k, err) < 0)
				return -1;
	}
	return 0;
}

static bool speaks_of(const struct rdf_graph *g, const char *predicate)
{
	uint32_t id = rdf_find_iri(g, VIEW(predicate));

	for (size_t i = 0; id && i < g->quads.len; i++)
		if (g->quads.ptr[i].predicate == id || g->quads.ptr[i].object == id)
			return true;
	return false;
}

static int understand(struct catalog_page *p, const char *url, struct err *err)
{
	p->feed = speaks_of(&p->g, LDES "EventStream") || speaks_of(&p->g, TREE "member") ||
	          speaks_of(&p->g, TREE "relation");
	if (p->feed) {
		if (add_objects(p, url, TREE "view", err) < 0 ||
		    add_objects(p, url, TREE "node", err) < 0 || find_activities(p, err) < 0)
			return -1;
	} else {
		find_total(p);
		if (add_objects(p, url, HYDRA "nextPage", err) < 0 ||
		    add_objects(p, url, HYDRA "next", err) < 0)
			return -1;
		if (p->next.len > 1)
			return err_set(err, ERR_FORMAT, "it names two different next pages");
	}
	take_out_paging(&p->g);
	return 0;
}

int catalog_page_read(struct catalog_page *ret, const char *url, struct view type,
    struct view body, struct err *err)
{
	static const struct {
		struct view type;
		enum rdf_syntax syntax;
	} known[] = {{VIEW_LIT("text/turtle"), RDF_TURTLE},
	    {VIEW_LIT("application/n-triples"), RDF_NTRIPLES},
	    {VIEW_LIT("application/trig"), RDF_TRIG},
	    {VIEW_LIT("application/n-quads"), RDF_NQUADS},
	    {VIEW_LIT("application/rdf+xml"), RDF_XML}, {VIEW_LIT("application/xml"), RDF_XML},
	    {VIEW_LIT("text/xml"), RDF_XML}, {VIEW_LIT("application/ld+json"), RDF_JSONLD}};
	const struct rdf_limits limits = {.quads = CATALOG_PAGE_STATEMENTS};
	struct view name = VIEW_NONE;

	ret->total = -1;
	(void)view_next(&type, ';', &name);
	name = view_trim(name);
	if (view_eq_nocase(name, VIEW_LIT("application/json")))
		return catalog_page_ckan(ret, url, body, err);
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		if (!view_eq_nocase(name, known[i].type))
			continue;
		if (rdf_read(&ret->g, "page", body, known[i].syntax, url, &limits, err) < 0)
			return -1;
		rdf_index(&ret->g);
		return understand(ret, url, err);
	}
	(void)err_set(err, ERR_FORMAT, "its type is not one that is read");
	return err_hint(err,
	    "text/turtle, application/trig, application/n-triples, application/n-quads, "
	    "application/rdf+xml, application/ld+json, or CKAN's application/json");
}
