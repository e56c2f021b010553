/* The API's description (OpenAPI 3.1), made of the table of routes, so it cannot differ from it. */
#include "portal/inside.h"

#include "base/version.h"

static const char *method_name(enum http_method method)
{
	static const char *const names[] = {"get", "head", "post", "put", "delete"};

	return names[method];
}

/* "{ref}" of the pattern, each a text. */
static json_t *parameters_of(const char *pattern)
{
	struct view rest = VIEW(pattern), part;
	json_t *all = json_array();

	while (view_next(&rest, '/', &part))
		if (part.len > 2 && part.ptr[0] == '{')
			json_array_append_new(all,
			    json_pack("{s:s%, s:s, s:b, s:{s:s}}", "name", part.ptr + 1,
				part.len - 2, "in", "path", "required", 1, "schema", "type",
				"string"));
	return all;
}

/* What is not JSON; a NULL type is. */
static const struct content {
	enum http_method method;
	const char *pattern, *takes, *gives;
} contents[] = {
    {HTTP_GET, "/desk/list.csv", NULL, "text/csv"},
    {HTTP_POST, "/desk/{ref}/form/{section}/files", "multipart/form-data", NULL},
    {HTTP_GET, "/desk/{ref}/files/{sha256}", NULL, "*/*"},
    {HTTP_GET, "/desk/{ref}/dossier.pdf", NULL, "application/pdf"},
    {HTTP_GET, "/desk/{ref}/decision/{file}", NULL, "application/pdf"},
    {HTTP_GET, "/desk/{ref}/permit.pdf", NULL, "application/pdf"},
    {HTTP_GET, "/desk/{ref}/permit.note", NULL, "text/plain"},
    {HTTP_GET, "/desk/{ref}/notices.note", NULL, "text/plain"},
    {HTTP_GET, "/desk/{ref}/fees.pdf", NULL, "application/pdf"},
    {HTTP_POST, "/ingest/datasets", "text/turtle", NULL},
    {HTTP_PUT, "/ingest/datasets/origin", "text/turtle", NULL},
};

static struct content content_of(const struct route *r)
{
	struct content c = {r->method, r->pattern, NULL, NULL};

	for (size_t i = 0; i < ARRAY_LEN(contents); i++)
		if (contents[i].method == r->method && strcmp(contents[i].pattern, r->pattern) == 0)
			c = contents[i];
	c.takes = c.takes ? c.takes : "application/json";
	c.gives = c.gives ? c.gives : "application/json";
	return c;
}

static json_t *security_of(const struct route *r)
{
	return r->who & ROLE_PUBLIC ? json_array() : json_pack("[{s:[]}]", "token");
}

static json_t *operation_of(const struct route *r)
{
	const struct content c = content_of(r);
	json_t *o = json_pack("{s:s, s:o, s:o, s:{s:{s:s, s:{s:{}}}, s:{s:s}}}", "summary",
	    r->summary, "parameters", parameters_of(r->pattern), "security", security_of(r),
	    "responses", r->method == HTTP_POST ? "2XX" : "200", "description", "done", "content",
	    c.gives, "default", "description",
	    "what went wrong: {\"status\": number, \"error\": text}");

	if (r->method == HTTP_POST || r->method == HTTP_PUT)
		json_object_set_new(o, "requestBody",
		    json_pack("{s:b, s:{s:{s:{s:s}}}}", "required", 1, "content",
			c.takes, "schema", "type",
			strcmp(c.takes, "text/turtle") == 0 ? "string" : "object"));
	return o;
}

static json_t *paths(void)
{
	json_t *all = json_object();

	for (size_t i = 0; i < route_count; i++) {
		json_t *path = json_object_get(all, routes[i].pattern);

		if (routes[i].kind != ROUTE_API)
			continue;
		if (!path) {
			path = json_object();
			json_object_set_new(all, routes[i].pattern, path);
		}
		json_object_set_new(path, method_name(routes[i].method),
		    operation_of(&routes[i]));
	}
	return all;
}

int portal_openapi(struct visit *v, struct err *err)
{
	AUTO_JSON json_t *document = json_pack(
	    "{s:s, s:{s:s, s:s}, s:[{s:s}], s:{s:{s:{s:s, s:s}}}, s:o}", "openapi", "3.1.0", "info",
	    "title", v->hub->conf.name[v->language], "version", hygie_version(), "servers", "url",
	    "/api/v1", "components", "securitySchemes", "token", "type", "http", "scheme",
	    "bearer", "paths", paths());

	return visit_json(v, document, err);
}
