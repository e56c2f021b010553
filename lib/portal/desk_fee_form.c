#include "portal/desk_fee.h"

#include "base/embed.h"
#include "io/file.h"

#include <unistd.h>

enum { TARIFF_MAX = 1 << 20 };

int fee_tariff(const struct visit *v, struct desk_tariff *ret, struct err *err)
{
	AUTO_FREE char *path = hub_path(v->hub, "tariff.json");
	AUTO_STR struct str text = {0};

	if (access(path, F_OK) != 0)
		return desk_tariff_parse(ret, "tariff.json", embed_find("desk/data/tariff.json"),
		    err);
	return file_read(path, TARIFF_MAX, &text, err) < 0
	           ? -1
	           : desk_tariff_parse(ret, "tariff.json", str_view(&text), err);
}

static json_t *text_json(struct view text)
{
	return json_stringn(text.ptr ? text.ptr : "", text.len);
}

static json_t *money_json(const struct visit *v, int64_t cents, const char *currency)
{
	AUTO_STR struct str text = {0};

	desk_money_text(cents, currency, v->language == FRENCH ? DESK_FRENCH : DESK_ENGLISH,
	    &text);
	return json_string(str_get(&text));
}

static json_t *line_model(const struct visit *v, const struct desk_fee_line *l,
    const char *currency)
{
	struct view part = visit_text(v, "Holder's part");
	struct view unit = visit_text(v, l->price ? l->price->unit : "");
	json_t *m = json_pack("{s:o, s:I, s:o, s:o, s:o, s:s, s:I, s:b}", "unit", text_json(unit),
	    "quantity", (json_int_t)l->quantity, "gross", money_json(v, l->gross, currency),
	    "deducted", money_json(v, l->deducted, currency), "net",
	    money_json(v, l->net, currency), "reference", desk_source(v, l->reference),
	    "net_cents", (json_int_t)l->net, "is_deducted", l->deducted != 0);

	if (l->component)
		json_object_set_new(m, "what",
		    json_string(l->component->label.in[v->language]));
	else
		json_object_set_new(m, "what",
		    json_sprintf("%.*s%s: %s", VIEW_ARG(part),
			v->language == FRENCH ? "\u00a0" : "", l->holder));
	return m;
}

json_t *fee_bill_model(const struct visit *v, const struct desk_bill *b)
{
	const char *currency = b->tariff->currency;
	json_t *lines = json_array();
	char day[DATE_TEXT_SIZE];

	for (size_t i = 0; i < b->lines.len; i++)
		json_array_append_new(lines, line_model(v, &b->lines.ptr[i], currency));
	return json_pack("{s:s, s:s, s:s, s:o, s:I, s:o, s:o, s:o, s:b, s:s}", "stage",
	    desk_fee_stage_names[b->stage], "class", desk_class_names[b->class], "date",
	    date_format(b->date, day), "total", money_json(v, b->total, currency), "total_cents",
	    (json_int_t)b->total, "body", money_json(v, b->body, currency), "holders",
	    money_json(v, b->holders, currency), "lines", lines, "example", b->tariff->example,
	    "tariff", b->tariff->title.in[v->language] ? b->tariff->title.in[v->language] : "");
}

static json_t *quantity_of(const json_t *request, const char *component, const char *key)
{
	const json_t *list = json_object_get(request, "quantities");

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		const char *id = json_string_value(json_object_get(one, "component"));

		if (id && strcmp(id, component) == 0 && json_object_get(one, key))
			return json_incref(json_object_get(one, key));
	}
	return json_string("");
}

json_t *fee_form_model(const struct visit *v, const struct desk_tariff *t, const json_t *request)
{
	json_t *all = json_array();

	for (size_t i = 0; i < t->components.len; i++) {
		const struct desk_component *c = &t->components.ptr[i];

		json_array_append_new(all,
		    json_pack("{s:s, s:s, s:o, s:o}", "id", c->id, "label",
			c->label.in[v->language], "quantity",
			quantity_of(request, c->id, "quantity"), "incurred",
			quantity_of(request, c->id, "incurred")));
	}
	return all;
}

static void read_quantity(const struct visit *v, const char *id, json_t *list)
{
	AUTO_FREE char *q = str_format("q_%s", id);
	AUTO_FREE char *done = str_format("i_%s", id);
	int64_t quantity, incurred;
	json_t *one;

	if (!view_to_i64(view_trim(http_form(v->q, q)), &quantity) || quantity == 0)
		return;
	one = json_pack("{s:s, s:I}", "component", id, "quantity", (json_int_t)quantity);
	if (view_to_i64(view_trim(http_form(v->q, done)), &incurred))
		json_object_set_new(one, "incurred", json_integer(incurred));
	json_array_append_new(list, one);
}

/* "holder | cents | reference" */
static void read_holder(struct view line, json_t *list)
{
	static const char *const keys[] = {"holder", "cents", "reference", "incurred"};
	json_t *one = json_object();
	struct view part;

	for (size_t i = 0; i < ARRAY_LEN(keys) && view_next(&line, '|', &part); i++) {
		int64_t cents;

		part = view_trim(part);
		if (i % 2 == 0)
			json_object_set_new(one, keys[i], text_json(part));
		else if (view_to_i64(part, &cents))
			json_object_set_new(one, keys[i], json_integer(cents));
	}
	json_array_append_new(list, one);
}

json_t *fee_form_read(const struct visit *v, const struct desk_tariff *t, const char *ref,
    enum desk_fee_stage stage)
{
	struct view holders = http_form(v->q, "holders"), line;
	json_t *quantities = json_array(), *parts = json_array();
	char day[DATE_TEXT_SIZE];
	json_t *request = json_pack("{s:s, s:s, s:o, s:s, s:o, s:o}", "reference", ref, "date",
	    date_format(desk_today(v), day), "class", text_json(http_form(v->q, "class")), "stage",
	    desk_fee_stage_names[stage], "quantities", quantities, "holders", parts);

	for (size_t i = 0; i < t->components.len; i++)
		read_quantity(v, t->components.ptr[i].id, quantities);
	while (view_next(&holders, '\n', &line))
		if (view_trim(line).len > 0)
			read_holder(view_trim(line), parts);
	return request;
}

static void add_fact(struct desk_document *d, const struct visit *v, const char *label,
    const char *text)
{
	AUTO_FREE char *shown = str_format("%.*s", VIEW_ARG(visit_text(v, label)));

	desk_document_fact(d, shown, text);
}

static const char *text_of(const json_t *j, const char *key)
{
	return json_string_value(json_object_get(j, key));
}

/* What was counted, what was deducted, and by which text. */
static void add_bill_line(struct desk_document *d, const json_t *line)
{
	AUTO_STR struct str note = {0};

	if (*text_of(line, "unit"))
		str_addf(&note, "%lld × %s · ",
		    (long long)json_integer_value(json_object_get(line, "quantity")),
		    text_of(line, "unit"));
	if (json_is_true(json_object_get(line, "is_deducted")))
		str_addf(&note, "%s − %s · ", text_of(line, "gross"), text_of(line, "deducted"));
	str_addz(&note, text_of(line, "reference"));
	desk_document_amount(d, text_of(line, "what"), str_get(&note), text_of(line, "net"));
}

static void add_sums(struct desk_document *d, const struct visit *v, const json_t *bill)
{
	const json_t *lines = json_object_get(bill, "lines");
	AUTO_FREE char *total = str_format("%.*s", VIEW_ARG(visit_text(v, "Total")));

	for (size_t i = 0; i < json_array_size(lines); i++)
		add_bill_line(d, json_array_get(lines, i));
	desk_document_total(d, total, text_of(bill, "total"));
}

static const char example_says[] =
    "These are the prices of an example that nobody charges; the hub's own stand in its "
    "tariff.json.";

void fee_document(struct desk_document *ret, const struct visit *v, const struct desk_bill *b,
    const char *ref, const char *project, const char *number, date_t day)
{
	static const char *const titles[] = {
	    "Estimate of fees", "Charge of a withdrawn application", "Invoice"};
	AUTO_FREE char *title = str_format("%.*s%s%s", VIEW_ARG(visit_text(v, titles[b->stage])),
	    *number ? " " : "", number);
	AUTO_JSON json_t *m = fee_bill_model(v, b);
	AUTO_JSON json_t *date = desk_day_text(v, day);

	desk_document_begin(ret, title, v->hub->conf.name[v->language],
	    v->language == FRENCH ? DESK_FRENCH : DESK_ENGLISH, day);
	ret->columns = true;
	add_fact(ret, v, "Application", ref);
	add_fact(ret, v, "Project", project);
	add_fact(ret, v, "Day", json_string_value(date));
	add_fact(ret, v, "Tariff", json_string_value(json_object_get(m, "tariff")));
	add_sums(ret, v, m);
	add_fact(ret, v, "Of it, paid on to data holders", text_of(m, "holders"));
	if (b->tariff->example)
		add_fact(ret, v, "Note", arena_strdup(&v->q->memory, visit_text(v, example_says)));
}
