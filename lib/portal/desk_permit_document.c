/* A permit for people: what it says, and how anybody can check it. */
#include "portal/desk_permit.h"

#include "base/hash.h"
#include "desk/fee.h"
#include "desk/form.h"

static json_t *text_json(struct view text)
{
	return json_stringn(text.ptr ? text.ptr : "", text.len);
}

static void add_line(const struct visit *v, json_t *all, const char *label, const char *text)
{
	if (text && *text)
		json_array_append_new(all,
		    json_pack("{s:o, s:s}", "label", text_json(visit_text(v, label)), "text",
			text));
}

/* "e" is a letter of Art. 51(1) of Regulation (EU) 2025/327: what it stands for. */
static void add_category(const struct visit *v, const char *letter, struct str *out)
{
	AUTO_DESK_FORM struct desk_form form = {0};
	const struct desk_field *f = NULL;
	const struct desk_option *o = NULL;
	struct err unused = {0};

	if (desk_form_find(&form, "ehds-application", &unused) == 0)
		f = desk_form_field(&form, VIEW_LIT("categories"));
	if (f)
		o = desk_field_option(f, VIEW(letter));
	if (o)
		str_addf(out, "%s (%s %s)", o->label.in[v->language],
		    v->language == FRENCH ? "catégorie" : "category", letter);
	else
		str_addz(out, letter);
}

/* "favourable_with_recommendations" as people read it; a number of a decision as it is. */
static struct view opinion_words(const struct visit *v, const char *reference)
{
	for (int i = 0; i < DESK_OPINIONS; i++)
		if (strcmp(reference, desk_opinion_names[i]) == 0)
			return desk_word(v, reference);
	return VIEW(reference);
}

static void add_cell(const struct visit *v, const json_t *value, const char *name,
    struct str *out)
{
	struct view label = visit_text(v, name);
	date_t day;

	if (!json_is_true(value) && !json_is_string(value))
		return;
	if (out->len)
		str_addz(out, " · ");
	if (json_is_true(value))
		str_add(out, label);
	else if (strcmp(name, "category") == 0)
		add_category(v, json_string_value(value), out);
	else if (strcmp(name, "reference") == 0)
		str_add(out, opinion_words(v, json_string_value(value)));
	else if (date_parse(VIEW(json_string_value(value)), &day)) {
		AUTO_JSON json_t *text = desk_day_text(v, day);

		str_addz(out, json_string_value(text));
	} else {
		str_addz(out, json_string_value(value));
	}
}

/* Each row on a line of its own. */
static void add_rows(const struct visit *v, json_t *all, const char *label, const json_t *rows)
{
	for (size_t i = 0; i < json_array_size(rows); i++) {
		json_t *row = json_array_get(rows, i), *value;
		AUTO_STR struct str text = {0};
		const char *name;

		if (json_is_string(row))
			str_addz(&text, json_string_value(row));
		json_object_foreach(row, name, value)
		{
			add_cell(v, value, name, &text);
		}
		add_line(v, all, label, str_get(&text));
	}
}

static const char *text_of(const json_t *j, const char *key)
{
	return json_string_value(json_object_get(j, key));
}

json_t *permit_lines(const struct visit *v, const json_t *p)
{
	const json_t *exception = json_object_get(p, "exception");
	const json_t *environment = json_object_get(p, "environment");
	const json_t *fees = json_object_get(p, "fees");
	AUTO_STR struct str cents = {0};
	json_t *all = json_array();

	add_line(v, all, "Health data user", text_of(p, "user"));
	add_line(v, all, "Purpose", text_of(p, "purpose"));
	add_rows(v, all, "Data", json_object_get(p, "data"));
	if (json_is_true(json_object_get(exception, "applied")))
		add_line(v, all, "Exception to the opt-out", text_of(exception, "reason"));
	add_rows(v, all, "Authorised persons", json_object_get(p, "persons"));
	add_line(v, all, "Secure processing environment", text_of(environment, "characteristics"));
	add_rows(v, all, "Tools", json_object_get(environment, "tools"));
	if (fees) {
		desk_money_text(json_integer_value(json_object_get(fees, "cents")),
		    text_of(fees, "currency"), v->language == FRENCH ? DESK_FRENCH : DESK_ENGLISH,
		    &cents);
		add_line(v, all, "Fees", str_get(&cents));
	}
	add_rows(v, all, "Conditions", json_object_get(p, "conditions"));
	add_rows(v, all, "Authorisations", json_object_get(p, "authorisations"));
	return all;
}

json_t *permit_verdict_model(const struct visit *v, const struct desk_verdict *verdict)
{
	struct view state = visit_text(v, desk_permit_state_names[verdict->state]);
	json_t *reminders = json_array();
	json_t *m = json_pack("{s:s, s:o, s:s, s:s, s:o, s:o, s:o, s:i, s:o, s:b}", "state",
	    desk_permit_state_names[verdict->state], "state_text", text_json(state), "id",
	    verdict->id, "application", verdict->application, "from",
	    desk_day_text(v, verdict->from), "to", desk_day_text(v, verdict->to), "since",
	    desk_day_text(v, verdict->since), "notices", (int)verdict->notices, "reminders",
	    reminders, "good", verdict->state == DESK_PERMIT_VALID);

	json_object_set_new(m, "has_notices", json_boolean(verdict->notices > 0));
	for (size_t i = 0; i < verdict->reminder_count; i++) {
		struct view what =
		    visit_text(v, desk_reminder_names[verdict->reminders[i].kind]);

		json_array_append_new(reminders,
		    json_pack("{s:o, s:o}", "day",
			desk_day_text(v, verdict->reminders[i].day), "what", text_json(what)));
	}
	return m;
}

static void add_fact(struct desk_document *d, const struct visit *v, const char *label,
    const char *text)
{
	AUTO_FREE char *shown = str_format("%.*s", VIEW_ARG(visit_text(v, label)));

	desk_document_fact(d, shown, text);
}

static void add_heading(struct desk_document *d, const struct visit *v, const char *text)
{
	AUTO_FREE char *shown = str_format("%.*s", VIEW_ARG(visit_text(v, text)));

	desk_document_heading(d, 2, shown);
}

static const char copy_says[] =
    "This paper is a copy. What counts is the signed text: fetch it from the page of the "
    "application, and check it at the address above or with hygie desk verify and the key of "
    "the hub.";

/* The line of the signature, and the hash of the whole text. */
static void add_proof(struct desk_document *d, const struct visit *v, struct view note)
{
	char hash[SHA256_HEX_SIZE];
	struct view rest = note, line, last = VIEW_NONE;
	AUTO_FREE char *signature = NULL, *address = NULL, *how = NULL;

	while (view_next(&rest, '\n', &line))
		last = line.len > 0 ? line : last;
	hash_sha256_hex(note, hash);
	signature = str_format("%.*s", VIEW_ARG(last));
	address = str_format("%s/verify", v->hub->conf.origin);
	how = str_format("%.*s", VIEW_ARG(visit_text(v, copy_says)));
	add_heading(d, v, "How to verify");
	add_fact(d, v, "Address", address);
	add_fact(d, v, "Signature (Ed25519)", signature);
	add_fact(d, v, "SHA-256 of the signed text", hash);
	desk_document_text(d, how);
}

void permit_document(struct desk_document *ret, const struct visit *v,
    const struct desk_verdict *verdict, struct view note)
{
	AUTO_JSON json_t *lines = permit_lines(v, verdict->permit);
	AUTO_FREE char *title = str_format("%.*s %s", VIEW_ARG(visit_text(v, "Permit")),
	    verdict->id);
	AUTO_FREE char *state = str_format("%.*s",
	    VIEW_ARG(visit_text(v, desk_permit_state_names[verdict->state])));
	AUTO_JSON json_t *from = desk_day_text(v, verdict->from);
	AUTO_JSON json_t *to = desk_day_text(v, verdict->to);
	const json_t *line;
	size_t i;

	desk_document_begin(ret, title, text_of(verdict->permit, "authority"),
	    v->language == FRENCH ? DESK_FRENCH : DESK_ENGLISH, desk_today(v));
	ret->columns = true;
	add_fact(ret, v, "Application", verdict->application);
	add_fact(ret, v, "Where it stands", state);
	add_fact(ret, v, "First day", json_string_value(from));
	add_fact(ret, v, "Last day", json_string_value(to));
	add_heading(ret, v, "What is permitted");
	json_array_foreach(lines, i, line)
	{
		desk_document_fact(ret, text_of(line, "label"), text_of(line, "text"));
	}
	add_proof(ret, v, note);
}
