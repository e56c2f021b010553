/*
 * The 27 check types of the OHDSI Data Quality Dashboard on a CDM folder.
 *
 *   data/dqd/ ─ check_facts.h ─► what to check, with thresholds
 *   CDM       ─ check_cdm.h   ─► tables as views; a wrong value is counted, not refused
 *   both      ─ check_run.h   ─► rows that violate, rows in all
 *             ─ check_judge.h ─► pass, fail, not applicable, error
 *
 * What is counted is what the Dashboard's documentation of its release 2.8 says
 * (ohdsi.github.io/DataQualityDashboard, Apache-2.0). The result depends on the
 * tables and on `today` alone, not on threads.
 */
#ifndef OMOP_CHECK_H
#define OMOP_CHECK_H

#include "base/arena.h"
#include "base/date.h"
#include "base/progress.h"
#include "base/vec.h"
#include "report/report.h"

enum omop_check_kind { /* in the order of data/dqd/check.csv */
	OMOP_CDM_TABLE,
	OMOP_PERSON_COMPLETENESS,
	OMOP_CONDITION_ERA_COMPLETENESS,
	OMOP_OBSERVATION_PERIOD_OVERLAP,
	OMOP_CDM_FIELD,
	OMOP_IS_REQUIRED,
	OMOP_CDM_DATATYPE,
	OMOP_IS_PRIMARY_KEY,
	OMOP_IS_FOREIGN_KEY,
	OMOP_FK_DOMAIN,
	OMOP_FK_CLASS,
	OMOP_IS_STANDARD_VALID_CONCEPT,
	OMOP_VALUE_COMPLETENESS,
	OMOP_STANDARD_CONCEPT_COMPLETENESS,
	OMOP_SOURCE_CONCEPT_COMPLETENESS,
	OMOP_SOURCE_VALUE_COMPLETENESS,
	OMOP_PLAUSIBLE_VALUE_LOW,
	OMOP_PLAUSIBLE_VALUE_HIGH,
	OMOP_PLAUSIBLE_TEMPORAL_AFTER,
	OMOP_PLAUSIBLE_DURING_LIFE,
	OMOP_WITHIN_VISIT_DATES,
	OMOP_PLAUSIBLE_AFTER_BIRTH,
	OMOP_PLAUSIBLE_BEFORE_DEATH,
	OMOP_PLAUSIBLE_START_BEFORE_END,
	OMOP_PLAUSIBLE_GENDER,
	OMOP_PLAUSIBLE_GENDER_DESCENDANTS,
	OMOP_PLAUSIBLE_UNITS,
	OMOP_CHECK_KINDS,
};

enum omop_check_level {
	OMOP_LEVEL_TABLE,
	OMOP_LEVEL_FIELD,
	OMOP_LEVEL_CONCEPT,
};

enum omop_severity { /* the gravest first */
	OMOP_FATAL,
	OMOP_CONVENTION,
	OMOP_CHARACTERIZATION,
	OMOP_SEVERITIES,
};

enum omop_check_status {
	OMOP_PASS,
	OMOP_FAIL,
	OMOP_NOT_APPLICABLE,
	OMOP_ERROR,
	OMOP_STATUSES,
};

struct omop_check_type {
	const char *name; /* "isRequired", as the Dashboard spells it */
	enum omop_check_level level;
	enum omop_severity severity;
	const char *context, *category, *subcategory; /* Kahn et al. 2016; subcategory may be "" */
	const char *description;                      /* with @table@, @field@, @other@, @value@ */
};

struct omop_check {
	enum omop_check_kind kind;
	const char *table; /* lower case, as in SQL */
	const char *field; /* NULL: a check of a table */
	/* What it compares with; NULL where its kind has none. */
	const char *value;                     /* bound as SQL, domain, class, unit ids, gender */
	const char *other_table, *other_field; /* of a key, a date, a standard concept */
	const char *concept_ids;               /* "4090861,4025213" */
	const char *concept_name;
	const char *notes; /* why the threshold is what it is; "" */
	bool has_threshold;
	double threshold; /* per cent of the rows that may violate */
	size_t order;     /* within its kind */

	int64_t violated, denominator; /* rows; -1 when not counted */
	enum omop_check_status status;
	const char *reason; /* of "not applicable" and "error"; "" */
};

enum omop_cdm_version {
	OMOP_CDM_AUTO, /* what cdm_source says, else 5.4 */
	OMOP_CDM_53,
	OMOP_CDM_54,
};

struct omop_check_options {
	const char *cdm;        /* folder or DuckDB file */
	const char *thresholds; /* folder of the Dashboard's CSV files; NULL: ours */
	date_t today;           /* dates after tomorrow are in the future */
	enum omop_cdm_version version;
	bool vocabulary; /* check the vocabulary tables too: the Dashboard leaves them out */
	int threads;
	uint64_t memory_bytes;
	const char *temp_dir; /* where the database spills; NULL: nowhere */
	struct progress *progress;
};

/* One column of the row of cdm_source. */
struct omop_source_fact {
	const char *name, *value;
};

struct omop_check_result {
	struct arena arena;
	struct omop_check_type types[OMOP_CHECK_KINDS];
	VEC(struct omop_check) checks; /* by kind, then as in the files */
	VEC(struct omop_source_fact) source;
	enum omop_cdm_version version; /* 5.3 or 5.4 */
	date_t today;
	int64_t counts[OMOP_STATUSES];
};

#define AUTO_CHECK_RESULT AUTO(omop_check_result_clear)

/*
 * ERR_IO, ERR_FORMAT: the CDM or the thresholds cannot be read. A table that
 * is absent counts as empty for the checks of others, except vocabulary.
 */
MUST_CHECK int omop_check(const struct omop_check_options *o, struct omop_check_result *ret,
    struct err *err);
void omop_check_result_clear(struct omop_check_result *r);

/* "field_isrequired_person_person_id": the Dashboard's checkId. The caller frees. */
char *omop_check_id(const struct omop_check_result *r, const struct omop_check *c);
/* The type's description with the names of this check. The caller frees. */
char *omop_check_description(const struct omop_check_result *r, const struct omop_check *c);
const char *omop_status_name(enum omop_check_status status);      /* "not applicable" */
const char *omop_severity_name(enum omop_severity severity);      /* "fatal" */
const char *omop_check_level_name(enum omop_check_level level);   /* "FIELD" */
double omop_check_share(const struct omop_check *c);              /* 0..1 */
const char *omop_cdm_version_name(enum omop_cdm_version version); /* "5.4" */

/* For people: summary, failures first, every check. The caller frees. */
struct report *omop_check_report(const struct omop_check_result *r, const char *cdm);
/* results.json as DataQualityDashboard writes it, for its viewers. */
void omop_check_json(const struct omop_check_result *r, struct str *out);

#endif
