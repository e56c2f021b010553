#include "link/store.h"

#include "base/hash.h"
#include "base/version.h"
#include "io/json.h"
#include "link/model_json.h"
#include "link/section.h"
#include "link/state.h"
#include "link/write.h"

#include <errno.h>
#include <math.h>
#include <sys/stat.h>

void link_kept_clear(struct link_kept *k)
{
	for (size_t i = 0; i < k->changes.len; i++)
		free(k->changes.ptr[i].input);
	vec_clear(&k->changes);
	free(k->cluster);
	*k = (struct link_kept){0};
}

int link_store_note(struct link_kept *k, const char *what, const char *input, struct err *err)
{
	size_t n = k->changes.len;
	struct link_change c = {.batch = n ? k->changes.ptr[n - 1].batch + 1 : 1};

	memcpy(c.what, what, strlen(what) + 1);
	if (input && hash_sha256_file(input, c.sha256, NULL, err) < 0)
		return -1;
	c.input = input ? mem_strdup(input) : NULL;
	*vec_push(&k->changes) = c;
	return 0;
}

static int make_private(const char *folder, struct err *err)
{
	return chmod(folder, 0700) == 0 ? 0 : file_write_error(folder, errno, err);
}

/* Ids in the order of the clusters' first records. */
static void number_clusters(struct link_job *job)
{
	size_t n = job->records->count;
	uint32_t *id = job->kept.cluster = mem_alloc((n + 1) * sizeof(*id));

	job->kept.next_cluster = 1;
	for (size_t i = 0; i < n; i++)
		id[i] = job->clusters.of_record[i] == i ? job->kept.next_cluster++
		                                        : id[job->clusters.of_record[i]];
}

static int note_run(struct link_job *job, const struct link_run *o, struct err *err)
{
	const struct link_records *r = job->records;
	const char *const paths[2] = {o->left, o->right};

	for (int i = 0; i < 2 && paths[i]; i++) {
		struct link_change *c;

		if (link_store_note(&job->kept, "run", paths[i], err) < 0)
			return -1;
		c = &job->kept.changes.ptr[job->kept.changes.len - 1];
		c->batch = 1;
		c->source = i;
		c->records = i ? r->count - r->left : r->left;
	}
	return 0;
}

int link_store_begin(struct link_job *job, const struct link_run *o, const char *folder,
    struct err *err)
{
	struct link_events none = {0};

	job->kept.files = o->files;
	job->kept.trained_on = job->records->count;
	number_clusters(job);
	if (note_run(job, o, err) < 0 || make_private(folder, err) < 0)
		return -1;
	return link_store_write(job, folder, NULL, &none, 0, err);
}

int link_store_lock(struct out_folder *out, const char *folder, struct err *err)
{
	if (!path_is_folder(folder))
		return err_set(err, ERR_IO, "%s: no such folder", folder);
	if (out_folder_open(out, folder, true, err) < 0)
		return -1;
	return make_private(out->path, err);
}

/* manifest.json, written */

static void add_change(struct json_writer *w, const struct link_job *job,
    const struct link_change *c)
{
	json_begin_object(w);
	json_set_int(w, "batch", c->batch);
	json_set_text(w, "what", c->what);
	if (c->input) {
		json_set_text(w, "input", c->input);
		json_set_text(w, "sha256", c->sha256);
	}
	if (job->spec.type != LINK_DEDUPE_ONLY)
		json_set_text(w, "source", c->source ? "right" : "left");
	json_set_int(w, "records", (int64_t)c->records);
	json_set_int(w, "skipped", (int64_t)c->skipped);
	json_end_object(w);
}

static void add_changes(struct json_writer *w, const struct link_job *job)
{
	json_key(w, "changes");
	json_begin_array(w);
	for (size_t i = 0; i < job->kept.changes.len; i++)
		add_change(w, job, &job->kept.changes.ptr[i]);
	json_end_array(w);
}

static int write_manifest(const struct link_job *job, const char *folder, struct err *err)
{
	AUTO_STR struct str text = {0};
	AUTO_FREE char *path = path_join(folder, OUT_FOLDER_MANIFEST);
	AUTO_FREE char *model = path_join(folder, "model.json");
	char sha256[SHA256_HEX_SIZE];
	struct json_writer w = {.out = &text, .indent = 2};

	if (hash_sha256_file(model, sha256, NULL, err) < 0)
		return -1;
	json_begin_object(&w);
	json_set_text(&w, "tool", "hygie link run --keep");
	json_set_text(&w, "version", hygie_version());
	json_set_int(&w, "format", LINK_STATE_FORMAT);
	add_changes(&w, job);
	json_set_text(&w, "model_sha256", sha256);
	link_write_spec(&w, &job->spec);
	json_key(&w, "threshold");
	json_add_double(&w, (double)job->threshold / LINK_BIT);
	json_key(&w, "review");
	json_add_double(&w, (double)job->review / LINK_BIT);
	json_key(&w, "one_per_source");
	json_add_bool(&w, job->one_per_source);
	json_set_text(&w, "files", table_format_suffix(job->kept.files));
	json_set_int(&w, "records", (int64_t)job->records->count);
	json_set_int(&w, "pairs", (int64_t)job->edges.list.len);
	json_set_int(&w, "clusters", (int64_t)job->clusters.count);
	json_set_int(&w, "linked", (int64_t)job->clusters.linked);
	json_end_object(&w);
	str_addc(&text, '\n');
	return file_write(path, str_view(&text), err);
}

/* events.csv: what stood there, and what is new */

static int copy_events(FILE *to, const char *before, struct err *err)
{
	AUTO_FREE char *path = path_join(before, "events.csv");
	FILE *from = fopen(path, "rbe");
	char chunk[1 << 14];
	size_t n;
	bool failed;

	if (!from)
		return err_set(err, ERR_IO, "%s: cannot open: %s", path, strerror(errno));
	while ((n = fread(chunk, 1, sizeof(chunk), from)) > 0 && fwrite(chunk, 1, n, to) == n)
		;
	failed = ferror(from);
	fclose(from);
	return failed ? err_set(err, ERR_IO, "%s: cannot read", path) : 0;
}

static void add_events(FILE *to, const struct link_events *events, uint32_t batch)
{
	AUTO_STR struct str line = {0};

	for (size_t i = 0; i < events->list.len; i++) {
		const struct link_event *e = &events->list.ptr[i];

		str_reset(&line);
		str_addf(&line, "%u,%s,%u,", batch, link_event_name(e->kind), e->cluster);
		if (e->other)
			str_addf(&line, "%u", e->other);
		str_addf(&line, ",%zu\n", e->records);
		(void)!fwrite(line.buf, 1, line.len, to); /* ferror tells */
	}
}

static int write_events(const char *folder, const char *before, const struct link_events *events,
    uint32_t batch, struct err *err)
{
	static const char header[] = "batch,event,cluster,other,records\n";
	AUTO_FREE char *path = path_join(folder, "events.csv");
	FILE *to = fopen(path, "wbe");
	int rc = 0;
	int errnum;

	if (!to)
		return file_write_error(path, errno, err);
	if (before)
		rc = copy_events(to, before, err);
	else
		(void)!fwrite(header, 1, sizeof(header) - 1, to); /* ferror tells */
	add_events(to, events, batch);
	errnum = ferror(to) ? (errno ? errno : EIO) : 0;
	if (fclose(to) != 0 && !errnum)
		errnum = errno;
	if (rc < 0)
		return -1;
	return errnum ? file_write_error(path, errnum, err) : 0;
}

static int close_files(const char *folder, enum table_format format, struct err *err)
{
	static const char *const tables[] = {"pairs", "clusters"};
	static const char *const files[] = {"events.csv", "model.json", "manifest.json",
	    "state.bin"};

	for (size_t i = 0; i < ARRAY_LEN(files) + ARRAY_LEN(tables); i++) {
		AUTO_FREE char *name =
		    i < ARRAY_LEN(tables)
			? str_format("%s.%s", tables[i], table_format_suffix(format))
			: mem_strdup(files[i - ARRAY_LEN(tables)]);
		AUTO_FREE char *path = path_join(folder, name);

		if (chmod(path, 0600) < 0)
			return file_write_error(path, errno, err);
	}
	return 0;
}

int link_store_write(const struct link_job *job, const char *folder, const char *before,
    const struct link_events *events, size_t first, struct err *err)
{
	const struct link_kept *k = &job->kept;
	AUTO_FREE char *state = path_join(folder, "state.bin");
	uint32_t batch = k->changes.ptr[k->changes.len - 1].batch;

	if (link_write_pairs(job, folder, k->files, first, err) < 0 ||
	    link_write_ids(job, folder, err) < 0 ||
	    write_events(folder, before, events, batch, err) < 0 ||
	    link_write_model(job, folder, err) < 0 || write_manifest(job, folder, err) < 0 ||
	    link_state_write(job, state, err) < 0)
		return -1;
	return close_files(folder, k->files, err);
}
