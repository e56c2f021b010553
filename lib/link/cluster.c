#include "link/cluster.h"

#include "base/threads.h"
#include "link/agglomerate.h"
#include "link/sort.h"

enum { COMPONENTS_A_TASK = 256 };

void link_clusters_clear(struct link_clusters *c)
{
	free(c->of_record);
	*c = (struct link_clusters){0};
}

static uint32_t root(uint32_t *parent, uint32_t i)
{
	while (parent[i] != i)
		i = parent[i] = parent[parent[i]];
	return i;
}

/* Components of the pairs at or above the threshold, none beyond the limit. */
static void connect(struct link_clusters *ret, uint32_t *parent, const struct link_cluster *c,
    const struct link_edges *edges)
{
	uint32_t *size = mem_alloc(c->records->count * sizeof(*size));

	for (size_t i = 0; i < c->records->count; i++) {
		parent[i] = (uint32_t)i;
		size[i] = 1;
	}
	for (size_t e = 0; e < edges->list.len && edges->list.ptr[e].weight >= c->threshold; e++) {
		uint32_t a = root(parent, edges->list.ptr[e].a);
		uint32_t b = root(parent, edges->list.ptr[e].b);

		if (a == b)
			continue;
		if (size[a] + size[b] > LINK_COMPONENT_MAX) {
			ret->too_large++;
			continue;
		}
		parent[MAX(a, b)] = MIN(a, b);
		size[MIN(a, b)] = size[a] + size[b];
	}
	free(size);
}

struct job {
	const struct link_cluster *c;
	struct link_keyed *items; /* key: component; in order */
	size_t *starts;           /* of components in items, and the end */
	size_t components;
	uint32_t *of_record;
	struct link_comparer *comparers;
};

static void cluster_component(struct job *j, size_t index, int worker)
{
	size_t start = j->starts[index];
	size_t n = j->starts[index + 1] - start;
	uint32_t records[LINK_COMPONENT_MAX];
	uint32_t group[LINK_COMPONENT_MAX];

	for (size_t i = 0; i < n; i++)
		records[i] = j->items[start + i].record;
	if (n > 1)
		link_agglomerate(j->c, &j->comparers[worker], records, n, group);
	else
		group[0] = 0;
	for (size_t i = 0; i < n; i++)
		j->of_record[records[i]] = records[group[i]];
}

static int run_task(void *ctx, size_t item, int worker, struct err *err)
{
	struct job *j = ctx;
	size_t end = MIN((item + 1) * COMPONENTS_A_TASK, j->components);

	(void)err; /* clustering cannot fail */
	for (size_t i = item * COMPONENTS_A_TASK; i < end; i++)
		cluster_component(j, i, worker);
	return 0;
}

static void find_components(struct job *j, uint32_t *parent, size_t n)
{
	for (size_t i = 0; i < n; i++)
		j->items[i] =
		    (struct link_keyed){.key = root(parent, (uint32_t)i), .record = (uint32_t)i};
	link_sort(j->items, n);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || j->items[i].key != j->items[i - 1].key)
			j->starts[j->components++] = i;
	j->starts[j->components] = n;
}

static int average_linkage(struct link_clusters *ret, const struct link_cluster *c,
    const struct link_edges *edges, struct err *err)
{
	size_t n = c->records->count;
	size_t workers = (size_t)MAX(c->threads, 1);
	uint32_t *parent = mem_alloc(n * sizeof(*parent));
	struct job j = {.c = c, .of_record = ret->of_record};
	int rc;

	j.items = mem_alloc(n * sizeof(*j.items));
	j.starts = mem_alloc((n + 1) * sizeof(*j.starts));
	j.comparers = mem_zalloc(workers, sizeof(*j.comparers));
	for (size_t i = 0; i < workers; i++)
		link_comparer_init(
		    &j.comparers[i], c->records, c->model->comparison, c->model->comparisons);
	connect(ret, parent, c, edges);
	find_components(&j, parent, n);
	rc = threads_for(c->threads, (j.components + COMPONENTS_A_TASK - 1) / COMPONENTS_A_TASK,
	    run_task, &j, err);
	for (size_t i = 0; i < workers; i++)
		link_comparer_clear(&j.comparers[i]);
	free(j.comparers);
	free(j.items);
	free(j.starts);
	free(parent);
	return rc;
}

struct joining {
	uint32_t *parent;
	uint8_t *sources; /* of a root: bits */
};

static void join_roots(struct joining *j, const struct link_cluster *c, uint32_t a, uint32_t b)
{
	if (a == b || (c->one_per_source && (j->sources[a] & j->sources[b])))
		return;
	j->parent[MAX(a, b)] = MIN(a, b);
	j->sources[MIN(a, b)] |= j->sources[MAX(a, b)];
}

/* All that pairs connect; the first pairs first, where a source may stand in a cluster once. */
static void components(struct link_clusters *ret, const struct link_cluster *c,
    const struct link_edges *edges)
{
	size_t n = c->records->count;
	struct joining j = {.parent = ret->of_record};

	j.sources = mem_alloc(n + 1);
	for (size_t i = 0; i < n; i++) {
		j.parent[i] = (uint32_t)i;
		j.sources[i] = (uint8_t)(1 << link_record_source(c->records, i));
	}
	for (size_t e = 0; e < edges->list.len; e++)
		join_roots(&j, c, root(j.parent, edges->list.ptr[e].a),
		    root(j.parent, edges->list.ptr[e].b));
	for (size_t i = 0; i < n; i++)
		ret->of_record[i] = root(j.parent, (uint32_t)i);
	free(j.sources);
}

struct matching {
	struct link_clusters *ret;
	bool *taken;
	uint32_t *offers; /* by record: free partners of the weight at hand */
};

static bool is_free(const struct matching *m, const struct link_edge *e)
{
	return !m->taken[e->a] && !m->taken[e->b];
}

/* Pairs of one weight: those that are the only offer of both records. */
static void match_run(struct matching *m, const struct link_edge *edges, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_free(m, &edges[i])) {
			m->offers[edges[i].a]++;
			m->offers[edges[i].b]++;
		}
	for (size_t i = 0; i < count; i++) {
		uint32_t a = edges[i].a;
		uint32_t b = edges[i].b;

		if (m->offers[a] == 1 && m->offers[b] == 1 && is_free(m, &edges[i]))
			m->ret->of_record[b] = a;
		else if (m->offers[a] && m->offers[b])
			m->ret->ties++;
	}
	for (size_t i = 0; i < count; i++) {
		/* who is in a tie is not given to the next best */
		bool offered = m->offers[edges[i].a] && m->offers[edges[i].b];

		m->taken[edges[i].a] |= offered;
		m->taken[edges[i].b] |= offered;
	}
	for (size_t i = 0; i < count; i++)
		m->offers[edges[i].a] = m->offers[edges[i].b] = 0;
}

static void one_to_one(struct link_clusters *ret, const struct link_cluster *c,
    const struct link_edges *edges)
{
	struct matching m = {.ret = ret};
	size_t n = c->records->count;

	m.taken = mem_zalloc(n, sizeof(*m.taken));
	m.offers = mem_zalloc(n, sizeof(*m.offers));
	for (size_t i = 0; i < n; i++)
		ret->of_record[i] = (uint32_t)i;
	for (size_t e = 0, end; e < edges->list.len; e = end) {
		const struct link_edge *run = edges->list.ptr + e;

		end = e + 1;
		while (end < edges->list.len && edges->list.ptr[end].weight == run->weight)
			end++;
		if (run->weight >= c->threshold)
			match_run(&m, run, end - e);
	}
	free(m.taken);
	free(m.offers);
}

void link_clusters_count(
    struct link_clusters *c, size_t records, int64_t threshold, const struct link_edges *edges)
{
	uint32_t *size = mem_zalloc(records + 1, sizeof(*size));

	c->count = c->linked = c->largest = c->bridges = 0;
	c->pairs = 0;
	for (size_t i = 0; i < records; i++)
		size[c->of_record[i]]++;
	for (size_t i = 0; i < records; i++) {
		if (size[i] < 2)
			continue;
		c->count++;
		c->linked += size[i];
		c->largest = MAX(c->largest, (size_t)size[i]);
		c->pairs += (uint64_t)size[i] * (size[i] - 1) / 2;
	}
	for (size_t e = 0; e < edges->list.len && edges->list.ptr[e].weight >= threshold; e++)
		c->bridges += c->of_record[edges->list.ptr[e].a] !=
		              c->of_record[edges->list.ptr[e].b];
	free(size);
}

int link_cluster(struct link_clusters *ret, const struct link_cluster *c,
    const struct link_edges *edges, struct err *err)
{
	int rc = 0;

	*ret = (struct link_clusters){0};
	ret->of_record = mem_alloc(MAX(c->records->count, (size_t)1) * sizeof(*ret->of_record));
	if (c->type == LINK_LINK_ONLY)
		one_to_one(ret, c, edges);
	else if (c->all_connected)
		components(ret, c, edges);
	else
		rc = average_linkage(ret, c, edges, err);
	if (rc == 0)
		link_clusters_count(ret, c->records->count, c->threshold, edges);
	return rc;
}
