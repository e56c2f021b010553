#include "snds/cohort.h"

#include "base/embed.h"
#include "base/hash.h"
#include "base/version.h"
#include "io/file.h"
#include "io/made.h"
#include "mainbase/filters_report.h"
#include "snds/cohort_sql.h"
#include "table/query.h"

/* What one run has in its hands. */
struct work {
	struct table_db *db;
	const struct snds_cohort_spec *spec;
	const struct mainbase_events *events;
	const struct snds_cohort_options *options;
	struct snds_cohort_result *result;
};

/* Each category that a set names, once, with spaces between. */
static void add_categories(struct str *out, const struct work *w)
{
	for (size_t i = 0; i < w->events->items.len; i++) {
		const char *category = w->events->items.ptr[i].category;
		bool used = false;

		for (size_t s = 0; s < w->spec->sets.len; s++)
			for (size_t k = 0; k < w->spec->sets.ptr[s].events.items.len; k++)
				used |= strcmp(w->spec->sets.ptr[s].events.items.ptr[k],
					    category) == 0;
		if (used)
			str_addf(out, "%s%s", out->len ? " " : "", category);
	}
}

static int make_atc(struct work *w, struct err *err)
{
	if (!w->spec->needs_atc)
		return table_run(w->db, "cohort_atc",
		    VIEW_LIT("CREATE TABLE cohort_atc (kind STRING, code STRING, atc STRING)"),
		    TABLE_NO_PARAMS, NULL, err);
	if (mainbase_source_lacks(&w->result->base.source, "IR_PHA_R")) {
		(void)err_set(err, ERR_FORMAT, "%s: table IR_PHA_R is missing", w->options->from);
		return err_hint(err, "it tells the ATC of a drug, which this cohort asks for");
	}
	return mainbase_run(&w->result->base, "snds/sql/cohort_atc.sql", TABLE_NO_PARAMS, err);
}

static int open_base(struct work *w, struct err *err)
{
	const struct snds_cohort_options *o = w->options;
	struct mainbase *base = &w->result->base;
	AUTO_STR struct str categories = {0};
	struct mainbase_options options = {
	    .from = o->from,
	    .first_day = o->first_day,
	    .last_day = o->last_day,
	    .without = o->without,
	    .progress = o->progress,
	};

	add_categories(&categories, w);
	if (mainbase_open(base, w->db, &options, err) < 0 ||
	    (categories.len &&
		mainbase_events_view(base, w->events, str_get(&categories), err) < 0) ||
	    mainbase_filters_count(&base->filters, w->db, err) < 0)
		return -1;
	return make_atc(w, err);
}

static int make_sets(struct work *w, struct err *err)
{
	int rc = 0;

	progress_start(w->options->progress, "sets of events", NULL, 100);
	for (size_t i = 0; rc == 0 && i < w->spec->sets.len; i++)
		rc = cohort_make_set(w->db, w->spec, w->events, i, err);
	progress_end(w->options->progress);
	return rc;
}

static int count_line(struct work *w, const char *table, const char *label, struct err *err)
{
	struct snds_cohort_line *line = vec_push(&w->result->lines);
	AUTO_QUERY struct table_query *q = NULL;
	AUTO_STR struct str sql = {0};

	table_fill(&sql, embed_find("snds/sql/cohort_count.sql"), TABLE_WORDS({"table", table}));
	if (table_query_open(&q, w->db, table, str_view(&sql), TABLE_NO_PARAMS, err) < 0 ||
	    table_query_next(q, err) < 0)
		return -1;
	line->label = arena_strdup(&w->result->arena, VIEW(label));
	line->entries = table_query_i64(q, 0)[0];
	line->persons = table_query_i64(q, 1)[0];
	if (w->result->lines.len > 1)
		line->excluded = line[-1].persons - line->persons;
	return 0;
}

static int run_step(struct work *w, size_t step, struct err *err)
{
	AUTO_FREE char *table = cohort_entry_table(step + 1);

	if (cohort_make_step(w->db, w->spec, w->spec->steps.ptr[step].where, step + 1, err) < 0)
		return -1;
	return count_line(w, table, w->spec->steps.ptr[step].label, err);
}

/* It excludes nobody: the last line tells of its entries. */
static int run_keep(struct work *w, size_t *last, struct err *err)
{
	struct snds_cohort_line *line = &w->result->lines.ptr[w->result->lines.len - 1];

	line->entries = line->persons;
	return cohort_make_keep(w->db, w->spec, ++*last, err);
}

static int run_steps(struct work *w, size_t *ret_last, struct err *err)
{
	const struct snds_cohort_spec *spec = w->spec;
	AUTO_STR struct str label = {0};
	char day[DATE_TEXT_SIZE];

	if (spec->has_index_set)
		str_addf(&label, "with an event of %s", spec->sets.ptr[spec->index_set].name);
	else
		str_addf(&label, "under observation on %s", date_format(spec->index_day, day));
	if (count_line(w, "person", "persons of the base", err) < 0 ||
	    cohort_make_index(w->db, spec, err) < 0 ||
	    count_line(w, "cohort_entry_0", str_get(&label), err) < 0)
		return -1;
	for (size_t i = 0; i < spec->steps.len; i++)
		if (run_step(w, i, err) < 0)
			return -1;
	*ret_last = spec->steps.len;
	return spec->keep == SNDS_COHORT_EACH ? 0 : run_keep(w, ret_last, err);
}

static int make_cohort(struct work *w, struct err *err)
{
	size_t last = 0;
	int rc;

	if (open_base(w, err) < 0 || make_sets(w, err) < 0)
		return -1;
	progress_start(w->options->progress, "steps", NULL, 100);
	rc = run_steps(w, &last, err);
	progress_end(w->options->progress);
	if (rc < 0)
		return -1;
	return cohort_make_final(w->db, w->spec, last, err);
}

static int write_file(struct work *w, const char *folder, const char *name, const char *sql,
    struct json_writer *json, struct err *err)
{
	enum table_format format = w->options->files;
	AUTO_FREE char *file = str_format("%s.%s", name, table_format_suffix(format));
	AUTO_FREE char *path = path_join(folder, file);
	AUTO_FREE char *id = str_format("%d", w->spec->id);
	AUTO_STR struct str query = {0};
	char sha256[SHA256_HEX_SIZE];
	uint64_t bytes;
	int64_t rows;

	table_fill(&query, embed_find(sql), TABLE_WORDS({"id", id}));
	if (table_copy(w->db, str_view(&query), path, format, &rows, err) < 0 ||
	    hash_sha256_file(path, sha256, &bytes, err) < 0)
		return -1;
	json_begin_object(json);
	json_set_text(json, "file", file);
	made_write(json, rows, bytes, sha256);
	json_end_object(json);
	return 0;
}

static void begin_manifest(struct json_writer *json, const struct work *w)
{
	const struct mainbase *base = &w->result->base;
	char sha256[SHA256_HEX_SIZE], day[DATE_TEXT_SIZE];

	hash_sha256_hex(VIEW(w->spec->text), sha256);
	json_begin_object(json);
	json_set_text(json, "tool", "hygie snds cohort");
	json_set_text(json, "version", hygie_version());
	json_set_text(json, "cohort", w->spec->name);
	json_set_int(json, "cohort_definition_id", w->spec->id);
	json_set_text(json, "specification_sha256", sha256);
	json_set_text(json, "first_day", date_format(base->first_day, day));
	json_set_text(json, "last_day", date_format(base->last_day, day));
	json_key(json, "input_manifest_sha256");
	if (*base->source.manifest_sha256)
		json_add_text(json, VIEW(base->source.manifest_sha256));
	else
		json_add_null(json);
}

static int write_all(struct work *w, const char *folder, struct err *err)
{
	AUTO_FREE char *copy = path_join(folder, "cohort.json");
	AUTO_FREE char *manifest = path_join(folder, OUT_FOLDER_MANIFEST);
	AUTO_STR struct str text = {0};
	struct json_writer json = {.out = &text, .indent = 2};

	begin_manifest(&json, w);
	json_key(&json, "files");
	json_begin_array(&json);
	if (write_file(w, folder, "cohort", "snds/sql/cohort_table.sql", &json, err) < 0 ||
	    write_file(w, folder, "persons", "snds/sql/cohort_persons.sql", &json, err) < 0 ||
	    file_write(copy, VIEW(w->spec->text), err) < 0)
		return -1;
	json_end_array(&json);
	mainbase_json_counts(&json, &w->result->base.filters);
	json_end_object(&json);
	str_addc(&text, '\n');
	return file_write(manifest, str_view(&text), err);
}

/* The database lives and dies here. */
static int run_in(struct work *w, const char *folder, struct err *err)
{
	const struct snds_cohort_options *o = w->options;
	AUTO_TABLE struct table_db *db = NULL;
	struct table_options options = {
	    .threads = o->threads,
	    .memory_bytes = o->memory_bytes,
	    .temp_dir = o->temp,
	    .progress = o->progress,
	};

	if (table_open(&db, &options, err) < 0)
		return -1;
	w->db = db;
	if (make_cohort(w, err) < 0 || (folder && write_all(w, folder, err) < 0))
		return -1;
	w->result->base.db = NULL;
	return 0;
}

int snds_cohort_run(const struct snds_cohort_spec *spec, const struct mainbase_events *events,
    const struct snds_cohort_options *o, struct snds_cohort_result *ret, struct err *err)
{
	AUTO_OUT_FOLDER struct out_folder out = {0};
	struct work w = {.spec = spec, .events = events, .options = o, .result = ret};

	memset(ret, 0, sizeof(*ret));
	if (!o->out)
		return run_in(&w, NULL, err);
	if (path_is_same(o->from, o->out))
		return err_set(err, ERR_USAGE, "%s: would replace the tables it reads", o->out);
	if (out_folder_open(&out, o->out, o->replace, err) < 0 ||
	    run_in(&w, out.path, err) < 0)
		return -1;
	return out_folder_commit(&out, err);
}

void snds_cohort_result_clear(struct snds_cohort_result *r)
{
	mainbase_close(&r->base);
	vec_clear(&r->lines);
	arena_clear(&r->arena);
}
