/* Tiny CDMs for the tests of lib/study: CSV files in a folder of the test. */
#ifndef STUDY_TESTS_SUPPORT_H
#define STUDY_TESTS_SUPPORT_H

#include "study/study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static inline void put(const char *path, const char *text)
{
	FILE *f = fopen(path, "we");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

/* Result of one study over the CDM folder `cdm`; fails the test on an error. */
static inline struct study_counts *study(
    const char *cdm_path, struct study_design *d, bool incidence, int threads)
{
	struct err err = {0};
	AUTO_TABLE struct table_db *db = NULL;
	AUTO_CDM struct study_cdm *cdm = NULL;
	struct study_counts *counts = NULL;
	struct table_options options = {.threads = threads};
	struct study_run run = {.threads = threads};

	if (d->denominators.len == 0)
		assert_int_equal(study_design_add_denominators(d, "", &err), 0);
	if (table_open(&db, &options, &err) < 0 ||
	    study_cdm_open(&cdm, db, cdm_path, d, &err) < 0 ||
	    (incidence ? study_incidence(&counts, cdm, &run, &err)
		       : study_prevalence(&counts, cdm, &run, &err)) < 0)
		fail_msg("%s", err.msg);
	return counts;
}

static inline struct study_design design_of(const char *outcome)
{
	struct err err = {0};
	struct study_design d = {.start = DATE_NONE,
	    .end = DATE_NONE,
	    .washout_days = STUDY_WASHOUT_INF,
	    .interval = STUDY_YEARS,
	    .complete_intervals = true};

	assert_int_equal(study_design_add_outcome(&d, outcome, &err), 0);
	return d;
}

static inline date_t day(const char *text)
{
	date_t d = 0;

	assert_true(date_parse(VIEW(text), &d));
	return d;
}

#endif
