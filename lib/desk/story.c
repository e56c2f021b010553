#include "desk/story.h"

#include "base/embed.h"
#include "base/str.h"

#include <assert.h>

enum { WEIGHTS_MAX = 32,
	YEARS_BACK = 8 };

json_t *desk_story_words(void)
{
	struct err err = {0};
	json_t *words = NULL;
	int failed = json_parse(&words, "story.json", embed_find("desk/data/story.json"), &err);

	assert(failed == 0);
	(void)failed; /* a defect of the build: the tests load it */
	return words;
}

struct plot {
	const struct desk_story *story;
	const json_t *words, *body, *design, *subject;
	struct rng *rng;
	json_t *answers;
};

static const json_t *any_of(struct rng *rng, const json_t *list)
{
	return json_array_get(list, rng_below(rng, (uint32_t)json_array_size(list)));
}

static const json_t *any_body(struct rng *rng, const json_t *bodies)
{
	double weights[WEIGHTS_MAX];
	size_t n = json_array_size(bodies);

	assert(n <= WEIGHTS_MAX);
	for (size_t i = 0; i < n; i++)
		weights[i] = json_number_value(
		    json_object_get(json_array_get(bodies, i), "weight"));
	return json_array_get(bodies, rng_weighted(rng, weights, n));
}

/* The text with its subject; fields of the other language end in "_other". */
static json_t *told(const struct plot *p, const struct desk_field *f, const char *text)
{
	static const char hole[] = "{subject}";
	bool english = view_ends(VIEW(f->id), VIEW_LIT("_other"));
	const char *at = strstr(text, hole);

	return at ? json_sprintf("%.*s%s%s", (int)(at - text), text,
			json_string_value(json_object_get(p->subject, english ? "en" : "fr")),
			at + strlen(hole))
	          : json_string(text);
}

/* One of several answers; of a list of choices or rows, one list. */
static bool is_choice(const struct desk_field *f, const json_t *said)
{
	bool listed = f->type == DESK_FIELD_MULTISELECT || desk_field_is_table(f);

	return json_is_array(said) && (!listed || json_is_array(json_array_get(said, 0)));
}

static json_t *body_name(const struct plot *p)
{
	return json_sprintf("%s %u",
	    json_string_value(json_object_get(p->body, "name")), 1 + rng_below(p->rng, 99));
}

/* Forms may offer other choices under the same name. */
static bool is_offered(const struct desk_field *f, const json_t *said)
{
	const json_t *one;
	size_t i;

	json_array_foreach(said, i, one)
	{
		if (!desk_field_option(f, VIEW(json_string_value(one))))
			return false;
	}
	return true;
}

/* What the words say of this field; NULL: nothing. */
static json_t *by_name(const struct plot *p, const struct desk_field *f)
{
	const json_t *said = json_object_get(p->design, f->id);

	if (strcmp(f->id, "controller_name") == 0)
		return body_name(p);
	if (strcmp(f->id, "controller_type") == 0)
		return json_copy(json_object_get(p->body, "type"));
	if (strcmp(f->id, "methodology") == 0)
		return json_string(p->story->route);
	if (!said)
		said = json_object_get(p->subject, f->id);
	if (!said)
		said = json_object_get(json_object_get(p->words, "answers"), f->id);
	if (is_choice(f, said))
		said = any_of(p->rng, said);
	if (json_is_string(said))
		return told(p, f, json_string_value(said));
	if (!said || (f->type == DESK_FIELD_MULTISELECT && !is_offered(f, said)))
		return NULL;
	return json_deep_copy(said);
}

/* Past years of data, or those that the work takes. */
static json_t *period(const struct plot *p, const struct desk_field *f)
{
	int year = date_to_civil(p->story->day).year;
	bool planned = f->sheet && strcmp(f->sheet, "calendar") == 0;
	int first = planned ? year : year - rng_range(p->rng, 3, YEARS_BACK);

	return json_pack("{s:o, s:o}", "from", json_sprintf("%d-01-01", first), "to",
	    json_sprintf("%d-12-31", planned ? year + 2 : year - 1));
}

static json_t *some_options(const struct plot *p, const struct desk_field *f)
{
	json_t *all = json_array();
	size_t must = rng_below(p->rng, (uint32_t)f->option_count);

	for (size_t i = 0; i < f->option_count; i++)
		if (i == must || (i < 3 && rng_chance(p->rng, 0.4)))
			json_array_append_new(all, json_string(f->options[i].value));
	return all;
}

/* A text of the type. */
static json_t *plain(const struct plot *p, const struct desk_field *f)
{
	if (f->type == DESK_FIELD_OPTION)
		return json_string(
		    f->options[rng_below(p->rng, (uint32_t)f->option_count)].value);
	if (f->type == DESK_FIELD_DATE)
		return json_sprintf("%d-01-01", date_to_civil(p->story->day).year);
	if (f->type == DESK_FIELD_NUMBER)
		return json_sprintf("%d", (int)MAX(f->min, 1));
	if (f->type == DESK_FIELD_EMAIL)
		return json_string("person@body.example");
	return json_string(f->type == DESK_FIELD_PHONE ? "01 99 00 00 00" : "Exemple");
}

static json_t *one_row(const struct plot *p, const struct desk_field *f)
{
	json_t *row = json_object();

	for (size_t c = 0; c < f->column_count; c++)
		json_object_set_new(row, f->columns[c].id, plain(p, &f->columns[c]));
	return json_pack("[o]", row);
}

/* NULL: nothing has to be said, and nothing is. */
static json_t *answer(const struct plot *p, const struct desk_field *f)
{
	json_t *said = by_name(p, f);

	if (said || !f->required)
		return said;
	if (f->type == DESK_FIELD_MULTISELECT)
		return some_options(p, f);
	if (f->type == DESK_FIELD_CHECKBOX)
		return json_true();
	if (f->type == DESK_FIELD_PERIOD)
		return period(p, f);
	if (f->type == DESK_FIELD_ATTACHMENT)
		return json_pack("[O]", p->story->file);
	return desk_field_is_table(f) ? one_row(p, f) : plain(p, f);
}

/* Fields that are asked only after others were answered come after them in the form. */
static void answer_all(const struct plot *p)
{
	const struct desk_form *form = p->story->form;

	for (size_t i = 0; i < form->fields.len; i++) {
		const struct desk_field *f = &form->fields.ptr[i];
		AUTO_FREE char *asked = desk_form_visible(form, p->answers);
		json_t *said = asked[i] && desk_field_has_answer(f) ? answer(p, f) : NULL;

		if (said)
			json_object_set_new(p->answers, f->id, said);
	}
}

json_t *desk_story_answers(const struct desk_story *s, const json_t *words, struct rng *rng)
{
	struct plot p = {.story = s, .words = words, .rng = rng, .answers = json_object()};

	p.body = any_body(rng, json_object_get(words, "bodies"));
	p.design = any_of(rng, json_object_get(words, "designs"));
	p.subject = any_of(rng, json_object_get(words, "subjects"));
	answer_all(&p);
	return p.answers;
}
