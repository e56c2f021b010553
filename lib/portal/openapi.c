/* The API's description (OpenAPI 3.1), made of the table of routes, so it cannot differ from it. */
#include "portal/api_query.h"
#include "portal/inside.h"

#include "base/embed.h"
#include "base/version.h"
#include "io/json.h"

static const char *method_name(enum http_method method)
{
	static const char *const names[] = {"get", "head", "post", "put", "delete"};

	return names[method];
}

/* "{ref}" of the pattern, each a text; then those of the query. */
static json_t *parameters_of(const struct route *r)
{
	struct view rest = VIEW(r->pattern), part;
	json_t *all = json_array();

	while (view_next(&rest, '/', &part))
		if (part.len > 2 && part.ptr[0] == '{')
			json_array_append_new(all,
			    json_pack("{s:s%, s:s, s:b, s:{s:s}}", "name", part.ptr + 1,
				part.len - 2, "in", "path", "required", 1, "schema", "type",
				"string"));
	query_describe(r, all);
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
    {HTTP_GET, "/desk/{ref}/receipt.pdf", NULL, "application/pdf"},
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

/* "get_desk_ref_form": the same for as long as the address is. */
static void add_id(const struct route *r, json_t *operation)
{
	AUTO_STR struct str id = {0};

	str_addz(&id, method_name(r->method));
	for (const char *c = r->pattern; *c; c++)
		if (*c == '/' || *c == '.' || *c == '-')
			str_addc(&id, '_');
		else if (*c != '{' && *c != '}')
			str_addc(&id, *c);
	json_object_set_new(operation, "operationId", json_string(str_get(&id)));
}

static json_t *responses_of(const struct route *r, const char *gives)
{
	return json_pack("{s:{s:s, s:{s:{}}}, s:{s:s}}", r->method == HTTP_POST ? "2XX" : "200",
	    "description", "done", "content", gives, "default", "$ref",
	    "#/components/responses/error");
}

/* What is sent; data/api_examples.json has some, which the tests play. */
static json_t *body_of(const struct route *r, const char *takes, const json_t *examples)
{
	AUTO_FREE char *asked = route_asked(r->method, r);
	json_t *example = json_object_get(examples, asked);
	json_t *content = json_pack("{s:{s:s}}", "schema", "type",
	    strcmp(takes, "text/turtle") == 0 ? "string" : "object");

	if (example)
		json_object_set(content, "example", example);
	return json_pack("{s:b, s:{s:o}}", "required", 1, "content", takes, content);
}

static json_t *operation_of(const struct route *r, const json_t *examples)
{
	const struct content c = content_of(r);
	json_t *o = json_pack("{s:s, s:o, s:o, s:o}", "summary", r->summary, "parameters",
	    parameters_of(r), "security", security_of(r), "responses", responses_of(r, c.gives));

	add_id(r, o);
	if (r->method == HTTP_POST || r->method == HTTP_PUT)
		json_object_set_new(o, "requestBody", body_of(r, c.takes, examples));
	return o;
}

static json_t *paths(const json_t *examples)
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
		    operation_of(&routes[i], examples));
	}
	return all;
}

/* What went wrong, and what to do: the same everywhere. */
static json_t *components(void)
{
	json_t *properties = json_pack("{s:{s:s, s:s}, s:{s:s, s:s}, s:{s:s, s:s}}", "status",
	    "type", "integer", "description", "that of the answer", "error", "type", "string",
	    "description", "what went wrong", "hint", "type", "string", "description",
	    "what to do");
	json_t *schema = json_pack("{s:s, s:o, s:[s, s, s]}", "type", "object", "properties",
	    properties, "required", "status", "error", "hint");

	return json_pack("{s:{s:{s:s, s:s}}, s:{s:o}, s:{s:{s:s, s:{s:{s:{s:s}}}}}}",
	    "securitySchemes", "token", "type", "http", "scheme", "bearer", "schemas", "error",
	    schema, "responses", "error", "description", "what went wrong, and what to do",
	    "content", "application/json", "schema", "$ref", "#/components/schemas/error");
}

int portal_openapi(struct visit *v, struct err *err)
{
	AUTO_JSON json_t *examples = NULL;
	AUTO_JSON json_t *document = NULL;

	if (json_parse(&examples, "api_examples.json", embed_find("portal/data/api_examples.json"),
		err) < 0)
		return -1;
	document = json_pack(
	    "{s:s, s:{s:s, s:s, s:s}, s:[{s:s}], s:o, s:o}", "openapi", "3.1.0", "info", "title",
	    v->hub->conf.name[v->language], "version", hygie_version(), "description",
	    "What the pages do, as JSON. A parameter that an address does not take, or a value "
	    "that it cannot have, is answered with 400 and what there is.",
	    "servers", "url", "/api/v1", "components", components(), "paths", paths(examples));

	return visit_json(v, document, err);
}
