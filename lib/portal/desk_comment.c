/* What applicants and the desk say to each other, section by section: pages and API. */
#include "portal/desk_form.h"
#include "portal/desk_letter.h"

/* Who does not talk there does not learn of it from the API; a page says why not. */
static int open_talk(struct visit *v, struct desk_paper *p, size_t *section, bool page,
    struct err *err)
{
	if (desk_paper_open(v, p, err) < 0 || desk_paper_section(v, p, section, err) < 0)
		return -1;
	if (p->talks)
		return 0;
	return page ? err_set(err, ERR_DENIED, "comments are between applicants and the desk")
	            : visit_not_found(v, err);
}

static struct desk_remark remark_of(const struct visit *v, const struct desk_paper *p,
    const struct desk_caller *caller)
{
	return (struct desk_remark){
	    .application = p->dossier.id,
	    .at = v->q->now,
	    .author = v->account,
	    .role = p->as,
	    .caller = caller,
	};
}

static int say(struct visit *v, const struct desk_paper *p, size_t section, struct view text,
    struct err *err)
{
	struct desk desk = desk_of(v);
	struct desk_caller caller = desk_caller_of(v);
	struct letters_motion letters = {v->portal, &p->dossier};
	struct desk_remark r = remark_of(v, p, &caller);

	r.section = p->draft.form.sections.ptr[section].id;
	r.text = text;
	r.told = letters_tell_comment;
	r.told_arg = &letters;
	return desk_comment_add(&desk, &r, err);
}

/* The comment params[2]. */
static int resolve(struct visit *v, const struct desk_paper *p, struct err *err)
{
	struct desk desk = desk_of(v);
	struct desk_caller caller = desk_caller_of(v);
	struct desk_remark r = remark_of(v, p, &caller);
	int64_t n;

	if (!view_to_i64(v->params[2], &n))
		return visit_not_found(v, err);
	if (desk_comment_resolve(&desk, &r, n, err) < 0)
		return err->code == ERR_USAGE ? visit_not_found(v, err) : -1;
	return 0;
}

static void go_to_comments(struct visit *v, const struct desk_paper *p, size_t section)
{
	AUTO_FREE char *path = str_format("/desk/%s/form/%s#comments", p->dossier.ref,
	    p->draft.form.sections.ptr[section].id);

	visit_go(v, path);
}

int desk_do_comment(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};
	size_t section;

	if (open_talk(v, &p, &section, true, err) < 0 ||
	    say(v, &p, section, http_form(v->q, "text"), err) < 0)
		return -1;
	go_to_comments(v, &p, section);
	return 0;
}

int desk_do_resolve(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};
	size_t section;

	if (open_talk(v, &p, &section, true, err) < 0 || resolve(v, &p, err) < 0)
		return -1;
	go_to_comments(v, &p, section);
	return 0;
}

static json_t *comment_of(const struct visit *v, const struct desk_comment *c)
{
	AUTO_JSON json_t *author = desk_person_model(v, c->author);

	return json_pack("{s:I, s:s, s:O, s:s, s:I, s:s, s:b}", "n", (json_int_t)c->n, "section",
	    c->section, "author", json_object_get(author, "name"), "role", c->role, "at",
	    (json_int_t)c->at, "text", c->text, "resolved", c->resolved_at != 0);
}

static int show_comments(struct visit *v, const struct desk_paper *p, struct err *err)
{
	AUTO_DESK_COMMENTS struct desk_comments comments = {0};
	AUTO_JSON json_t *all = json_array();
	struct desk desk = desk_of(v);

	if (desk_comments_list(&desk, p->dossier.id, &comments, err) < 0)
		return -1;
	for (size_t i = 0; i < comments.all.len; i++)
		json_array_append_new(all, comment_of(v, &comments.all.ptr[i]));
	return visit_json(v, all, err);
}

int desk_api_comments(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};

	if (desk_paper_open(v, &p, err) < 0)
		return -1;
	return p.talks ? show_comments(v, &p, err) : visit_not_found(v, err);
}

int desk_api_comment(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};
	AUTO_JSON json_t *body = NULL;
	const char *text;
	size_t section;

	if (json_parse(&body, "body", v->q->body, err) < 0 ||
	    open_talk(v, &p, &section, false, err) < 0)
		return -1;
	text = json_string_value(json_object_get(body, "text"));
	if (say(v, &p, section, text ? VIEW(text) : VIEW_NONE, err) < 0)
		return -1;
	v->r->status = 201;
	return show_comments(v, &p, err);
}

int desk_api_resolve(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};
	size_t section;

	if (open_talk(v, &p, &section, false, err) < 0 || resolve(v, &p, err) < 0)
		return -1;
	return show_comments(v, &p, err);
}
