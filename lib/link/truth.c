#include "link/truth.h"

/* Records by name: ids may stand in both sources, so the first and the next of each name. */
struct names {
	struct map map; /* name to its first record */
	uint32_t *next; /* the next record of the same name, or itself */
	bool *named;    /* by the truth */
};

static void names_make(struct names *n, const struct link_records *r)
{
	AUTO_STR struct str name = {0};

	n->next = mem_alloc((r->count + 1) * sizeof(*n->next));
	n->named = mem_zalloc(r->count + 1, sizeof(*n->named));
	for (size_t i = 0; i < r->count; i++) {
		int64_t *first;

		str_reset(&name);
		link_record_name(r, i, &name);
		first = map_add(&n->map, str_view(&name), (int64_t)i);
		n->next[i] = (uint32_t)*first;
		*first = (int64_t)i;
	}
}

static void names_clear(struct names *n)
{
	map_clear(&n->map);
	free(n->next);
	free(n->named);
}

static int find_any(const struct link_source *s, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (names[i] && link_source_find(s, VIEW(names[i])) >= 0)
			return link_source_find(s, VIEW(names[i]));
	return -1;
}

static int find_suffix(const struct link_source *s, struct view suffix)
{
	for (size_t i = 0; i < link_source_columns(s); i++)
		if (view_ends(link_source_column(s, i), suffix) &&
		    !view_starts(link_source_column(s, i), VIEW_LIT("source")))
			return (int)i;
	return -1;
}

/* Give every record of a name the entity. */
static void set_entity(const struct names *n, struct view name, uint32_t entity, uint32_t *ret)
{
	const int64_t *found = map_find(&n->map, name);

	for (uint32_t at = found ? (uint32_t)*found : 0; found;) {
		ret[at] = entity;
		n->named[at] = true;
		if (n->next[at] == at)
			break;
		at = n->next[at];
	}
}

static int read_entities(const struct names *n, struct link_source *s, int id, int cluster,
    size_t first, uint32_t *entity, struct err *err)
{
	AUTO_MAP struct map entities = {0};
	int rc;

	while ((rc = link_source_next(s, err)) > 0) {
		struct view name = link_source_field(s, (size_t)cluster);

		if (name.len)
			set_entity(n, link_source_field(s, (size_t)id),
			    (uint32_t)(first + (size_t)map_intern(&entities, name)), entity);
	}
	return rc;
}

static uint32_t root(uint32_t *parent, uint32_t i)
{
	while (parent[i] != i)
		i = parent[i] = parent[parent[i]];
	return i;
}

static void join(const struct names *n, struct view a, struct view b, uint32_t *entity)
{
	const int64_t *ra = map_find(&n->map, a);
	const int64_t *rb = map_find(&n->map, b);
	uint32_t x, y;

	if (!ra || !rb)
		return;
	x = root(entity, (uint32_t)*ra);
	y = root(entity, (uint32_t)*rb);
	entity[MAX(x, y)] = MIN(x, y);
	n->named[*ra] = n->named[*rb] = true;
}

static int read_pairs(const struct names *n, struct link_source *s, int left, int right,
    uint32_t *entity, struct err *err)
{
	int score = link_source_find(s, VIEW_LIT("clerical_match_score"));
	int rc;

	while ((rc = link_source_next(s, err)) > 0) {
		double d = 1;

		if (score >= 0)
			(void)view_to_double(link_source_field(s, (size_t)score), &d); /* else 1 */
		if (d < 0.5)
			continue;
		join(n, link_source_field(s, (size_t)left), link_source_field(s, (size_t)right),
		    entity);
	}
	return rc;
}

static int read_truth(const struct link_records *r, const struct names *n, const char *id_column,
    const char *path, uint32_t *entity, struct err *err)
{
	const char *const ids[] = {id_column, "unique_id", "id", "record_id", "rec_id"};
	static const char *const clusters[] = {"cluster", "entity", "entity_id", "person", "truth"};
	AUTO_LINK_SOURCE struct link_source *s = NULL;
	int id, cluster, left, right;
	int rc;

	if (link_source_open(&s, path, err) < 0)
		return -1;
	id = find_any(s, ids, ARRAY_LEN(ids));
	cluster = find_any(s, clusters, ARRAY_LEN(clusters));
	left = find_suffix(s, VIEW_LIT("_l"));
	right = find_suffix(s, VIEW_LIT("_r"));
	if (id >= 0 && cluster >= 0)
		return read_entities(n, s, id, cluster, r->count, entity, err);
	if (left < 0 || right < 0) {
		err_set_(err, ERR_FORMAT, "%s: no columns that tell the truth", path);
		return err_hint(err, "an id and \"cluster\", or two ids ending in _l and _r");
	}
	rc = read_pairs(n, s, left, right, entity, err);
	for (size_t i = 0; rc == 0 && i < r->count; i++)
		entity[i] = root(entity, (uint32_t)i);
	return rc;
}

int link_truth_read(const struct link_records *r, const char *id_column, const char *path,
    uint32_t *entity, size_t *ret_named, struct err *err)
{
	struct names n = {0};
	int rc;

	for (size_t i = 0; i < r->count; i++)
		entity[i] = (uint32_t)i;
	*ret_named = 0;
	names_make(&n, r);
	rc = read_truth(r, &n, id_column, path, entity, err);
	for (size_t i = 0; i < r->count; i++)
		*ret_named += n.named[i];
	names_clear(&n);
	if (rc == 0 && *ret_named == 0)
		return err_set(err, ERR_FORMAT, "%s: it names none of the records", path);
	return rc;
}
