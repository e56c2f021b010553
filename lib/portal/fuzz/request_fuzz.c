/*
 * Any request by anybody, to every handler. Two bytes choose the route of
 * routes.c (the one whose hash is nearest, so that a kept input means the same
 * when others are added), one the role that comes, one how the request is put
 * together; lines behind them are what stands for {..} (parted by '/'), the query, headers
 * ("Name: value" parted by tabs) and the body.
 *
 * Whatever comes, the answer has a status that is known, the headers that keep
 * others out, no element or attribute that is not ours, and nothing of the
 * draft of a person who is not there; a place it leads to is on this site.
 */
#include "base/hash.h"
#include "portal/tests/html.h"
#include "portal/tests/site.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum how {
	FRENCH_PAGE = 1 << 0,
	WITH_CSRF = 1 << 1,
	RAW_PATH = 1 << 2,  /* the line of parameters is the whole path */
	IS_HEAD = 1 << 3,   /* in place of GET */
	IS_JSON = 1 << 4,   /* the body: JSON */
	IS_FILES = 1 << 5,  /* the body: a form with files, its boundary "b" */
	WRONG_KEY = 1 << 6, /* a cookie for the API, a token for pages */
};

enum { CHANGES_MAX = 200 }; /* then the records are put back as they were */

struct request {
	uint16_t route;
	uint8_t role, how;
	struct view params, query, headers, body;
};

static struct site site;
static struct html_names names;
static char folder[64];
static int changes;

static void copy_records(const char *from, const char *to)
{
	AUTO_FREE char *a = str_format("%s/%s", site.folder, from);
	AUTO_FREE char *b = str_format("%s/%s", site.folder, to);
	AUTO_STR struct str bytes = {0};
	struct err err = {0};

	site_must(file_read(a, 1 << 30, &bytes, &err), &err);
	site_must(file_write_private(b, str_view(&bytes), &err), &err);
}

static void end(void)
{
	struct err err = {0};

	site_close(&site);
	html_forget(&names);
	(void)!path_remove(folder, &err);
}

static void begin(void)
{
	snprintf(folder, sizeof(folder), "%s/hygie-fuzz-XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (sodium_init() < 0 || !mkdtemp(folder))
		abort();
	html_learn(&names);
	site_open(&site, folder, "hub.db");
	site_fill(&site);
	site_close(&site);
	copy_records("hub.db", "kept.db");
	site_open(&site, folder, "hub.db");
	atexit(end);
}

static void put_back(void)
{
	site_close(&site);
	copy_records("kept.db", "hub.db");
	site_open(&site, folder, "hub.db");
	changes = 0;
}

static bool read_request(const uint8_t *data, size_t size, struct request *ret)
{
	struct view rest = {(const char *)data + 4, size - 4};

	if (size < 4)
		return false;
	*ret = (struct request){.route = (uint16_t)(data[0] << 8 | data[1]),
	    .role = data[2],
	    .how = data[3]};
	(void)view_next(&rest, '\n', &ret->params);
	(void)view_next(&rest, '\n', &ret->query);
	(void)view_next(&rest, '\n', &ret->headers);
	ret->body = rest;
	return true;
}

static int distance(uint16_t wanted, const struct route *route)
{
	AUTO_FREE char *name = str_format("%d %d %s", route->method, route->kind, route->pattern);

	return abs((int)wanted - (int)(hash_xxh3(VIEW(name)) & 0xffff));
}

static const struct route *choose_route(uint16_t wanted)
{
	const struct route *best = &routes[0];

	for (size_t i = 1; i < route_count; i++)
		if (distance(wanted, &routes[i]) < distance(wanted, best))
			best = &routes[i];
	return best;
}

/* As it would come over the wire, escapes and all. */
static void write_path(const struct request *r, const struct route *route, struct str *out)
{
	struct view rest = VIEW(route->pattern), params = r->params, part, given;

	if (r->how & RAW_PATH) {
		str_add(out, r->params);
		return;
	}
	str_addz(out, route->kind == ROUTE_API    ? "/api/v1"
		      : route->kind == ROUTE_FILE ? ""
		      : r->how & FRENCH_PAGE      ? "/fr"
						  : "/en");
	(void)view_next(&rest, '/', &part);
	while (view_next(&rest, '/', &part)) {
		str_addc(out, '/');
		given = VIEW_LIT("1");
		if (part.len > 0 && part.ptr[0] == '{')
			(void)view_next(&params, '/', &given);
		str_add(out, part.len > 0 && part.ptr[0] == '{' ? given : part);
	}
}

static void add_headers(struct http_request *q, struct view lines)
{
	struct view line, name;

	while (view_next(&lines, '\t', &line)) {
		if (!view_next(&line, ':', &name) || !http_is_text(name) || !http_is_text(line))
			continue;
		*vec_push(&q->headers.all) = (struct http_pair){
		    VIEW(arena_strdup(&q->memory, name)), view_trim(line)};
	}
}

static bool put_together(const struct request *r, const struct route *route,
    struct site_exchange *x, struct err *err)
{
	static const char *const types[] = {"application/x-www-form-urlencoded",
	    "application/json", "multipart/form-data; boundary=b"};
	const struct site_person *p = &site.people[r->role % ROLE_COUNT];
	AUTO_STR struct str path = {0};
	enum route_kind key = route->kind;

	write_path(r, route, &path);
	if (http_parse_path(&x->q, arena_view(&x->q.memory, str_view(&path)), err) < 0 ||
	    http_parse_pairs(&x->q, r->query, &x->q.query, err) < 0 ||
	    http_parse_body(&x->q,
		VIEW(types[r->how & IS_JSON    ? 1
			   : r->how & IS_FILES ? 2
					       : 0]),
		r->body, err) < 0)
		return false;
	if (r->how & WRONG_KEY)
		key = key == ROUTE_API ? ROUTE_PAGE : ROUTE_API;
	add_headers(&x->q, r->headers);
	site_come_as(x, p, key);
	if (!(r->how & WITH_CSRF) && key != ROUTE_API && x->q.form.all.len > 0)
		x->q.form.all.len--;
	return true;
}

static void must(bool holds, const char *what, const struct site_exchange *x)
{
	if (holds)
		return;
	fprintf(stderr, "%s: %.*s: status %d, %s\n%.2000s\n", what, VIEW_ARG(x->q.path),
	    x->r.status, x->r.type ? x->r.type : "", str_get(&x->r.body));
	abort();
}

static void judge_headers(const struct site_exchange *x)
{
	const char *location = site_header(x, "Location");

	must(strstr(site_header(x, "Content-Security-Policy"), "default-src 'none'") != NULL,
	    "no policy", x);
	must(strcmp(site_header(x, "X-Content-Type-Options"), "nosniff") == 0, "no nosniff", x);
	must(!*location || (location[0] == '/' && location[1] != '/' && location[1] != '\\') ||
		 view_starts(VIEW(location), VIEW_LIT("http://hub.test/")),
	    "it leads away", x);
	for (size_t i = 0; i < x->r.headers.all.len; i++)
		must(!strpbrk(x->r.headers.all.ptr[i].value.ptr, "\r\n"), "a header more", x);
}

static void judge_body(const struct site_exchange *x)
{
	struct view body = str_view(&x->r.body), tag, name, type = VIEW(x->r.type ? x->r.type : "");

	must(!site_tells(&site, body), "another's draft", x);
	if (view_starts(type, VIEW_LIT("text/html")) &&
	    !html_is_ours(&names, body, &tag, &name)) {
		fprintf(stderr, "<%.*s %.*s>\n", VIEW_ARG(tag), VIEW_ARG(name));
		must(false, "an element that is not ours", x);
	}
	if (view_starts(type, VIEW_LIT("application/json"))) {
		AUTO_JSON json_t *value = json_loadb(body.ptr, body.len, JSON_DECODE_ANY, NULL);

		must(value != NULL, "no JSON", x);
	}
}

static void judge(const struct site_exchange *x, int status)
{
	static const int known[] = {200, 201, 204, 303, 304, 400, 401, 403, 404, 405, 409, 410, 413,
	    415, 422, 429};
	bool fine = status == 503 && memmem(x->q.path.ptr, x->q.path.len, SITE_NO_FILE,
					 strlen(SITE_NO_FILE));

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		fine |= status == known[i];
	must(fine, "a status that should not be", x);
	judge_headers(x);
	judge_body(x);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_SITE_EXCHANGE struct site_exchange x = {0};
	const struct route *route;
	struct request r;
	struct err err = {0};
	enum http_method method;
	int status;

	if (!site.portal)
		begin();
	if (!read_request(data, size, &r))
		return 0;
	route = choose_route(r.route);
	if (!put_together(&r, route, &x, &err))
		return 0;
	method = route->method == HTTP_GET && r.how & IS_HEAD ? HTTP_HEAD : route->method;
	status = site_ask(&site, &x, method, x.q.path);
	judge(&x, status);
	changes += method != HTTP_GET && method != HTTP_HEAD && status < 400;
	if (changes > CHANGES_MAX ||
	    (status == 401 && (r.role % ROLE_COUNT) && !(r.how & WRONG_KEY)))
		put_back();
	return 0;
}
