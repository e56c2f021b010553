#include "omop/build.h"

#include "base/version.h"
#include "io/file.h"
#include "omop/list.h"
#include "omop/write.h"
#include "table/query.h"

static const char *const lists[] = {
    "nir_codes",
    "finess_duplicates",
    "consultation_natures",
    "days_supply",
    "type_concepts",
};

/* In this order: each reads what the ones before it made. */
static const struct stage {
	const char *file, *what;
} stages[] = {
    {"omop/sql/pseudonym.sql", "pseudonyms"},
    {"omop/sql/death.sql", "deaths"},
    {"omop/sql/person.sql", "persons"},
    {"omop/sql/reimbursement.sql", "reimbursed care"},
    {"omop/sql/consultation.sql", "consultations"},
    {"omop/sql/dispensation.sql", "drugs"},
    {"omop/sql/stay.sql", "stays"},
    {"omop/sql/visit.sql", "visits"},
    {"omop/sql/condition.sql", "conditions"},
    {"omop/sql/act.sql", "acts"},
};

static int define(struct table_db *db, struct omop_result *r, struct err *err)
{
	if (table_run_file(db, "omop/sql/macros.sql", TABLE_NO_PARAMS, NULL, err) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		if (omop_list_load(db, lists[i], err) < 0)
			return -1;
	if (omop_filters_load(&r->filters, err) < 0)
		return -1;
	return omop_filters_define(&r->filters, db, err);
}

/* The option, else the manifest's day; as text, since a parameter may be NULL only so. */
static struct view day_text(date_t option, date_t manifest, char buf[DATE_TEXT_SIZE])
{
	date_t day = option != DATE_NONE ? option : manifest;

	return day == DATE_NONE ? VIEW_NONE : VIEW(date_format(day, buf));
}

static int read_span(struct table_db *db, struct omop_result *r, const char *from, struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;

	if (table_query_open(&q, db, "span", VIEW_LIT("SELECT first_day, last_day FROM span"),
		TABLE_NO_PARAMS, err) < 0 ||
	    table_query_next(q, err) < 0)
		return -1;
	if (table_query_is_null(q, 0, 0) || table_query_is_null(q, 1, 0)) {
		(void)err_set(err, ERR_FORMAT, "%s: no care has a date", from);
		return err_hint(err, "give the days of the data with --start and --end");
	}
	r->first_day = table_query_date(q, 0)[0];
	r->last_day = table_query_date(q, 1)[0];
	if (r->first_day > r->last_day)
		return err_set(err, ERR_USAGE, "the data end before they start");
	return 0;
}

static int find_span(struct table_db *db, const struct omop_build_options *o,
    struct omop_result *r, struct err *err)
{
	char first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE];
	struct view first_text = day_text(o->first_day, r->source.first_day, first);
	struct view last_text = day_text(o->last_day, r->source.last_day, last);
	struct table_params days = TABLE_PARAMS(
	    TABLE_TEXT("first_day", first_text), TABLE_TEXT("last_day", last_text));

	if (table_run_file(db, "omop/sql/span.sql", days, NULL, err) < 0)
		return -1;
	return read_span(db, r, o->from, err);
}

static int run_stages(struct table_db *db, struct progress *progress, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < ARRAY_LEN(stages); i++) {
		progress_start(progress, stages[i].what, NULL, 100);
		rc = table_run_file(db, stages[i].file, TABLE_NO_PARAMS, NULL, err);
		progress_end(progress);
	}
	return rc;
}

static int transform(struct table_db *db, const struct omop_build_options *o, const char *temp,
    struct omop_result *r, struct err *err)
{
	struct table_params version = TABLE_PARAMS(TABLE_TEXT("version", VIEW(hygie_version())));

	if (define(db, r, err) < 0 || omop_source_open(db, o->from, &r->source, err) < 0 ||
	    find_span(db, o, r, err) < 0 || run_stages(db, o->progress, err) < 0 ||
	    omop_codes_make(db, temp, r->codes, err) < 0 ||
	    table_run_file(db, "omop/sql/cdm_source.sql", version, NULL, err) < 0 ||
	    table_run_file(db, "omop/sql/outputs.sql", TABLE_NO_PARAMS, NULL, err) < 0)
		return -1;
	return omop_filters_count(&r->filters, db, err);
}

/* The database lives and dies here, before its spill folder is removed. */
static int build_in(const struct omop_build_options *o, const char *folder, const char *temp,
    struct omop_result *r, struct err *err)
{
	AUTO_SPEC struct omop_spec spec = {0};
	AUTO_TABLE struct table_db *db = NULL;
	struct table_options options = {
	    .threads = o->threads,
	    .memory_bytes = o->memory_bytes,
	    .temp_dir = temp,
	    .progress = o->progress,
	};

	if (omop_spec_load(&spec, err) < 0 || table_open(&db, &options, err) < 0 ||
	    transform(db, o, temp, r, err) < 0 ||
	    omop_write_tables(db, &spec, folder, o->files, o->progress, r, err) < 0) {
		if (err->code == ERR_LIMIT) /* the general hint speaks of --temp */
			return err_hint(err, "raise --memory: about 1G for 100,000 persons");
		return -1;
	}
	return 0;
}

int omop_build(const struct omop_build_options *o, struct omop_result *ret, struct err *err)
{
	AUTO_OUT_FOLDER struct out_folder out = {0};
	AUTO_FREE char *temp = NULL;

	memset(ret, 0, sizeof(*ret));
	if (path_is_same(o->from, o->out))
		return err_set(err, ERR_USAGE, "%s: would replace the tables it reads", o->out);
	if (out_folder_open(&out, o->out, o->replace, err) < 0)
		return -1;
	temp = path_join(out.path, "tmp");
	if (path_make_folder(temp, err) < 0 || build_in(o, out.path, temp, ret, err) < 0 ||
	    path_remove(temp, err) < 0 ||
	    omop_write_manifest(out.path, ret, err) < 0)
		return -1;
	return out_folder_commit(&out, err);
}

void omop_result_clear(struct omop_result *r)
{
	omop_filters_clear(&r->filters);
	vec_clear(&r->files);
	arena_clear(&r->arena);
}
