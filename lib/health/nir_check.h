/*
 * The NIRs of a file: every value classed and counted, findings by row.
 *
 * In: a CSV or Parquet file, read once as a stream (and its first 5 000 rows
 * before, to find the columns). Out: counts, and where something is wrong; no
 * value of a person leaves. Memory grows with the findings listed, not with the
 * file.
 */
#ifndef HEALTH_NIR_CHECK_H
#define HEALTH_NIR_CHECK_H

#include "base/arena.h"
#include "base/vec.h"
#include "health/nir_traits.h"
#include "report/report.h"
#include "table/db.h"

/* A value is in the first class that fits. */
enum nir_class {
	NIR_CLASS_EMPTY,
	NIR_CLASS_MALFORMED,
	NIR_CLASS_WRONG_KEY,
	NIR_CLASS_PROVISIONAL, /* NNP */
	NIR_CLASS_MIGRANT,     /* MIG */
	NIR_CLASS_AWAITING,    /* NIA */
	NIR_CLASS_WARNING,
	NIR_CLASS_KEYLESS, /* 13 characters */
	NIR_CLASS_VALID,
	NIR_CLASSES,
};

struct nir_check_options {
	const char *path;
	const char *const *columns; /* of NIRs; none: found by their names and values */
	size_t column_count;
	const char *sex, *birth, *place; /* columns of traits, or NULL */
	size_t list;                     /* how many findings are listed */
	struct table_options table;
};

enum { NIR_CHECK_REASONS = NIR_FAULTS + NIR_WARNING_BITS + NIR_TRAIT_BITS };

struct nir_check_reason {
	int64_t values;
	int64_t first_row; /* from 1, without the header; 0: none */
};

struct nir_check_column {
	const char *name;
	int64_t classes[NIR_CLASSES];
	int64_t abroad;     /* sound NIR and NIA of people born abroad */
	int64_t repairable; /* nir_repair knows what was meant */
	int64_t compared;   /* with a trait at least */
	/* Faults, warnings, traits. */
	struct nir_check_reason reasons[NIR_CHECK_REASONS];
};

/* A fault or a contradiction. */
struct nir_check_finding {
	int64_t row;
	uint32_t column, reason;
};

struct nir_check_result {
	int64_t rows;
	int64_t findings; /* all of them; those listed are the first */
	bool found;       /* the columns were found, not named */
	VEC(struct nir_check_column) columns;
	VEC(struct nir_check_finding) listed;
	struct arena names;
};

#define AUTO_NIR_CHECK AUTO(nir_check_clear)

void nir_check_clear(struct nir_check_result *r);
/*
 * ERR_FORMAT when a named column is missing, or none is found. Malformed values,
 * wrong keys and contradictions are findings; warnings and provisional numbers
 * are not.
 */
MUST_CHECK int nir_check_run(const struct nir_check_options *o, struct nir_check_result *ret,
    struct err *err);
/* "wrong_key", "odd_month", "sex": of reasons[i]. */
const char *nir_check_reason_name(size_t reason);
struct report *nir_check_report(const struct nir_check_result *r, const char *path);

#endif
