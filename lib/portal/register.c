#include "portal/register.h"

#include "portal/catalog_page.h"
#include "portal/listing.h"

#include <stdio.h>

enum { LOOK_MS = 1000 };

static int open_live(struct portal *p, struct err *err)
{
	int status = 0;

	pthread_mutex_lock(&p->register_lock);
	if (!p->register_live)
		status = search_live_open(&p->register_live, &register_live_kind,
		    p->hub->store, LOOK_MS, err);
	pthread_mutex_unlock(&p->register_lock);
	return status;
}

int portal_warm(struct portal *p, struct err *err)
{
	return open_live(p, err);
}

int portal_register_hold(struct visit *v, struct register_index **ret, struct err *err)
{
	if (open_live(v->portal, err) < 0)
		return -1;
	*ret = search_live_hold(v->portal->register_live);
	return 0;
}

int portal_register_open(struct visit *v, struct register_index **ret, uint32_t *ret_document,
    json_t **ret_sheet, struct err *err)
{
	int64_t document;

	if (portal_register_hold(v, ret, err) < 0)
		return -1;
	document = register_index_find(*ret, v->params[0]);
	if (document < 0)
		return visit_not_found(v, err);
	*ret_document = (uint32_t)document;
	return register_index_sheet(*ret, *ret_document, ret_sheet, err);
}

int portal_register_query(const struct visit *v, struct search_ask *ret, struct err *err)
{
	return listing_read(v, &register_asking, ret, err);
}

enum register_language portal_register_language(const struct visit *v)
{
	return v->language == FRENCH ? REGISTER_FRENCH : REGISTER_ENGLISH;
}

struct view portal_view(const json_t *text)
{
	return (struct view){json_string_value(text), json_string_length(text)};
}

void portal_register_words(const struct visit *v, json_t *into, const char *key,
    const json_t *object, const char *field)
{
	enum register_language wanted = portal_register_language(v), said = wanted;
	struct view text = register_sheet_words(object, field, wanted, &said);
	json_t *words;

	if (text.len == 0)
		return;
	words = json_object();
	json_object_set_new(words, "text", json_stringn(text.ptr, text.len));
	if (said != wanted)
		json_object_set_new(words, "lang",
		    json_string(said == REGISTER_FRENCH ? "fr" : "en"));
	json_object_set_new(into, key, words);
}

void portal_register_day(json_t *into, const json_t *object, const char *field)
{
	date_t day = register_sheet_date(object, field);
	char text[DATE_TEXT_SIZE];

	if (day != DATE_NONE)
		json_object_set_new(into, field, json_string(date_format(day, text)));
}

json_t *portal_register_labels(const struct visit *v, const json_t *values,
    enum register_list list)
{
	json_t *labels = json_array(), *value;
	size_t i;

	json_array_foreach(values, i, value)
	{
		struct view label = register_label(list, portal_view(value),
		    portal_register_language(v));

		json_array_append_new(labels, json_stringn(label.ptr, label.len));
	}
	return labels;
}

json_t *portal_register_sources(const struct visit *v, const json_t *sheet)
{
	json_t *labels = json_array(), *entry;
	enum register_language l = portal_register_language(v);
	size_t i;

	json_array_foreach(json_object_get(sheet, "sources"), i, entry)
	{
		AUTO_STR struct str path = {0};
		struct view source = register_sheet_text(entry, "source");
		struct view component = register_sheet_text(entry, "component");
		const struct register_term *t;
		AUTO_FREE char *label = NULL;

		register_source_path(entry, &path);
		t = register_term_find(REGISTER_SOURCE, str_view(&path));
		if (t)
			component = t->label[l];
		else if (view_starts(component, VIEW_LIT("http")))
			component = portal_catalog_called(v, component);
		source = register_label(REGISTER_SOURCE, source, l);
		if (view_eq(source, component))
			component = VIEW_NONE;
		label = str_format("%.*s%s%.*s", VIEW_ARG(source),
		    component.len > 0 ? " › " : "", VIEW_ARG(component));
		json_array_append_new(labels, json_string(label));
	}
	return labels;
}

json_t *portal_register_time(int64_t at)
{
	int64_t seconds = at / 1000000, rest = seconds % 86400;
	char day[DATE_TEXT_SIZE], text[48];

	snprintf(text, sizeof(text), "%sT%02d:%02d:%02dZ",
	    date_format((date_t)(seconds / 86400), day), (int)(rest / 3600),
	    (int)(rest / 60 % 60), (int)(rest % 60));
	return json_string(text);
}
