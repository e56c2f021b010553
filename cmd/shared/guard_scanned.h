/* One file as `hygie guard` tells it: scanned or merged, then its document, drift and verdict. */
#ifndef CMD_GUARD_SCANNED_H
#define CMD_GUARD_SCANNED_H

#include "guard/check.h"
#include "guard/diversity.h"
#include "guard/drift.h"
#include "guard/evidence.h"
#include "guard/policy.h"
#include "guard/risk.h"
#include "report/options.h"

/* What is asked of a scan. */
struct guard_plan {
	const char *const *paths; /* "-": standard input */
	size_t path_count;
	const char *risk;       /* "A,B", "none" or NULL: those found */
	const char *attributes; /* "A,B" or NULL: those found; sensitive */
	const char *schema;     /* of the only path; NULL: none */
	const char *rules;      /* idem */
	const char *baseline, *policy_file;
	const char *partial; /* what is written instead of a report; NULL: none */
	uint64_t part;
	const char *key_file; /* what partials are sealed with; NULL: they are not */
	const struct guard_csv_options *options;
	const struct report_output *output;
	/* by guard_plan_read */
	json_t *before;     /* NULL: no baseline */
	unsigned char *key; /* SECRET_KEY_SIZE bytes of the key file, or NULL */
	struct guard_policy policy;
};

#define AUTO_PLAN AUTO(guard_plan_clear)

/* Key, baseline and policy, before the scan: a bad one costs none. */
MUST_CHECK int guard_plan_read(struct guard_plan *p, struct err *err);
void guard_plan_clear(struct guard_plan *p);

struct guard_scanned {
	struct guard_csv csv;
	struct guard_findings findings;
	struct guard_risk risk;
	struct report *report;
	bool has_drift;
};

#define AUTO_SCANNED AUTO(guard_scanned_clear)

/* The attributes of --attributes, or those found. ERR_USAGE: without variables of risk. */
MUST_CHECK int guard_scanned_attributes(struct guard_diversity *ret, const struct guard_plan *p,
    const struct guard_csv *c, const struct guard_risk *risk, const struct guard_findings *f,
    struct err *err);
/* The columns, and what they say of persons. */
MUST_CHECK int guard_scanned_read(struct guard_scanned *f, const struct guard_plan *p,
    const char *path, const struct guard_knowledge *k, struct err *err);
/* Its document with risk and l-diversity, for which the file is read again; `name` as is told. */
MUST_CHECK int guard_scanned_tell(struct guard_scanned *f, const struct guard_plan *p,
    const char *path, const char *name, struct err *err);
/* Against the document of a former scan; NULL: none. */
MUST_CHECK int guard_scanned_compare(struct guard_scanned *f, const json_t *before,
    const char *name, struct err *err);
bool guard_scanned_has_findings(const struct guard_scanned *f, const struct guard_checks *checks);
void guard_scanned_clear(struct guard_scanned *f);

/* Of one document: its checks, drift and verdict, then it is printed. The exit status; -1. */
MUST_CHECK int guard_scanned_end(struct guard_scanned *f, const struct guard_plan *p,
    const struct guard_checks *checks, struct err *err);
/* A day, for what lies in the future. */
date_t guard_today(void);

#endif
