/* Views over the tables of a CDM: what a study needs of each, and outcomes. */
#include "study/cdm.h"

#include "base/embed.h"
#include "table/query.h"

/* Years 1 to 9999: what calendar arithmetic is safe for. */
static const date_t DATE_LOW = -719162, DATE_HIGH = 2932896;

static const struct table_need person_needs[] = {
    {.name = "person_id", .type = TABLE_TYPE_I64},
    {.name = "gender_concept_id", .type = TABLE_TYPE_I32},
    {.name = "year_of_birth", .type = TABLE_TYPE_I32},
    {.name = "month_of_birth", .type = TABLE_TYPE_I32, .optional = true},
    {.name = "day_of_birth", .type = TABLE_TYPE_I32, .optional = true},
};
static const struct table_need period_needs[] = {
    {.name = "person_id", .type = TABLE_TYPE_I64},
    {.name = "observation_period_start_date", .type = TABLE_TYPE_DATE},
    {.name = "observation_period_end_date", .type = TABLE_TYPE_DATE},
};
static const struct table_need concept_needs[] = {
    {.name = "concept_id", .type = TABLE_TYPE_I64},
    {.name = "concept_code", .type = TABLE_TYPE_TEXT},
};

/* Where the records of an outcome stand. */
static const struct event_table {
	const char *table, *concept, *start, *end;
} event_tables[] = {
    [STUDY_CONDITION] = {"condition_occurrence", "condition_concept_id", "condition_start_date",
	"condition_end_date"},
    [STUDY_DRUG] = {"drug_exposure", "drug_concept_id", "drug_exposure_start_date",
	"drug_exposure_end_date"},
    [STUDY_PROCEDURE] = {"procedure_occurrence", "procedure_concept_id", "procedure_date",
	"procedure_end_date"},
};

void study_cdm_close(struct study_cdm **cdm)
{
	if (!*cdm)
		return;
	table_source_close(&(*cdm)->source);
	vec_clear(&(*cdm)->unknown_codes);
	arena_clear(&(*cdm)->arena);
	free(*cdm);
	*cdm = NULL;
}

const char *study_cdm_unknown_code(const struct study_cdm *cdm, size_t index)
{
	return index < cdm->unknown_codes.len ? cdm->unknown_codes.ptr[index] : NULL;
}

const struct study_design *study_cdm_design(const struct study_cdm *cdm)
{
	return cdm->design;
}

struct study_span study_cdm_observed(const struct study_cdm *cdm)
{
	return cdm->observed;
}

static int view_events(struct study_cdm *cdm, enum study_outcome_kind kind, struct err *err)
{
	const struct event_table *t = &event_tables[kind];
	const struct table_need needs[] = {
	    {.name = "person_id", .type = TABLE_TYPE_I64},
	    {.name = t->concept, .type = TABLE_TYPE_I64},
	    {.name = t->start, .type = TABLE_TYPE_DATE},
	    {.name = t->end, .type = TABLE_TYPE_DATE, .optional = true},
	};

	if (cdm->has_events[kind])
		return 0;
	cdm->has_events[kind] = true;
	return table_source_view(cdm->source, t->table, t->table, needs, ARRAY_LEN(needs), err);
}

/* In a small base nobody may have the code: not an error, but worth a word. */
static int check_code(
    struct study_cdm *cdm, const char *condition, const char *code, struct err *err)
{
	AUTO_STR struct str sql = {0};
	int64_t n = 0;

	str_addf(&sql, "SELECT count(*) FROM concept WHERE %s", condition);
	if (table_run(cdm->db, "concept", str_view(&sql), TABLE_NO_PARAMS, &n, err) < 0)
		return -1;
	if (n == 0)
		*vec_push(&cdm->unknown_codes) = code;
	return 0;
}

static int add_code(struct study_cdm *cdm, const char *code, struct str *sql, struct err *err)
{
	struct view text = VIEW(code);
	AUTO_STR struct str condition = {0};
	AUTO_STR struct str quoted = {0};
	bool prefix = view_ends(text, VIEW_LIT("*"));

	if (prefix)
		text.len--;
	table_quote_text(&quoted, text);
	if (prefix)
		str_addf(&condition, "left(concept_code, length(%s)) = ", str_get(&quoted));
	else
		str_addz(&condition, "concept_code = ");
	str_add(&condition, str_view(&quoted));
	if (check_code(cdm, str_get(&condition), code, err) < 0)
		return -1;
	str_addf(sql, " OR c IN (SELECT concept_id FROM concept WHERE %s)", str_get(&condition));
	return 0;
}

/* The view outcome_N: person_id, s, e of the records with the concepts. */
static int view_concepts(struct study_cdm *cdm, const char *view, size_t index,
    const struct study_outcome *o, struct err *err)
{
	const struct event_table *t = &event_tables[o->kind];
	AUTO_STR struct str chosen = {0};
	AUTO_STR struct str sql = {0};

	if (view_events(cdm, o->kind, err) < 0)
		return -1;
	if (o->codes.len && !cdm->has_concept &&
	    table_source_view(cdm->source, "concept", "concept", concept_needs,
		ARRAY_LEN(concept_needs), err) < 0)
		return -1;
	cdm->has_concept |= o->codes.len > 0;
	str_addz(&chosen, "c IN (NULL");
	for (size_t i = 0; i < o->concept_ids.len; i++)
		str_addf(&chosen, ", %lld", (long long)o->concept_ids.ptr[i]);
	str_addc(&chosen, ')');
	for (size_t i = 0; i < o->codes.len; i++)
		if (add_code(cdm, o->codes.ptr[i], &chosen, err) < 0)
			return -1;
	table_fill(&sql, embed_find("study/sql/outcome.sql"),
	    TABLE_WORDS({"view", view}, {"table", t->table}, {"concept", t->concept},
		{"start", t->start}, {"end", t->end}, {"chosen", str_get(&chosen)}));
	cdm->outcome_labels[index] = table_source_label(cdm->source, t->table);
	cdm->outcome_rows[index] = arena_format(&cdm->arena, "%s_all", view);
	cdm->outcome_chosen[index] = arena_strdup(&cdm->arena, str_view(&chosen));
	return table_run(cdm->db, t->table, str_view(&sql), TABLE_NO_PARAMS, NULL, err);
}

/* The first of the names that the file has; NULL when none. */
static int pick(struct table_source *s, const char *table, const char *const *names,
    const char **ret, struct err *err)
{
	*ret = NULL;
	for (; *names && !*ret; names++) {
		bool has;

		if (table_source_has_column(s, table, *names, &has, err) < 0)
			return -1;
		if (has)
			*ret = *names;
	}
	return 0;
}

struct cohort_columns {
	const char *id, *start, *end; /* end is start when there need not be one */
};

static int find_columns(struct table_source *s, const char *path, bool with_end,
    struct cohort_columns *ret, struct err *err)
{
	static const char *const ids[] = {"subject_id", "person_id", "id", NULL};
	static const char *const starts[] = {
	    "cohort_start_date", "start_date", "start", "os", NULL};
	static const char *const ends[] = {"cohort_end_date", "end_date", "end", "oe", NULL};
	const char *table = table_source_name(s, 0);

	if (pick(s, table, ids, &ret->id, err) < 0 ||
	    pick(s, table, starts, &ret->start, err) < 0 ||
	    pick(s, table, with_end ? ends : starts, &ret->end, err) < 0)
		return -1;
	if (!ret->id)
		return err_set(err, ERR_FORMAT, "%s: column %s is missing", path, ids[0]);
	if (!ret->start)
		return err_set(err, ERR_FORMAT, "%s: column %s is missing", path, starts[0]);
	if (!ret->end)
		return err_set(err, ERR_FORMAT, "%s: column %s is missing", path, ends[0]);
	return 0;
}

/* A cohort file becomes a view with the columns person_id, s, e. */
static int view_cohort(
    struct study_cdm *cdm, const char *view, const char *path, bool with_end, struct err *err)
{
	AUTO_SOURCE struct table_source *s = NULL;
	AUTO_FREE char *file = str_format("%s_file", view);
	AUTO_STR struct str sql = {0};
	struct cohort_columns c;

	if (table_source_open(&s, cdm->db, path, err) < 0)
		return -1;
	if (table_source_count(s) != 1)
		return err_set(err, ERR_USAGE, "%s: not one cohort file", path);
	if (find_columns(s, path, with_end, &c, err) < 0)
		return -1;
	const struct table_need needs[] = {
	    {.name = c.id, .type = TABLE_TYPE_I64},
	    {.name = c.start, .type = TABLE_TYPE_DATE},
	    {.name = c.end, .type = TABLE_TYPE_DATE},
	};

	if (table_source_view(s, file, table_source_name(s, 0), needs, with_end ? 3 : 2, err) < 0)
		return -1;
	table_fill(&sql, embed_find("study/sql/cohort.sql"),
	    TABLE_WORDS(
		{"view", view}, {"file", file}, {"id", c.id}, {"start", c.start}, {"end", c.end}));
	return table_run(cdm->db, path, str_view(&sql), TABLE_NO_PARAMS, NULL, err);
}

static int view_outcome(
    struct study_cdm *cdm, size_t index, const struct study_outcome *o, struct err *err)
{
	AUTO_FREE char *view = str_format("outcome_%zu", index);

	if (o->kind != STUDY_COHORT)
		return view_concepts(cdm, view, index, o, err);
	cdm->outcome_labels[index] = o->path;
	cdm->outcome_rows[index] = arena_strdup(&cdm->arena, VIEW(view));
	cdm->outcome_chosen[index] = "true";
	return view_cohort(cdm, view, o->path, true, err);
}

bool study_date_ok(date_t d)
{
	return d >= DATE_LOW && d <= DATE_HIGH;
}

int study_tell_row(struct study_cdm *cdm, const char *label, const char *view,
    const char *condition, const char *words, struct err *err)
{
	int64_t row;

	if (table_first_row(cdm->db, label, view, condition, &row, err) < 0)
		return -1;
	return err_set(err, ERR_FORMAT, "%s: row %lld: %s", label, (long long)row, words);
}

static int find_observed(struct study_cdm *cdm, struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;

	cdm->observed = (struct study_span){1, 0};
	if (table_query_open(&q, cdm->db, "observation_period",
		embed_find("study/sql/observed.sql"), TABLE_NO_PARAMS, err) < 0 ||
	    table_query_next(q, err) < 0)
		return -1;
	if (!table_query_is_null(q, 0, 0) && !table_query_is_null(q, 1, 0))
		cdm->observed =
		    (struct study_span){table_query_date(q, 0)[0], table_query_date(q, 1)[0]};
	if (study_date_ok(cdm->observed.start) && study_date_ok(cdm->observed.end))
		return 0;
	return study_tell_row(cdm, cdm->period_label, "observation_period",
	    "year(observation_period_start_date) < 1 OR year(observation_period_end_date) > 9999 "
	    "OR isinf(observation_period_start_date) OR isinf(observation_period_end_date)",
	    "a date is outside the years 1 to 9999", err);
}

int study_cdm_open(struct study_cdm **ret, struct table_db *db, const char *path,
    const struct study_design *design, struct err *err)
{
	AUTO_CDM struct study_cdm *cdm = mem_zalloc(1, sizeof(*cdm));

	cdm->db = db;
	cdm->design = design;
	cdm->outcome_labels =
	    arena_zalloc(&cdm->arena, 3 * (design->outcomes.len + 1), sizeof(*cdm->outcome_labels));
	cdm->outcome_rows = cdm->outcome_labels + design->outcomes.len + 1;
	cdm->outcome_chosen = cdm->outcome_rows + design->outcomes.len + 1;
	if (table_source_open(&cdm->source, db, path, err) < 0 ||
	    table_source_view(
		cdm->source, "person", "person", person_needs, ARRAY_LEN(person_needs), err) < 0 ||
	    table_source_view(cdm->source, "observation_period", "observation_period", period_needs,
		ARRAY_LEN(period_needs), err) < 0)
		return -1;
	cdm->person_label = table_source_label(cdm->source, "person");
	cdm->period_label = table_source_label(cdm->source, "observation_period");
	for (size_t i = 0; i < design->outcomes.len; i++)
		if (view_outcome(cdm, i, &design->outcomes.ptr[i], err) < 0)
			return -1;
	if (design->censor_path && view_cohort(cdm, "censor", design->censor_path, false, err) < 0)
		return -1;
	if (find_observed(cdm, err) < 0)
		return -1;
	*ret = TAKE(cdm);
	return 0;
}
