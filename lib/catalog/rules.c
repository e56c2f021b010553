#include "catalog/rules.h"
#include "base/embed.h"
#include "catalog/rdf.h"
#include "io/csv.h"

void catalog_rules_clear(struct catalog_rules *r)
{
	arena_clear(&r->memory);
	vec_clear(&r->roles);
	vec_clear(&r->rules);
	vec_clear(&r->vocabularies);
	vec_clear(&r->concepts);
	map_clear(&r->concept_ids);
	map_clear(&r->messages);
	vec_clear(&r->texts);
}

struct reading {
	struct catalog_rules *r;
	struct csv_reader *csv;
	struct err *err;
};

typedef int row_fn(struct reading *in);

static const char *field(struct reading *in, size_t i)
{
	return arena_strdup(&in->r->memory, csv_field(in->csv, i));
}

static const char *optional(struct reading *in, size_t i)
{
	return csv_field(in->csv, i).len ? field(in, i) : NULL;
}

/* An IRI, written short or in full; NULL for an empty cell. */
static const char *iri(struct reading *in, struct view v)
{
	AUTO_STR struct str full = {0};

	if (v.len == 0)
		return NULL;
	return arena_strdup(&in->r->memory, rdf_expand(&full, v) ? str_view(&full) : v);
}

static int wrong(struct reading *in, const char *what)
{
	return err_set(in->err, ERR_INTERNAL, "line %zu: %s", csv_line(in->csv), what);
}

static int read_table(struct catalog_rules *r, const char *name, row_fn *row, struct err *err)
{
	AUTO_CSV struct csv_reader *csv = csv_open_view(name, embed_find(name), ',');
	struct reading in = {r, csv, err};
	int got = csv_next(csv, err);

	while (got > 0 && (got = csv_next(csv, err)) > 0)
		if (row(&in) < 0)
			return err_wrap(err, "%s", name);
	return got;
}

static int add_role(struct reading *in)
{
	*vec_push(&in->r->roles) = (struct catalog_role){.name = field(in, 0),
	    .by_class = view_eq(csv_field(in->csv, 1), VIEW_LIT("class")),
	    .iri = iri(in, csv_field(in->csv, 2)),
	    .label = {field(in, 3), field(in, 4)}};
	return 0;
}

static int add_message(struct reading *in)
{
	*map_add(&in->r->messages, csv_field(in->csv, 0), 0) = (int64_t)in->r->texts.len;
	*vec_push(&in->r->texts) = field(in, 1);
	*vec_push(&in->r->texts) = field(in, 2);
	return 0;
}

static int add_vocabulary(struct reading *in)
{
	*vec_push(&in->r->vocabularies) = (struct catalog_vocabulary){.name = field(in, 0),
	    .scheme = field(in, 1),
	    .title = field(in, 2),
	    .node_class = iri(in, csv_field(in->csv, 3)),
	    .complete = view_eq(csv_field(in->csv, 4), VIEW_LIT("yes")),
	    .version = field(in, 5),
	    .source = field(in, 6)};
	return 0;
}

static int add_concept(struct reading *in)
{
	int64_t fresh = (int64_t)in->r->concepts.len;

	if (*map_add(&in->r->concept_ids, csv_field(in->csv, 2), fresh) != fresh)
		return wrong(in, "an IRI twice");
	*vec_push(&in->r->concepts) = (struct catalog_concept){.vocabulary = field(in, 0),
	    .code = field(in, 1),
	    .iri = field(in, 2),
	    .label = {field(in, 3), field(in, 4)}};
	return 0;
}

/* "M1..*" */
static int read_card(struct reading *in, size_t i, struct catalog_card *ret)
{
	struct view v = csv_field(in->csv, i);
	int64_t min, max = UINT32_MAX;

	if (v.len != 5 || !strchr("MRO", v.ptr[0]) || v.ptr[2] != '.' || v.ptr[3] != '.' ||
	    !view_to_i64((struct view){v.ptr + 1, 1}, &min) ||
	    (v.ptr[4] != '*' && !view_to_i64((struct view){v.ptr + 4, 1}, &max)))
		return wrong(in, "no cardinality");
	*ret = (struct catalog_card){v.ptr[0], (uint32_t)min, (uint32_t)max};
	return 0;
}

/* "r8|hdh" as bits. */
static int read_profiles(struct reading *in, size_t i, unsigned *ret)
{
	static const struct view names[] = {VIEW_LIT("dcat"), VIEW_LIT("r8"), VIEW_LIT("r5"),
	    VIEW_LIT("hdh")};
	struct view rest = csv_field(in->csv, i);
	struct view name;

	while (view_next(&rest, '|', &name)) {
		unsigned bit = 0;

		for (size_t k = 0; k < ARRAY_LEN(names); k++)
			if (view_eq(name, names[k]))
				bit = 1u << k;
		if (!bit)
			return wrong(in, "no such profile");
		*ret |= bit;
	}
	return 0;
}

static int read_word(struct reading *in, size_t i, const char *const *words, const char *what)
{
	for (int k = 0; words[k]; k++)
		if (view_eq(csv_field(in->csv, i), VIEW(words[k])))
			return k;
	return wrong(in, what);
}

static int find_role(struct reading *in, struct view name)
{
	for (size_t i = 0; i < in->r->roles.len; i++)
		if (view_eq(name, VIEW(in->r->roles.ptr[i].name)))
			return (int)i;
	return wrong(in, "no such role");
}

static int add_rule(struct reading *in)
{
	static const char *const ranges[] = {"any", "literal", "iri", "node", "boolean",
	    "nonNegativeInteger", "anyURI", "date", "duration", "decimal", NULL};
	struct view names = csv_field(in->csv, 1);
	struct view voc = csv_field(in->csv, 4);
	struct view when = csv_field(in->csv, 9);
	struct view name;
	int role = find_role(in, csv_field(in->csv, 0));
	int range = read_word(in, 2, ranges, "no such range");
	struct catalog_rule rule = {.role = (uint32_t)role,
	    .name = field(in, 1),
	    .range = (enum catalog_range)range,
	    .node_class = iri(in, csv_field(in->csv, 3)),
	    .value = optional(in, 10),
	    .label = {field(in, 11), field(in, 12)},
	    .source = field(in, 13)};

	if (role < 0 || range < 0 || read_profiles(in, 8, &rule.profile) < 0)
		return -1;
	for (int i = 0; i < 2 && view_next(&names, '|', &name); i++)
		rule.property[i] = iri(in, name);
	if (voc.len) {
		rule.strict = voc.ptr[--voc.len];
		rule.vocabulary = arena_strdup(&in->r->memory, voc);
	}
	if (when.len && view_next(&when, '=', &name)) {
		rule.when_property = iri(in, name);
		rule.when_value = arena_strdup(&in->r->memory, when);
	}
	for (size_t i = 0; i < CATALOG_ACCESSES; i++)
		if (read_card(in, 5 + i, &rule.card[i]) < 0)
			return -1;
	*vec_push(&in->r->rules) = rule;
	return 0;
}

int catalog_rules_read(struct catalog_rules *ret, struct err *err)
{
	if (read_table(ret, "catalog/data/roles.csv", add_role, err) < 0 ||
	    read_table(ret, "catalog/data/messages.csv", add_message, err) < 0 ||
	    read_table(ret, "catalog/data/vocabularies.csv", add_vocabulary, err) < 0 ||
	    read_table(ret, "catalog/data/concepts.csv", add_concept, err) < 0 ||
	    read_table(ret, "catalog/data/properties.csv", add_rule, err) < 0)
		return -1;
	return 0;
}

const struct catalog_concept *catalog_find_concept(const struct catalog_rules *r, struct view v)
{
	const int64_t *at = map_find(&r->concept_ids, v);

	return at ? &r->concepts.ptr[*at] : NULL;
}

const struct catalog_concept *catalog_find_code(const struct catalog_rules *r,
    const char *vocabulary, struct view code)
{
	for (size_t i = 0; i < r->concepts.len; i++)
		if (strcmp(r->concepts.ptr[i].vocabulary, vocabulary) == 0 &&
		    view_eq(VIEW(r->concepts.ptr[i].code), code))
			return &r->concepts.ptr[i];
	return NULL;
}

const struct catalog_vocabulary *catalog_find_vocabulary(const struct catalog_rules *r,
    const char *name)
{
	for (size_t i = 0; i < r->vocabularies.len; i++)
		if (strcmp(r->vocabularies.ptr[i].name, name) == 0)
			return &r->vocabularies.ptr[i];
	return NULL;
}

const char *catalog_message(const struct catalog_rules *r, const char *code, int language)
{
	const int64_t *at = map_find(&r->messages, VIEW(code));

	return at ? r->texts.ptr[*at + language] : code;
}
