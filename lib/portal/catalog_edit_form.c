/* The form of a description, field by field with what is wrong at it; and what its buttons do. */
#include "portal/catalog_edit.h"

#include "catalog/merge.h"
#include "catalog/sheet_inside.h"
#include "catalog/validate_report.h"
#include "portal/catalog_page.h"

#include <utf8proc.h>

enum { CHOICES_MAX = 40, /* more are typed as codes */
	OPTIONS_MAX = 400 };

static bool has_value(struct view cell, const char *code)
{
	struct view value;

	while (view_next(&cell, '|', &value))
		if (view_eq(view_trim(value), VIEW(code)))
			return true;
	return false;
}

static json_t *options_of(const struct visit *v, const struct catalog_edit *e, size_t column,
    const char *vocabulary)
{
	json_t *all = json_array();

	for (size_t i = 0; i < e->rules.concepts.len; i++) {
		const struct catalog_concept *c = &e->rules.concepts.ptr[i];
		const char *label = c->label[v->language == FRENCH];

		if (strcmp(c->vocabulary, vocabulary) == 0)
			json_array_append_new(all,
			    json_pack("{s:s, s:s, s:b, s:o}", "value", c->code, "text",
				label && *label ? label : c->code, "chosen",
				has_value(e->cells[column], c->code), "option_id",
				json_sprintf("f-%s-%s", e->sheet.columns.ptr[column], c->code)));
	}
	return all;
}

/* One value at most, by the rule of its property. */
static bool is_single(const struct catalog_edit *e, const struct catalog_sheet_line *l)
{
	for (size_t i = 0; i < e->rules.rules.len; i++) {
		const struct catalog_rule *rule = &e->rules.rules.ptr[i];

		if (strcmp(rule->property[0], l->property) == 0 && l->subject == 0)
			return rule->card[CATALOG_NON_PUBLIC].max == 1;
	}
	return l->subject != 0;
}

static const char *add_choices(const struct visit *v, const struct catalog_edit *e, size_t column,
    json_t *field)
{
	const struct catalog_sheet_line *l = catalog_sheet_line(&e->sheet, column);
	json_t *options = options_of(v, e, column, l->as + 5);
	bool single = is_single(e, l);

	json_object_set_new(field, "options", options);
	if (single && json_array_size(options) <= OPTIONS_MAX)
		return "is_select";
	return json_array_size(options) <= CHOICES_MAX ? "is_multi" : "is_line";
}

static json_t *yes_no(const struct visit *v, struct view cell)
{
	return json_pack("[{s:s, s:o, s:b}, {s:s, s:o, s:b}]", "value", "true", "text",
	    portal_text(visit_text(v, "yes")), "chosen", view_eq(cell, VIEW_LIT("true")), "value",
	    "false", "text", portal_text(visit_text(v, "no")), "chosen",
	    view_eq(cell, VIEW_LIT("false")));
}

static const char *kind_of(const struct visit *v, const struct catalog_edit *e, size_t column,
    json_t *field)
{
	const struct catalog_sheet_line *l = catalog_sheet_line(&e->sheet, column);
	struct view name = VIEW(l->column);

	if (strncmp(l->as, "code:", 5) == 0)
		return add_choices(v, e, column, field);
	if (strcmp(l->as, "xsd:boolean") == 0) {
		json_object_set_new(field, "options", yes_no(v, e->cells[column]));
		return "is_select";
	}
	if (view_starts(name, VIEW_LIT("description")) || view_starts(name, VIEW_LIT("purpose")) ||
	    view_starts(name, VIEW_LIT("provenance")) || view_starts(name, VIEW_LIT("legal")) ||
	    view_starts(name, VIEW_LIT("population")))
		return "is_text";
	return "is_line";
}

/* What the column is, as a form says it: with a capital, and no codes where they are chosen. */
static json_t *label_of(const char *help, bool chosen)
{
	const char *codes = strstr(help, ": ");
	struct view text = {help, chosen && codes ? (size_t)(codes - help) : strlen(help)};
	utf8proc_int32_t first;
	utf8proc_uint8_t capital[4];
	utf8proc_ssize_t taken, given;

	text = view_trim(text);
	taken = utf8proc_iterate((const utf8proc_uint8_t *)text.ptr, (utf8proc_ssize_t)text.len,
	    &first);
	taken = MAX(taken, 0);
	given = taken ? utf8proc_encode_char(utf8proc_toupper(first), capital) : 0;
	return json_sprintf("%.*s%.*s", (int)given, (const char *)capital,
	    (int)(text.len - (size_t)taken), text.ptr + taken);
}

static json_t *field_of(const struct visit *v, const struct catalog_edit *e, size_t column)
{
	const struct catalog_sheet_line *l = catalog_sheet_line(&e->sheet, column);
	AUTO_STR struct str wrong = {0};
	json_t *f = json_pack("{s:s, s:o, s:s}", "id", l->column, "value",
	    portal_text(e->cells[column]), "type",
	    strcmp(l->as, "xsd:date") == 0 ? "date" : "text");
	const char *kind = kind_of(v, e, column, f);
	char level = catalog_edit_level(e, column);

	json_object_set_new(f, kind, json_true());
	json_object_set_new(f, "label",
	    label_of(l->help[v->language == FRENCH], strcmp(kind, "is_line") != 0));
	json_object_set_new(f, "must", json_boolean(level == 'M'));
	json_object_set_new(f, "advised", json_boolean(level == 'R'));
	catalog_edit_words(e, column, v->language == FRENCH, &wrong);
	if (wrong.len)
		json_object_set_new(f, "wrong", portal_text(str_view(&wrong)));
	return f;
}

static void add_fields(struct visit *v, const struct catalog_edit *e)
{
	json_t *groups[3] = {json_array(), json_array(), json_array()}, *errors = json_array();

	for (size_t i = 1; i < e->sheet.columns.len; i++) {
		json_t *field = field_of(v, e, i);
		char level = catalog_edit_level(e, i);

		json_array_append_new(groups[level == 'M' ? 0 : level == 'R' ? 1
									     : 2],
		    field);
		if (json_object_get(field, "wrong"))
			json_array_append(errors, field);
	}
	visit_set_list(v, "has_errors", "errors", errors);
	json_object_set_new(v->model, "musts", groups[0]);
	json_object_set_new(v->model, "advised_fields", groups[1]);
	json_object_set_new(v->model, "others", groups[2]);
}

/* What no field of the form is about: variables, say. */
static void add_rest(struct visit *v, const struct catalog_edit *e)
{
	json_t *rest = json_array();

	for (size_t i = 0; i < e->verdict.findings.len; i++) {
		const struct catalog_finding *f = &e->verdict.findings.ptr[i];
		AUTO_STR struct str words = {0};

		if (f->severity != CATALOG_VIOLATION || catalog_edit_column(e, f) >= 0)
			continue;
		catalog_finding_words(&words, f, &e->rules, v->language == FRENCH);
		json_array_append_new(rest, portal_text(str_view(&words)));
	}
	visit_set_list(v, "has_rest", "rest", rest);
}

static int show(struct visit *v, struct catalog_edit *e, struct err *err)
{
	int at = catalog_sheet_column(&e->sheet, VIEW_LIT("access"));
	struct catalog_duties d = catalog_duties_count(&e->rules, &e->g, e->dataset,
	    catalog_access_of(e->cells[at]));
	int title = catalog_sheet_column(&e->sheet,
	    v->language == FRENCH ? VIEW_LIT("title_fr") : VIEW_LIT("title_en"));
	int other = catalog_sheet_column(&e->sheet,
	    v->language == FRENCH ? VIEW_LIT("title_en") : VIEW_LIT("title_fr"));

	visit_set(v, "title", e->cells[e->cells[title].len ? title : other]);
	visit_set(v, "name", VIEW(e->name ? e->name : ""));
	visit_set(v, "iri", VIEW(e->iri));
	json_object_set_new(v->model, "is_new", json_boolean(!e->name));
	json_object_set_new(v->model, "has_draft", json_boolean(e->has_draft));
	json_object_set_new(v->model, "published", json_boolean(e->published));
	json_object_set_new(v->model, "met", json_integer(d.met));
	json_object_set_new(v->model, "asked", json_integer(d.asked));
	add_fields(v, e);
	add_rest(v, e);
	return visit_page(v, "catalog-edit", err);
}

int catalog_edit_page(struct visit *v, struct err *err)
{
	AUTO_CATALOG_EDIT struct catalog_edit e = {0};

	return catalog_edit_open(v, v->params[0], &e, err) < 0 ||
	               catalog_edit_apply(v, &e, err) < 0
	           ? -1
	           : show(v, &e, err);
}

/* Boxes of one column come one by one. */
static struct view posted(struct visit *v, const char *column)
{
	AUTO_STR struct str cell = {0};

	for (size_t i = 0; i < v->q->form.all.len; i++) {
		const struct http_pair *p = &v->q->form.all.ptr[i];
		struct view value = view_trim(p->value);

		if (!view_eq(p->name, VIEW(column)) || value.len == 0)
			continue;
		if (cell.len)
			str_addc(&cell, '|');
		for (size_t k = 0; k < value.len; k++)
			if (value.ptr[k] != '\r')
				str_addc(&cell, value.ptr[k]);
	}
	return arena_view(&v->q->memory, str_view(&cell));
}

static void read_form(struct visit *v, struct catalog_edit *e)
{
	for (size_t i = 1; i < e->sheet.columns.len; i++)
		e->cells[i] = posted(v, e->sheet.columns.ptr[i]);
}

static int go_to(struct visit *v, const char *name)
{
	AUTO_FREE char *path = str_format("/holder/%s", name);

	visit_go(v, path);
	return 0;
}

static int show_fault(struct visit *v, struct catalog_edit *e, struct err *err)
{
	if (err->code != ERR_USAGE)
		return -1;
	visit_set(v, "fault", visit_said(v, err->msg));
	*err = (struct err){0};
	v->r->status = 422;
	return show(v, e, err);
}

static int save(struct visit *v, struct catalog_edit *e, bool publish, struct err *err)
{
	read_form(v, e);
	if (catalog_edit_apply(v, e, err) < 0 || catalog_edit_save(v, e, err) < 0)
		return -1;
	if (publish && catalog_edit_publish(v, e, err) < 0)
		return show_fault(v, e, err);
	return go_to(v, e->name);
}

static int withdraw(struct visit *v, const struct catalog_edit *e, struct err *err)
{
	AUTO_CATALOG_MERGE struct catalog_merge m = {.source = "holder",
	    .address = "",
	    .base = v->hub->conf.origin,
	    .at = v->q->now,
	    .actor = v->account};
	const struct catalog_doing by = catalog_edit_doing(v);

	if (catalog_withdraw(v->hub->store, &m, VIEW(e->iri), err) < 0 ||
	    catalog_draft_end(v->hub->store, VIEW(e->iri), &by, err) < 0)
		return -1;
	visit_go(v, "/holder");
	return 0;
}

int catalog_edit_do(struct visit *v, struct err *err)
{
	AUTO_CATALOG_EDIT struct catalog_edit e = {0};
	struct view act = http_form(v->q, "act");
	const struct catalog_doing by = catalog_edit_doing(v);

	if (catalog_edit_open(v, v->params[0], &e, err) < 0)
		return -1;
	if (view_eq(act, VIEW_LIT("save")) || view_eq(act, VIEW_LIT("publish")))
		return save(v, &e, view_eq(act, VIEW_LIT("publish")), err);
	if (view_eq(act, VIEW_LIT("withdraw")))
		return withdraw(v, &e, err);
	if (view_eq(act, VIEW_LIT("discard"))) {
		if (catalog_draft_end(v->hub->store, VIEW(e.iri), &by, err) < 0)
			return -1;
	} else if (!view_eq(act, VIEW_LIT("attest"))) {
		v->r->status = 400;
		return err_set(err, ERR_FORMAT, "no such act");
	} else if (catalog_attest(v->hub->store, VIEW(e.iri), &by, err) < 0) {
		return -1;
	}
	visit_go(v, "/holder");
	return 0;
}

int catalog_edit_new_page(struct visit *v, struct err *err)
{
	return visit_page(v, "catalog-edit-new", err);
}

/* ORIGIN/dataset/SLUG of its title, with a number behind it where that is taken. */
static int choose_name(struct visit *v, struct view title, struct str *ret, struct err *err)
{
	for (int n = 1; n < 1000; n++) {
		AUTO_CATALOG_EDIT struct catalog_edit there = {0};
		struct err unknown = {0};

		str_reset(ret);
		catalog_add_slug(ret, title);
		if (ret->len > 60)
			str_truncate(ret, 60);
		if (n > 1)
			str_addf(ret, "-%d", n);
		if (catalog_edit_open(v, str_view(ret), &there, &unknown) < 0 &&
		    v->r->status == 404) {
			v->r->status = 0;
			return 0;
		}
		v->r->status = 0;
	}
	return err_set(err, ERR_LIMIT, "too many datasets of this title");
}

int catalog_edit_new_do(struct visit *v, struct err *err)
{
	AUTO_CATALOG_EDIT struct catalog_edit e = {0};
	AUTO_STR struct str name = {0}, iri = {0};
	struct view title = view_trim(http_form(v->q, "title")),
		    holder = view_trim(http_form(v->q, "holder"));
	const char *column = v->language == FRENCH ? "title_fr" : "title_en";

	catalog_add_slug(&name, title);
	if (name.len == 0 || title.len > 300 || holder.len == 0 || holder.len > 300) {
		v->r->status = 422;
		visit_set(v, "fault", visit_text(v, "Give a title and the name of the holder."));
		return visit_page(v, "catalog-edit-new", err);
	}
	if (choose_name(v, title, &name, err) < 0)
		return -1;
	str_addf(&iri, "%s/dataset/%s", v->hub->conf.origin, str_get(&name));
	if (catalog_edit_new(arena_strdup(&v->q->memory, str_view(&iri)), &e, err) < 0)
		return -1;
	e.name = str_get(&name);
	e.cells[catalog_sheet_column(&e.sheet, VIEW(column))] = title;
	e.cells[catalog_sheet_column(&e.sheet, VIEW_LIT("holder_name"))] = holder;
	if (catalog_edit_apply(v, &e, err) < 0)
		return -1;
	if (!catalog_edit_may(v, catalog_edit_holder(&e), VIEW(e.name))) {
		v->r->status = 403;
		return err_set(err, ERR_DENIED, "you do not answer for this holder");
	}
	return catalog_edit_save(v, &e, err) < 0 ? -1 : go_to(v, e.name);
}
