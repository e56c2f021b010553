#include "link/quality.h"

#include "link/sort.h"

double link_f1(struct link_quality q)
{
	return q.found + q.wanted ? 2 * (double)q.right / (double)(q.found + q.wanted) : 1;
}

/* Call `each` for every pair of records with the same group that the type of link allows. */
static uint64_t walk_groups(const struct link_records *r, enum link_type type,
    const uint32_t *group, bool (*each)(const void *ctx, uint32_t a, uint32_t b), const void *ctx)
{
	struct link_keyed *items = mem_alloc((r->count + 1) * sizeof(*items));
	uint64_t n = 0;

	for (size_t i = 0; i < r->count; i++)
		items[i] = (struct link_keyed){.key = group[i], .record = (uint32_t)i};
	link_sort(items, r->count);
	for (size_t i = 0; i < r->count; i++)
		for (size_t j = i + 1; j < r->count && items[j].key == items[i].key; j++)
			n += (type != LINK_LINK_ONLY ||
				 link_record_source(r, items[i].record) !=
				     link_record_source(r, items[j].record)) &&
			     each(ctx, items[i].record, items[j].record);
	free(items);
	return n;
}

static bool any(const void *ctx, uint32_t a, uint32_t b)
{
	(void)ctx;
	return a != b;
}

static bool same_entity(const void *ctx, uint32_t a, uint32_t b)
{
	const uint32_t *entity = ctx;

	return entity[a] == entity[b];
}

static bool meets(const void *ctx, uint32_t a, uint32_t b)
{
	const struct link_blocking *blocking = ctx;

	for (size_t p = 0; p < blocking->passes; p++)
		if (link_meet(&blocking->pass[p], a, b))
			return true;
	return false;
}

uint64_t link_true_pairs(const struct link_records *r, enum link_type type, const uint32_t *entity)
{
	return walk_groups(r, type, entity, any, NULL);
}

struct link_quality link_quality_pairs(const struct link_edges *edges, int64_t threshold,
    const uint32_t *entity, uint64_t true_pairs)
{
	struct link_quality q = {.wanted = true_pairs};

	for (size_t i = 0; i < edges->list.len && edges->list.ptr[i].weight >= threshold; i++) {
		q.found++;
		q.right += entity[edges->list.ptr[i].a] == entity[edges->list.ptr[i].b];
	}
	return q;
}

struct link_quality link_quality_clusters(const struct link_clusters *c,
    const struct link_records *r, enum link_type type, const uint32_t *entity,
    uint64_t true_pairs)
{
	return (struct link_quality){
	    .found = walk_groups(r, type, c->of_record, any, NULL),
	    .right = walk_groups(r, type, c->of_record, same_entity, entity),
	    .wanted = true_pairs,
	};
}

uint64_t link_blocked_true_pairs(const struct link_blocking *b, const uint32_t *entity)
{
	return walk_groups(b->records, b->type, entity, meets, b);
}

int64_t link_best_threshold(
    const struct link_edges *edges, const uint32_t *entity, uint64_t true_pairs)
{
	struct link_quality q = {.wanted = true_pairs};
	double highest = -1;
	int64_t best = 0;

	for (size_t i = 0; i < edges->list.len; i++) {
		const struct link_edge *e = &edges->list.ptr[i];
		bool last = i + 1 == edges->list.len || e[1].weight != e->weight;

		q.found++;
		q.right += entity[e->a] == entity[e->b];
		if (last && link_f1(q) > highest) {
			highest = link_f1(q);
			best = e->weight;
		}
	}
	return best;
}
