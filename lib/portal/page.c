#include "portal/inside.h"
#include "portal/scope.h"

#include "desk/list.h"
#include "portal/desk_pages.h"

#include "base/embed.h"

/* "web/portal/home.mustache" is the template "home". */
static bool template_name(const char *file, struct view *ret)
{
	const struct view head = VIEW_LIT("web/portal/"), tail = VIEW_LIT(".mustache");
	struct view v = VIEW(file);

	if (!view_starts(v, head) || !view_ends(v, tail))
		return false;
	*ret = (struct view){v.ptr + head.len, v.len - head.len - tail.len};
	return true;
}

static int read_set(struct portal *p, enum language language, struct err *err)
{
	p->templates[language] =
	    template_set_new(language == FRENCH ? po_translate : NULL, &p->french);
	template_set_language(p->templates[language],
	    language == FRENCH ? DATE_FRENCH : DATE_ENGLISH);
	for (size_t i = 0; i < embed_file_count; i++) {
		const struct embed_file *f = &embed_files[i];
		AUTO_FREE char *text = NULL;
		struct view name;

		if (!template_name(f->name, &name))
			continue;
		text = str_format("%.*s", VIEW_ARG(name));
		if (template_add(p->templates[language], text,
			(struct view){f->start, (size_t)(f->end - f->start)}, err) < 0)
			return -1;
	}
	return 0;
}

int portal_read_templates(struct portal *p, struct err *err)
{
	if (po_parse(&p->french, "po/fr.po", embed_find("po/fr.po"), err) < 0 ||
	    report_language_open(&p->drawn, REPORT_IN_FRENCH, err) < 0)
		return -1;
	for (int l = 0; l < LANGUAGES; l++)
		if (read_set(p, (enum language)l, err) < 0)
			return -1;
	return 0;
}

struct view visit_text(const struct visit *v, const char *english)
{
	return v->language == FRENCH ? po_find(&v->portal->french, VIEW(english)) : VIEW(english);
}

struct view visit_said(const struct visit *v, const char *message)
{
	AUTO_STR struct str text = {0};

	if (v->language != FRENCH)
		return VIEW(message);
	po_said(&v->portal->french, VIEW(message), &text);
	return arena_view(&v->q->memory, str_view(&text));
}

void visit_set(struct visit *v, const char *key, struct view text)
{
	json_object_set_new(v->model, key,
	    json_stringn_nocheck(text.ptr ? text.ptr : "", text.len));
}

void visit_set_list(struct visit *v, const char *key, const char *name, json_t *list)
{
	json_t *frame = json_object();

	json_object_set_new(frame, name, list);
	if (json_array_size(list) > 0)
		json_object_set(v->model, key, frame);
	json_decref(frame);
}

/* The same page in each language. */
static void add_languages(struct visit *v)
{
	static const char *const names[LANGUAGES] = {"English", "Français"};
	json_t *all = json_array();

	for (int l = 0; l < LANGUAGES; l++) {
		AUTO_FREE char *path =
		    str_format("/%s%.*s", language_codes[l], VIEW_ARG(v->path));

		json_array_append_new(all,
		    json_pack("{s:s, s:s, s:s, s:b}", "code", language_codes[l], "name", names[l],
			"path", path, "here", l == (int)v->language));
	}
	json_object_set_new(v->model, "languages", all);
}

/* How many applications wait for this person; a page does not fail for it. */
static void add_task_count(const struct visit *v, json_t *item)
{
	struct desk desk = desk_of(v);
	struct desk_filter who;
	struct err unused = {0};
	int64_t n;

	if (v->account && v->route && v->route->kind == ROUTE_PAGE && v->q->method == HTTP_GET &&
	    desk_duties_of(v, &who, &unused) == 0 &&
	    desk_tasks_count(&desk, &who, &n, &unused) == 0 &&
	    n > 0)
		json_object_set_new(item, "waiting", json_integer((json_int_t)n));
}

/* Where one can go, and where one is. */
static void add_menu(struct visit *v)
{
	static const struct {
		const char *path, *label;
		unsigned who;
		const char *scope;
	} items[] = {
	    {"/catalog", "Catalogue", ROLE_PUBLIC, ""},
	    {"/register", "Register", ROLE_PUBLIC, ""},
	    {"/procedures", "Procedures", ROLE_PUBLIC, ""},
	    {"/holder", "My datasets", ROLE_HOLDER | ROLE_ADMIN, ""},
	    {"/committee", "The committee",
		ROLE_OFFICER | ROLE_MEMBER | ROLE_CHAIR | ROLE_AUDITOR, SCOPE_COMMITTEE},
	    {"/desk", "The desk",
		ROLE_APPLICANT | ROLE_OFFICER | ROLE_MEMBER | ROLE_CHAIR | ROLE_AUTHORITY |
		    ROLE_HOLDER | ROLE_AUDITOR,
		""},
	};
	json_t *menu = json_array();

	for (size_t i = 0; i < ARRAY_LEN(items); i++) {
		AUTO_FREE char *path =
		    str_format("/%s%s", language_codes[v->language], items[i].path);
		struct view label = visit_text(v, items[i].label);

		if (items[i].who & (v->roles | scope_roles(v, items[i].scope)))
			json_array_append_new(menu,
			    json_pack("{s:s, s:s%, s:b}", "path", path, "label", label.ptr,
				label.len, "here", view_starts(v->path, VIEW(items[i].path))));
		if ((items[i].who & v->roles) && strcmp(items[i].path, "/desk") == 0)
			add_task_count(v, json_array_get(menu, json_array_size(menu) - 1));
	}
	json_object_set_new(v->model, "menu", menu);
}

void portal_fill_model(struct visit *v)
{
	const struct hub_conf *conf = &v->hub->conf;

	visit_set(v, "language", VIEW(language_codes[v->language]));
	visit_set(v, "site_name", VIEW(conf->name[v->language]));
	visit_set(v, "contact", VIEW(conf->contact));
	visit_set(v, "style", VIEW(v->portal->style_name));
	visit_set(v, "logo", VIEW(v->portal->logo_name));
	visit_set(v, "path", v->path);
	json_object_set_new(v->model, v->language == FRENCH ? "french" : "english", json_true());
	json_object_set_new(v->model, "signed_in", json_boolean(v->account != 0));
	visit_set(v, "csrf", VIEW(v->csrf));
	visit_set(v, "person", VIEW(v->account && v->who.name ? v->who.name : ""));
	for (unsigned i = 0; i < ROLE_COUNT; i++) {
		AUTO_FREE char *key = NULL;

		if (!(v->roles & 1u << i))
			continue;
		key = str_format("is_%s", role_name((enum role)(1u << i)));
		json_object_set_new(v->model, key, json_true());
	}
	add_languages(v);
	add_menu(v);
}

int visit_page(struct visit *v, const char *name, struct err *err)
{
	v->r->type = "text/html; charset=utf-8";
	str_reset(&v->r->body);
	return template_render(v->portal->templates[v->language], name, v->model, &v->r->body,
	    err);
}

int visit_json(struct visit *v, const json_t *value, struct err *err)
{
	AUTO_FREE char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);

	if (!text)
		return err_set(err, ERR_INTERNAL, "a value that is no JSON");
	v->r->type = "application/json";
	str_reset(&v->r->body);
	str_addz(&v->r->body, text);
	return 0;
}

static void take_value(struct visit *v, const char *name, const json_t *value)
{
	const char *text = json_string_value(value);
	char number[24];

	if (json_is_integer(value)) {
		snprintf(number, sizeof(number), "%lld", (long long)json_integer_value(value));
		text = number;
	} else if (json_is_true(value)) {
		text = "yes";
	}
	if (!text)
		return;
	*vec_push(&v->q->form.all) =
	    (struct http_pair){VIEW(arena_strdup(&v->q->memory, VIEW(name))),
		VIEW(arena_strdup(&v->q->memory, VIEW(text)))};
}

int visit_take_body(struct visit *v, struct err *err)
{
	AUTO_JSON json_t *body = NULL;
	const char *name;
	json_t *value, *one;
	size_t i;

	if (v->q->body.len == 0)
		return 0;
	if (json_parse(&body, "body", v->q->body, err) < 0)
		return -1;
	if (!json_is_object(body))
		return err_set(err, ERR_FORMAT, "body: not an object");
	json_object_foreach(body, name, value)
	{
		take_value(v, name, value);
		json_array_foreach(value, i, one) take_value(v, name, one);
	}
	return 0;
}

void visit_go(struct visit *v, const char *path)
{
	AUTO_FREE char *full = str_format("/%s%s", language_codes[v->language], path);

	http_redirect(v->r, VIEW(full));
}

int visit_not_found(struct visit *v, struct err *err)
{
	v->r->status = 404;
	return err_set(err, ERR_FORMAT, "there is no such page");
}

int visit_status(const struct err *err)
{
	switch (err->code) {
	case ERR_DENIED: return 403;
	case ERR_USAGE:
	case ERR_FORMAT: return 400;
	case ERR_LIMIT: return 413;
	case ERR_IO:
	case ERR_OUTPUT: return 503;
	case ERR_NONE:
	case ERR_INTERNAL:
	case ERR_CANCELLED:
	case ERR_CLOSED: return 500;
	}
	return 500;
}
