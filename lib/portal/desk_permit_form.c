/* The content of a permit as fields of a form, and back. */
#include "portal/desk_permit.h"

#include "desk/form_record.h"

/* Number, user, first and last day: no amendment changes them. */
enum { FIXED = 4 };

const struct permit_field permit_fields[] = {
    {"permit", "Number", "", PERMIT_LINE, NULL, NULL},
    {"user", "Health data user", "", PERMIT_LINE, NULL, NULL},
    {"from", "First day", "", PERMIT_DAY, NULL, NULL},
    {"to", "Last day", "", PERMIT_DAY, NULL, NULL},
    {"purpose", "Purpose", "", PERMIT_TEXT, NULL, NULL},
    {"data", "Data",
	"One on each line: category | specification | format | source | pseudonymised "
	"(yes or no)",
	PERMIT_TABLE,
	"category specification format source pseudonymised?", NULL},
    {"applied", "Exception to the opt-out (yes or no)", "", PERMIT_LINE, NULL, "exception"},
    {"reason", "Reason of the exception", "", PERMIT_TEXT, NULL, "exception"},
    {"persons", "Authorised persons",
	"One on each line: name | function | organisation | leads (yes or no)", PERMIT_TABLE,
	"name function organisation lead?", NULL},
    {"characteristics", "Secure processing environment", "", PERMIT_TEXT, NULL, "environment"},
    {"tools", "Tools", "One on each line.", PERMIT_LIST, NULL, "environment"},
    {"cents", "Fees, in cents", "", PERMIT_LINE, NULL, "fees"},
    {"currency", "Currency", "", PERMIT_LINE, NULL, "fees"},
    {"conditions", "Conditions", "One on each line.", PERMIT_LIST, NULL, NULL},
    {"authorisations", "Authorisations",
	"One on each line: authority | reference | day | tacit (yes or no)", PERMIT_TABLE,
	"authority reference date tacit?", NULL},
};
const size_t permit_field_count = ARRAY_LEN(permit_fields);

static const json_t *value_of(const json_t *permit, const struct permit_field *f)
{
	return json_object_get(f->within ? json_object_get(permit, f->within) : permit, f->name);
}

static void write_cell(const json_t *row, struct view cell, struct str *out)
{
	bool yes_no = view_ends(cell, VIEW_LIT("?"));
	AUTO_FREE char *name = str_format("%.*s", (int)(cell.len - yes_no), cell.ptr);
	const json_t *value = json_object_get(row, name);

	if (yes_no)
		str_addz(out, json_is_true(value) ? "yes" : "no");
	else if (json_is_string(value))
		str_addz(out, json_string_value(value));
}

static void write_row(const json_t *row, const char *cells, struct str *out)
{
	struct view rest = VIEW(cells), cell;

	while (view_next(&rest, ' ', &cell)) {
		write_cell(row, cell, out);
		if (rest.len > 0)
			str_addz(out, " | ");
	}
	str_addc(out, '\n');
}

static void write_value(const struct permit_field *f, const json_t *value, struct str *out)
{
	for (size_t i = 0; i < json_array_size(value); i++) {
		const json_t *one = json_array_get(value, i);

		if (f->kind == PERMIT_TABLE)
			write_row(one, f->cells, out);
		else
			str_addf(out, "%s\n", json_string_value(one));
	}
	if (json_is_string(value))
		str_addz(out, json_string_value(value));
	else if (json_is_integer(value))
		str_addf(out, "%lld", (long long)json_integer_value(value));
	else if (json_is_boolean(value))
		str_addz(out, json_is_true(value) ? "yes" : "no");
}

static json_t *text_json(struct view text)
{
	return json_stringn(text.ptr ? text.ptr : "", text.len);
}

json_t *permit_form_model(const struct visit *v, const json_t *permit, bool amends)
{
	static const char *const kinds[] = {"is_line", "is_day", "is_text", "is_text", "is_text"};
	json_t *all = json_array();

	for (size_t i = amends ? FIXED : 0; i < permit_field_count; i++) {
		const struct permit_field *f = &permit_fields[i];
		struct view posted = http_form(v->q, f->name);
		AUTO_STR struct str written = {0};
		json_t *m;

		if (posted.ptr)
			str_add(&written, posted);
		else
			write_value(f, value_of(permit, f), &written);
		m = json_pack("{s:s, s:o, s:o, s:o}", "name", f->name, "label",
		    text_json(visit_text(v, f->label)), "help",
		    text_json(*f->help ? visit_text(v, f->help) : VIEW_NONE), "written",
		    text_json(str_view(&written)));
		json_object_set_new(m, kinds[f->kind], json_true());
		json_array_append_new(all, m);
	}
	return all;
}

static bool says_yes(struct view text)
{
	return view_eq_nocase(text, VIEW_LIT("yes")) || view_eq_nocase(text, VIEW_LIT("oui"));
}

static json_t *read_row(struct view line, const char *cells)
{
	struct view rest = VIEW(cells), cell, part;
	json_t *row = json_object();

	while (view_next(&rest, ' ', &cell)) {
		bool yes_no = view_ends(cell, VIEW_LIT("?"));
		AUTO_FREE char *name = str_format("%.*s", (int)(cell.len - yes_no), cell.ptr);

		if (!view_next(&line, '|', &part))
			part = VIEW_NONE;
		part = view_trim(part);
		if (yes_no)
			json_object_set_new(row, name, json_boolean(says_yes(part)));
		else if (part.len > 0)
			json_object_set_new(row, name, text_json(part));
	}
	return row;
}

static json_t *read_lines(const struct permit_field *f, struct view text)
{
	json_t *all = json_array();
	struct view line;

	while (view_next(&text, '\n', &line)) {
		line = view_trim(line);
		if (line.len > 0)
			json_array_append_new(all, f->kind == PERMIT_TABLE
						       ? read_row(line, f->cells)
						       : text_json(line));
	}
	return all;
}

static json_t *read_value(const struct permit_field *f, struct view text)
{
	int64_t number;

	if (f->kind == PERMIT_LIST || f->kind == PERMIT_TABLE)
		return read_lines(f, text);
	if (strcmp(f->name, "applied") == 0)
		return json_boolean(says_yes(text));
	if (strcmp(f->name, "cents") == 0 && view_to_i64(text, &number))
		return json_integer(number);
	return text.len > 0 ? text_json(text) : NULL;
}

/* Parts that French law leaves open, when nothing was written in them. */
static void drop_empty(json_t *permit)
{
	const json_t *environment = json_object_get(permit, "environment");
	const json_t *exception = json_object_get(permit, "exception");
	bool ehds = strcmp(json_string_value(json_object_get(permit, "basis")), "ehds") == 0;

	if (!ehds && !json_object_get(environment, "characteristics") &&
	    json_array_size(json_object_get(environment, "tools")) == 0)
		json_object_del(permit, "environment");
	if (!ehds && !json_object_get(json_object_get(permit, "fees"), "cents"))
		json_object_del(permit, "fees");
	if (!ehds && !json_is_true(json_object_get(exception, "applied")))
		json_object_del(permit, "exception");
	if (json_array_size(json_object_get(permit, "authorisations")) == 0)
		json_object_del(permit, "authorisations");
}

json_t *permit_form_read(const struct visit *v, const json_t *base)
{
	json_t *permit = json_deep_copy(base);

	for (size_t i = 0; i < permit_field_count; i++) {
		const struct permit_field *f = &permit_fields[i];
		struct view posted = http_form(v->q, f->name);
		json_t *value, *into = permit;

		if (!posted.ptr)
			continue;
		if (f->within && !json_object_get(permit, f->within))
			json_object_set_new(permit, f->within, json_object());
		if (f->within)
			into = json_object_get(permit, f->within);
		value = read_value(f, view_trim(posted));
		if (value)
			json_object_set_new(into, f->name, value);
		else
			json_object_del(into, f->name);
	}
	drop_empty(permit);
	return permit;
}

json_t *permit_changes(const json_t *before, const json_t *after)
{
	static const char *const keys[] = {"data", "purpose", "exception", "persons", "environment",
	    "fees", "conditions", "authorisations"};
	json_t *changes = json_object();

	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		json_t *new = json_object_get(after, keys[i]);

		if (new && !json_equal(json_object_get(before, keys[i]), new))
			json_object_set(changes, keys[i], new);
	}
	return changes;
}

static json_t *day_json(date_t day)
{
	char text[DATE_TEXT_SIZE];

	return json_string(date_format(day, text));
}

/* The authorisation by CNIL, and the opinion before it. */
static json_t *authorisations_of(const struct desk_dossier *d, const struct desk_application *now)
{
	json_t *all = json_array();
	const char *number = "-";

	for (size_t i = 0; i < d->events.len; i++)
		if (strcmp(d->events.ptr[i].type, "authorised") == 0)
			number = json_string_value(
			    json_object_get(d->events.ptr[i].data, "number"));
	if (now->opinion_mode != DESK_NONE)
		json_array_append_new(all,
		    json_pack("{s:s, s:s, s:o, s:b}", "authority", "CESREES", "reference",
			desk_opinion_names[now->opinion], "date", day_json(now->opinion_day),
			"tacit", now->opinion_mode == DESK_TACIT));
	if (now->decision_mode != DESK_NONE)
		json_array_append_new(all,
		    json_pack("{s:s, s:s, s:o, s:b}", "authority", "CNIL", "reference", number,
			"date", day_json(now->decision_day), "tacit",
			now->decision_mode == DESK_TACIT));
	return all;
}

static int64_t estimated_cents(const struct desk_dossier *d)
{
	int64_t cents = 0;

	for (size_t i = 0; i < d->events.len; i++)
		if (strcmp(d->events.ptr[i].type, "fees_estimated") == 0)
			cents = json_integer_value(
			    json_object_get(d->events.ptr[i].data, "amount_cents"));
	return cents;
}

static void take_text(json_t *permit, const char *key, const json_t *answers, const char *field)
{
	const char *text = json_string_value(json_object_get(answers, field));

	if (text && *text)
		json_object_set_new(permit, key, json_string(text));
}

/* What the form says of it. */
static void take_answers(struct visit *v, const struct desk_dossier *d, json_t *permit)
{
	AUTO_DESK_VERSION struct desk_version version = {0};
	struct desk desk = desk_of(v);
	struct err unused = {0};

	if (desk_version_load(&desk, d->id, 0, &version, &unused) != 1)
		return;
	take_text(permit, "user", version.answers, "controller_name");
	take_text(permit, "user", version.answers, "applicant_name");
	take_text(permit, "purpose", version.answers, "purpose");
	take_text(permit, "purpose", version.answers, "intended_use");
}

json_t *permit_prefill(struct visit *v, const struct desk_dossier *d)
{
	struct desk_application now = desk_at(&d->basis, desk_today(v));
	bool ehds = view_starts(VIEW(now.route->id), VIEW_LIT("ehds"));
	date_t today = desk_today(v);
	AUTO_JSON json_t *names = NULL;
	struct err unused = {0};
	AUTO_FREE char *number = str_format("P-%s", d->ref);
	AUTO_FREE char *key = str_format("%lld", (long long)now.applicant);
	const char *user = "-";
	json_t *p;

	if (desk_names_of(v, &now.applicant, 1, &names, &unused) == 0 &&
	    json_object_get(names, key))
		user = json_string_value(json_object_get(names, key));
	p = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:[{s:s, s:b}], s:[]}",
	    "format", "hygie-permit-1", "permit", number, "application", d->ref, "basis",
	    ehds ? "ehds" : "french", "authority", v->hub->conf.name[v->language], "user", user,
	    "issued", day_json(today), "from", day_json(today), "to",
	    day_json(date_add_years(today, 1)), "purpose", d->title, "persons", "name", user,
	    "lead", 1, "conditions");
	if (ehds)
		json_object_update_new(p,
		    json_pack("{s:{s:b}, s:{s:I, s:s}}", "exception", "applied", 0, "fees", "cents",
			(json_int_t)estimated_cents(d), "currency", "EUR"));
	else
		json_object_set_new(p, "authorisations", authorisations_of(d, &now));
	take_answers(v, d, p);
	return p;
}
