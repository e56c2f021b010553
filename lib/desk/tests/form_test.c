#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/embed.h"
#include "base/rng.h"
#include "desk/form_view.h"
#include "io/po.h"
#include "io/template.h"

static const char small[] =
    "{\"form\": \"small\", \"version\": 1, \"title\": {\"en\": \"Small\", \"fr\": \"Petit\"},"
    "\"source\": \"test\", \"sections\": ["
    "{\"id\": \"one\", \"title\": {\"en\": \"One\", \"fr\": \"Un\"}, \"fields\": ["
    "{\"id\": \"name\", \"type\": \"text\", \"label\": {\"en\": \"Name\", \"fr\": \"Nom\"},"
    " \"source\": \"test\", \"required\": true, \"max\": 5},"
    "{\"id\": \"kind\", \"type\": \"option\", \"label\": {\"en\": \"Kind\", \"fr\": \"Type\"},"
    " \"source\": \"test\", \"options\": [{\"value\": \"a\", \"label\": {\"en\": \"A\", \"fr\": "
    "\"Ah\"}}, {\"value\": \"b\", \"label\": {\"en\": \"B\", \"fr\": \"Bé\"}}]},"
    "{\"id\": \"why\", \"type\": \"texta\", \"label\": {\"en\": \"Why\", \"fr\": \"Pourquoi\"},"
    " \"source\": \"test\", \"required\": true, \"private\": true,"
    " \"when\": [{\"field\": \"kind\", \"in\": [\"b\"]}]},"
    "{\"id\": \"deep\", \"type\": \"text\", \"label\": {\"en\": \"Deep\", \"fr\": \"Profond\"},"
    " \"source\": \"test\", \"required\": true,"
    " \"when\": [{\"field\": \"why\", \"filled\": true}]}]},"
    "{\"id\": \"two\", \"title\": {\"en\": \"Two\", \"fr\": \"Deux\"}, \"fields\": ["
    "{\"id\": \"team\", \"type\": \"persons\", \"label\": {\"en\": \"Team\", \"fr\": \"Équipe\"},"
    " \"source\": \"test\", \"max\": 2, \"columns\": ["
    "{\"id\": \"name\", \"type\": \"text\", \"label\": {\"en\": \"Name\", \"fr\": \"Nom\"},"
    " \"required\": true},"
    "{\"id\": \"email\", \"type\": \"email\", \"label\": {\"en\": \"E-mail\", \"fr\": \"Mél\"}}]},"
    "{\"id\": \"when\", \"type\": \"period\", \"label\": {\"en\": \"When\", \"fr\": \"Quand\"},"
    " \"source\": \"test\"},"
    "{\"id\": \"days\", \"type\": \"number\", \"label\": {\"en\": \"Days\", \"fr\": \"Jours\"},"
    " \"source\": \"test\", \"min\": 1, \"max\": 10},"
    "{\"id\": \"day\", \"type\": \"date\", \"label\": {\"en\": \"Day\", \"fr\": \"Jour\"},"
    " \"source\": \"test\"},"
    "{\"id\": \"phone\", \"type\": \"phone\", \"label\": {\"en\": \"Phone\", \"fr\": \"Tél\"},"
    " \"source\": \"test\"},"
    "{\"id\": \"many\", \"type\": \"multiselect\", \"label\": {\"en\": \"Many\", \"fr\": "
    "\"Plusieurs\"}, \"source\": \"test\", \"max\": 1, \"options\": [{\"value\": \"x\", "
    "\"label\": {\"en\": \"X\", \"fr\": \"X\"}}, {\"value\": \"y\", \"label\": {\"en\": \"Y\", "
    "\"fr\": \"Y\"}}]},"
    "{\"id\": \"files\", \"type\": \"attachment\", \"label\": {\"en\": \"Files\", \"fr\": "
    "\"Pièces\"}, \"source\": \"test\"},"
    "{\"id\": \"sure\", \"type\": \"checkbox\", \"label\": {\"en\": \"Sure\", \"fr\": \"Sûr\"},"
    " \"source\": \"test\"}]}]}";

static void open_small(struct desk_form *f)
{
	struct err err = {0};

	if (desk_form_parse(f, "small.json", VIEW(small), &err) < 0)
		fail_msg("%s", err.msg);
}

/* "field.kind field.row.column.kind ..." */
static char *problems_of(const struct desk_form *f, const json_t *answers)
{
	AUTO_DESK_PROBLEMS struct desk_problems p = {0};
	struct str out = {0};

	desk_form_check(f, answers, &p);
	for (size_t i = 0; i < p.all.len; i++) {
		const struct desk_problem *one = &p.all.ptr[i];

		str_addf(&out, "%s%s", i ? " " : "", one->field ? one->field->id : "?");
		if (one->row)
			str_addf(&out, ".%zu", one->row);
		if (one->column)
			str_addf(&out, ".%s", one->column->id);
		str_addf(&out, ".%s", desk_problem_name(one->kind));
	}
	return out.buf ? str_take(&out) : mem_strdup("");
}

static void answers_are_checked(void **state)
{
	static const struct {
		const char *answers, *wanted;
	} cases[] = {
	    {"{}", "name.missing"},
	    {"{\"name\": \" \\n\"}", "name.missing"},
	    {"{\"name\": \"Zoé12\"}", ""},
	    {"{\"name\": \"Zoé123\"}", "name.too_long"},
	    {"{\"name\": [\"a\"]}", "name.wrong_shape"},
	    {"{\"name\": 7}", "name.wrong_shape"},
	    {"{\"name\": \"a\", \"kind\": \"c\"}", "kind.no_option"},
	    {"{\"name\": \"a\", \"kind\": \"b\"}", "why.missing"},
	    {"{\"name\": \"a\", \"kind\": \"b\", \"why\": \"x\"}", "deep.missing"},
	    {"{\"name\": \"a\", \"kind\": \"a\", \"why\": \"x\"}", ""},
	    {"{\"name\": \"a\", \"other\": 1}", "?.unknown"},
	    {"{\"name\": \"a\", \"team\": [{\"name\": \"\"}]}", ""},
	    {"{\"name\": \"a\", \"team\": [{\"email\": \"a@b.fr\"}]}", "team.1.name.missing"},
	    {"{\"name\": \"a\", \"team\": [{\"name\": \"b\", \"email\": \"b\"}]}",
		"team.1.email.no_email"},
	    {"{\"name\": \"a\", \"team\": [{\"name\": \"b\", \"email\": \"a@b.fr\"}, {\"name\": "
	     "\"c\", \"email\": \"a@b.fr\"}]}",
		"team.2.twice"},
	    {"{\"name\": \"a\", \"team\": [{\"name\": \"b\"}, {\"name\": \"c\"}, {\"name\": "
	     "\"d\"}]}",
		"team.too_many"},
	    {"{\"name\": \"a\", \"team\": [{\"name\": \"b\", \"age\": \"7\"}]}", "team.1.unknown"},
	    {"{\"name\": \"a\", \"team\": [7]}", "team.1.wrong_shape"},
	    {"{\"name\": \"a\", \"team\": {}}", "team.wrong_shape"},
	    {"{\"name\": \"a\", \"when\": {\"from\": \"2029-01-02\", \"to\": \"\"}}",
		"when.missing"},
	    {"{\"name\": \"a\", \"when\": {\"from\": \"2029-01-02\", \"to\": \"2029-02-30\"}}",
		"when.no_date"},
	    {"{\"name\": \"a\", \"when\": {\"from\": \"2029-01-02\", \"to\": \"2029-01-01\"}}",
		"when.backwards"},
	    {"{\"name\": \"a\", \"days\": \"ten\"}", "days.no_number"},
	    {"{\"name\": \"a\", \"days\": \"0\"}", "days.too_small"},
	    {"{\"name\": \"a\", \"days\": \"11\"}", "days.too_large"},
	    {"{\"name\": \"a\", \"day\": \"1/2/2029\"}", "day.no_date"},
	    {"{\"name\": \"a\", \"phone\": \"+33 (0)1 23 45 67 89\"}", ""},
	    {"{\"name\": \"a\", \"phone\": \"12 34+5678\"}", "phone.no_phone"},
	    {"{\"name\": \"a\", \"many\": [\"x\", \"y\"]}", "many.too_many"},
	    {"{\"name\": \"a\", \"many\": [\"z\"]}", "many.no_option"},
	    {"{\"name\": \"a\", \"files\": [{\"sha256\": \"1\"}]}", "files.wrong_shape"},
	    {"{\"name\": \"a\", \"sure\": \"true\"}", "sure.wrong_shape"},
	};
	AUTO_DESK_FORM struct desk_form f = {0};

	(void)state;
	open_small(&f);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_JSON json_t *answers = json_loads(cases[i].answers, 0, NULL);
		AUTO_FREE char *found = problems_of(&f, answers);

		print_message("%s\n", cases[i].answers);
		assert_string_equal(found, cases[i].wanted);
	}
}

static void words_of_problems(void **state)
{
	AUTO_DESK_FORM struct desk_form f = {0};
	AUTO_JSON json_t *answers =
	    json_loads("{\"name\": \"abcdefg\", \"team\": [{\"email\": \"a\"}]}", 0, NULL);
	AUTO_DESK_PROBLEMS struct desk_problems p = {0};
	AUTO_STR struct str en = {0};
	AUTO_STR struct str fr = {0};

	(void)state;
	open_small(&f);
	desk_form_check(&f, answers, &p);
	for (size_t i = 0; i < p.all.len; i++) {
		desk_problem_text(&p.all.ptr[i], DESK_ENGLISH, &en);
		desk_problem_text(&p.all.ptr[i], DESK_FRENCH, &fr);
		str_addc(&en, '|');
		str_addc(&fr, '|');
	}
	assert_string_equal(str_get(&en), "has more than 5 characters|row 1, Name: is missing|"
					  "row 1, E-mail: is no e-mail address|");
	assert_string_equal(str_get(&fr),
	    "dépasse 5 caractères|ligne 1, Nom : est à renseigner|"
	    "ligne 1, Mél : n’est pas une adresse électronique|");
}

/* A small form with one thing wrong, and what is said of it. */
static void bad_forms(void **state)
{
	static const struct {
		const char *from, *to, *wanted;
	} cases[] = {
	    {"\"version\": 1", "\"version\": \"1\"", "version: must be a whole number"},
	    {"\"version\": 1,", "", "version: is missing"},
	    {"\"type\": \"option\"", "\"type\": \"select\"",
		"sections[0].fields[1].type: no such word"},
	    {"\"id\": \"kind\"", "\"id\": \"Kind\"", "sections[0].fields[1].id: must be of"},
	    {"\"id\": \"two\"", "\"id\": \"one\"", "sections[1]: section 'one' stands here twice"},
	    {"\"id\": \"days\"", "\"id\": \"name\"",
		"sections[1].fields[2]: field 'name' stands here twice"},
	    {"{\"field\": \"kind\"", "{\"field\": \"deep\"",
		"sections[0].fields[2].when[0]: no field 'deep' before this one"},
	    {"\"in\": [\"b\"]", "\"in\": [7]", "when[0].in[0]: must be a text"},
	    {"\"max\": 5", "\"max\": 5000000", "fields[0].max: must be a whole number from 0 to"},
	    {"\"min\": 1, \"max\": 10", "\"min\": 11, \"max\": 10", "max is below min"},
	    {"\"type\": \"checkbox\"", "\"type\": \"checkbox\", \"max\": 3",
		"this type has no min and no max"},
	    {"\"fr\": \"Nom\"", "\"fr\": \"\"", "sections[0].fields[0].label.fr: must be a text"},
	    {"\"fr\": \"Nom\"", "\"de\": \"Name\"", "label: unknown key 'de'"},
	    {"\"id\": \"email\", \"type\": \"email\"", "\"id\": \"mail\", \"type\": \"email\"",
		"persons need the columns name and email"},
	    {"\"id\": \"email\", \"type\": \"email\"", "\"id\": \"email\", \"type\": \"table\"",
		"columns[1]: a column is text"},
	    {"\"value\": \"b\"", "\"value\": \"a\"", "options[1]: 'a' stands here twice"},
	    {"\"private\": true", "\"secret\": true", "unknown key 'secret'"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_DESK_FORM struct desk_form f = {0};
		const char *at = strstr(small, cases[i].from);
		AUTO_FREE char *text = NULL;
		struct err err = {0};

		assert_non_null(at);
		text = str_format("%.*s%s%s", (int)(at - small), small, cases[i].to,
		    at + strlen(cases[i].from));
		assert_int_equal(desk_form_parse(&f, "bad.json", VIEW(text), &err), -1);
		assert_int_equal(err.code, ERR_FORMAT);
		if (!strstr(err.msg, cases[i].wanted))
			fail_msg("%s, not %s", err.msg, cases[i].wanted);
	}
}

static const char *const shipped[] = {"standard", "reference-methodology", "simplified",
    "permanent", "ehds-application", "ehds-request",
    "indicators"};

static json_t *cell_of(const struct desk_field *c)
{
	static const char *const typed[DESK_FIELD_TYPES] = {
	    [DESK_FIELD_EMAIL] = "a@example.org",
	    [DESK_FIELD_PHONE] = "01 23 45 67 89",
	    [DESK_FIELD_DATE] = "2029-03-26",
	    [DESK_FIELD_NUMBER] = "1",
	};

	if (c->type == DESK_FIELD_OPTION)
		return json_string(c->options[0].value);
	return json_string(typed[c->type] ? typed[c->type] : "x");
}

static void fill(const struct desk_field *f, json_t *answers)
{
	json_t *value = NULL;

	if (!desk_field_has_answer(f))
		return;
	if (desk_field_is_table(f)) {
		value = json_pack("[{}]");
		for (size_t c = 0; c < f->column_count; c++)
			json_object_set_new(json_array_get(value, 0), f->columns[c].id,
			    cell_of(&f->columns[c]));
	} else if (f->type == DESK_FIELD_MULTISELECT) {
		value = json_pack("[s]", f->options[0].value);
	} else if (f->type == DESK_FIELD_CHECKBOX) {
		value = json_true();
	} else if (f->type == DESK_FIELD_PERIOD) {
		value = json_pack("{s:s, s:s}", "from", "2029-01-01", "to", "2029-12-31");
	} else if (f->type == DESK_FIELD_ATTACHMENT) {
		value = json_pack("[{s:s, s:s}]", "sha256",
		    "00000000000000000000000000000000000000000000000000000000000000aa", "name",
		    "a.pdf");
	} else {
		value = cell_of(f);
	}
	json_object_set_new(answers, f->id, value);
}

/* Each shipped form can be filled; any required answer that is taken away is seen. */
static void shipped_forms(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(shipped); i++) {
		AUTO_DESK_FORM struct desk_form f = {0};
		AUTO_JSON json_t *answers = json_object();
		AUTO_FREE char *visible = NULL;
		AUTO_FREE char *found = NULL;
		struct err err = {0};

		if (desk_form_find(&f, shipped[i], &err) < 0)
			fail_msg("%s", err.msg);
		assert_string_equal(f.id, shipped[i]);
		for (size_t k = 0; k < f.fields.len; k++)
			fill(&f.fields.ptr[k], answers);
		found = problems_of(&f, answers);
		assert_string_equal(found, "");
		visible = desk_form_visible(&f, answers);
		for (size_t k = 0; k < f.fields.len; k++) {
			const struct desk_field *d = &f.fields.ptr[k];
			AUTO_JSON json_t *less = json_copy(answers);
			AUTO_FREE char *wanted = str_format("%s.missing", d->id);
			AUTO_FREE char *now = NULL;

			json_object_del(less, d->id);
			now = problems_of(&f, less);
			assert_int_equal(visible[k] && d->required, strstr(now, wanted) != NULL);
		}
	}
}

/* Only hidden fields answered: never accepted. Random answers to conditions, seed printed. */
static void hidden_never_enough(void **state)
{
	const uint64_t seed = 20290326;

	(void)state;
	print_message("seed %llu\n", (unsigned long long)seed);
	for (size_t i = 0; i < ARRAY_LEN(shipped); i++) {
		AUTO_DESK_FORM struct desk_form f = {0};
		struct err err = {0};

		assert_int_equal(desk_form_find(&f, shipped[i], &err), 0);
		for (uint64_t round = 0; round < 200; round++) {
			struct rng rng = rng_at(seed, i, round);
			AUTO_JSON json_t *answers = json_object();
			AUTO_JSON json_t *hidden = json_object();
			AUTO_FREE char *visible = NULL;
			AUTO_FREE char *first = NULL;
			AUTO_FREE char *second = NULL;

			for (size_t k = 0; k < f.fields.len; k++)
				if (rng_chance(&rng, 0.5))
					fill(&f.fields.ptr[k], answers);
			visible = desk_form_visible(&f, answers);
			first = problems_of(&f, answers);
			/* Whatever stands in hidden fields changes nothing. */
			for (size_t k = 0; k < f.fields.len; k++) {
				const struct desk_field *d = &f.fields.ptr[k];

				if (visible[k])
					continue;
				json_object_set(hidden, d->id, json_object_get(answers, d->id));
				json_object_set_new(answers, d->id, json_integer(7));
			}
			second = problems_of(&f, answers);
			assert_string_equal(first, second);
			free(TAKE(second));
			second = problems_of(&f, hidden);
			assert_string_not_equal(second, "");
		}
	}
}

static void push(struct http_pairs *p, const char *name, const char *value)
{
	*vec_push(&p->all) = (struct http_pair){VIEW(name), VIEW(value)};
}

static void posted_is_kept_as_typed(void **state)
{
	AUTO_DESK_FORM struct desk_form f = {0};
	AUTO_JSON json_t *answers = json_loads("{\"name\": \"old\", \"kind\": \"b\", \"many\": "
					       "[\"x\"], \"sure\": true, \"day\": \"kept\"}",
	    0, NULL);
	AUTO_JSON json_t *wanted = json_loads(
	    "{\"name\": \"  too long a name\", \"kind\": \"b\", \"many\": [], \"sure\": false, "
	    "\"day\": \"kept\", \"why\": \"a\\nb\", \"team\": [{\"name\": \"x\", \"email\": "
	    "\"no mail\"}, {\"name\": \"y\"}], \"when\": {\"from\": \"soon\", \"to\": \"\"}}",
	    0, NULL);
	struct http_pairs p = {0};
	struct err err = {0};

	(void)state;
	open_small(&f);
	push(&p, "csrf", "1234");
	push(&p, "_shown", "name");
	push(&p, "_shown", "many");
	push(&p, "_shown", "sure");
	push(&p, "_shown", "why");
	push(&p, "_shown", "team");
	push(&p, "_shown", "when");
	push(&p, "name", "  too long a name");
	push(&p, "why", "a\r\nb");
	push(&p, "team.0.name", "x");
	push(&p, "team.0.email", "no mail");
	push(&p, "team.1.name", " ");
	push(&p, "team.2.name", "y");
	push(&p, "when.from", "soon");
	if (desk_form_read(&f, &p, answers, &err) < 0)
		fail_msg("%s", err.msg);
	assert_true(json_equal(answers, wanted));
	push(&p, "day", "not shown");
	assert_int_equal(desk_form_read(&f, &p, answers, &err), -1);
	assert_true(json_equal(answers, wanted));
	p.all.len--;
	push(&p, "team.500.name", "x");
	assert_int_equal(desk_form_read(&f, &p, answers, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
	p.all.len--;
	push(&p, "team.0.age", "x");
	assert_int_equal(desk_form_read(&f, &p, answers, &err), -1);
	vec_clear(&p.all);
}

static void versions_differ(void **state)
{
	AUTO_DESK_FORM struct desk_form f = {0};
	AUTO_JSON json_t *before = json_loads("{\"name\": \"a\", \"kind\": \"b\", \"why\": \"s\"}",
	    0, NULL);
	AUTO_JSON json_t *after = json_loads(
	    "{\"name\": \"b\", \"kind\": \"a\", \"why\": \"s\", \"team\": [{\"name\": \"x\"}]}", 0,
	    NULL);
	AUTO_JSON json_t *same = NULL;
	AUTO_JSON json_t *diff = NULL;
	AUTO_FREE char *text = NULL;
	struct desk_form_view v = {.form = &f, .answers = before};

	(void)state;
	v.language = DESK_FRENCH;
	v.with_private = true;
	open_small(&f);
	same = desk_form_diff(&v, before);
	assert_int_equal(json_array_size(same), 0);
	diff = desk_form_diff(&v, after);
	assert_int_equal(json_array_size(diff), 4);
	text = json_dumps(json_array_get(diff, 1), JSON_COMPACT | JSON_SORT_KEYS);
	assert_non_null(strstr(text, "\"after\":\"Ah\",\"before\":\"Bé\""));
	/* "why" is hidden now: removed. */
	assert_string_equal(json_string_value(json_object_get(json_array_get(diff, 2), "kind")),
	    "removed");
	assert_string_equal(json_string_value(json_object_get(json_array_get(diff, 3), "after")),
	    "1. Nom : x");
	json_decref(TAKE(diff));
	v.with_private = false;
	diff = desk_form_diff(&v, after);
	assert_int_equal(json_array_size(diff), 3);
}

static void add_template(struct template_set *set, const struct embed_file *file)
{
	const struct view head = VIEW_LIT("web/portal/"), tail = VIEW_LIT(".mustache");
	struct view v = VIEW(file->name);
	AUTO_FREE char *name = NULL;
	struct err err = {0};

	if (!view_starts(v, VIEW_LIT("web/portal/form-")) || !view_ends(v, tail))
		return;
	name = str_format("%.*s", (int)(v.len - head.len - tail.len), v.ptr + head.len);
	if (template_add(set, name,
		(struct view){file->start, (size_t)(file->end - file->start)}, &err) < 0)
		fail_msg("%s", err.msg);
}

static char *page_of(const struct desk_form_view *v, const char *template, json_t *model)
{
	AUTO_TEMPLATES struct template_set *set = NULL;
	AUTO_PO struct po po = {0};
	struct str out = {0};
	struct err err = {0};

	assert_int_equal(po_parse(&po, "fr.po", embed_find("po/fr.po"), &err), 0);
	set = template_set_new(v->language == DESK_FRENCH ? po_translate : NULL, &po);
	for (size_t i = 0; i < embed_file_count; i++)
		add_template(set, &embed_files[i]);
	if (template_render(set, template, model, &out, &err) < 0)
		fail_msg("%s", err.msg);
	json_decref(model);
	return str_take(&out);
}

static void sections_are_drawn(void **state)
{
	AUTO_DESK_FORM struct desk_form f = {0};
	AUTO_JSON json_t *answers =
	    json_loads("{\"name\": \"<b>&\\\"long\", \"kind\": \"b\", \"why\": \"x\"}", 0, NULL);
	AUTO_JSON json_t *comments = json_array();
	AUTO_DESK_PROBLEMS struct desk_problems p = {0};
	struct desk_form_view v = {.form = &f, .answers = answers, .problems = &p};
	AUTO_FREE char *one = NULL;
	AUTO_FREE char *two = NULL;

	(void)state;
	v.comments = comments;
	v.language = DESK_FRENCH;
	v.with_private = true;
	v.blank_rows = 1;
	open_small(&f);
	json_array_append_new(comments,
	    json_pack("{s:s, s:s, s:i, s:s}", "section", "one", "author", "Applicant One", "at", 0,
		"text", "Préciser <ceci>"));
	desk_form_check(&f, answers, &p);
	one = page_of(&v, "form-section", desk_form_section_model(&v, 0));
	assert_non_null(strstr(one, "value=\"&lt;b&gt;&amp;&quot;long\" "
				    "aria-describedby=\"f-name-error\" aria-invalid=\"true\" "
				    "aria-required=\"true\">"));
	assert_non_null(strstr(one, "<p class=\"error\" id=\"f-name-error\">dépasse 5"));
	assert_non_null(strstr(one, "Préciser &lt;ceci&gt;"));
	assert_non_null(strstr(one, "value=\"b\" checked"));
	assert_non_null(strstr(one, "(obligatoire)"));
	two = page_of(&v, "form-section", desk_form_section_model(&v, 1));
	assert_non_null(strstr(two, "name=\"team.0.name\""));
	assert_null(strstr(two, "name=\"team.1.name\""));
	v.with_private = false;
	free(TAKE(one));
	one = page_of(&v, "form-section", desk_form_section_model(&v, 0));
	assert_null(strstr(one, "f-why"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(answers_are_checked),
	    cmocka_unit_test(words_of_problems),
	    cmocka_unit_test(bad_forms),
	    cmocka_unit_test(shipped_forms),
	    cmocka_unit_test(hidden_never_enough),
	    cmocka_unit_test(posted_is_kept_as_typed),
	    cmocka_unit_test(versions_differ),
	    cmocka_unit_test(sections_are_drawn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
