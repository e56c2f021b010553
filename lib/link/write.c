#include "link/write.h"

#include "base/version.h"
#include "io/file.h"
#include "io/json.h"
#include "link/model_json.h"
#include "link/write_pieces.h"

enum { BATCH_ROWS = 16384 };

static const struct table_column pair_columns[] = {
    {"source_l", TABLE_TYPE_TEXT},
    {"id_l", TABLE_TYPE_TEXT},
    {"source_r", TABLE_TYPE_TEXT},
    {"id_r", TABLE_TYPE_TEXT},
    {"weight", TABLE_TYPE_DOUBLE},
    {"probability", TABLE_TYPE_DOUBLE},
    {"decision", TABLE_TYPE_TEXT},
    {"levels", TABLE_TYPE_TEXT},
};
static const struct table_schema pair_schema = {
    "pairs", pair_columns, ARRAY_LEN(pair_columns)};
static const struct table_column cluster_columns[] = {
    {"source", TABLE_TYPE_TEXT},
    {"id", TABLE_TYPE_TEXT},
    {"cluster_source", TABLE_TYPE_TEXT},
    {"cluster", TABLE_TYPE_TEXT},
};
static const struct table_schema cluster_schema = {
    "clusters", cluster_columns, ARRAY_LEN(cluster_columns)};

/* of a linkage that is kept */
static const struct table_column id_columns[] = {
    {"source", TABLE_TYPE_TEXT},
    {"id", TABLE_TYPE_TEXT},
    {"cluster", TABLE_TYPE_I64},
};
static const struct table_schema id_schema = {"clusters", id_columns, ARRAY_LEN(id_columns)};

const char *link_decision_name(enum link_decision d)
{
	static const char *const names[] = {"link", "apart", "review"};

	return names[d];
}

enum link_decision link_decide(const struct link_job *job, const struct link_edge *e)
{
	if (job->clusters.of_record[e->a] == job->clusters.of_record[e->b])
		return LINK_LINKED;
	return e->weight >= job->threshold ? LINK_APART : LINK_REVIEW;
}

/* Rows of one table, written as batches fill. */
struct sink {
	struct table_writer *writer;
	struct table_batch *batch;
	const struct table_schema *schema;
	struct str scratch;
};

static void sink_clear(struct sink *s)
{
	table_writer_discard(&s->writer);
	table_batch_free(&s->batch);
	str_clear(&s->scratch);
}

static int sink_row(struct sink *s, struct err *err)
{
	if (table_batch_rows(s->batch) == BATCH_ROWS) {
		if (table_writer_put(s->writer, &s->batch, err) < 0)
			return -1;
		s->batch = table_batch_new(s->schema);
	}
	table_batch_row(s->batch);
	return 0;
}

static int sink_open(struct sink *s, const struct table_schema *schema, const char *folder,
    enum table_format format, struct err *err)
{
	AUTO_FREE char *name = str_format("%s.%s", schema->name, table_format_suffix(format));
	AUTO_FREE char *path = path_join(folder, name);

	s->schema = schema;
	s->batch = table_batch_new(schema);
	return table_writer_open(&s->writer, schema, path, format, err);
}

static int sink_close(struct sink *s, struct err *err)
{
	if (table_writer_put(s->writer, &s->batch, err) < 0)
		return -1;
	return table_writer_close(&s->writer, NULL, err);
}

static void set_record(struct sink *s, size_t column, const struct link_records *r, uint32_t record)
{
	table_set_literal(s->batch, column,
	    link_record_source(r, record) ? VIEW_LIT("right") : VIEW_LIT("left"));
	str_reset(&s->scratch);
	link_record_name(r, record, &s->scratch);
	table_set_text(s->batch, column + 1, str_view(&s->scratch));
}

static void set_levels(struct sink *s, const struct link_model *m, struct link_comparer *c,
    const uint32_t *a, const uint32_t *b)
{
	str_reset(&s->scratch);
	for (size_t i = 0; i < m->comparisons; i++) {
		unsigned level = link_compare_rows(c, &m->comparison[i], i, a, b);

		if (i)
			str_addc(&s->scratch, ' ');
		if (level > 9)
			str_addc(&s->scratch, '1');
		str_addc(&s->scratch, (char)('0' + level % 10));
	}
	table_set_text(s->batch, 7, str_view(&s->scratch));
}

static int put_pair(struct sink *s, const struct link_job *job, struct link_comparer *c,
    const struct link_edge *e, struct err *err)
{
	const struct link_records *r = job->records;

	if (sink_row(s, err) < 0)
		return -1;
	set_record(s, 0, r, e->a);
	set_record(s, 2, r, e->b);
	table_set_double(s->batch, 4, (double)e->weight / LINK_BIT);
	if (job->spec.method == LINK_BY_WEIGHT)
		table_set_double(s->batch, 5, link_probability(e->weight));
	table_set_literal(s->batch, 6, VIEW(link_decision_name(link_decide(job, e))));
	set_levels(s, &job->model, c, link_row(r, e->a), link_row(r, e->b));
	return 0;
}

static int put_pairs(struct sink *s, const struct link_job *job, const struct link_edge *edges,
    size_t count, struct err *err)
{
	struct link_comparer c;
	int rc = 0;

	link_comparer_init(&c, job->records, job->model.comparison, job->model.comparisons);
	for (size_t i = 0; rc == 0 && i < count; i++)
		rc = put_pair(s, job, &c, &edges[i], err);
	link_comparer_clear(&c);
	return rc;
}

static int write_edges(const struct link_job *job, const char *folder, enum table_format format,
    const struct link_edge *edges, size_t count, struct err *err)
{
	AUTO(sink_clear)
	struct sink s = {0};
	AUTO_FREE char *parquet = path_join(folder, "pairs.parquet");

	if (format == TABLE_PARQUET)
		return link_write_pair_pieces(job, &pair_schema, parquet, edges, count, err);
	if (sink_open(&s, &pair_schema, folder, format, err) < 0 ||
	    put_pairs(&s, job, edges, count, err) < 0)
		return -1;
	return sink_close(&s, err);
}

int link_write_pairs(const struct link_job *job, const char *folder, enum table_format format,
    size_t first, struct err *err)
{
	const struct link_edge *edges = job->edges.list.ptr;
	VEC(struct link_edge) some = {0};
	int rc;

	if (!first)
		return write_edges(job, folder, format, edges, job->edges.list.len, err);
	for (size_t i = 0; i < job->edges.list.len; i++)
		if (edges[i].b >= first)
			*vec_push(&some) = edges[i];
	rc = write_edges(job, folder, format, some.ptr, some.len, err);
	vec_clear(&some);
	return rc;
}

static int write_clusters(const struct link_job *job, const char *folder, enum table_format format,
    struct err *err)
{
	AUTO(sink_clear)
	struct sink s = {0};
	AUTO_FREE char *parquet = path_join(folder, "clusters.parquet");

	if (format == TABLE_PARQUET)
		return link_write_cluster_pieces(job, &cluster_schema, parquet, err);
	if (sink_open(&s, &cluster_schema, folder, format, err) < 0)
		return -1;
	for (size_t i = 0; i < job->records->count; i++) {
		if (sink_row(&s, err) < 0)
			return -1;
		set_record(&s, 0, job->records, (uint32_t)i);
		set_record(&s, 2, job->records, job->clusters.of_record[i]);
	}
	return sink_close(&s, err);
}

int link_write_ids(const struct link_job *job, const char *folder, struct err *err)
{
	AUTO(sink_clear)
	struct sink s = {0};

	if (sink_open(&s, &id_schema, folder, job->kept.files, err) < 0)
		return -1;
	for (size_t i = 0; i < job->records->count; i++) {
		if (sink_row(&s, err) < 0)
			return -1;
		set_record(&s, 0, job->records, (uint32_t)i);
		table_set_int(s.batch, 2, job->kept.cluster[i]);
	}
	return sink_close(&s, err);
}

static void add_inputs(struct json_writer *w, const struct link_job *job)
{
	json_key(w, "inputs");
	json_begin_array(w);
	for (int i = 0; i < 2 && job->records->paths[i]; i++) {
		json_begin_object(w);
		json_set_text(w, "path", job->records->paths[i]);
		json_set_int(w, "records",
		    (int64_t)(i ? job->records->count - job->records->left : job->records->left));
		json_set_text(w, "sha256", job->sha256[i]);
		json_end_object(w);
	}
	json_end_array(w);
}

static void add_method(struct json_writer *w, const struct link_spec *s)
{
	json_set_text(w, "method", link_method_name(s->method));
	if (s->drop)
		json_set_int(w, "drop", s->drop);
	json_key(w, "keys");
	json_begin_array(w);
	for (size_t k = 0; k < s->keys.len; k++) {
		json_begin_array(w);
		for (size_t i = 0; i < s->keys.ptr[k].columns; i++)
			json_add_text(w, VIEW(s->keys.ptr[k].column[i]));
		json_end_array(w);
	}
	json_end_array(w);
}

void link_write_spec(struct json_writer *w, const struct link_spec *s)
{
	json_key(w, "spec");
	json_begin_object(w);
	json_set_text(w, "link_type", link_type_name(s->type));
	if (s->id)
		json_set_text(w, "id", s->id);
	if (s->right_id)
		json_set_text(w, "right_id", s->right_id);
	if (s->pairs)
		json_set_int(w, "pairs", (int64_t)s->pairs);
	if (s->method != LINK_BY_WEIGHT)
		add_method(w, s);
	json_key(w, "fields");
	json_begin_array(w);
	for (size_t i = 0; i < s->fields.len; i++) {
		json_begin_object(w);
		json_set_text(w, "column", s->fields.ptr[i].column);
		json_set_text(w, "kind", link_kind_name(s->fields.ptr[i].kind));
		if (s->fields.ptr[i].right)
			json_set_text(w, "right", s->fields.ptr[i].right);
		json_end_object(w);
	}
	json_end_array(w);
	json_end_object(w);
}

static int write_manifest(const struct link_job *job, const char *folder, enum table_format format,
    struct err *err)
{
	AUTO_STR struct str text = {0};
	AUTO_FREE char *path = path_join(folder, OUT_FOLDER_MANIFEST);
	struct json_writer w = {.out = &text, .indent = 2};

	json_begin_object(&w);
	json_set_text(&w, "tool", "hygie link run");
	json_set_text(&w, "version", hygie_version());
	add_inputs(&w, job);
	link_write_spec(&w, &job->spec);
	json_key(&w, "threshold");
	json_add_double(&w, (double)job->threshold / LINK_BIT);
	json_key(&w, "review");
	json_add_double(&w, (double)job->review / LINK_BIT);
	json_key(&w, "one_per_source");
	json_add_bool(&w, job->one_per_source);
	json_set_text(&w, "files", table_format_suffix(format));
	json_set_int(&w, "compared", (int64_t)job->edges.compared);
	json_set_int(&w, "pairs", (int64_t)job->edges.list.len);
	json_set_int(&w, "clusters", (int64_t)job->clusters.count);
	json_set_int(&w, "linked", (int64_t)job->clusters.linked);
	json_end_object(&w);
	str_addc(&text, '\n');
	return file_write(path, str_view(&text), err);
}

int link_write_model(const struct link_job *job, const char *folder, struct err *err)
{
	AUTO_STR struct str text = {0};
	AUTO_FREE char *path = path_join(folder, "model.json");

	link_model_write(&job->model, &job->blocking, &job->spec, &text);
	return file_write(path, str_view(&text), err);
}

int link_write(const struct link_job *job, const struct link_run *o, const char *folder,
    struct err *err)
{
	if (link_write_pairs(job, folder, o->files, 0, err) < 0 ||
	    write_clusters(job, folder, o->files, err) < 0 ||
	    (job->spec.method == LINK_BY_WEIGHT && link_write_model(job, folder, err) < 0))
		return -1;
	return write_manifest(job, folder, o->files, err);
}
