/* The same for programs: cells of the sheet as JSON. */
#include "portal/catalog_edit.h"

#include "catalog/merge.h"
#include "catalog/validate_report.h"
#include "portal/catalog_page.h"

static json_t *both(const struct str words[2])
{
	return json_pack("{s:o, s:o}", "message", portal_text(str_view(&words[0])), "message_fr",
	    portal_text(str_view(&words[1])));
}

/* {"column": {"message", "message_fr"}} */
static json_t *wrong_cells(const struct catalog_edit *e)
{
	json_t *wrong = json_object();

	for (size_t i = 0; i < e->sheet.columns.len; i++) {
		struct str words[2] = {{0}};

		for (int l = 0; l < 2; l++)
			catalog_edit_words(e, i, l, &words[l]);
		if (words[0].len)
			json_object_set_new(wrong, e->sheet.columns.ptr[i], both(words));
		str_clear(&words[0]);
		str_clear(&words[1]);
	}
	return wrong;
}

static json_t *wrong_elsewhere(const struct catalog_edit *e)
{
	json_t *rest = json_array();

	for (size_t i = 0; i < e->verdict.findings.len; i++) {
		const struct catalog_finding *f = &e->verdict.findings.ptr[i];
		struct str words[2] = {{0}};

		for (int l = 0; l < 2; l++)
			catalog_finding_words(&words[l], f, &e->rules, l);
		if (f->severity == CATALOG_VIOLATION && catalog_edit_column(e, f) < 0)
			json_array_append_new(rest, both(words));
		str_clear(&words[0]);
		str_clear(&words[1]);
	}
	return rest;
}

static int answer(struct visit *v, const struct catalog_edit *e, struct err *err)
{
	AUTO_JSON json_t *body = json_pack("{s:s, s:s, s:b, s:b, s:I, s:o, s:o}", "name", e->name,
	    "iri", e->iri, "draft", e->has_draft, "published", e->published, "version",
	    (json_int_t)e->version, "wrong", wrong_cells(e), "wrong_elsewhere",
	    wrong_elsewhere(e));
	json_t *cells = json_object();

	for (size_t i = 0; i < e->sheet.columns.len; i++)
		if (e->cells[i].len)
			json_object_set_new(cells, e->sheet.columns.ptr[i],
			    portal_text(e->cells[i]));
	json_object_set_new(body, "cells", cells);
	return visit_json(v, body, err);
}

int catalog_edit_api_get(struct visit *v, struct err *err)
{
	AUTO_CATALOG_EDIT struct catalog_edit e = {0};

	return catalog_edit_open(v, v->params[0], &e, err) < 0 ||
	               catalog_edit_apply(v, &e, err) < 0
	           ? -1
	           : answer(v, &e, err);
}

static int bad(struct visit *v, const char *why, struct err *err)
{
	v->r->status = 400;
	return err_set(err, ERR_FORMAT, "%s", why);
}

static int read_cells(struct visit *v, struct catalog_edit *e, struct err *err)
{
	AUTO_JSON json_t *body = json_loadb(v->q->body.ptr ? v->q->body.ptr : "", v->q->body.len,
	    JSON_REJECT_DUPLICATES, NULL);
	const char *key;
	json_t *value;

	if (!json_is_object(body))
		return bad(v, "send a JSON object of columns and cells", err);
	json_object_foreach(body, key, value)
	{
		int column = catalog_sheet_column(&e->sheet, VIEW(key));

		if (column <= 0 || !json_is_string(value))
			return bad(v, "a column that the sheet has not, or a cell that is no text",
			    err);
		e->cells[column] =
		    VIEW(arena_strdup(&v->q->memory, VIEW(json_string_value(value))));
	}
	return 0;
}

/* What is not named stays as it is; a new name begins a dataset of the caller's holder. */
int catalog_edit_api_put(struct visit *v, struct err *err)
{
	AUTO_CATALOG_EDIT struct catalog_edit e = {0};
	AUTO_STR struct str slug = {0};

	if (catalog_edit_open(v, v->params[0], &e, err) < 0) {
		if (v->r->status != 404)
			return -1;
		catalog_add_slug(&slug, v->params[0]);
		if (!view_eq(str_view(&slug), v->params[0]) || slug.len > 64)
			return bad(v, "a name is of a-z, 0-9 and -, 64 at most", err);
		v->r->status = 0;
		*err = (struct err){0};
		catalog_edit_clear(&e);
		e = (struct catalog_edit){.name = arena_strdup(&v->q->memory, v->params[0])};
		if (catalog_edit_new(arena_format(&v->q->memory, "%s/dataset/%s",
					 v->hub->conf.origin, e.name),
			&e, err) < 0)
			return -1;
	}
	if (read_cells(v, &e, err) < 0 || catalog_edit_apply(v, &e, err) < 0)
		return -1;
	if (!catalog_edit_may(v, catalog_edit_holder(&e), VIEW(e.name))) {
		v->r->status = 403;
		return err_set(err, ERR_DENIED, "you do not answer for this holder");
	}
	return catalog_edit_save(v, &e, err) < 0 ? -1 : answer(v, &e, err);
}

int catalog_edit_api_publish(struct visit *v, struct err *err)
{
	AUTO_CATALOG_EDIT struct catalog_edit e = {0};

	if (catalog_edit_open(v, v->params[0], &e, err) < 0 || catalog_edit_apply(v, &e, err) < 0)
		return -1;
	if (catalog_edit_publish(v, &e, err) < 0) {
		if (err->code == ERR_USAGE)
			v->r->status = 409;
		return -1;
	}
	e.published = true;
	e.has_draft = false;
	e.version++;
	return answer(v, &e, err);
}

int catalog_edit_api_attest(struct visit *v, struct err *err)
{
	AUTO_CATALOG_EDIT struct catalog_edit e = {0};
	const struct catalog_doing by = catalog_edit_doing(v);

	if (catalog_edit_open(v, v->params[0], &e, err) < 0)
		return -1;
	if (!e.published)
		return visit_not_found(v, err);
	return catalog_attest(v->hub->store, VIEW(e.iri), &by, err) < 0 ||
	               catalog_edit_apply(v, &e, err) < 0
	           ? -1
	           : answer(v, &e, err);
}

int catalog_edit_api_delete(struct visit *v, struct err *err)
{
	AUTO_CATALOG_EDIT struct catalog_edit e = {0};
	const struct catalog_doing by = catalog_edit_doing(v);
	AUTO_CATALOG_MERGE struct catalog_merge m = {.source = "holder",
	    .address = "",
	    .base = v->hub->conf.origin,
	    .at = v->q->now,
	    .actor = v->account};
	AUTO_JSON json_t *body = NULL;

	if (catalog_edit_open(v, v->params[0], &e, err) < 0 ||
	    catalog_withdraw(v->hub->store, &m, VIEW(e.iri), err) < 0 ||
	    catalog_draft_end(v->hub->store, VIEW(e.iri), &by, err) < 0)
		return -1;
	body = json_pack("{s:s, s:s}", "status", "withdrawn", "name", e.name);
	return visit_json(v, body, err);
}
