/* hygie guard scan over many files: a folder, a delivery with its manifest, several paths. */
#ifndef CMD_GUARD_MANY_H
#define CMD_GUARD_MANY_H

#include "guard/csv.h"
#include "guard/evidence.h"
#include "guard/policy.h"
#include "guard/risk.h"
#include "report/report.h"

struct guard_many_plan {
	const char *const *paths;
	size_t path_count;
	const char *risk;                  /* "A,B", "none" or NULL: those found */
	const char *schema;                /* of the only path; NULL: none */
	const char *rules;                 /* idem */
	const struct guard_policy *policy; /* without rules: none */
	const struct guard_csv_options *options;
	const struct report_output *output;
};

/*
 * One document is printed, whatever becomes of single files. 0, 1 with findings; -1 when a file
 * could not be read, after the document. A policy judges each file by itself and all of them
 * together; the worst verdict counts.
 */
MUST_CHECK int guard_many_run(const struct guard_many_plan *p, struct err *err);
/* The variables found, or those named, judged together. */
MUST_CHECK int guard_judge_risk(struct guard_risk *ret, const char *risk, const char *path,
    const struct guard_csv *csv, const struct guard_findings *findings,
    const struct guard_csv_options *o, struct err *err);

#endif
