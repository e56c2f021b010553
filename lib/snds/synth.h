/*
 * A coherent synthetic SNDS with its ground truth.
 *
 * In: how many patients, which years, a seed. Out: a folder of Parquet or CSV
 * files with the real names, columns and join keys of the SNDS, truth/ beside
 * them and manifest.json (written last). Same options, same bytes, whatever
 * the threads. Memory does not grow with the number of patients.
 */
#ifndef SNDS_SYNTH_H
#define SNDS_SYNTH_H

#include "base/progress.h"
#include "base/vec.h"
#include "io/made.h"
#include "table/db.h"

/* What can be wrong with the rows, as in data/dirt.csv and data/rates.csv. */
enum snds_dirt {
	SNDS_DIRT_REGULARISATION, /* rows of negative quantity */
	SNDS_DIRT_REBILLED,       /* rows billed again, or billed in error, around them */
	SNDS_DIRT_DOUBLE_COUNT,   /* DPN_QLF = 71 */
	SNDS_DIRT_RETURN_CODE,    /* stays with a return code other than 0 */
	SNDS_DIRT_UNKNOWN_NIR,    /* stays of NIR_ANO_17 = xxxxxxxxxxxxxxxxx */
	SNDS_DIRT_MISSING_KEY,    /* stays without NIR_ANO_17 */
	SNDS_DIRT_GROUP_ERROR,    /* stays of GHM 90 */
	SNDS_DIRT_FINESS,         /* stays again under a geographic number, until 2017 */
	SNDS_DIRT_FICTIVE_NIR,    /* rows under BEN_CDI_NIR 01, 06, 11 */
	SNDS_DIRT_ORPHAN,         /* rows of ER_*_F without their row of ER_PRS_F */
	SNDS_DIRT_LATE_FLUX,      /* rows that arrive after the month that follows care */
	SNDS_DIRT_SENTINEL,       /* BEN_DCD_DTE = 1600-01-01 */
	SNDS_DIRT_IDENTITY,       /* rows of IR_BEN_R beyond one a person, real NIR */
	SNDS_DIRT_TWIN,           /* rows of IR_BEN_R of rank 2 */
	SNDS_DIRT_NO_NIR_ANO,     /* rows of IR_BEN_R without BEN_NIR_ANO, real NIR */
	SNDS_DIRT_BY_ACTIVITY,    /* external care again: ETE_IND_TAA = 1, DPN_QLF = 0 */
	SNDS_DIRT_COMPLEMENT,     /* CPL_MAJ_TOP = 2 on a day without a visit */
	SNDS_DIRT_ELSEWHERE,      /* stays of SEJ_TYP = B: a day of a stay elsewhere */
	SNDS_DIRT_TERMINATION,    /* stays of GHM 14Z08Z */
	SNDS_DIRT_NO_TARIFF,      /* stays of GHS 9999 with an ordinary GHM */
	SNDS_DIRT_EXEMPTION,      /* rows of IR_IMB_R that are no ALD */
	SNDS_DIRT_REPEATED,       /* a diagnosis twice in T_MCOaaD */
	SNDS_DIRT_ANAESTHETIST,   /* activity 4 of an act in T_MCOaaA */
	SNDS_DIRT_CONTACT_CODE,   /* external contacts with a return code other than 0 */
	SNDS_DIRT_AUTOMATIC,      /* rows of SSR and psychiatry made for billing */
	SNDS_DIRT_TRIAL_LEAVE,    /* sequences of psychiatry that are a trial leave, until 2016 */
	SNDS_DIRT_COUNT,
};

/* "regularisation", ... */
const char *snds_dirt_name(enum snds_dirt rule);

enum {
	SNDS_PATIENTS_MAX = 70000000,
	SNDS_YEAR_MIN = 2009, /* before, PMSI has no dates of stay */
	SNDS_YEAR_MAX = 2040,
	SNDS_YEARS_MAX = 20,
};

struct snds_synth_options {
	uint64_t patients;
	int year_first, year_last;
	uint64_t seed;
	const char *out;
	enum table_format format;
	bool replace;               /* an existing `out` */
	bool clean;                 /* no dirt */
	const char *const *effects; /* "NAME=VALUE" of effects.csv */
	size_t effect_count;
	int threads;
};

struct snds_synth_result {
	VEC(struct made_file) files; /* in the order of the manifest */
	uint64_t dirt[SNDS_DIRT_COUNT];
};

#define AUTO_SNDS_RESULT AUTO(snds_synth_result_clear)

void snds_synth_result_clear(struct snds_synth_result *r);
/* "2018-2022" or "2018". ERR_USAGE when it is anything else or out of the limits above. */
MUST_CHECK int snds_years_parse(struct view text, int *ret_first, int *ret_last, struct err *err);
/* Nothing stays behind on failure or Ctrl-C. `progress` may be NULL. */
MUST_CHECK int snds_synth_run(const struct snds_synth_options *o, struct snds_synth_result *ret,
    struct progress *progress, struct err *err);

#endif
