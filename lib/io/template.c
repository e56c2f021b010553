#include "io/template_inside.h"

#include <assert.h>

/* A partial may call itself: a tree that deep is none. */
enum { PARTIALS_MAX = 64 };

struct template_set *template_set_new(template_translate *translate, void *ctx)
{
	struct template_set *set = mem_zalloc(1, sizeof(*set));

	set->translate = translate;
	set->ctx = ctx;
	return set;
}

void template_set_language(struct template_set *set, enum date_language language)
{
	set->language = language;
}

void template_set_free(struct template_set **set)
{
	struct template_set *gone = TAKE(*set);

	if (!gone)
		return;
	for (size_t i = 0; i < gone->all.len; i++)
		vec_clear(&gone->all.ptr[i].nodes);
	vec_clear(&gone->all);
	map_clear(&gone->names);
	arena_clear(&gone->memory);
	free(gone);
}

int template_add(struct template_set *set, const char *name, struct view text, struct err *err)
{
	struct template *t;

	assert(!map_find(&set->names, VIEW(name)));
	map_intern(&set->names, VIEW(name));
	t = vec_push(&set->all);
	t->name = arena_strdup(&set->memory, VIEW(name));
	return template_parse(set, t, arena_view(&set->memory, text), err);
}

/* What a name is looked up in: the innermost value first. */
struct frame {
	json_t *value;
	const struct frame *outer;
};

struct renderer {
	const struct template_set *set;
	struct str *out;
	struct str indent;
	int partials;
	struct err *err;
};

static json_t *member(json_t *value, struct view name)
{
	return json_is_object(value) ? json_object_getn(value, name.ptr, name.len) : NULL;
}

/* "a.b": a in any frame, b in a only. */
static json_t *look_up(const struct frame *frame, struct view name)
{
	struct view part;
	json_t *found = NULL;

	if (view_eq(name, VIEW_LIT(".")))
		return frame->value;
	if (!view_next(&name, '.', &part))
		return NULL;
	for (; frame && !found; frame = frame->outer)
		found = member(frame->value, part);
	while (found && view_next(&name, '.', &part))
		found = member(found, part);
	return found;
}

static bool is_true(const json_t *value)
{
	return value && !json_is_null(value) && !json_is_false(value) &&
	       !(json_is_array(value) && json_array_size(value) == 0) &&
	       !(json_is_string(value) && json_string_length(value) == 0);
}

void template_escape(struct str *out, struct view text)
{
	for (size_t i = 0; i < text.len; i++) {
		switch (text.ptr[i]) {
		case '&': str_addz(out, "&amp;"); break;
		case '<': str_addz(out, "&lt;"); break;
		case '>': str_addz(out, "&gt;"); break;
		case '"': str_addz(out, "&quot;"); break;
		case '\'': str_addz(out, "&#39;"); break;
		default: str_addc(out, text.ptr[i]);
		}
	}
}

/* Numbers as JSON has them. Lists and objects have no text of their own. */
static void add_value(struct str *out, const json_t *value, bool escaped)
{
	struct json_writer w = {.out = out};
	struct view text;

	switch (json_typeof(value)) {
	case JSON_STRING:
		text = (struct view){json_string_value(value), json_string_length(value)};
		if (escaped)
			template_escape(out, text);
		else
			str_add(out, text);
		break;
	case JSON_INTEGER: json_add_int(&w, json_integer_value(value)); break;
	case JSON_REAL: json_add_double(&w, json_real_value(value)); break;
	case JSON_TRUE: str_addz(out, "true"); break;
	case JSON_FALSE: str_addz(out, "false"); break;
	case JSON_NULL:
	case JSON_ARRAY:
	case JSON_OBJECT: break;
	}
}

static int render(struct renderer *r, const struct template *t, size_t from, size_t to,
    const struct frame *frame);

static int render_day(struct renderer *r, const struct template *t, size_t at,
    const struct frame *frame)
{
	AUTO_STR struct str text = {0};
	const struct node *n = &t->nodes.ptr[at];
	struct str *out = r->out;
	int status;

	r->out = &text;
	status = render(r, t, at + 1, n->end, frame);
	r->out = out;
	template_add_day(out, str_view(&text), r->set->language,
	    view_eq(n->text, VIEW_LIT("on")));
	return status;
}

static bool is_day(const struct node *n)
{
	return n->kind == NODE_SECTION &&
	       (view_eq(n->text, VIEW_LIT("on")) || view_eq(n->text, VIEW_LIT("on_words")));
}

static int render_section(struct renderer *r, const struct template *t, size_t at,
    const struct frame *frame)
{
	const struct node *n = &t->nodes.ptr[at];
	json_t *value, *item;
	size_t i;

	if (is_day(n))
		return render_day(r, t, at, frame);
	value = look_up(frame, n->text);
	if (is_true(value) == (n->kind == NODE_INVERTED))
		return 0;
	if (n->kind == NODE_INVERTED)
		return render(r, t, at + 1, n->end, frame);
	if (!json_is_array(value))
		return render(r, t, at + 1, n->end, &(struct frame){value, frame});
	json_array_foreach(value, i, item)
	{
		if (render(r, t, at + 1, n->end, &(struct frame){item, frame}) < 0)
			return -1;
	}
	return 0;
}

static int render_partial(struct renderer *r, const struct node *n, const struct frame *frame)
{
	const int64_t *i = map_find(&r->set->names, n->text);
	const struct template *t;
	size_t indent = r->indent.len;
	int status;

	if (!i)
		return 0;
	if (r->partials == PARTIALS_MAX)
		return err_set(r->err, ERR_FORMAT, "partials in partials without end: %.*s",
		    VIEW_ARG(n->text));
	t = &r->set->all.ptr[*i];
	r->partials++;
	str_add(&r->indent, n->indent);
	status = render(r, t, 0, t->nodes.len, frame);
	str_truncate(&r->indent, indent);
	r->partials--;
	return status;
}

static int render_node(struct renderer *r, const struct template *t, size_t at,
    const struct frame *frame)
{
	const struct node *n = &t->nodes.ptr[at];
	const json_t *value;

	switch (n->kind) {
	case NODE_TEXT: str_add(r->out, n->text); return 0;
	case NODE_LINE: str_add(r->out, str_view(&r->indent)); return 0;
	case NODE_ESCAPED:
	case NODE_RAW:
		value = look_up(frame, n->text);
		if (value)
			add_value(r->out, value, n->kind == NODE_ESCAPED);
		return 0;
	case NODE_SECTION:
	case NODE_INVERTED: return render_section(r, t, at, frame);
	case NODE_PARTIAL: return render_partial(r, n, frame);
	}
	return 0;
}

static int render(struct renderer *r, const struct template *t, size_t from, size_t to,
    const struct frame *frame)
{
	size_t at = from;

	while (at < to) {
		const struct node *n = &t->nodes.ptr[at];

		if (render_node(r, t, at, frame) < 0)
			return -1;
		at = n->end ? n->end : at + 1;
	}
	return 0;
}

int template_render(const struct template_set *set, const char *name, json_t *model,
    struct str *out, struct err *err)
{
	const int64_t *i = map_find(&set->names, VIEW(name));
	struct renderer r = {.set = set, .out = out, .err = err};
	const struct template *t;
	int status;

	if (!i)
		return err_set(err, ERR_FORMAT, "no template %s", name);
	t = &set->all.ptr[*i];
	status = render(&r, t, 0, t->nodes.len, &(struct frame){model, NULL});
	str_clear(&r.indent);
	if (status == 0 && out->full)
		return err_set(err, ERR_LIMIT, "%s: the page is too large", name);
	return status;
}
