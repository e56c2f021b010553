#include "register/index.h"

#include "base/map.h"
#include "search/titles.h"

#include <stdatomic.h>
#include <stdio.h>

const char *const register_facet_names[REGISTER_FACETS] = {
    "year", "status", "domain", "source", "entity", "procedure"};

struct register_index {
	atomic_int holders;
	struct search *search;
	struct arena memory;
	struct map references; /* to documents */
	VEC(struct register_entry) entries;
	struct search_titles titles[REGISTER_LANGUAGES]; /* while it is built */
	int64_t generation;
};

enum register_list register_facet_list(enum register_facet facet)
{
	switch (facet) {
	case REGISTER_BY_STATUS: return REGISTER_STATUS;
	case REGISTER_BY_DOMAIN: return REGISTER_DOMAIN;
	case REGISTER_BY_SOURCE: return REGISTER_SOURCE;
	case REGISTER_BY_ENTITY: return REGISTER_ENTITY;
	case REGISTER_BY_PROCEDURE: return REGISTER_PROCEDURE;
	case REGISTER_BY_YEAR:
	case REGISTER_FACETS: break;
	}
	return REGISTER_LISTS;
}

/* How much a find in a field weighs, of 15. */
static const struct {
	const char *field;
	int weight;
} both_texts[] = {
    {"title", 10}, {"summary", 4}, {"benefits", 2}, {"provider", 2}, {"linkage", 1},
    {"decision_reasons", 1}};

static const struct {
	const char *field;
	enum register_list list;
	int weight;
} word_lists[] = {
    {"domains", REGISTER_DOMAIN, 6},
    {"purposes", REGISTER_PURPOSE, 3},
    {"objectives", REGISTER_OBJECTIVE, 4},
    {"funders", REGISTER_LISTS, 2},
};

static void add_label(struct search *s, enum register_list list, struct view code, int weight)
{
	const struct register_term *t =
	    list == REGISTER_LISTS ? NULL : register_term_find(list, code);

	for (int l = 0; t && l < REGISTER_LANGUAGES; l++)
		search_add_text(s, t->label[l], weight);
	if (!t)
		search_add_text(s, code, weight);
}

static void add_both(struct search *s, const json_t *object, const char *field, int weight)
{
	const json_t *both = json_object_get(object, field);

	search_add_text(s, register_sheet_text(both, "en"), weight);
	search_add_text(s, register_sheet_text(both, "fr"), weight);
}

static void add_texts(struct search *s, const json_t *sheet)
{
	size_t n;
	json_t *value;

	search_add_text(s, register_sheet_text(sheet, "reference"), 15);
	for (size_t i = 0; i < ARRAY_LEN(both_texts); i++)
		add_both(s, sheet, both_texts[i].field, both_texts[i].weight);
	for (size_t i = 0; i < ARRAY_LEN(word_lists); i++)
		json_array_foreach(json_object_get(sheet, word_lists[i].field), n, value)
		{
			add_label(s, word_lists[i].list, VIEW(json_string_value(value)),
			    word_lists[i].weight);
		}
	json_array_foreach(json_object_get(sheet, "implementers"), n, value)
	{
		search_add_text(s, register_sheet_text(value, "name"), 5);
	}
	json_array_foreach(json_object_get(sheet, "results"), n, value)
	{
		add_both(s, value, "title", 5);
		search_add_text(s, register_sheet_text(value, "doi"), 5);
	}
}

static void add_bodies(struct search *s, const json_t *sheet)
{
	size_t n;
	json_t *value;

	json_array_foreach(json_object_get(sheet, "controllers"), n, value)
	{
		struct view type = register_sheet_text(value, "type");

		search_add_text(s, register_sheet_text(value, "name"), 6);
		if (type.len > 0)
			search_add_value(s, REGISTER_BY_ENTITY, type);
	}
}

static void add_sources(struct search *s, const json_t *sheet)
{
	size_t n;
	json_t *value;

	json_array_foreach(json_object_get(sheet, "sources"), n, value)
	{
		AUTO_STR struct str path = {0};
		struct view component = register_sheet_text(value, "component");

		register_source_path(value, &path);
		search_add_value(s, REGISTER_BY_SOURCE, register_sheet_text(value, "source"));
		search_add_value(s, REGISTER_BY_SOURCE, str_view(&path));
		add_label(s, REGISTER_SOURCE, register_sheet_text(value, "source"), 3);
		if (register_term_find(REGISTER_SOURCE, str_view(&path)))
			add_label(s, REGISTER_SOURCE, str_view(&path), 5);
		else
			search_add_text(s, component, 5);
	}
}

static void add_facets(struct search *s, const json_t *sheet)
{
	struct view procedure = register_sheet_text(sheet, "procedure");
	date_t received = register_sheet_date(sheet, "received");
	char year[16];
	size_t n;
	json_t *value;

	if (received != DATE_NONE) {
		snprintf(year, sizeof(year), "%04d", date_to_civil(received).year);
		search_add_value(s, REGISTER_BY_YEAR, VIEW(year));
	}
	search_add_value(s, REGISTER_BY_STATUS, register_sheet_text(sheet, "status"));
	if (procedure.len > 0)
		search_add_value(s, REGISTER_BY_PROCEDURE, procedure);
	json_array_foreach(json_object_get(sheet, "domains"), n, value)
	{
		search_add_value(s, REGISTER_BY_DOMAIN, VIEW(json_string_value(value)));
	}
	add_bodies(s, sheet);
	add_sources(s, sheet);
}

static int64_t day_key(const json_t *sheet, const char *field)
{
	date_t d = register_sheet_date(sheet, field);

	return d == DATE_NONE ? INT64_MIN : d;
}

static void add_titles(struct register_index *i, const json_t *sheet, uint32_t document)
{
	for (int l = 0; l < REGISTER_LANGUAGES; l++)
		search_titles_add(&i->titles[l],
		    register_sheet_words(sheet, "title", (enum register_language)l, NULL),
		    document);
}

static int add_record(void *ctx, const struct register_record *r, struct err *err)
{
	struct register_index *i = ctx;
	AUTO_JSON json_t *sheet = NULL;
	uint32_t document;

	if (json_parse(&sheet, "a sheet of the store", r->body, err) < 0)
		return -1;
	document = search_add(i->search);
	*vec_push(&i->entries) = (struct register_entry){
	    arena_view(&i->memory, r->reference), arena_view(&i->memory, r->body), r->version,
	    r->first_at, r->changed_at};
	map_add(&i->references, r->reference, document);
	add_texts(i->search, sheet);
	add_facets(i->search, sheet);
	search_set_sort(i->search, REGISTER_SORT_RECEIVED, day_key(sheet, "received"));
	search_set_sort(i->search, REGISTER_SORT_START, day_key(sheet, "start"));
	search_set_sort(i->search, REGISTER_SORT_CHANGED, r->changed_at);
	add_titles(i, sheet, document);
	return 0;
}

int register_index_build(struct register_index **ret, struct store *s, struct err *err)
{
	AUTO_REGISTER_INDEX struct register_index *i = mem_zalloc(1, sizeof(*i));

	i->holders = 1;
	i->search = search_new(REGISTER_FACETS, REGISTER_SORTS);
	if (register_each(s, add_record, i, &i->generation, err) < 0)
		return -1;
	search_titles_rank(&i->titles[REGISTER_ENGLISH], i->search, REGISTER_SORT_TITLE_EN);
	search_titles_rank(&i->titles[REGISTER_FRENCH], i->search, REGISTER_SORT_TITLE_FR);
	search_finish(i->search);
	*ret = TAKE(i);
	return 0;
}

struct register_index *register_index_hold(struct register_index *i)
{
	atomic_fetch_add(&i->holders, 1);
	return i;
}

void register_index_release(struct register_index **i)
{
	struct register_index *gone = TAKE(*i);

	if (!gone || atomic_fetch_sub(&gone->holders, 1) > 1)
		return;
	search_free(&gone->search);
	arena_clear(&gone->memory);
	map_clear(&gone->references);
	vec_clear(&gone->entries);
	for (int l = 0; l < REGISTER_LANGUAGES; l++)
		search_titles_clear(&gone->titles[l]);
	free(gone);
}

int64_t register_index_generation(const struct register_index *i)
{
	return i->generation;
}

size_t register_index_count(const struct register_index *i)
{
	return i->entries.len;
}

const struct search *register_index_search(const struct register_index *i)
{
	return i->search;
}

const struct register_entry *register_index_entry(const struct register_index *i,
    uint32_t document)
{
	return &i->entries.ptr[document];
}

int64_t register_index_find(const struct register_index *i, struct view reference)
{
	const int64_t *document = map_find(&i->references, reference);

	return document ? *document : -1;
}

int register_index_sheet(const struct register_index *i, uint32_t document, json_t **ret,
    struct err *err)
{
	return json_parse(ret, "a sheet of the store", i->entries.ptr[document].body, err);
}
