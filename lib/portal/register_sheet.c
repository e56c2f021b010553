/* The page of one project. */
#include "portal/register.h"

/* Fields that are shown as they stand. */
static void copy_plain(json_t *into, const json_t *sheet)
{
	static const char *const fields[] = {"reference", "platform", "location",
	    "retention_months", "rights_contact", "funders"};

	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		json_t *value = json_object_get(sheet, fields[i]);

		if (value && (!json_is_array(value) || json_array_size(value) > 0))
			json_object_set(into, fields[i], value);
	}
}

static void add_label(const struct visit *v, json_t *into, const json_t *object,
    const char *field, enum register_list list)
{
	struct view code = register_sheet_text(object, field), label;

	if (code.len == 0)
		return;
	label = register_label(list, code, portal_register_language(v));
	json_object_set_new(into, field, json_stringn(label.ptr, label.len));
}

static void add_lists(const struct visit *v, json_t *into, const json_t *sheet)
{
	static const struct {
		const char *field;
		enum register_list list;
	} lists[] = {
	    {"domains", REGISTER_DOMAIN},
	    {"purposes", REGISTER_PURPOSE},
	    {"objectives", REGISTER_OBJECTIVE},
	    {"legal_bases", REGISTER_LEGAL_BASIS},
	};

	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		json_object_set_new(into, lists[i].field,
		    portal_register_labels(v, json_object_get(sheet, lists[i].field),
			lists[i].list));
	json_object_set_new(into, "sources", portal_register_sources(v, sheet));
}

static void add_bodies(const struct visit *v, json_t *into, const json_t *sheet,
    const char *field)
{
	json_t *shown = json_array(), *body;
	size_t i;

	json_array_foreach(json_object_get(sheet, field), i, body)
	{
		json_t *one = json_object();

		json_object_set(one, "name", json_object_get(body, "name"));
		add_label(v, one, body, "type", REGISTER_ENTITY);
		json_array_append_new(shown, one);
	}
	json_object_set_new(into, field, shown);
}

/* Yes and no are two sections of the template; what was not said is none. */
static void add_yes(json_t *into, const json_t *sheet, const char *field)
{
	const json_t *value = json_object_get(sheet, field);

	if (value)
		json_object_set_new(into, field,
		    json_pack("{s:b}", json_is_true(value) ? "yes" : "no", 1));
}

static void add_results(const struct visit *v, json_t *into, const json_t *sheet)
{
	json_t *shown = json_array(), *r;
	size_t i;

	json_array_foreach(json_object_get(sheet, "results"), i, r)
	{
		/* Null, not missing: a template looks for a missing name around the result. */
		json_t *one = json_pack("{s:n, s:n, s:n, s:n, s:n}", "summary", "date", "doi",
		    "hal", "url");

		portal_register_words(v, one, "title", r, "title");
		portal_register_words(v, one, "summary", r, "summary");
		add_label(v, one, r, "kind", REGISTER_RESULT);
		portal_register_day(one, r, "date");
		json_object_set(one, "doi", json_object_get(r, "doi"));
		json_object_set(one, "hal", json_object_get(r, "hal"));
		json_object_set(one, "url", json_object_get(r, "url"));
		json_array_append_new(shown, one);
	}
	json_object_set_new(into, "results", shown);
}

static void add_results_clock(const struct visit *v, json_t *into, const json_t *sheet)
{
	static const char *const names[] = {
	    NULL, "results_awaited", "results_extended", "results_late", NULL};
	date_t due, today = (date_t)(v->q->now / 86400000000);
	const char *name = names[register_results_state(sheet, today, &due)];
	char day[DATE_TEXT_SIZE];

	if (name)
		json_object_set_new(into, name, json_string(date_format(due, day)));
	portal_register_words(v, into, "extension_reason",
	    json_object_get(sheet, "results_extension"), "reason");
}

static void add_days(json_t *into, const json_t *sheet)
{
	static const char *const fields[] = {"received", "decided", "start", "end", "ended"};

	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		portal_register_day(into, sheet, fields[i]);
}

static void add_words(const struct visit *v, json_t *into, const json_t *sheet)
{
	static const char *const fields[] = {
	    "title", "summary", "benefits", "linkage", "provider", "decision_reasons"};

	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		portal_register_words(v, into, fields[i], sheet, fields[i]);
}

/* schema.org for search engines: data, no script; nothing in it can end the element. */
static void add_json_ld(const struct visit *v, const json_t *sheet, const char *address)
{
	AUTO_JSON json_t *ld = json_pack("{s:s, s:s, s:s, s:O}", "@context", "https://schema.org",
	    "@type", "ResearchProject", "url", address, "identifier",
	    json_object_get(sheet, "reference"));
	struct view title = register_sheet_words(sheet, "title", portal_register_language(v), NULL);
	struct view text = register_sheet_words(sheet, "summary", portal_register_language(v),
	    NULL);
	AUTO_STR struct str safe = {0};
	AUTO_FREE char *raw = NULL;

	json_object_set_new(ld, "name", json_stringn(title.ptr, title.len));
	if (text.len > 0)
		json_object_set_new(ld, "description", json_stringn(text.ptr, text.len));
	raw = json_dumps(ld, JSON_COMPACT);
	for (const char *c = raw; *c; c++)
		if (*c == '<' || *c == '>' || *c == '&')
			str_addf(&safe, "\\u%04x", *c);
		else
			str_addc(&safe, *c);
	visit_set((struct visit *)(uintptr_t)v, "json_ld", str_view(&safe));
}

static int add_history(struct visit *v, const struct register_entry *e, struct err *err)
{
	struct register_versions versions = {0};
	json_t *history = json_array();

	if (register_versions_read(v->hub->store, e->reference, &versions, err) < 0) {
		vec_clear(&versions.all);
		json_decref(history);
		return -1;
	}
	for (size_t i = 0; i < versions.all.len; i++)
		json_array_append_new(history,
		    json_pack("{s:I, s:o}", "version", (json_int_t)versions.all.ptr[i].version,
			"at", portal_register_time(versions.all.ptr[i].at)));
	vec_clear(&versions.all);
	json_object_set_new(v->model, "history", history);
	return 0;
}

static void fill(struct visit *v, const json_t *sheet)
{
	json_t *m = v->model;
	AUTO_FREE char *address = str_format("%s/register/%.*s", v->hub->conf.origin,
	    VIEW_ARG(register_sheet_text(sheet, "reference")));
	struct view title = register_sheet_words(sheet, "title", portal_register_language(v), NULL);
	json_t *s = json_object();

	json_object_set_new(m, "sheet", s);
	visit_set(v, "title", title);
	visit_set(v, "address", VIEW(address));
	copy_plain(s, sheet);
	add_days(s, sheet);
	add_words(v, s, sheet);
	add_label(v, s, sheet, "status", REGISTER_STATUS);
	add_label(v, s, sheet, "procedure", REGISTER_PROCEDURE);
	add_lists(v, s, sheet);
	add_bodies(v, s, sheet, "controllers");
	add_bodies(v, s, sheet, "implementers");
	add_yes(s, sheet, "transfers_outside_eu");
	add_yes(s, sheet, "automated_decision");
	add_results(v, s, sheet);
	add_results_clock(v, s, sheet);
	add_json_ld(v, sheet, address);
}

int portal_register_sheet(struct visit *v, struct err *err)
{
	AUTO_REGISTER_INDEX struct register_index *index = NULL;
	AUTO_JSON json_t *sheet = NULL;
	uint32_t document;

	if (portal_register_open(v, &index, &document, &sheet, err) < 0 ||
	    add_history(v, register_index_entry(index, document), err) < 0)
		return -1;
	fill(v, sheet);
	return visit_page(v, "register_sheet", err);
}
