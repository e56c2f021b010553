/*
 * Clusters of some records anew. All that pairs above the threshold connect
 * with them is clustered again, and nothing else: what one component becomes
 * does not depend on the others (cluster.h).
 */
#include "link/increment.h"

static uint32_t root(uint32_t *parent, uint32_t i)
{
	while (parent[i] != i)
		i = parent[i] = parent[parent[i]];
	return i;
}

void link_touch(const struct link_job *job, bool *touched)
{
	size_t n = job->records->count;
	uint32_t *parent = mem_alloc((n + 1) * sizeof(*parent));
	bool *marked = mem_zalloc(n + 1, sizeof(*marked)); /* by root */
	const struct link_edges *e = &job->edges;

	for (size_t i = 0; i < n; i++)
		parent[i] = (uint32_t)i;
	for (size_t i = 0; i < e->list.len && e->list.ptr[i].weight >= job->threshold; i++) {
		uint32_t a = root(parent, e->list.ptr[i].a);
		uint32_t b = root(parent, e->list.ptr[i].b);

		parent[MAX(a, b)] = MIN(a, b);
	}
	for (size_t i = 0; i < n; i++)
		marked[root(parent, (uint32_t)i)] |= touched[i];
	for (size_t i = 0; i < n; i++)
		touched[i] = marked[root(parent, (uint32_t)i)];
	free(parent);
	free(marked);
}

static int cluster_again(struct link_clusters *ret, const struct link_job *job,
    const bool *touched, struct err *err)
{
	AUTO_LINK_EDGES struct link_edges some = {0};
	const struct link_edges *e = &job->edges;
	struct link_cluster c = {.model = &job->model,
	    .records = job->records,
	    .type = job->spec.type,
	    .threshold = job->threshold,
	    .one_per_source = job->one_per_source,
	    .threads = job->threads};

	for (size_t i = 0; i < e->list.len && e->list.ptr[i].weight >= job->threshold; i++)
		if (touched[e->list.ptr[i].a])
			*vec_push(&some.list) = e->list.ptr[i];
	return link_cluster(ret, &c, &some, err);
}

static void take_over(struct link_job *job, const struct link_clusters *again,
    const bool *touched, struct link_events *events)
{
	size_t n = job->records->count;
	uint32_t *record = mem_alloc((n + 1) * sizeof(*record));
	uint32_t *before = mem_alloc((n + 1) * sizeof(*before));
	uint32_t *leader = mem_alloc((n + 1) * sizeof(*leader));
	uint32_t *after = mem_alloc((n + 1) * sizeof(*after));
	uint32_t *place = mem_alloc((n + 1) * sizeof(*place));
	struct link_regrouped g = {
	    .record = record, .before = before, .leader = leader, .after = after};

	for (size_t i = 0; i < n; i++) {
		if (!touched[i])
			continue;
		place[i] = (uint32_t)g.count;
		record[g.count] = (uint32_t)i;
		before[g.count] = job->kept.cluster[i];
		leader[g.count++] = place[again->of_record[i]];
		job->clusters.of_record[i] = again->of_record[i];
	}
	link_events_find(events, &g, &job->kept.next_cluster);
	for (size_t i = 0; i < g.count; i++)
		job->kept.cluster[record[i]] = after[i];
	free(record);
	free(before);
	free(leader);
	free(after);
	free(place);
}

int link_regroup(struct link_job *job, const bool *touched, struct link_events *events,
    struct err *err)
{
	AUTO_LINK_CLUSTERS struct link_clusters again = {0};

	if (cluster_again(&again, job, touched, err) < 0)
		return -1;
	take_over(job, &again, touched, events);
	link_clusters_count(
	    &job->clusters, job->records->count, job->threshold, &job->edges);
	job->clusters.ties = again.ties;
	job->clusters.too_large = again.too_large;
	return 0;
}
