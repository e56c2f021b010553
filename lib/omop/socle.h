/*
 * The 51 variables that every French hospital data warehouse should hold (socle
 * commun of the Comité stratégique des données de santé, 2023), looked for in a
 * CDM: data/socle.csv says where each of them stands and who says so. A variable
 * without a place in OMOP is not checked.
 */
#ifndef OMOP_SOCLE_H
#define OMOP_SOCLE_H

#include "omop/check.h"

enum omop_socle_status {
	OMOP_SOCLE_FILLED,
	OMOP_SOCLE_EMPTY,
	OMOP_SOCLE_NOT_CHECKED,
	OMOP_SOCLE_STATUSES,
};

struct omop_socle_variable {
	const char *id, *group, *group_fr, *title, *title_fr;
	const char *view, *field; /* of sql/socle_views.sql; "": no place */
	const char *concepts;     /* OMOP ids, spaces between; "": all */
	const char *loinc;        /* codes to find in the CDM's own concept table */
	const char *source;
	enum omop_socle_status status;
	int64_t records, filled, persons;
};

struct omop_socle {
	struct arena arena;
	VEC(struct omop_socle_variable) variables;
	int64_t persons; /* of the CDM */
	int64_t counts[OMOP_SOCLE_STATUSES];
};

#define AUTO_SOCLE AUTO(omop_socle_clear)

/* ERR_IO, ERR_FORMAT: the CDM cannot be read. `thresholds`, `today` are not used. */
MUST_CHECK int omop_socle(const struct omop_check_options *o, struct omop_socle *ret,
    struct err *err);
void omop_socle_clear(struct omop_socle *s);
/* The caller frees the document. */
struct report *omop_socle_report(const struct omop_socle *s, const char *cdm);

#endif
