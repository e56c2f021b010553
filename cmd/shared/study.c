#include "shared/study.h"

#include "base/log.h"
#include "io/file.h"
#include "io/temp.h"
#include "study/protect.h"

static int make_design(const struct study_args *a, struct study_design *d, struct err *err)
{
	d->interval = (enum study_interval)a->interval;
	d->complete_intervals = a->complete == 0;
	d->start = a->start;
	d->end = a->end;
	d->censor_path = a->censor;
	d->compat_1_2_1 = a->compat == 1;
	d->repeated_events = a->repeated_events;
	d->prevalence = (enum study_prevalence_kind)a->prevalence;
	d->point = (enum study_point)a->point;
	d->full_contribution = a->full_contribution;
	for (size_t i = 0; i < a->outcomes.items.len; i++)
		if (study_design_add_outcome(d, a->outcomes.items.ptr[i], err) < 0)
			return -1;
	for (size_t i = 0; i < a->denominators.items.len; i++)
		if (study_design_add_denominators(d, a->denominators.items.ptr[i], err) < 0)
			return -1;
	if (d->denominators.len == 0 && study_design_add_denominators(d, "", err) < 0)
		return -1;
	if (study_design_set_washout(d, a->washout, err) < 0)
		return -1;
	return study_design_check(d, err);
}

static int emit(const struct study_args *a, const struct study_counts *counts, bool incidence,
    struct err *err)
{
	AUTO_SUMMARISED struct summarised *result = NULL;
	AUTO_REPORT struct report *report = NULL;
	const char *name = path_base(a->cdm);

	result = incidence ? study_estimate_incidence(counts, name)
	                   : study_estimate_prevalence(counts, name);
	for (size_t i = 1; i <= 2 * counts->design->denominators.len; i++)
		summarised_set(result, (int)i, "min_cell_count", "integer", "%d", (int)a->min_cell);
	(void)study_protect(result, counts->design, (int)a->min_cell); /* and these */
	(void)sdc_suppress(result, (int)a->min_cell, "Denominator");   /* the report counts them */
	report = study_report(result, counts->design, &counts->read, incidence, (int)a->min_cell);
	return report_emit(report, &a->output, err);
}

int study_command(const struct study_args *a, bool incidence, struct err *err)
{
	AUTO_DESIGN struct study_design design = {0};
	AUTO_TABLE struct table_db *db = NULL;
	AUTO_CDM struct study_cdm *cdm = NULL;
	AUTO_COUNTS struct study_counts *counts = NULL;
	struct progress progress;
	struct study_run run = {run_options_apply(&a->run, &progress), &progress};
	struct table_options options = {.threads = run.threads,
	    .memory_bytes = a->run.memory_bytes,
	    .progress = &progress};
	AUTO_TEMP_FOLDER char *temp = NULL;

	if (make_design(a, &design, err) < 0 || temp_folder_make(&temp, a->run.temp, err) < 0)
		return -1;
	options.temp_dir = temp;
	if (table_open(&db, &options, err) < 0 ||
	    study_cdm_open(&cdm, db, a->cdm, &design, err) < 0)
		return -1;
	for (size_t i = 0; study_cdm_unknown_code(cdm, i); i++)
		log_warn("no concept has the code '%s': nobody is counted for it",
		    study_cdm_unknown_code(cdm, i));
	if ((incidence ? study_incidence(&counts, cdm, &run, err)
		       : study_prevalence(&counts, cdm, &run, err)) < 0)
		return -1;
	return emit(a, counts, incidence, err);
}
