#include "link/run.h"

#include "base/hash.h"
#include "io/file.h"
#include "io/json.h"
#include "link/block_build.h"
#include "link/model_json.h"
#include "link/rules_run.h"
#include "link/store.h"
#include "link/write.h"

#include <math.h>

void link_job_clear(struct link_job *job)
{
	link_clusters_clear(&job->clusters);
	link_edges_clear(&job->edges);
	link_blocking_clear(&job->blocking);
	link_model_clear(&job->model);
	link_records_free(&job->records);
	link_spec_clear(&job->spec);
	free(job->folder);
	link_kept_clear(&job->kept);
	*job = (struct link_job){0};
}

static int read_model(struct link_job *job, const char *path, struct err *err)
{
	AUTO_JSON json_t *root = NULL;

	if (json_read(&root, path, err) < 0)
		return -1;
	return link_model_read(&job->model, job->records, path, root, err);
}

static int make_model(struct link_job *job, const struct link_run *o, struct err *err)
{
	struct link_train train = {.records = job->records,
	    .type = job->spec.type,
	    .threads = o->threads,
	    .progress = o->progress};

	link_model_init(&job->model, job->records);
	if (!job->model.comparisons)
		return err_set(err, ERR_FORMAT, "%s: no field has a value to compare", o->left);
	job->trained = !o->model;
	if (!o->model)
		return link_train(&job->model, &train, err);
	if (read_model(job, o->model, err) < 0)
		return -1;
	link_model_weigh(&job->model, job->records);
	return 0;
}

static int check_type(struct link_job *job, const struct link_run *o, struct err *err)
{
	struct link_spec *s = &job->spec;

	if (!s->has_type)
		s->type = !o->right            ? LINK_DEDUPE_ONLY
		          : o->link_and_dedupe ? LINK_LINK_AND_DEDUPE
		                               : LINK_LINK_ONLY;
	if ((s->type == LINK_DEDUPE_ONLY) != !o->right)
		return err_set(err, ERR_USAGE, "link_type \"%s\" and %s file do not go together",
		    link_type_name(s->type), o->right ? "a second" : "one");
	return 0;
}

static int read_inputs(struct link_job *job, const struct link_run *o, struct err *err)
{
	struct link_spec *s = &job->spec;

	if ((o->spec ? link_spec_read(s, o->spec, err) : link_guess(s, o->left, err)) < 0 ||
	    check_type(job, o, err) < 0)
		return -1;
	if (o->keep && !s->id) {
		err_set_(err, ERR_FORMAT, "%s: no column names its records", o->left);
		return err_hint(err, "records that come or go later are known by an id");
	}
	if (o->pairs)
		s->pairs = o->pairs;
	s->method = o->method ? o->method : s->method;
	s->drop = o->drop ? o->drop : s->drop;
	if (o->keep && s->method != LINK_BY_WEIGHT)
		return err_set(err, ERR_USAGE, "--keep goes with weights, not with method %s",
		    link_method_name(s->method));
	job->one_per_source = o->one_per_source;
	job->threads = o->threads;
	job->threshold = llround((s->has_threshold ? s->threshold : o->threshold) * LINK_BIT);
	job->review = llround((s->has_review ? s->review : o->review) * LINK_BIT);
	if (job->review > job->threshold)
		return err_set(err, ERR_USAGE, "the review threshold is above the threshold");
	if (hash_sha256_file(o->left, job->sha256[0], NULL, err) < 0 ||
	    (o->right && hash_sha256_file(o->right, job->sha256[1], NULL, err) < 0))
		return -1;
	return link_records_read_on(
	    &job->records, s, o->left, o->right, o->threads, o->progress, err);
}

static int train(struct link_job *job, const struct link_run *o, struct err *err)
{
	if (make_model(job, o, err) < 0)
		return -1;
	link_job_block(job);
	return 0;
}

int link_job_train(struct link_job *job, const struct link_run *o, struct err *err)
{
	return read_inputs(job, o, err) < 0 ? -1 : train(job, o, err);
}

static int score(struct link_job *job, const struct link_run *o, struct err *err)
{
	struct link_score s = {.model = &job->model,
	    .blocking = &job->blocking,
	    .keep = job->review,
	    .most_kept = o->most_kept,
	    .threads = o->threads,
	    .progress = o->progress};
	int rc;

	progress_start(o->progress, "comparing", "records",
	    (uint64_t)job->blocking.passes * job->records->count);
	rc = link_score(&job->edges, &s, err);
	progress_end(o->progress);
	return rc;
}

static int cluster(struct link_job *job, const struct link_run *o, struct err *err)
{
	struct link_cluster c = {.model = &job->model,
	    .records = job->records,
	    .type = job->spec.type,
	    .threshold = job->threshold,
	    .one_per_source = job->one_per_source,
	    .threads = o->threads,
	    .progress = o->progress};

	return link_cluster(&job->clusters, &c, &job->edges, err);
}

static int link_all(struct link_job *job, const struct link_run *o, const char *folder,
    struct err *err)
{
	if (read_inputs(job, o, err) < 0)
		return -1;
	if (job->spec.method != LINK_BY_WEIGHT
		? link_rules_run(job, o, err) < 0
		: train(job, o, err) < 0 || score(job, o, err) < 0 || cluster(job, o, err) < 0)
		return -1;
	return o->keep ? link_store_begin(job, o, folder, err) : link_write(job, o, folder, err);
}

int link_run(struct link_job *job, const struct link_run *o, struct err *err)
{
	AUTO_OUT_FOLDER struct out_folder out = {0};

	if (out_folder_open(&out, o->out, o->replace, err) < 0 ||
	    link_all(job, o, out.path, err) < 0)
		return -1;
	return out_folder_commit(&out, err);
}

/* "1 = 1" was written for other records: of many records, passes are chosen. */
static bool has_given_passes(const struct link_job *job)
{
	for (size_t p = 0; p < job->model.passes; p++)
		if (job->model.pass[p].all)
			return false;
	return job->model.passes > 0;
}

void link_job_block(struct link_job *job)
{
	if (job->spec.method != LINK_BY_WEIGHT)
		return; /* rules have no passes */
	if (job->kept.changes.len)
		return; /* they are those of the state */
	link_blocking_init(&job->blocking, job->records, job->spec.type);
	job->blocking.threads = job->threads;
	if (has_given_passes(job))
		link_blocking_take(
		    &job->blocking, job->spec.pairs, job->model.pass, job->model.passes);
	else
		link_blocking_choose(&job->blocking, job->spec.pairs, LINK_PASSES_MAX);
	link_blocking_weave(&job->blocking);
}

/* manifest.json, read back */

static const char *input_text(const json_t *root, size_t index, const char *key)
{
	const json_t *item = json_array_get(json_object_get(root, "inputs"), index);

	return json_string_value(json_object_get(item, key));
}

static int check_unchanged(const char *path, const char *sha256, struct err *err)
{
	char now[SHA256_HEX_SIZE];

	if (hash_sha256_file(path, now, NULL, err) < 0)
		return -1;
	if (sha256 && strcmp(now, sha256) == 0)
		return 0;
	return err_set(err, ERR_FORMAT, "%s: it has changed since the run", path);
}

static int read_manifest(struct link_job *job, const char *path, const json_t *root,
    struct progress *progress, struct err *err)
{
	const char *left = input_text(root, 0, "path");
	const char *right = input_text(root, 1, "path");
	const json_t *threshold = json_object_get(root, "threshold");
	const json_t *review = json_object_get(root, "review");

	if (!left || !json_is_number(threshold) || !json_is_number(review))
		return err_set(err, ERR_FORMAT, "%s: it is not of a linkage", path);
	job->threshold = llround(json_number_value(threshold) * LINK_BIT);
	job->review = llround(json_number_value(review) * LINK_BIT);
	job->one_per_source = json_is_true(json_object_get(root, "one_per_source"));
	if (link_spec_from_json(&job->spec, path, json_object_get(root, "spec"), err) < 0 ||
	    check_unchanged(left, input_text(root, 0, "sha256"), err) < 0 ||
	    (right && check_unchanged(right, input_text(root, 1, "sha256"), err) < 0))
		return -1;
	return link_records_read(&job->records, &job->spec, left, right, progress, err);
}

int link_job_open(struct link_job *job, const char *folder, int threads,
    struct progress *progress, struct err *err)
{
	AUTO_FREE char *manifest = path_join(folder, OUT_FOLDER_MANIFEST);
	AUTO_FREE char *model = path_join(folder, "model.json");
	AUTO_JSON json_t *root = NULL;

	job->threads = threads;
	job->folder = mem_strdup(folder);
	if (json_read(&root, manifest, err) < 0)
		return -1;
	if (json_object_get(root, "changes"))
		return link_store_read(job, folder, root, err) < 0
		           ? -1
		           : link_store_model(job, folder, root, err);
	if (read_manifest(job, manifest, root, progress, err) < 0)
		return -1;
	if (job->spec.method != LINK_BY_WEIGHT)
		return 0;
	link_model_init(&job->model, job->records);
	if (read_model(job, model, err) < 0)
		return -1;
	link_model_weigh(&job->model, job->records);
	return 0;
}
