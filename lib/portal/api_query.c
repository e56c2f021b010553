#include "portal/api_query.h"

#include "catalog/search.h"
#include "portal/inside.h"
#include "register/query.h"
#include "search/ask.h"

enum { PAGES = 999999,
	NAME_SHOWN = 40 };

static const struct query_param change_params[] = {
    {"from", QUERY_NUMBER, "the older version", "1", .min = 1, .max = PAGES},
    {"to", QUERY_NUMBER, "the newer one; without: the draft", "2", .min = 1, .max = PAGES},
};
static const struct query_param year_params[] = {
    {"year", QUERY_NUMBER, "of the calendar; without: this one", "2025", .min = 2000, .max = 2100},
};
static const struct query_param dossier_params[] = {
    {"draft", QUERY_TEXT, "anything: the draft, where one's own was handed in before",
	.example = "1"},
};
static const struct query_param origin_params[] = {
    {"originalId", QUERY_TEXT, "the identifier in the catalogue that sends it", NULL,
	.required = true},
};
static const struct query_param page_params[] = {
    {"page", QUERY_NUMBER, "from 1", "1", .min = 1, .max = PAGES},
};

#define PARAMS(all) all, ARRAY_LEN(all), NULL
#define ASKING(of) NULL, 0, &of

/* A route that is not here takes none. */
static const struct set {
	enum http_method method;
	const char *pattern;
	const struct query_param *params;
	size_t count;
	const struct search_asking *asking;
} sets[] = {
    {HTTP_GET, "/desk", desk_list_params, 0, NULL},
    {HTTP_GET, "/desk/list.csv", desk_list_params, 0, NULL},
    {HTTP_GET, "/desk/{ref}/changes", PARAMS(change_params)},
    {HTTP_GET, "/desk/{ref}/dossier.pdf", PARAMS(dossier_params)},
    {HTTP_GET, "/committee", PARAMS(page_params)},
    {HTTP_GET, "/statistics", PARAMS(year_params)},
    {HTTP_GET, "/catalog", ASKING(catalog_asking)},
    {HTTP_GET, "/catalog-variables", ASKING(catalog_variable_asking)},
    {HTTP_PUT, "/ingest/datasets/origin", PARAMS(origin_params)},
    {HTTP_GET, "/register", ASKING(register_asking)},
};

typedef void visit_param(const struct query_param *p, void *arg);

static int count_words(const char *const *words)
{
	int n = 0;

	while (words[n])
		n++;
	return n;
}

/* What every search takes, and its facets. */
static void each_asked(const struct search_asking *a, visit_param *visit, void *arg)
{
	const struct query_param own[] = {
	    {"q", QUERY_TEXT, "words, with typing errors forgiven", .example = "cohorte"},
	    {"sort", QUERY_WORD, "the order", .words = a->orders,
		.word_count = count_words(a->orders)},
	    {"page", QUERY_NUMBER, "from 1", "1", .min = 1, .max = SEARCH_PAGES_MAX},
	    {"size", QUERY_NUMBER, "entries of a page", "10", .min = 1, .max = SEARCH_PAGE_MAX},
	};

	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		visit(&own[i], arg);
	for (int f = 0; f < a->facet_count; f++)
		visit(&(struct query_param){a->facets[f], QUERY_MANY,
			  "a value of this facet, as the answer lists them", .example = NULL},
		    arg);
}

static void each_param(const struct route *r, visit_param *visit, void *arg)
{
	for (size_t i = 0; i < ARRAY_LEN(sets); i++) {
		const struct set *s = &sets[i];
		size_t count = s->params == desk_list_params ? desk_list_param_count : s->count;

		if (s->method != r->method || strcmp(s->pattern, r->pattern) != 0)
			continue;
		if (s->asking)
			each_asked(s->asking, visit, arg);
		for (size_t k = 0; k < count; k++)
			visit(&s->params[k], arg);
	}
}

struct looking {
	struct view name, value;
	bool found, right;
	struct str names, values; /* that there are */
};

static void list(struct str *out, const char *word)
{
	str_addf(out, "%s%s", out->len ? ", " : "", word);
}

static bool is_right(const struct query_param *p, struct view value, struct str *values)
{
	int64_t n = 0;

	for (int i = 0; p->kind == QUERY_WORD && i < p->word_count; i++) {
		if (view_eq(VIEW(p->words[i]), value))
			return true;
		if (*p->words[i])
			list(values, p->words[i]);
	}
	if (p->kind == QUERY_NUMBER)
		str_addf(values, "a number from %lld to %lld", (long long)p->min,
		    (long long)p->max);
	return p->kind == QUERY_NUMBER ? view_to_i64(value, &n) && n >= p->min && n <= p->max
	                               : p->kind != QUERY_WORD;
}

static void look(const struct query_param *p, void *arg)
{
	struct looking *l = arg;

	list(&l->names, p->name);
	if (!view_eq(VIEW(p->name), l->name))
		return;
	l->found = true;
	l->right = l->value.len == 0 || is_right(p, l->value, &l->values);
}

static int refuse(struct visit *v, const struct looking *l, struct err *err)
{
	struct view name = {l->name.ptr, MIN(l->name.len, (size_t)NAME_SHOWN)};

	name.len = view_utf8_prefix(name); /* no half character */
	v->r->status = 400;
	if (l->found) {
		(void)err_set(err, ERR_USAGE, "%.*s: not one of its values", VIEW_ARG(name));
		return err_hint(err, "%.*s: %s", VIEW_ARG(name), str_get(&l->values));
	}
	(void)err_set(err, ERR_USAGE, "there is no parameter '%.*s' here", VIEW_ARG(name));
	return l->names.len > 0 ? err_hint(err, "parameters: %s", str_get(&l->names))
	                        : err_hint(err, "this address takes no parameters");
}

static int judge_one(struct visit *v, const struct http_pair *pair, struct err *err)
{
	struct looking l = {.name = pair->name, .value = pair->value};
	int status;

	each_param(v->route, look, &l);
	status = l.found && l.right ? 0 : refuse(v, &l, err);
	str_clear(&l.names);
	str_clear(&l.values);
	return status;
}

int query_judge(struct visit *v, struct err *err)
{
	const struct http_pairs *pairs = &v->q->query;

	for (size_t i = 0; i < pairs->all.len; i++)
		if (pairs->all.ptr[i].name.len + pairs->all.ptr[i].value.len > 0 &&
		    judge_one(v, &pairs->all.ptr[i], err) < 0)
			return -1;
	return 0;
}

int64_t query_page(const struct visit *v)
{
	int64_t page;

	return view_to_i64(http_query(v->q, "page"), &page) && page > 0 && page <= PAGES ? page : 1;
}

static json_t *schema_of(const struct query_param *p)
{
	json_t *words, *schema;

	switch (p->kind) {
	case QUERY_NUMBER:
		return json_pack("{s:s, s:I, s:I}", "type", "integer", "minimum",
		    (json_int_t)p->min, "maximum", (json_int_t)p->max);
	case QUERY_MANY:
		return json_pack("{s:s, s:{s:s}}", "type", "array", "items", "type", "string");
	case QUERY_WORD:
		schema = json_pack("{s:s, s:o}", "type", "string", "enum", words = json_array());
		for (int i = 0; i < p->word_count; i++)
			if (*p->words[i])
				json_array_append_new(words, json_string(p->words[i]));
		return schema;
	case QUERY_TEXT: break;
	}
	return json_pack("{s:s}", "type", "string");
}

static void describe(const struct query_param *p, void *arg)
{
	json_t *one = json_pack("{s:s, s:s, s:s, s:b, s:o}", "name", p->name, "in", "query",
	    "description", p->about, "required", p->required, "schema", schema_of(p));
	int64_t n;

	if (p->example)
		json_object_set_new(one, "example",
		    p->kind == QUERY_NUMBER && view_to_i64(VIEW(p->example), &n)
			? json_integer((json_int_t)n)
			: json_string(p->example));
	json_array_append_new(arg, one);
}

void query_describe(const struct route *r, json_t *parameters)
{
	each_param(r, describe, parameters);
}
