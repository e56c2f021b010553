#include "link/store.h"

#include "base/hash.h"
#include "io/json.h"
#include "link/model_json.h"
#include "link/section.h"
#include "link/state.h"

#include <math.h>

static int not_ours(const char *path, struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s: it is not of a linkage that is kept", path);
}

static int check_format(const char *path, const json_t *root, struct err *err)
{
	const json_t *format = json_object_get(root, "format");

	if (!json_is_integer(format))
		return not_ours(path, err);
	if (json_integer_value(format) == LINK_STATE_FORMAT)
		return 0;
	err_set_(err, ERR_FORMAT, "%s: its format is %lld, this version reads %d", path,
	    (long long)json_integer_value(format), LINK_STATE_FORMAT);
	return err_hint(err, "run the linkage again with --keep, or use the version that made it");
}

static int read_change(struct link_kept *k, const char *path, const json_t *item, struct err *err)
{
	const char *what = json_string_value(json_object_get(item, "what"));
	const char *input = json_string_value(json_object_get(item, "input"));
	const char *sha256 = json_string_value(json_object_get(item, "sha256"));
	const char *source = json_string_value(json_object_get(item, "source"));
	json_int_t records = json_integer_value(json_object_get(item, "records"));
	json_int_t skipped = json_integer_value(json_object_get(item, "skipped"));
	json_int_t batch = json_integer_value(json_object_get(item, "batch"));
	struct link_change *c;

	if (!what || strlen(what) >= sizeof(c->what) || !input != !sha256 ||
	    (sha256 && strlen(sha256) != sizeof(c->sha256) - 1) || records < 0 || skipped < 0 ||
	    batch < 1 || batch > INT32_MAX)
		return not_ours(path, err);
	c = vec_push(&k->changes);
	memcpy(c->what, what, strlen(what) + 1);
	if (input) {
		memcpy(c->sha256, sha256, sizeof(c->sha256));
		c->input = mem_strdup(input);
	}
	c->batch = (uint32_t)batch;
	c->source = source && strcmp(source, "right") == 0;
	c->records = (size_t)records;
	c->skipped = (size_t)skipped;
	return 0;
}

static int read_manifest(struct link_job *job, const char *path, const json_t *root,
    struct err *err)
{
	const json_t *list = json_object_get(root, "changes");
	const json_t *threshold = json_object_get(root, "threshold");
	const json_t *review = json_object_get(root, "review");
	const char *files = json_string_value(json_object_get(root, "files"));

	if (check_format(path, root, err) < 0)
		return -1;
	if (!json_is_array(list) || !json_array_size(list) || !json_is_number(threshold) ||
	    !json_is_number(review) || !files)
		return not_ours(path, err);
	for (size_t i = 0; i < json_array_size(list); i++)
		if (read_change(&job->kept, path, json_array_get(list, i), err) < 0)
			return -1;
	job->threshold = llround(json_number_value(threshold) * LINK_BIT);
	job->review = llround(json_number_value(review) * LINK_BIT);
	job->one_per_source = json_is_true(json_object_get(root, "one_per_source"));
	job->kept.files = strcmp(files, "parquet") == 0 ? TABLE_PARQUET : TABLE_CSV;
	return link_spec_from_json(&job->spec, path, json_object_get(root, "spec"), err);
}

int link_store_read(struct link_job *job, const char *folder, const json_t *manifest,
    struct err *err)
{
	AUTO_FREE char *path = path_join(folder, OUT_FOLDER_MANIFEST);
	AUTO_FREE char *state = path_join(folder, "state.bin");

	if (read_manifest(job, path, manifest, err) < 0 || link_state_read(job, state, err) < 0)
		return -1;
	job->records->paths[0] = mem_strdup(folder);
	if (job->spec.type != LINK_DEDUPE_ONLY)
		job->records->paths[1] = mem_strdup(folder);
	return 0;
}

int link_store_load(struct link_job *job, const char *folder, json_t **ret_manifest,
    struct err *err)
{
	AUTO_FREE char *path = path_join(folder, OUT_FOLDER_MANIFEST);

	if (json_read(ret_manifest, path, err) < 0)
		return -1;
	if (!json_object_get(*ret_manifest, "changes")) {
		err_set_(err, ERR_FORMAT, "%s: it is not of a linkage that is kept", path);
		return err_hint(err, "hygie link run --keep makes one");
	}
	return link_store_read(job, folder, *ret_manifest, err);
}

int link_store_model(struct link_job *job, const char *folder, const json_t *manifest,
    struct err *err)
{
	AUTO_FREE char *path = path_join(folder, "model.json");
	const char *said = json_string_value(json_object_get(manifest, "model_sha256"));
	AUTO_JSON json_t *root = NULL;
	char sha256[SHA256_HEX_SIZE];

	if (hash_sha256_file(path, sha256, NULL, err) < 0)
		return -1;
	if (!said || strcmp(said, sha256) != 0) {
		err_set_(err, ERR_FORMAT, "%s: it has changed since the run", path);
		return err_hint(err, "the weights that are kept are of the model that was there; "
				     "another model needs a run of its own");
	}
	link_model_init(&job->model, job->records);
	if (json_read(&root, path, err) < 0 ||
	    link_model_read(&job->model, job->records, path, root, err) < 0)
		return -1;
	link_model_weigh(&job->model, job->records);
	return 0;
}
