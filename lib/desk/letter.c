#include "desk/letter.h"

#include "base/embed.h"
#include "io/template.h"

#define RULES_FILE "desk/data/letters.json"

enum { LETTERS_MAX = 200,
	RULES_MAX = 400,
	SUBJECT_MAX = 200,
	TEXT_MAX = 2000,
	PAGE_MAX = 60,
	DAYS_MAX = 365 };

const char *const desk_audience_names[DESK_AUDIENCES] = {
    "team", "officer", "chair", "authority", "holder", "seats", "named", "due"};

struct desk_letters {
	struct arena memory;
	VEC(struct desk_letter) letters;
	VEC(struct desk_letter_rule) rules;
	struct json_words frame, digest_subject, digest;
	struct template_set *set[2];
};

void desk_letters_free(struct desk_letters **l)
{
	struct desk_letters *gone = TAKE(*l);

	if (!gone)
		return;
	template_set_free(&gone->set[0]);
	template_set_free(&gone->set[1]);
	vec_clear(&gone->letters);
	vec_clear(&gone->rules);
	arena_clear(&gone->memory);
	free(gone);
}

/* As templates "NAME" and "NAME.text", in both languages. */
static void add_template(struct desk_letters *l, struct json_in *in, const char *name,
    struct json_words words)
{
	for (int i = 0; i < 2 && !in->failed; i++)
		if (words.in[i] && template_add(l->set[i], name, VIEW(words.in[i]), in->err) < 0)
			in->failed = true;
}

static void read_letter(struct desk_letters *l, struct json_in *in, const json_t *j)
{
	struct desk_letter letter = {0};
	AUTO_FREE char *text = NULL;

	json_in_keys(in, j, "id subject text page");
	letter.id = json_in_id(in, j, "id");
	letter.subject = json_in_words(in, j, "subject", true);
	letter.text = json_in_words(in, j, "text", true);
	letter.page = json_string_length(json_object_get(j, "page"))
	                  ? json_in_text(in, j, "page", PAGE_MAX, true)
	                  : "";
	if (in->failed)
		return;
	if (desk_letter_find(l, VIEW(letter.id)))
		(void)json_in_fail(in, "a letter of this name is there already");
	text = str_format("%s.text", letter.id);
	add_template(l, in, letter.id, letter.subject);
	add_template(l, in, text, letter.text);
	*vec_push(&l->letters) = letter;
}

static unsigned read_audience(struct json_in *in, const json_t *j)
{
	const json_t *list = json_in_list(in, j, "to", 1, DESK_AUDIENCES), *one;
	unsigned to = 0;
	size_t i;

	json_array_foreach(list, i, one)
	{
		const char *name = json_string_value(one);
		int found = -1;

		for (int a = 0; name && a < DESK_AUDIENCES; a++)
			if (strcmp(desk_audience_names[a], name) == 0)
				found = a;
		if (found < 0) {
			(void)json_in_fail(in, "to[%zu]: nobody is called so", i);
			return 0;
		}
		to |= 1u << found;
	}
	return to;
}

static void read_rule(struct desk_letters *l, struct json_in *in, const json_t *j)
{
	struct desk_letter_rule rule = {0};
	const char *letter;

	json_in_keys(in, j, "event to letter self morning days source");
	rule.event = json_in_id(in, j, "event");
	rule.to = read_audience(in, j);
	letter = json_in_id(in, j, "letter");
	rule.letter = letter ? desk_letter_find(l, VIEW(letter)) : NULL;
	rule.self = json_object_get(j, "self") && json_in_bool(in, j, "self");
	rule.morning = json_object_get(j, "morning") && json_in_bool(in, j, "morning");
	rule.days = (int)json_in_int(in, j, "days", 0, DAYS_MAX, 0);
	rule.source = json_in_text(in, j, "source", SUBJECT_MAX, true);
	if (!in->failed && !rule.letter)
		(void)json_in_fail(in, "letter: there is no '%s'", letter);
	if (!in->failed)
		*vec_push(&l->rules) = rule;
}

typedef void read_one(struct desk_letters *l, struct json_in *in, const json_t *j);

static void read_list(struct desk_letters *l, struct json_in *in, const json_t *j,
    const char *key, size_t most, read_one *read)
{
	const json_t *list = json_in_list(in, j, key, 1, most), *one;
	size_t i;

	json_array_foreach(list, i, one)
	{
		size_t mark = json_in_enter(in, "%s[%zu]", key, i);

		read(l, in, one);
		json_in_leave(in, mark);
	}
}

static void read_all(struct desk_letters *l, struct json_in *in, const json_t *j)
{
	json_in_keys(in, j, "version frame digest_subject digest letters rules");
	(void)json_in_int(in, j, "version", 1, 1, 0);
	l->frame = json_in_words(in, j, "frame", true);
	l->digest_subject = json_in_words(in, j, "digest_subject", true);
	l->digest = json_in_words(in, j, "digest", true);
	add_template(l, in, "frame", l->frame);
	add_template(l, in, "digest.subject", l->digest_subject);
	add_template(l, in, "digest", l->digest);
	/* Rules point at letters: those stay where they are from then on. */
	read_list(l, in, j, "letters", LETTERS_MAX, read_letter);
	read_list(l, in, j, "rules", RULES_MAX, read_rule);
}

int desk_letters_parse(struct desk_letters **ret, struct view json, struct err *err)
{
	AUTO_DESK_LETTERS struct desk_letters *l = mem_zalloc(1, sizeof(*l));
	AUTO_JSON_IN struct json_in in = {.file = "letters.json", .arena = &l->memory, .err = err};
	AUTO_JSON json_t *j = NULL;

	if (json_parse(&j, in.file, json, err) < 0)
		return -1;
	l->set[0] = template_set_new(NULL, NULL);
	l->set[1] = template_set_new(NULL, NULL);
	read_all(l, &in, j);
	if (in.failed)
		return -1;
	*ret = TAKE(l);
	return 0;
}

int desk_letters_new(struct desk_letters **ret, struct err *err)
{
	return desk_letters_parse(ret, embed_find(RULES_FILE), err);
}

size_t desk_letters_count(const struct desk_letters *l)
{
	return l->rules.len;
}

const struct desk_letter_rule *desk_letters_rule(const struct desk_letters *l, size_t i)
{
	return &l->rules.ptr[i];
}

const struct desk_letter *desk_letter_find(const struct desk_letters *l, struct view id)
{
	for (size_t i = 0; i < l->letters.len; i++)
		if (view_eq(VIEW(l->letters.ptr[i].id), id))
			return &l->letters.ptr[i];
	return NULL;
}

char *desk_letter_link(const struct desk_letter *l, const struct desk_letter_place *p)
{
	const char *language = p->french ? "fr" : "en";

	if (!view_starts(VIEW(l->page), VIEW_LIT("/committee")))
		return str_format("%s/%s/desk/%s%s", p->origin, language, p->ref, l->page);
	return str_format("%s/%s%s%s", p->origin, language, l->page,
	    view_ends(VIEW(l->page), VIEW_LIT("/")) ? p->ref : "");
}

int desk_letter_subject(const struct desk_letters *all, const struct desk_letter *l,
    const struct desk_letter_place *p, struct str *ret, struct err *err)
{
	AUTO_JSON json_t *model = json_pack("{s:s}", "ref", p->ref);

	return template_render(all->set[p->french], l->id, model, ret, err);
}

static json_t *frame_model(const struct desk_letter_place *p)
{
	json_t *model = json_pack("{s:s, s:s}", "site", p->site, "ref", p->ref);
	AUTO_FREE char *choose =
	    str_format("%s/%s/account", p->origin, p->french ? "fr" : "en");

	json_object_set_new(model, "choose", json_string(choose));
	return model;
}

int desk_letter_text(const struct desk_letters *all, const struct desk_letter *l,
    const struct desk_letter_place *p, struct str *ret, struct err *err)
{
	AUTO_JSON json_t *model = frame_model(p);
	AUTO_FREE char *name = str_format("%s.text", l->id), *link = desk_letter_link(l, p);
	AUTO_STR struct str text = {0};

	if (template_render(all->set[p->french], name, model, &text, err) < 0)
		return -1;
	json_object_set_new(model, "text", json_string(str_get(&text)));
	json_object_set_new(model, "link", json_string(link));
	return template_render(all->set[p->french], "frame", model, ret, err);
}

int desk_letter_digest(const struct desk_letters *all, const json_t *rows,
    const struct desk_letter_place *p, struct str *ret_subject, struct str *ret_text,
    struct err *err)
{
	AUTO_JSON json_t *model = frame_model(p);

	json_object_set(model, "letters", (json_t *)(uintptr_t)rows);
	json_object_set_new(model, "count", json_integer((json_int_t)json_array_size(rows)));
	return template_render(all->set[p->french], "digest.subject", model, ret_subject, err) < 0
	           ? -1
	           : template_render(all->set[p->french], "digest", model, ret_text, err);
}
