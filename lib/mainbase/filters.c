#include "mainbase/filters.h"

#include "base/embed.h"
#include "io/csv.h"
#include "table/query.h"

static const char path[] = "mainbase/data/filters.csv";

/* Stages in the order of the flow, and the tables whose rows each looks at. */
static const struct {
	const char *stage, *table;
} stages[] = {
    {"ben", "IR_BEN_R"},
    {"death", "IR_BEN_R, KI_CCI_R"},
    {"person", "persons of IR_BEN_R"},
    {"prs", "ER_PRS_F"},
    {"consultation", "consultations of ER_PRS_F"},
    {"pha", "ER_PHA_F"},
    {"cam", "ER_CAM_F"},
    {"bio", "ER_BIO_F"},
    {"tip", "ER_TIP_F"},
    {"ucd", "ER_UCD_F"},
    {"stay", "T_MCOaaB, T_MCOaaC"},
    {"das", "T_MCOaaD"},
    {"act", "T_MCOaaA"},
    {"um", "T_MCOaaUM"},
    {"med", "T_MCOaaMED"},
    {"dmip", "T_MCOaaDMIP"},
    {"cstc", "T_MCOaaCSTC"},
    {"fmstc", "T_MCOaaFMSTC"},
    {"fcstc", "T_MCOaaFCSTC"},
    {"ssr", "stays of T_SSRaaB, C"},
    {"ssr_row", "T_SSRaaB"},
    {"ssr_code", "diagnoses of T_SSRaaB, D"},
    {"had", "stays of T_HADaaB, C"},
    {"had_row", "T_HADaaB"},
    {"had_code", "diagnoses of T_HADaaB, D"},
    {"psychiatry", "stays of T_RIPaaRSA, C"},
    {"psychiatry_row", "T_RIPaaRSA"},
    {"psychiatry_code", "diagnoses of T_RIPaaRSA, RSAD"},
    {"ald", "IR_IMB_R"},
    {"ecd", "KI_ECD_R"},
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
static int load_stage(struct mainbase_filters *f, size_t stage, struct err *err)
{
	static const char *const names[] = {
	    "id", "stages", "kind", "off", "title_en", "title_fr", "rule", "source"};
	AUTO_CSV struct csv_reader *r = csv_open_view(path, embed_find(path), ',');
	size_t at[ARRAY_LEN(names)];
	int rc;

	if (csv_header(r, names, ARRAY_LEN(names), at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0) {
		if (!has_word(csv_field(r, at[1]), stages[stage].stage))
			continue;
		*vec_push(&f->items) = (struct mainbase_filter){
		    .stage = stages[stage].stage,
		    .table = stages[stage].table,
		    .id = arena_strdup(&f->arena, csv_field(r, at[0])),
		    .is_set = view_eq(csv_field(r, at[2]), VIEW_LIT("set")),
		    .may_be_off = view_eq(csv_field(r, at[3]), VIEW_LIT("yes")),
		    .title = arena_strdup(&f->arena, csv_field(r, at[4])),
		    .title_fr = arena_strdup(&f->arena, csv_field(r, at[5])),
		    .rule = arena_strdup(&f->arena, csv_field(r, at[6])),
		    .source = arena_strdup(&f->arena, csv_field(r, at[7])),
		};
	}
	return rc;
}

int mainbase_filters_load(struct mainbase_filters *f, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(stages); i++)
		if (load_stage(f, i, err) < 0)
			return -1;
	return 0;
}

void mainbase_filters_clear(struct mainbase_filters *f)
{
	vec_clear(&f->items);
	arena_clear(&f->arena);
}

static int switch_off(struct mainbase_filters *f, struct view id, struct err *err)
{
	bool found = false;

	for (size_t i = 0; i < f->items.len; i++) {
		struct mainbase_filter *o = &f->items.ptr[i];

		if (!view_eq(VIEW(o->id), id))
			continue;
		if (!o->may_be_off)
			return err_set(err, ERR_USAGE, "filter %s cannot be switched off", o->id);
		found = o->is_off = true;
	}
	if (found)
		return 0;
	(void)err_set(err, ERR_USAGE, "no filter is named '%.*s'", VIEW_ARG(id));
	return err_hint(err, "hygie snds filters lists them");
}

int mainbase_filters_without(struct mainbase_filters *f, const char *ids, struct err *err)
{
	struct view rest = ids ? VIEW(ids) : VIEW_NONE;
	struct view id;

	while (rest.len && view_next(&rest, ',', &id))
		if (switch_off(f, view_trim(id), err) < 0)
			return -1;
	return 0;
}

bool mainbase_filters_on(const struct mainbase_filters *f, const char *id)
{
	for (size_t i = 0; i < f->items.len; i++)
		if (strcmp(f->items.ptr[i].id, id) == 0)
			return !f->items.ptr[i].is_off;
	return false;
}

bool mainbase_filters_first(const struct mainbase_filters *f, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(f->items.ptr[i].id, f->items.ptr[index].id) == 0)
			return false;
	return true;
}

static void add_condition(struct str *sql, const char *id)
{
	AUTO_FREE char *file = str_format("mainbase/sql/filter/%s.sql", id);
	AUTO_STR struct str text = {0};

	table_fill(&text, embed_find(file), NULL, 0);
	str_add(sql, view_trim(str_view(&text)));
}

/* CASE WHEN ... THEN 'return_code' ... END */
static void add_stage_word(const struct mainbase_filters *f, const char *stage,
    struct mainbase_words *w)
{
	AUTO_STR struct str sql = {0};

	for (size_t i = 0; i < f->items.len; i++) {
		const struct mainbase_filter *o = &f->items.ptr[i];

		if (strcmp(o->stage, stage) != 0 || o->is_set || o->is_off)
			continue;
		str_addz(&sql, sql.len ? "\n\tWHEN " : "CASE WHEN ");
		add_condition(&sql, o->id);
		str_addf(&sql, " THEN '%s'", o->id);
	}
	str_addz(&sql, sql.len ? " END" : "CAST(NULL AS STRING)");
	*vec_push(&w->items) = (struct table_word){
	    .name = arena_format(&w->arena, "filters_%s", stage),
	    .value = arena_strdup(&w->arena, str_view(&sql)),
	};
}

static void add_rule_word(const struct mainbase_filter *o, struct mainbase_words *w)
{
	AUTO_STR struct str sql = {0};

	if (o->is_off)
		str_addz(&sql, "false");
	else
		add_condition(&sql, o->id);
	*vec_push(&w->items) = (struct table_word){
	    .name = arena_format(&w->arena, "drop_%s", o->id),
	    .value = arena_strdup(&w->arena, str_view(&sql)),
	};
}

void mainbase_filters_words(const struct mainbase_filters *f, struct mainbase_words *ret)
{
	for (size_t i = 0; i < ARRAY_LEN(stages); i++)
		add_stage_word(f, stages[i].stage, ret);
	for (size_t i = 0; i < f->items.len; i++)
		if (mainbase_filters_first(f, i))
			add_rule_word(&f->items.ptr[i], ret);
}

void mainbase_words_clear(struct mainbase_words *w)
{
	vec_clear(&w->items);
	arena_clear(&w->arena);
}

/* One line of filter_count: into the filter, and into all that came before it. */
static int add_count(struct mainbase_filters *f, struct view stage, struct view filter,
    int64_t rows, struct err *err)
{
	bool found = !filter.ptr;

	for (size_t i = 0; i < f->items.len; i++) {
		struct mainbase_filter *o = &f->items.ptr[i];

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
	return err_set(err, ERR_INTERNAL, "filter %.*s of stage %.*s is not in %s",
	    VIEW_ARG(filter), VIEW_ARG(stage), path);
}

int mainbase_filters_count(struct mainbase_filters *f, struct table_db *db, struct err *err)
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
