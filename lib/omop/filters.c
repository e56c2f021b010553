#include "omop/filters.h"

#include "base/embed.h"
#include "io/csv.h"
#include "table/query.h"

static const char path[] = "omop/data/filters.csv";

static const struct {
	const char *stage, *table;
} stages[] = {
    {"ben", "IR_BEN_R"},
    {"death", "IR_BEN_R, KI_CCI_R"},
    {"person", "persons of IR_BEN_R"},
    {"prs", "ER_PRS_F"},
    {"consultation", "consultations of ER_PRS_F"},
    {"pha", "ER_PHA_F"},
    {"stay", "T_MCOaaB, T_MCOaaC"},
    {"das", "T_MCOaaD"},
    {"act", "T_MCOaaA"},
    {"ald", "IR_IMB_R"},
};

static bool has_word(struct view words, const char *word)
{
	struct view piece;

	while (view_next(&words, ' ', &piece))
		if (view_eq(piece, VIEW(word)))
			return true;
	return false;
}

/* The filters of one stage: the whole file is read for each, it has 30 lines. */
static int load_stage(struct omop_filters *f, size_t stage, struct err *err)
{
	static const char *const names[] = {"id", "stages",
	    "title_en", "title_fr", "rule", "source"};
	AUTO_CSV struct csv_reader *r = csv_open_view(path, embed_find(path), ',');
	size_t at[ARRAY_LEN(names)];
	int rc;

	if (csv_header(r, names, ARRAY_LEN(names), at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0) {
		if (!has_word(csv_field(r, at[1]), stages[stage].stage))
			continue;
		*vec_push(&f->items) = (struct omop_filter){
		    .stage = stages[stage].stage,
		    .table = stages[stage].table,
		    .id = arena_strdup(&f->arena, csv_field(r, at[0])),
		    .title = arena_strdup(&f->arena, csv_field(r, at[2])),
		    .title_fr = arena_strdup(&f->arena, csv_field(r, at[3])),
		    .rule = arena_strdup(&f->arena, csv_field(r, at[4])),
		    .source = arena_strdup(&f->arena, csv_field(r, at[5])),
		};
	}
	return rc;
}

int omop_filters_load(struct omop_filters *f, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(stages); i++)
		if (load_stage(f, i, err) < 0)
			return -1;
	return 0;
}

void omop_filters_clear(struct omop_filters *f)
{
	vec_clear(&f->items);
	arena_clear(&f->arena);
}

static bool seen_before(const struct omop_filters *f, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(f->items.ptr[i].id, f->items.ptr[index].id) == 0)
			return true;
	return false;
}

int omop_filters_define(const struct omop_filters *f, struct table_db *db, struct err *err)
{
	for (size_t i = 0; i < f->items.len; i++) {
		AUTO_FREE char *file = str_format("omop/sql/filter/%s.sql", f->items.ptr[i].id);

		if (!seen_before(f, i) &&
		    table_run_file(db, file, TABLE_NO_PARAMS, NULL, err) < 0)
			return -1;
	}
	return table_run_file(db, "omop/sql/filter_count.sql", TABLE_NO_PARAMS, NULL, err);
}

/* One line of filter_count: into the filter, and into all that came before it. */
static int add_count(struct omop_filters *f, struct view stage, struct view filter, int64_t rows,
    struct err *err)
{
	bool found = !filter.ptr;

	for (size_t i = 0; i < f->items.len; i++) {
		struct omop_filter *o = &f->items.ptr[i];

		if (!view_eq(VIEW(o->stage), stage))
			continue;
		if (filter.ptr && found)
			break;
		o->rows_in += rows;
		if (filter.ptr && view_eq(VIEW(o->id), filter)) {
			o->removed += rows;
			found = true;
		}
	}
	if (found)
		return 0;
	return err_set(err, ERR_INTERNAL,
	    "filter %.*s of stage %.*s is not in %s", VIEW_ARG(filter),
	    VIEW_ARG(stage), path);
}

int omop_filters_count(struct omop_filters *f, struct table_db *db, struct err *err)
{
	static const struct view sql = {"FROM filter_count", 17};
	AUTO_QUERY struct table_query *q = NULL;
	int rc;

	if (table_query_open(&q, db, "filters", sql, TABLE_NO_PARAMS, err) < 0)
		return -1;
	while ((rc = table_query_next(q, err)) > 0)
		for (size_t i = 0; i < table_query_rows(q); i++)
			if (add_count(f, table_query_text(q, 0, i), table_query_text(q, 1, i),
				table_query_i64(q, 2)[i], err) < 0)
				return -1;
	return rc;
}
