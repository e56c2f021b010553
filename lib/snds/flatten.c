#include "snds/flatten.h"

#include "base/embed.h"
#include "base/hash.h"
#include "io/file.h"
#include "snds/flatten_inside.h"
#include "table/query.h"

void flat_fill(const struct flatten *f, struct str *sql, const char *file,
    const struct table_word *words, size_t count)
{
	const struct mainbase_words *base = &f->result->base.words;
	VEC(struct table_word) all = {0};

	for (size_t i = 0; i < count; i++)
		*vec_push(&all) = words[i];
	for (size_t i = 0; i < base->items.len; i++)
		*vec_push(&all) = base->items.ptr[i];
	table_fill(sql, embed_find(file), all.ptr, all.len);
	vec_clear(&all);
}

int flat_run(struct flatten *f, const char *file, const struct table_word *words, size_t count,
    struct table_params params, struct err *err)
{
	AUTO_STR struct str sql = {0};

	flat_fill(f, &sql, file, words, count);
	return table_run(f->db, file, str_view(&sql), params, NULL, err);
}

int64_t flat_month_of(date_t day)
{
	struct civil c = date_to_civil(day);

	return (int64_t)c.year * 100 + c.month;
}

bool flat_in_range(const struct flatten *f, int64_t month)
{
	const struct snds_flatten_options *o = f->options;

	if (o->first_month != DATE_NONE && month < flat_month_of(o->first_month))
		return false;
	return o->last_month == DATE_NONE ||
	       (month > 0 && month <= flat_month_of(o->last_month));
}

int flat_write(struct table_db *db, const char *query, const char *path,
    struct snds_flatten_file *ret, struct err *err)
{
	AUTO_STR struct str quoted = {0};
	AUTO_STR struct str sql = {0};

	table_quote_path(&quoted, path);
	table_fill(&sql, embed_find("snds/sql/flatten_copy.sql"),
	    TABLE_WORDS({"query", query}, {"path", str_get(&quoted)}));
	if (table_run(db, path, str_view(&sql), TABLE_NO_PARAMS, &ret->rows, err) < 0)
		return -1;
	return ret->rows ? hash_sha256_file(path, ret->sha256, &ret->bytes, err)
	                 : path_remove(path, err);
}

void flat_note(struct flatten *f, const struct flat_table *t, const char *month, const char *path,
    const struct snds_flatten_file *written)
{
	struct arena *arena = &f->result->arena;
	struct snds_flatten_file *file;

	if (!written->rows)
		return;
	file = vec_push(&f->result->files);
	*file = *written;
	file->family = arena_strdup(arena, VIEW(t->family));
	file->table = arena_strdup(arena, VIEW(t->name));
	file->month = arena_strdup(arena, VIEW(month));
	file->path = arena_strdup(arena, VIEW(path));
	file->main = t->role == FLAT_MAIN;
}

int flat_copy(struct flatten *f, const char *query, const struct flat_table *t, const char *month,
    const char *path, struct err *err)
{
	AUTO_FREE char *whole = path_join(f->folder, path);
	struct snds_flatten_file written = {0};

	if (flat_write(f->db, query, whole, &written, err) < 0)
		return -1;
	flat_note(f, t, month, path, &written);
	return 0;
}

/* What became of the rows, summed over months and years. */
static int read_fates(struct flatten *f, struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;
	struct snds_flatten_result *r = f->result;
	int rc;

	if (table_query_open(&q, f->db, "flatten", embed_find("snds/sql/flatten_fates.sql"),
		TABLE_NO_PARAMS, err) < 0)
		return -1;
	while ((rc = table_query_next(q, err)) > 0)
		for (size_t i = 0; i < table_query_rows(q); i++)
			*vec_push(&r->fates) = (struct snds_flatten_fate){
			    .table = arena_strdup(&r->arena, table_query_text(q, 0, i)),
			    .filter = table_query_is_null(q, 1, i)
			                  ? NULL
			                  : arena_strdup(&r->arena, table_query_text(q, 1, i)),
			    .rows = table_query_i64(q, 2)[i],
			};
	return rc;
}

static int open_base(struct flatten *f, struct err *err)
{
	const struct snds_flatten_options *o = f->options;
	struct mainbase_options base = {
	    .from = o->from,
	    .first_day = DATE_NONE,
	    .last_day = DATE_NONE,
	    .without = o->without,
	    .progress = o->progress,
	};

	if (snds_schema_builtin(&f->schema, err) < 0 || flat_tables_load(f, err) < 0 ||
	    flat_check_names(f, err) < 0 ||
	    mainbase_open(&f->result->base, f->db, &base, err) < 0 ||
	    table_source_open(&f->source, f->db, o->from, err) < 0)
		return -1;
	return table_run_file(f->db, "snds/sql/flatten_begin.sql", TABLE_NO_PARAMS, NULL, err);
}

static int flatten_all(struct flatten *f, struct err *err)
{
	if (open_base(f, err) < 0 || (flat_wants(f, "dcir") && flat_dcir(f, err) < 0) ||
	    flat_stays(f, err) < 0 || (flat_wants(f, "event") && flat_events(f, err) < 0) ||
	    (flat_wants(f, "person") && flat_persons(f, err) < 0) || read_fates(f, err) < 0)
		return -1;
	return mainbase_filters_count(&f->result->base.filters, f->db, err);
}

static void clear(struct flatten *f)
{
	table_source_close(&f->source);
	snds_schema_free(&f->schema);
	vec_clear(&f->tables);
	table_close(&f->db);
	arena_clear(&f->arena);
}

/* The database lives and dies here, before its folder of sorted months is removed. */
static int flatten_in(const struct snds_flatten_options *o, const char *folder, const char *temp,
    struct snds_flatten_result *ret, struct err *err)
{
	struct flatten f = {.options = o, .folder = folder, .temp = temp, .result = ret};
	struct table_options options = {
	    .threads = o->threads,
	    .memory_bytes = o->memory_bytes,
	    .temp_dir = o->temp_dir,
	    .progress = o->progress,
	};
	int rc = table_open(&f.db, &options, err);

	if (rc == 0)
		rc = flatten_all(&f, err);
	if (rc == 0)
		rc = flat_manifest(&f, err);
	clear(&f);
	return rc;
}

int snds_flatten_run(const struct snds_flatten_options *o, struct snds_flatten_result *ret,
    struct err *err)
{
	AUTO_OUT_FOLDER struct out_folder out = {0};
	AUTO_FREE char *temp = NULL;

	memset(ret, 0, sizeof(*ret));
	ret->keep_filtered = o->keep_filtered;
	if (path_is_same(o->from, o->out))
		return err_set(err, ERR_USAGE, "%s: would replace the tables it reads", o->out);
	if (out_folder_open(&out, o->out, o->replace, err) < 0)
		return -1;
	temp = path_join(out.path, "tmp");
	if (path_make_folder(temp, err) < 0 || flatten_in(o, out.path, temp, ret, err) < 0 ||
	    path_remove(temp, err) < 0)
		return -1;
	return out_folder_commit(&out, err);
}

void snds_flatten_clear(struct snds_flatten_result *r)
{
	mainbase_close(&r->base);
	vec_clear(&r->files);
	vec_clear(&r->fates);
	str_clear(&r->sorted);
	arena_clear(&r->arena);
}
