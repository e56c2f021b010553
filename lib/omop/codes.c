#include "omop/codes.h"

#include "base/embed.h"
#include "base/map.h"
#include "io/csv.h"
#include "io/file.h"
#include "table/query.h"
#include "table/writer.h"

static const struct table_column columns[] = {
    {"vocabulary", TABLE_TYPE_TEXT},
    {"code", TABLE_TYPE_TEXT},
    {"concept_id", TABLE_TYPE_I32},
    {"concept_code", TABLE_TYPE_TEXT},
    {"name", TABLE_TYPE_TEXT},
    {"domain", TABLE_TYPE_TEXT},
    {"class", TABLE_TYPE_TEXT},
    {"rows", TABLE_TYPE_I64},
};
static const struct table_schema schema = {"code", columns, ARRAY_LEN(columns)};

static const struct {
	const char *title, *domain, *class_name;
} kinds[OMOP_VOCABULARIES] = {
    [OMOP_CIM10] = {"CIM-10", "Condition", "CIM-10 code"},
    [OMOP_CIP13] = {"CIP", "Drug", "CIP13 pack"},
    [OMOP_UCD] = {"UCD", "Drug", "UCD unit"},
    [OMOP_LPP] = {"LPP", "Device", "LPP product"},
    [OMOP_CCAM] = {"CCAM", "Procedure", "CCAM act"},
    [OMOP_NABM] = {"NABM", "Measurement", "NABM analysis"},
    [OMOP_SPECIALTY] = {"Specialty", "Provider", "SNDS specialty"},
};

/* Labels of data/labels.csv, by "CIM10 I219". */
struct labels {
	struct map index;
	struct arena arena;
	VEC(struct view)
	texts;
};

static void labels_clear(struct labels *l)
{
	map_clear(&l->index);
	arena_clear(&l->arena);
	vec_clear(&l->texts);
}

static int labels_load(struct labels *l, struct err *err)
{
	static const char path[] = "omop/data/labels.csv";
	static const char *const names[] = {"vocabulary", "code", "label"};
	AUTO_CSV struct csv_reader *r = csv_open_view(path, embed_find(path), ',');
	size_t at[ARRAY_LEN(names)];
	int rc;

	if (csv_header(r, names, ARRAY_LEN(names), at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0) {
		char *key = arena_format(&l->arena, "%.*s %.*s", VIEW_ARG(csv_field(r, at[0])),
		    VIEW_ARG(csv_field(r, at[1])));

		map_add(&l->index, VIEW(key), (int64_t)l->texts.len);
		*vec_push(&l->texts) = arena_view(&l->arena, csv_field(r, at[2]));
	}
	return rc;
}

/* The label of our list, otherwise "CIM-10 I21.9". */
static void add_name(struct str *out, const struct labels *l, enum omop_vocabulary v,
    const char *code)
{
	AUTO_FREE char *key = str_format("%s %s", omop_vocabulary_name(v), code);
	const int64_t *at = map_find(&l->index, VIEW(key));

	str_reset(out);
	if (at)
		str_add(out, l->texts.ptr[*at]);
	else if (v == OMOP_CIM10 && strlen(code) > 3)
		str_addf(out, "%s %.3s.%s", kinds[v].title, code, code + 3);
	else
		str_addf(out, "%s %s", kinds[v].title, code);
}

static bool vocabulary_of(struct view name, enum omop_vocabulary *ret)
{
	for (int v = 0; v < OMOP_VOCABULARIES; v++) {
		if (!view_eq(name, VIEW(omop_vocabulary_name((enum omop_vocabulary)v))))
			continue;
		*ret = (enum omop_vocabulary)v;
		return true;
	}
	return false;
}

static void add_code(struct table_batch *b, struct str *name, const struct labels *l,
    enum omop_vocabulary v, struct view code, int32_t id, int64_t rows)
{
	char canonical[OMOP_CODE_SIZE];

	table_batch_row(b);
	table_set_literal(b, 0, VIEW(omop_vocabulary_name(v)));
	table_set_text(b, 1, code);
	table_set_int(b, 2, id);
	table_set_literal(b, 5, VIEW(kinds[v].domain));
	table_set_literal(b, 6, VIEW(kinds[v].class_name));
	table_set_int(b, 7, rows);
	if (!id || !omop_concept_code(id, &v, canonical))
		return;
	add_name(name, l, v, canonical);
	table_set_text(b, 3, VIEW(canonical));
	table_set_text(b, 4, str_view(name));
}

static int convert_chunk(struct table_query *q, struct table_batch *b, const struct labels *l,
    struct omop_code_count *counts, struct err *err)
{
	AUTO_STR struct str name = {0};

	for (size_t i = 0; i < table_query_rows(q); i++) {
		struct view code = table_query_text(q, 1, i);
		int64_t rows = table_query_i64(q, 2)[i];
		enum omop_vocabulary v;
		int32_t id;

		if (!vocabulary_of(table_query_text(q, 0, i), &v))
			return err_set(err, ERR_INTERNAL, "used_codes.sql: unknown vocabulary");
		id = omop_concept_id(v, code);
		add_code(b, &name, l, v, code, id, rows);
		counts[v].codes++;
		counts[v].rows += rows;
		counts[v].unknown += id == 0;
		counts[v].unknown_rows += id == 0 ? rows : 0;
	}
	return 0;
}

static int convert(struct table_query *q, struct table_writer *w, const struct labels *l,
    struct omop_code_count *counts, struct err *err)
{
	int rc;

	while ((rc = table_query_next(q, err)) > 0) {
		struct table_batch *b = table_batch_new(&schema);

		rc = convert_chunk(q, b, l, counts, err);
		if (rc == 0)
			rc = table_writer_put(w, &b, err);
		table_batch_free(&b);
		if (rc < 0)
			return -1;
	}
	return rc;
}

static int write_codes(struct table_db *db, const char *path, const struct labels *l,
    struct omop_code_count *counts, struct err *err)
{
	static const char what[] = "omop/sql/used_codes.sql";
	AUTO_QUERY struct table_query *q = NULL;
	AUTO_WRITER struct table_writer *w = NULL;

	if (table_query_open(&q, db, what, embed_find(what), TABLE_NO_PARAMS, err) < 0 ||
	    table_writer_open(&w, &schema, path, TABLE_PARQUET, err) < 0 ||
	    convert(q, w, l, counts, err) < 0)
		return -1;
	return table_writer_close(&w, NULL, err);
}

int omop_codes_make(struct table_db *db, const char *folder,
    struct omop_code_count ret_counts[OMOP_VOCABULARIES], struct err *err)
{
	AUTO_FREE char *path = path_join(folder, "codes.parquet");
	AUTO_STR struct str sql = {0};
	AUTO(labels_clear)
	struct labels labels = {0};

	memset(ret_counts, 0, sizeof(*ret_counts) * OMOP_VOCABULARIES);
	if (labels_load(&labels, err) < 0 || write_codes(db, path, &labels, ret_counts, err) < 0)
		return -1;
	str_addz(&sql, "CREATE TABLE code AS SELECT * FROM read_parquet(");
	table_quote_input(&sql, path);
	str_addz(&sql, ", hive_partitioning = false)");
	if (table_run(db, "codes", str_view(&sql), TABLE_NO_PARAMS, NULL, err) < 0)
		return -1;
	return path_remove(path, err);
}
