/* pairs and clusters of a run, read back into records' numbers. */
#include "io/file.h"
#include "link/evaluate.h"
#include "link/sort_edges.h"

#include <math.h>

struct lookup {
	struct map of_source[2]; /* name to record */
};

static void lookup_make(struct lookup *l, const struct link_records *r)
{
	AUTO_STR struct str name = {0};

	for (size_t i = 0; i < r->count; i++) {
		str_reset(&name);
		link_record_name(r, i, &name);
		(void)map_add(&l->of_source[link_record_source(r, i)], str_view(&name), (int64_t)i);
	}
}

static void lookup_clear(struct lookup *l)
{
	map_clear(&l->of_source[0]);
	map_clear(&l->of_source[1]);
}

static int open_table(const struct link_job *job, const char *name, const char *const *columns,
    size_t count, int *ret_column, struct link_source **ret, struct err *err)
{
	AUTO_FREE char *csv_name = str_format("%s.csv", name);
	AUTO_FREE char *parquet_name = str_format("%s.parquet", name);
	AUTO_FREE char *csv = path_join(job->folder, csv_name);
	AUTO_FREE char *parquet = path_join(job->folder, parquet_name);

	if (link_source_open(ret, path_exists(csv) ? csv : parquet, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if ((ret_column[i] = link_source_find(*ret, VIEW(columns[i]))) < 0)
			return err_set(err, ERR_FORMAT, "%s: %s without column \"%s\"", job->folder,
			    name, columns[i]);
	return 0;
}

static int record_at(const struct link_job *job, const struct lookup *l, struct link_source *s,
    const int *column, uint32_t *ret, struct err *err)
{
	bool right = view_eq(link_source_field(s, (size_t)column[0]), VIEW_LIT("right"));
	const int64_t *found =
	    map_find(&l->of_source[right], link_source_field(s, (size_t)column[1]));

	if (!found)
		return err_set(err, ERR_FORMAT, "%s: its tables name a record that the inputs lack",
		    job->folder);
	*ret = (uint32_t)*found;
	return 0;
}

static int read_pairs(struct link_job *job, const struct lookup *l, struct err *err)
{
	static const char *const names[] = {"source_l", "id_l", "source_r", "id_r", "weight"};
	AUTO_LINK_SOURCE struct link_source *s = NULL;
	int column[5];
	int rc;

	if (open_table(job, "pairs", names, ARRAY_LEN(names), column, &s, err) < 0)
		return -1;
	while ((rc = link_source_next(s, err)) > 0) {
		struct link_edge e;
		double bits;

		if (record_at(job, l, s, column, &e.a, err) < 0 ||
		    record_at(job, l, s, column + 2, &e.b, err) < 0)
			return -1;
		if (!view_to_double(link_source_field(s, (size_t)column[4]), &bits) ||
		    !(fabs(bits) < 2000))
			return err_set(err, ERR_FORMAT, "%s: a weight is no number", job->folder);
		e.weight = (int32_t)lround(bits * LINK_BIT);
		*vec_push(&job->edges.list) = e;
	}
	link_sort_edges(job->edges.list.ptr, job->edges.list.len);
	return rc;
}

static int read_clusters(struct link_job *job, const struct lookup *l, struct err *err)
{
	static const char *const names[] = {"source", "id", "cluster_source", "cluster"};
	AUTO_LINK_SOURCE struct link_source *s = NULL;
	int column[4];
	int rc;

	if (open_table(job, "clusters", names, ARRAY_LEN(names), column, &s, err) < 0)
		return -1;
	job->clusters.of_record = mem_zalloc(job->records->count, sizeof(uint32_t));
	for (size_t i = 0; i < job->records->count; i++)
		job->clusters.of_record[i] = (uint32_t)i;
	while ((rc = link_source_next(s, err)) > 0) {
		uint32_t record, first;

		if (record_at(job, l, s, column, &record, err) < 0 ||
		    record_at(job, l, s, column + 2, &first, err) < 0)
			return -1;
		job->clusters.of_record[record] = first;
	}
	return rc;
}

int link_job_read_results(struct link_job *job, struct err *err)
{
	struct lookup l = {0};
	int rc;

	if (job->kept.changes.len)
		return 0; /* they came with the state */
	lookup_make(&l, job->records);
	rc = read_pairs(job, &l, err) < 0 || read_clusters(job, &l, err) < 0 ? -1 : 0;
	lookup_clear(&l);
	return rc;
}
