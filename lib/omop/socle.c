#include "omop/socle.h"

#include "base/embed.h"
#include "io/csv.h"
#include "io/temp.h"
#include "omop/check_cdm.h"
#include "table/query.h"

static const char path[] = "omop/data/socle.csv";

static int load(struct omop_socle *s, struct err *err)
{
	static const char *const names[] = {"id", "group_en", "group_fr", "title_en", "title_fr",
	    "view", "field", "concepts", "loinc", "source"};
	AUTO_CSV struct csv_reader *r = csv_open_view(path, embed_find(path), ',');
	size_t at[ARRAY_LEN(names)];
	int rc;

	if (csv_header(r, names, ARRAY_LEN(names), at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0) {
		const char *f[ARRAY_LEN(names)];

		for (size_t i = 0; i < ARRAY_LEN(names); i++)
			f[i] = arena_strdup(&s->arena, csv_field(r, at[i]));
		*vec_push(&s->variables) = (struct omop_socle_variable){
		    .id = f[0],
		    .group = f[1],
		    .group_fr = f[2],
		    .title = f[3],
		    .title_fr = f[4],
		    .view = f[5],
		    .field = f[6],
		    .concepts = f[7],
		    .loinc = f[8],
		    .source = f[9],
		};
	}
	return rc;
}

/* 'a', 'b' of "a b" */
static void add_texts(struct str *sql, const char *words)
{
	struct view rest = VIEW(words);
	struct view word;
	bool first = true;

	while (view_next(&rest, ' ', &word)) {
		str_addz(sql, first ? "" : ", ");
		table_quote_text(sql, word);
		first = false;
	}
}

static void add_condition(struct str *sql, const struct omop_socle_variable *v)
{
	str_addz(sql, "TRUE");
	if (*v->concepts) {
		str_addz(sql, " AND CAST(concept_id AS STRING) IN (");
		add_texts(sql, v->concepts);
		str_addc(sql, ')');
	}
	if (*v->loinc) {
		AUTO_STR struct str codes = {0};

		add_texts(&codes, v->loinc);
		str_addz(sql, " AND ");
		table_fill(sql, embed_find("omop/sql/socle_loinc.sql"),
		    TABLE_WORDS({"codes", str_get(&codes)}));
	}
}

static int count_one(struct table_db *db, struct omop_socle_variable *v, struct err *err)
{
	AUTO_STR struct str condition = {0};
	AUTO_STR struct str sql = {0};
	AUTO_QUERY struct table_query *q = NULL;

	add_condition(&condition, v);
	table_fill(&sql, embed_find("omop/sql/socle.sql"),
	    TABLE_WORDS({"view", v->view}, {"field", v->field},
		{"condition", str_get(&condition)}));
	if (table_query_open(&q, db, v->id, str_view(&sql), TABLE_NO_PARAMS, err) < 0 ||
	    table_query_next(q, err) < 0)
		return -1;
	v->records = table_query_i64(q, 0)[0];
	v->filled = table_query_i64(q, 1)[0];
	v->persons = table_query_i64(q, 2)[0];
	v->status = v->filled > 0 ? OMOP_SOCLE_FILLED : OMOP_SOCLE_EMPTY;
	return 0;
}

static int count_all(struct table_db *db, struct omop_socle *s, struct progress *progress,
    struct err *err)
{
	int rc = table_run(db, "person", VIEW_LIT("SELECT count(*) FROM cdm_person"),
	    TABLE_NO_PARAMS, &s->persons, err);

	progress_start(progress, "variables", NULL, s->variables.len);
	for (size_t i = 0; rc == 0 && i < s->variables.len; i++) {
		struct omop_socle_variable *v = &s->variables.ptr[i];

		v->status = OMOP_SOCLE_NOT_CHECKED;
		if (*v->view)
			rc = count_one(db, v, err);
		s->counts[v->status]++;
		progress_add(progress, 1);
	}
	progress_end(progress);
	return rc;
}

static int look(const struct omop_check_options *o, const char *temp, struct omop_socle *s,
    struct err *err)
{
	AUTO_CHECK_RESULT struct omop_check_result result = {0};
	AUTO_TABLE struct table_db *db = NULL;
	AUTO_CDM struct omop_cdm cdm = {0};
	AUTO_FACTS struct omop_facts facts = {
	    .result = &result,
	    .version = o->version,
	    .today = o->today,
	    .vocabulary = true, /* the concepts are looked up */
	};
	struct table_options options = {
	    .threads = o->threads,
	    .memory_bytes = o->memory_bytes,
	    .temp_dir = temp,
	};

	if (load(s, err) < 0 || table_open(&db, &options, err) < 0 ||
	    omop_cdm_open(&cdm, db, o->cdm, err) < 0)
		return -1;
	if (o->version == OMOP_CDM_AUTO && omop_cdm_version(&cdm, &facts.version, err) < 0)
		return -1;
	if (omop_facts_load(&facts, NULL, err) < 0 || omop_cdm_view(&cdm, &facts, err) < 0 ||
	    table_run_file(db, "omop/sql/socle_views.sql", TABLE_NO_PARAMS, NULL, err) < 0)
		return -1;
	return count_all(db, s, o->progress, err);
}

int omop_socle(const struct omop_check_options *o, struct omop_socle *ret, struct err *err)
{
	AUTO_TEMP_FOLDER char *temp = NULL;

	memset(ret, 0, sizeof(*ret));
	if (temp_folder_make(&temp, o->temp_dir, err) < 0)
		return -1;
	return look(o, temp, ret, err);
}

void omop_socle_clear(struct omop_socle *s)
{
	vec_clear(&s->variables);
	arena_clear(&s->arena);
}
