#include "desk/form_report.h"

#include <inttypes.h>

static void add_facts(struct report *r, const struct desk_form *f)
{
	char day[DATE_TEXT_SIZE];

	report_add_fact(r, "form", "Form", "%s", f->id);
	report_add_fact(r, "version", "Version", "%" PRId64, f->version);
	if (f->valid_from != DATE_NONE)
		report_add_fact(r, "valid_from", "For applications from", "%s",
		    date_format(f->valid_from, day));
	report_add_fact(r, "source", "Source", "%s", f->source);
}

static void add_condition(const struct desk_form *f, const struct desk_clause *c,
    struct str *out)
{
	str_addf(out, "%s%s", out->len ? ", " : "", f->fields.ptr[c->field].id);
	if (!c->values)
		str_addz(out, c->negated ? " is empty" : " is filled");
	for (size_t i = 0; i < c->value_count; i++)
		str_addf(out, "%s%s", i ? " or " : c->negated ? " is not "
							      : " is ",
		    c->values[i]);
}

struct report *desk_form_report(const struct desk_form *f, enum desk_language language)
{
	static const struct report_column columns[] = {
	    {"section", NULL, REPORT_TEXT},
	    {"field", "Field", REPORT_TEXT},
	    {"label", "Label", REPORT_TEXT},
	    {"type", "Type", REPORT_TEXT},
	    {"required", "Required", REPORT_TEXT},
	    {"private", NULL, REPORT_TEXT},
	    {"sheet", NULL, REPORT_TEXT},
	    {"when", "Asked when", REPORT_TEXT},
	    {"source", "Source", REPORT_TEXT},
	};
	struct report *r = report_new(f->title.in[language], "");
	struct report_table *t = report_add_table(r, "fields", "Fields",
	    REPORT_SHOWN | REPORT_EXPORTED, columns, ARRAY_LEN(columns));

	add_facts(r, f);
	for (size_t i = 0; i < f->fields.len; i++) {
		const struct desk_field *d = &f->fields.ptr[i];
		const struct desk_section *s = &f->sections.ptr[d->section];
		AUTO_STR struct str when = {0};

		for (size_t c = 0; c < s->clause_count; c++)
			add_condition(f, &s->clauses[c], &when);
		for (size_t c = 0; c < d->clause_count; c++)
			add_condition(f, &d->clauses[c], &when);
		report_add_cell(r, t, "%s", s->title.in[language]);
		report_add_cell(r, t, "%s", d->id);
		report_add_cell(r, t, "%s", d->label.in[language]);
		report_add_cell(r, t, "%s", desk_field_type_names[d->type]);
		report_add_cell(r, t, "%s", d->required ? "yes" : "no");
		report_add_cell(r, t, "%s", d->is_private ? "yes" : "no");
		report_add_cell(r, t, "%s", d->sheet ? d->sheet : "");
		report_add_cell(r, t, "%s", str_get(&when));
		report_add_cell(r, t, "%s", d->source ? d->source : "");
	}
	return r;
}

static void add_counts(struct report *r, const struct desk_form *f, const json_t *answers)
{
	AUTO_FREE char *visible = desk_form_visible(f, answers);
	size_t asked = 0, given = 0;

	for (size_t i = 0; i < f->fields.len; i++) {
		const struct desk_field *d = &f->fields.ptr[i];

		if (!visible[i] || !desk_field_has_answer(d))
			continue;
		asked++;
		given += !desk_answer_is_empty(d, json_object_get(answers, d->id));
	}
	report_add_fact(r, "asked", "Fields asked", "%zu", asked);
	report_add_fact(r, "given", "Answered", "%zu", given);
}

struct report *desk_problems_report(const struct desk_form *f, const json_t *answers,
    const struct desk_problems *p, enum desk_language language)
{
	static const struct report_column columns[] = {
	    {"section", "Section", REPORT_TEXT},
	    {"field", "Field", REPORT_TEXT},
	    {"label", "Label", REPORT_TEXT},
	    {"problem", "Problem", REPORT_TEXT},
	    {"text", "In words", REPORT_TEXT},
	};
	struct report *r = report_new(f->title.in[language],
	    p->all.len ? "This cannot be deposited yet." : "This can be deposited.");
	struct report_table *t = report_add_table(r, "problems", "To be completed",
	    REPORT_SHOWN | REPORT_EXPORTED, columns, ARRAY_LEN(columns));

	add_facts(r, f);
	add_counts(r, f, answers);
	for (size_t i = 0; i < p->all.len; i++) {
		const struct desk_problem *one = &p->all.ptr[i];
		const struct desk_field *d = one->field;
		AUTO_STR struct str text = {0};

		desk_problem_text(one, language, &text);
		report_add_cell(r, t, "%s",
		    d ? f->sections.ptr[d->section].title.in[language] : "");
		report_add_cell(r, t, "%s", d ? d->id : "");
		report_add_cell(r, t, "%s", d ? d->label.in[language] : "");
		report_add_cell(r, t, "%s", desk_problem_name(one->kind));
		report_add_cell(r, t, "%s", str_get(&text));
	}
	return r;
}
