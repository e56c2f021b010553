#include "catalog/search_inside.h"

static const char *const facet_names[CATALOG_FACETS] = {"category", "theme", "access", "publisher",
    "period", "place", "coding", "variables", "source"};
static const char *const orders[] = {"rank", "title", "changed", "individuals", "start", NULL};
static const char *const variable_orders[] = {"rank", NULL};

const struct search_asking catalog_asking = {
    .facets = facet_names,
    .facet_count = CATALOG_FACETS,
    .orders = orders,
    .no_order = "sort: not rank, title, changed, individuals or start",
    .no_filter = "the catalogue has no such filter",
    .hint = "filters: q, category, theme, access, publisher, period, place, coding, variables, "
	    "source",
};

const struct search_asking catalog_variable_asking = {
    .orders = variable_orders,
    .no_order = "sort: not rank",
    .no_filter = "variables have no such filter",
    .hint = "filters: q",
};

static const char *const vocabularies[CATALOG_FACETS] = {
    [CATALOG_BY_CATEGORY] = "healthcategories",
    [CATALOG_BY_THEME] = "health-theme",
    [CATALOG_BY_ACCESS] = "access-right",
    [CATALOG_BY_PLACE] = "country",
    [CATALOG_BY_CODING] = "coding-system",
};

size_t catalog_index_count(const struct catalog_index *i)
{
	return i->entries.len;
}

size_t catalog_index_variables(const struct catalog_index *i)
{
	return i->variables.len;
}

const struct catalog_entry *catalog_index_entry(const struct catalog_index *i, uint32_t document)
{
	return &i->entries.ptr[document];
}

const struct catalog_variable *catalog_index_variable(const struct catalog_index *i,
    uint32_t document)
{
	return &i->variables.ptr[document];
}

int64_t catalog_index_find(const struct catalog_index *i, struct view name)
{
	const int64_t *at = map_find(&i->by_name, name);

	return at ? *at : -1;
}

int64_t catalog_index_find_iri(const struct catalog_index *i, struct view iri)
{
	const int64_t *at = map_find(&i->iris, iri);

	return at ? *at : -1;
}

const struct catalog_rules *catalog_index_rules(const struct catalog_index *i)
{
	return &i->rules;
}

struct view catalog_index_name(const struct catalog_index *i, struct view iri, int language)
{
	const struct catalog_concept *concept = catalog_find_concept(&i->rules, iri);
	const int64_t *name = map_find(&i->names, iri);

	if (concept)
		return VIEW(concept->label[language]);
	return name ? i->name_list.ptr[*name].text[language] : VIEW_NONE;
}

struct view catalog_index_label(const struct catalog_index *i, enum catalog_facet facet,
    struct view value, int language)
{
	const struct catalog_concept *concept =
	    vocabularies[facet] ? catalog_find_code(&i->rules, vocabularies[facet], value) : NULL;
	struct view name;

	if (concept)
		return VIEW(concept->label[language]);
	name = catalog_index_name(i, value, language);
	return name.len ? name : value;
}

static void set_order(const struct search_ask *q, int language, struct search_query *s)
{
	const char *order = q->order ? q->order : q->text.len > 0 ? "rank"
	                                                          : "title";

	s->descending = true;
	if (strcmp(order, "title") == 0) {
		s->sort = language ? CATALOG_SORT_TITLE_FR : CATALOG_SORT_TITLE_EN;
		s->descending = false;
	} else if (strcmp(order, "changed") == 0) {
		s->sort = CATALOG_SORT_CHANGED;
	} else if (strcmp(order, "individuals") == 0) {
		s->sort = CATALOG_SORT_INDIVIDUALS;
	} else if (strcmp(order, "start") == 0) {
		s->sort = CATALOG_SORT_START;
	}
}

void catalog_search(const struct catalog_index *i, const struct search_ask *q, int language,
    bool all, struct search_result *ret)
{
	struct search_query s = search_ask_query(q, all);

	set_order(q, language, &s);
	search_run(i->search, &s, ret);
}

void catalog_search_variables(const struct catalog_index *i, const struct search_ask *q, bool all,
    struct search_result *ret)
{
	struct search_query s = search_ask_query(q, all);

	search_run(i->variable_search, &s, ret);
}
