#include "portal/desk_permit.h"

#include "hub/keys.h"
#include "io/file.h"

/* A dossier with its permit as it stands today. */
struct opened {
	struct desk_dossier d;
	struct desk_kept_permit kept;
	struct desk_verdict verdict;
	bool there;
};

static void clear(struct opened *o)
{
	desk_dossier_clear(&o->d);
	desk_kept_permit_clear(&o->kept);
	desk_verdict_clear(&o->verdict);
}

static int judge(struct visit *v, struct opened *o, struct err *err)
{
	struct note_key key;
	int status;

	if (desk_permit_key(v->hub, &key, err) < 0)
		return -1;
	status = desk_permit_verify(&o->verdict, str_view(&o->kept.permit),
	    str_view(&o->kept.notices), &key, desk_today(v), err);
	sodium_memzero(&key, sizeof(key));
	return status;
}

static int open_permit(struct visit *v, struct opened *o, struct err *err)
{
	if (desk_open_dossier(v, &o->d, err) < 0 ||
	    desk_permit_load(v->hub->store, o->d.id, &o->kept, &o->there, err) < 0)
		return -1;
	return o->there ? judge(v, o, err) : 0;
}

static int need_permit(struct visit *v, struct opened *o, struct err *err)
{
	if (open_permit(v, o, err) < 0)
		return -1;
	return o->there && o->verdict.permit ? 0 : visit_not_found(v, err);
}

static void fill(struct visit *v, const struct opened *o)
{
	enum desk_role role;
	bool issues = !o->there && desk_find_event(v, &o->d, "permit_issued", &role);
	bool amends = o->there && desk_find_event(v, &o->d, "permit_amended", &role);
	AUTO_JSON json_t *content = o->there ? json_incref(o->verdict.permit)
	                                     : permit_prefill(v, &o->d);

	visit_set(v, "ref", VIEW(o->d.ref));
	visit_set(v, "title", VIEW(o->d.title));
	json_object_set_new(v->model, "seen", json_integer((json_int_t)o->d.events.len));
	json_object_set_new(v->model, "issues", json_boolean(issues));
	json_object_set_new(v->model, "amends", json_boolean(amends));
	if (issues || amends)
		json_object_set_new(v->model, "fields", permit_form_model(v, content, amends));
	if (!o->there)
		return;
	json_object_set_new(v->model, "permit", permit_verdict_model(v, &o->verdict));
	json_object_set_new(v->model, "lines", permit_lines(v, content));
}

int permit_page(struct visit *v, struct err *err)
{
	AUTO(clear)
	struct opened o = {0};

	if (open_permit(v, &o, err) < 0)
		return -1;
	fill(v, &o);
	return visit_page(v, "desk-permit", err);
}

/* content: of a new permit; changes: of an amendment. */
static int take(struct visit *v, const struct opened *o, int64_t seen, const json_t *content,
    const json_t *changes, const char *reasons, struct err *err)
{
	struct desk_telling telling = {.permit = content, .changes = changes};
	const char *event = content ? "permit_issued" : "permit_amended";
	enum desk_role role;
	const struct desk_step *step = desk_find_event(v, &o->d, event, &role);
	AUTO_JSON json_t *data = NULL;

	if (!step)
		return err_set(err, ERR_DENIED, "this is not yours to do now");
	data = content ? json_pack("{s:s*, s:s*}", "permit",
			     json_string_value(json_object_get(content, "permit")), "until",
			     json_string_value(json_object_get(content, "to")))
	               : json_pack("{s:s, s:s}", "permit", o->verdict.id, "reasons",
			     reasons ? reasons : "");
	return desk_take_step_with(v, &o->d, step, role, seen, data, &telling, err);
}

static int act(struct visit *v, const struct opened *o, int64_t seen, const json_t *content,
    const char *reasons, struct err *err)
{
	AUTO_JSON json_t *changes = NULL;

	if (!o->there)
		return take(v, o, seen, content, NULL, NULL, err);
	changes = permit_changes(o->verdict.permit, content);
	if (json_object_size(changes) == 0)
		return err_set(err, ERR_DENIED, "nothing was changed");
	return take(v, o, seen, NULL, changes, reasons, err);
}

int permit_do(struct visit *v, struct err *err)
{
	AUTO(clear)
	struct opened o = {0};
	AUTO_JSON json_t *base = NULL;
	AUTO_JSON json_t *content = NULL;
	AUTO_FREE char *path = NULL;
	int64_t seen;

	if (open_permit(v, &o, err) < 0)
		return -1;
	if (!view_to_i64(http_form(v->q, "seen"), &seen))
		return err_set(err, ERR_FORMAT, "a form that is not ours");
	base = o.there ? json_incref(o.verdict.permit) : permit_prefill(v, &o.d);
	content = permit_form_read(v, base);
	if (act(v, &o, seen, content,
		arena_strdup(&v->q->memory, view_trim(http_form(v->q, "reasons"))), err) < 0) {
		if (err->code != ERR_DENIED && err->code != ERR_FORMAT)
			return -1;
		v->r->status = err->code == ERR_DENIED ? 409 : 400;
		visit_set(v, "error", visit_said(v, err->msg));
		fill(v, &o);
		return visit_page(v, "desk-permit", err);
	}
	path = str_format("/desk/%s/permit", o.d.ref);
	visit_go(v, path);
	return 0;
}

int permit_pdf(struct visit *v, struct err *err)
{
	AUTO(clear)
	struct opened o = {0};
	AUTO_DESK_DOCUMENT struct desk_document document = {0};
	AUTO_FREE char *name = NULL;

	if (need_permit(v, &o, err) < 0)
		return -1;
	permit_document(&document, v, &o.verdict, str_view(&o.kept.permit));
	if (desk_document_pdf(&document, &v->r->body, err) < 0)
		return -1;
	name = str_format("attachment; filename=\"%s.pdf\"", o.d.ref);
	http_add_header(v->r, "Content-Disposition", VIEW(name));
	v->r->type = "application/pdf";
	return 0;
}

static int send_text(struct visit *v, struct view text, const char *ref, const char *what)
{
	AUTO_FREE char *name = str_format("attachment; filename=\"%s-%s.note\"", ref, what);

	http_add_header(v->r, "Content-Disposition", VIEW(name));
	str_add(&v->r->body, text);
	v->r->type = "text/plain; charset=utf-8";
	return 0;
}

int permit_note(struct visit *v, struct err *err)
{
	AUTO(clear)
	struct opened o = {0};

	return need_permit(v, &o, err) < 0
	           ? -1
	           : send_text(v, str_view(&o.kept.permit), o.d.ref, "permit");
}

int permit_notices(struct visit *v, struct err *err)
{
	AUTO(clear)
	struct opened o = {0};

	return need_permit(v, &o, err) < 0
	           ? -1
	           : send_text(v, str_view(&o.kept.notices), o.d.ref, "notices");
}

static int answer_json(struct visit *v, const struct opened *o, struct err *err)
{
	AUTO_JSON json_t *body = permit_verdict_model(v, &o->verdict);

	json_object_set(body, "content", o->verdict.permit);
	json_object_set_new(body, "permit", json_string(str_get(&o->kept.permit)));
	json_object_set_new(body, "chain", json_string(str_get(&o->kept.notices)));
	json_object_set_new(body, "seen", json_integer((json_int_t)o->d.events.len));
	return visit_json(v, body, err);
}

int permit_api(struct visit *v, struct err *err)
{
	AUTO(clear)
	struct opened o = {0};

	return need_permit(v, &o, err) < 0 ? -1 : answer_json(v, &o, err);
}

/* {"seen", "permit": {content}, "reasons"?}: issues, or amends what is there. */
int permit_api_do(struct visit *v, struct err *err)
{
	AUTO(clear)
	struct opened o = {0};
	AUTO(clear)
	struct opened done = {0};
	AUTO_JSON json_t *body = NULL;
	AUTO_JSON json_t *content = NULL;
	json_t *seen;

	if (json_parse(&body, "body", v->q->body, err) < 0 || open_permit(v, &o, err) < 0)
		return -1;
	seen = json_object_get(body, "seen");
	if (!json_is_integer(seen) || !json_is_object(json_object_get(body, "permit")))
		return err_set(err, ERR_FORMAT,
		    "body: \"seen\" is a number, \"permit\" an object");
	content = o.there ? json_object() : permit_prefill(v, &o.d);
	json_object_update(content, json_object_get(body, "permit"));
	if (act(v, &o, json_integer_value(seen), content,
		json_string_value(json_object_get(body, "reasons")), err) < 0) {
		if (err->code == ERR_DENIED)
			v->r->status = 409;
		return -1;
	}
	v->r->status = 201;
	return need_permit(v, &done, err) < 0 ? -1 : answer_json(v, &done, err);
}
