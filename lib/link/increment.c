#include "link/increment.h"

#include "io/json.h"
#include "link/sort_edges.h"

int link_increment_source(const struct link_job *job, const struct link_increment *o, int *ret,
    struct err *err)
{
	bool two = job->spec.type != LINK_DEDUPE_ONLY;

	if (!two && o->source == 1)
		return err_set(err, ERR_USAGE, "%s: it has one source, no right one", o->folder);
	if (two && o->source < 0) {
		err_set_(err, ERR_USAGE, "%s: it has two sources", o->folder);
		return err_hint(err, "--source left or --source right says whose the records are");
	}
	*ret = MAX(o->source, 0);
	return 0;
}

/* The keys of the new records, by the passes as they were chosen and split. */
static void make_keys(struct link_job *job, size_t first)
{
	struct link_blocking *b = &job->blocking;
	const struct link_records *r = job->records;
	bool used[LINK_PARTS_ROOM] = {false};

	for (size_t p = 0; p < b->passes; p++)
		for (size_t i = 0; i < b->pass[p].parts; i++)
			used[b->pass[p].part[i]] = true;
	for (size_t i = 0; i < b->parts; i++)
		if (used[i])
			link_part_hash(r, &b->part[i], first);
	if (!b->keys)
		return; /* all pairs */
	b->keys = mem_realloc(b->keys, r->count * b->passes + 1, sizeof(*b->keys));
	link_blocking_point(b);
	for (size_t i = first; i < r->count; i++)
		for (size_t p = 0; p < b->passes; p++)
			b->keys[i * b->passes + p] =
			    link_pass_split_key(&b->pass[p], link_row(r, i), r->fields,
				link_pass_key(b, &b->pass[p], link_row(r, i)));
}

static int compare(struct link_job *job, const struct link_increment *o, size_t first,
    struct err *err)
{
	AUTO_LINK_EDGES struct link_edges fresh = {0};
	struct link_edges *e = &job->edges;
	struct link_score s = {.model = &job->model,
	    .blocking = &job->blocking,
	    .keep = job->review,
	    .most_kept = o->most_kept > e->list.len ? o->most_kept - e->list.len : 1,
	    .threads = o->threads,
	    .progress = o->progress};
	int rc;

	job->blocking.old = first;
	job->blocking.threads = o->threads;
	progress_start(o->progress, "comparing", "records",
	    (uint64_t)job->blocking.passes * (job->records->count - first));
	rc = first < job->records->count ? link_score(&fresh, &s, err) : 0;
	progress_end(o->progress);
	if (rc < 0)
		return -1;
	vec_reserve(&e->list, e->list.len + fresh.list.len + 1);
	if (fresh.list.len)
		memcpy(e->list.ptr + e->list.len, fresh.list.ptr,
		    fresh.list.len * sizeof(*fresh.list.ptr));
	e->list.len += fresh.list.len;
	e->compared = fresh.compared;
	link_sort_edges(e->list.ptr, e->list.len);
	return 0;
}

/* Pairs kept that fall below the review threshold go. */
static void weigh_again(struct link_job *job)
{
	struct link_edges *e = &job->edges;
	struct link_comparer c;
	size_t n = 0;

	link_comparer_init(&c, job->records, job->model.comparison, job->model.comparisons);
	for (size_t i = 0; i < e->list.len; i++) {
		struct link_edge x = e->list.ptr[i];
		int64_t w = link_model_pair(
		    &job->model, &c, link_row(job->records, x.a), link_row(job->records, x.b));

		x.weight = (int32_t)w;
		if (w >= job->review)
			e->list.ptr[n++] = x;
	}
	e->list.len = n;
	link_comparer_clear(&c);
	link_sort_edges(e->list.ptr, e->list.len);
}

static int regroup(struct link_job *job, const struct link_increment *o, size_t first,
    struct link_events *ret, struct err *err)
{
	size_t n = job->records->count;
	bool *touched = mem_zalloc(n + 1, sizeof(*touched));
	int rc;

	for (size_t i = o->count ? 0 : first; i < n; i++)
		touched[i] = true;
	link_touch(job, touched);
	rc = link_regroup(job, touched, ret, err);
	free(touched);
	return rc;
}

static int add_batch(struct link_job *job, const struct link_increment *o, const char *from,
    const char *to, struct link_events *ret, struct err *err)
{
	AUTO_JSON json_t *manifest = NULL;
	size_t first;
	int source;

	job->threads = o->threads;
	if (link_store_load(job, from, &manifest, err) < 0 ||
	    link_increment_source(job, o, &source, err) < 0)
		return -1;
	first = job->records->count;
	if (link_batch_read(job, o, source, err) < 0)
		return -1;
	if (o->count) {
		link_records_count_values(job->records);
		job->kept.trained_on = job->records->count;
	}
	if (link_store_model(job, from, manifest, err) < 0)
		return -1;
	if (o->count)
		weigh_again(job);
	make_keys(job, first);
	if (compare(job, o, first, err) < 0 || regroup(job, o, first, ret, err) < 0)
		return -1;
	return link_store_write(job, to, from, ret, first, err);
}

int link_add(struct link_job *job, const struct link_increment *o, struct link_events *ret,
    struct err *err)
{
	AUTO_OUT_FOLDER struct out_folder out = {0};

	if (link_store_lock(&out, o->folder, err) < 0 ||
	    add_batch(job, o, out.target, out.path, ret, err) < 0)
		return -1;
	return out_folder_commit(&out, err);
}
