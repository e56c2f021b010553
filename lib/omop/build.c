#include "omop/build.h"

#include "base/version.h"
#include "io/file.h"
#include "omop/vocabulary.h"
#include "omop/write.h"
#include "table/list.h"

static const char *const lists[] = {
    "omop/data/days_supply.csv",
    "omop/data/type_concepts.csv",
    "omop/data/athena.csv",
};

static const char *const care[] = {
    "consultation",
    "drug",
    "town_act",
    "biology",
    "device",
    "town_ucd",
    "stay",
    "diagnosis",
    "act",
    "unit_stay",
    "hospital_drug",
    "hospital_device",
    "outpatient",
    "outpatient_act",
    "outpatient_fee",
    "ssr_stay",
    "ssr_diagnosis",
    "had_stay",
    "had_diagnosis",
    "psychiatry_stay",
    "psychiatry_diagnosis",
    "ald",
    "death_cause",
};

/* In this order: each reads what the ones before it made. */
static const struct stage {
	const char *file, *what;
} stages[] = {
    {"omop/sql/visit.sql", "visits"},
    {"omop/sql/visit_detail.sql", "units"},
    {"omop/sql/condition.sql", "conditions"},
    {"omop/sql/procedure.sql", "acts"},
    {"omop/sql/drug.sql", "drugs"},
    {"omop/sql/device.sql", "devices and biology"},
    {"omop/sql/place.sql", "places"},
},
  last_stages[] = {
      {"omop/sql/coded.sql", "concepts"},
      {"omop/sql/era.sql", "eras"},
      {"omop/sql/outputs.sql", "tables"},
};

static int make_care(struct mainbase *b, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(care); i++)
		if (mainbase_make(b, care[i], err) < 0)
			return -1;
	return mainbase_filters_count(&b->filters, b->db, err);
}

static int load_lists(struct table_db *db, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		if (table_list_load(db, lists[i], err) < 0)
			return -1;
	return 0;
}

static int run_stages(struct mainbase *b, const struct stage *list, size_t count,
    struct progress *progress, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < count; i++) {
		progress_start(progress, list[i].what, NULL, 100);
		rc = mainbase_run(b, list[i].file, TABLE_NO_PARAMS, err);
		progress_end(progress);
	}
	return rc;
}

static int transform(struct table_db *db, const struct omop_build_options *o, const char *temp,
    struct omop_result *r, struct err *err)
{
	struct table_params version = TABLE_PARAMS(TABLE_TEXT("version", VIEW(hygie_version())),
	    TABLE_I64("has_vocabulary", o->vocabulary ? 1 : 0));
	struct mainbase_options base = {
	    .from = o->from,
	    .first_day = o->first_day,
	    .last_day = o->last_day,
	    .without = o->without,
	    .progress = o->progress,
	};

	r->has_vocabulary = o->vocabulary;
	if (load_lists(db, err) < 0 || mainbase_open(&r->base, db, &base, err) < 0 ||
	    make_care(&r->base, err) < 0 ||
	    run_stages(&r->base, stages, ARRAY_LEN(stages), o->progress, err) < 0 ||
	    omop_codes_make(db, temp, r->codes, err) < 0 ||
	    omop_vocabulary_make(&r->base, o->vocabulary, o->progress, r->codes, err) < 0 ||
	    table_run_file(db, "omop/sql/cdm_source.sql", version, NULL, err) < 0)
		return -1;
	return run_stages(&r->base, last_stages, ARRAY_LEN(last_stages), o->progress, err);
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
	if (omop_vocabulary_find(o->vocabulary, err) < 0 ||
	    out_folder_open(&out, o->out, o->replace, err) < 0)
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
	mainbase_close(&r->base);
	vec_clear(&r->files);
	arena_clear(&r->arena);
}
