/* Forms as JSON: what the pages of an application show and take. */
#include "portal/desk_form.h"

#include "portal/inside.h"

static json_t *words_of(struct json_words w)
{
	return w.in[0] ? json_pack("{s:s, s:s}", "en", w.in[0], "fr", w.in[1]) : json_null();
}

static json_t *options_of(const struct desk_field *f)
{
	json_t *all = json_array();

	for (size_t i = 0; i < f->option_count; i++)
		json_array_append_new(all,
		    json_pack("{s:s, s:o}", "value", f->options[i].value, "label",
			words_of(f->options[i].label)));
	return all;
}

static json_t *field_of(const struct desk_field *f, bool asked)
{
	json_t *columns = json_array();

	for (size_t i = 0; i < f->column_count; i++)
		json_array_append_new(columns, field_of(&f->columns[i], asked));
	return json_pack("{s:s, s:s, s:o, s:o, s:s?, s:b, s:b, s:b, s:s?, s:o, s:o}", "id", f->id,
	    "type",
	    desk_field_type_names[f->type], "label", words_of(f->label), "help",
	    words_of(f->help), "source", f->source, "required", f->required, "private",
	    f->is_private, "asked", asked, "sheet", f->sheet,
	    "options", options_of(f), "columns", columns);
}

/* SIZE_MAX: of all sections. */
static json_t *problems_of(const struct visit *v, const struct desk_paper *p, size_t section)
{
	json_t *all = json_array();

	for (size_t i = 0; i < p->problems.all.len; i++) {
		const struct desk_problem *one = &p->problems.all.ptr[i];
		const struct desk_field *f = one->field;
		AUTO_STR struct str text = {0};

		if (section != SIZE_MAX && (!f || f->section != section))
			continue;
		desk_problem_text(one, v->language == FRENCH ? DESK_FRENCH : DESK_ENGLISH, &text);
		json_array_append_new(all,
		    json_pack("{s:s?, s:s?, s:s?, s:i, s:s, s:s}", "section",
			f ? p->draft.form.sections.ptr[f->section].id : NULL, "field",
			f ? f->id : NULL, "column", one->column ? one->column->id : NULL, "row",
			(int)one->row, "problem", desk_problem_name(one->kind), "text",
			str_get(&text)));
	}
	return all;
}

static json_t *answers_of(const struct desk_paper *p, size_t section)
{
	return desk_paper_answers(p, &p->draft.form, p->draft.answers, section);
}

static json_t *section_head(const struct visit *v, const struct desk_paper *p, size_t i)
{
	const struct desk_section *s = &p->draft.form.sections.ptr[i];

	return json_pack("{s:s, s:o, s:s?, s:I, s:b, s:i}", "id", s->id, "title",
	    words_of(s->title), "source", s->source, "revision",
	    (json_int_t)desk_draft_saved(&p->draft, s->id).revision, "open",
	    desk_paper_is_open(v, p, i), "problems", (int)desk_paper_problems(p, i));
}

static json_t *versions_of(const struct desk_versions *versions)
{
	json_t *all = json_array();

	for (size_t i = 0; i < versions->all.len; i++) {
		const struct desk_version *one = &versions->all.ptr[i];

		json_array_append_new(all,
		    json_pack("{s:I, s:I, s:I, s:s}", "n", (json_int_t)one->n, "event",
			(json_int_t)one->event, "at", (json_int_t)one->at, "sha256",
			one->sha256));
	}
	return all;
}

static int show_form(struct visit *v, struct desk_paper *p, struct err *err)
{
	AUTO_DESK_VERSIONS struct desk_versions versions = {0};
	struct desk desk = desk_of(v);
	AUTO_JSON json_t *body = NULL;
	json_t *sections;

	if (desk_versions_list(&desk, p->dossier.id, &versions, err) < 0)
		return -1;
	sections = json_array();
	for (size_t i = 0; i < p->draft.form.sections.len; i++)
		json_array_append_new(sections, section_head(v, p, i));
	body = json_pack("{s:s, s:I, s:o, s:s, s:o, s:o, s:o, s:o}", "form", p->draft.form.id,
	    "version", (json_int_t)p->draft.form.version, "title",
	    words_of(p->draft.form.title), "source", p->draft.form.source, "sections", sections,
	    "answers", answers_of(p, SIZE_MAX), "problems", problems_of(v, p, SIZE_MAX),
	    "versions", versions_of(&versions));
	return visit_json(v, body, err);
}

static int show_section(struct visit *v, const struct desk_paper *p, size_t section,
    struct err *err)
{
	const struct desk_section *s = &p->draft.form.sections.ptr[section];
	AUTO_FREE char *visible = desk_form_visible(&p->draft.form, p->draft.answers);
	AUTO_JSON json_t *body = section_head(v, p, section);
	json_t *fields = json_array();

	for (size_t i = s->first; i < s->first + s->count; i++)
		json_array_append_new(fields, field_of(&p->draft.form.fields.ptr[i], visible[i]));
	json_object_set_new(body, "fields", fields);
	json_object_set_new(body, "answers", answers_of(p, section));
	json_object_set_new(body, "problems", problems_of(v, p, section));
	return visit_json(v, body, err);
}

int desk_api_form(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};

	if (desk_paper_open(v, &p, err) < 0)
		return -1;
	return show_form(v, &p, err);
}

int desk_api_section(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};
	size_t section;

	if (desk_paper_open(v, &p, err) < 0 || desk_paper_section(v, &p, &section, err) < 0)
		return -1;
	return show_section(v, &p, section, err);
}

/* Answers that came; files come another way, so those that are named must be there. */
static int merge(const struct desk_paper *p, size_t section, const json_t *came, json_t *answers,
    struct err *err)
{
	const char *key;
	json_t *value;

	if (!json_is_object(came))
		return err_set(err, ERR_FORMAT, "body: \"answers\" must be an object");
	json_object_foreach((json_t *)(uintptr_t)came, key, value)
	{
		const struct desk_field *f = desk_form_field(&p->draft.form, VIEW(key));

		if (!f || f->section != section || !desk_field_has_answer(f))
			return err_set(err, ERR_FORMAT, "body: no such field in this section");
		if (f->type == DESK_FIELD_ATTACHMENT) {
			json_t *kept = json_object_get(p->draft.answers, key), *one;
			size_t i;

			json_array_foreach(value, i, one)
			{
				bool known = false;

				for (size_t k = 0; k < json_array_size(kept); k++)
					known |= json_equal(json_array_get(kept, k), one);
				if (!known)
					return err_set(err, ERR_FORMAT,
					    "body: a file comes by POST to .../files");
			}
		}
		json_object_set(answers, key, value);
	}
	return 0;
}

/* The sections of one request: all are saved, or none. */
struct saves {
	VEC(struct desk_save) all;
	json_t *held; /* what they borrow */
};

#define AUTO_SAVES AUTO(saves_clear)

static void saves_clear(struct saves *s)
{
	vec_clear(&s->all);
	json_decref(s->held);
}

static int add_save(const struct visit *v, const struct desk_paper *p, size_t section,
    const json_t *body, struct saves *into, struct err *err)
{
	const json_t *revision = json_object_get(body, "revision");
	json_t *answers = json_deep_copy(p->draft.answers), *files = json_array();

	json_array_append_new(into->held, answers);
	json_array_append_new(into->held, files);
	if (!json_is_integer(revision) || json_integer_value(revision) < 0)
		return err_set(err, ERR_FORMAT,
		    "body: \"revision\" must be the one that you have seen");
	*vec_push(&into->all) = (struct desk_save){.dossier = &p->dossier,
	    .form = &p->draft.form,
	    .section = section,
	    .expected = json_integer_value(revision),
	    .answers = answers,
	    .files = files,
	    .at = v->q->now,
	    .actor = v->account};
	return merge(p, section, json_object_get(body, "answers"), answers, err);
}

/* {"sections": {"research": {"revision", "answers"}}} */
static int add_saves(const struct visit *v, const struct desk_paper *p, const json_t *body,
    struct saves *into, struct err *err)
{
	json_t *sections = json_object_get(body, "sections");
	size_t known = 0;

	if (!json_is_object(sections))
		return err_set(err, ERR_FORMAT, "body: \"sections\" must be an object");
	for (size_t i = 0; i < p->draft.form.sections.len; i++) {
		const json_t *one =
		    json_object_get(sections, p->draft.form.sections.ptr[i].id);

		known += one != NULL;
		if (one && add_save(v, p, i, one, into, err) < 0)
			return -1;
	}
	return known == json_object_size(sections)
	           ? 0
	           : err_set(err, ERR_FORMAT, "body: \"sections\" names one that is not there");
}

static int save(struct visit *v, const struct desk_paper *p, const json_t *body, size_t section,
    struct err *err)
{
	AUTO_SAVES struct saves s = {.held = json_array()};
	struct desk desk = desk_of(v);
	struct desk_caller caller = desk_caller_of(v);
	size_t late;
	int status;

	if ((section == SIZE_MAX ? add_saves(v, p, body, &s, err)
				 : add_save(v, p, section, body, &s, err)) < 0)
		return -1;
	for (size_t i = 0; i < s.all.len; i++)
		s.all.ptr[i].caller = &caller;
	status = desk_draft_save_all(&desk, s.all.ptr, s.all.len, &late, err);
	if (status <= 0)
		return status;
	v->r->status = 409;
	return err_set(err, ERR_DENIED, "somebody else saved section \"%s\": nothing is saved",
	    p->draft.form.sections.ptr[s.all.ptr[late].section].id);
}

int desk_api_save(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};
	AUTO_JSON json_t *body = NULL;
	size_t section = SIZE_MAX;
	bool whole = v->params[1].len == 0;

	if (json_parse(&body, "body", v->q->body, err) < 0 || desk_paper_open(v, &p, err) < 0 ||
	    (!whole && desk_paper_section(v, &p, &section, err) < 0))
		return -1;
	if (save(v, &p, body, section, err) < 0)
		return -1;
	return whole ? desk_api_form(v, err) : desk_api_section(v, err);
}

/* multipart/form-data, each file under the name of its field. */
int desk_api_file(struct visit *v, struct err *err)
{
	AUTO_DESK_PAPER struct desk_paper p = {0};
	AUTO_DESK_COMING struct desk_coming c = {0};
	int64_t revision;
	size_t section;
	int status;

	if (desk_paper_write(v, &p, &section, err) < 0)
		return -1;
	if (v->q->uploads.len == 0)
		return err_set(err, ERR_FORMAT, "no file came: send multipart/form-data");
	c.answers = json_deep_copy(p.draft.answers);
	c.files = json_array();
	c.expected =
	    desk_draft_saved(&p.draft, p.draft.form.sections.ptr[section].id).revision;
	if (desk_take_files(v, &p, section, &c, err) < 0)
		return -1;
	status = desk_save_section(v, &p, section, &c, &revision, err);
	if (status > 0) {
		v->r->status = 409;
		return err_set(err, ERR_DENIED,
		    "somebody was quicker: the application has changed");
	}
	if (status < 0)
		return -1;
	v->r->status = 201;
	return desk_api_section(v, err);
}
