#include "omop/check.h"

#include "io/temp.h"
#include "omop/check_judge.h"
#include "omop/check_run.h"

void omop_check_result_clear(struct omop_check_result *r)
{
	vec_clear(&r->checks);
	vec_clear(&r->source);
	arena_clear(&r->arena);
}

static int check_in(const struct omop_check_options *o, const char *temp,
    struct omop_check_result *r, struct err *err)
{
	AUTO_TABLE struct table_db *db = NULL;
	AUTO_CDM struct omop_cdm cdm = {0};
	AUTO_FACTS struct omop_facts facts = {
	    .result = r,
	    .version = o->version,
	    .today = o->today,
	    .vocabulary = o->vocabulary,
	};
	struct table_options options = {
	    .threads = o->threads,
	    .memory_bytes = o->memory_bytes,
	    .temp_dir = temp,
	};

	if (table_open(&db, &options, err) < 0 || omop_cdm_open(&cdm, db, o->cdm, err) < 0)
		return -1;
	if (o->version == OMOP_CDM_AUTO && omop_cdm_version(&cdm, &facts.version, err) < 0)
		return -1;
	if (omop_facts_load(&facts, o->thresholds, err) < 0 ||
	    omop_cdm_view(&cdm, &facts, err) < 0 ||
	    omop_check_run(&cdm, r, o->progress, err) < 0 || omop_cdm_describe(&cdm, r, err) < 0)
		return -1;
	r->version = facts.version;
	r->today = o->today;
	omop_check_judge(&facts, r);
	return 0;
}

int omop_check(const struct omop_check_options *o, struct omop_check_result *ret,
    struct err *err)
{
	AUTO_TEMP_FOLDER char *temp = NULL;

	memset(ret, 0, sizeof(*ret));
	if (temp_folder_make(&temp, o->temp_dir, err) < 0)
		return -1;
	return check_in(o, temp, ret, err);
}
