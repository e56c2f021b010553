/*
 * What to check: data/dqd/table.csv, field.csv and concept.csv hold what the
 * Dashboard's OMOP_CDMv5.4_{Table,Field,Concept}_Level.csv say (OHDSI
 * DataQualityDashboard, Apache-2.0, commit 2f81ca9 of 2026-01-09): the columns
 * that are read, "No" left empty, dates as 1950-01-01, today+1 and year+1.
 * cdm53.csv says what 5.4 renamed and added (CDM 5.4 changes, OHDSI
 * CommonDataModel). For lib/omop's own files.
 */
#ifndef OMOP_CHECK_FACTS_H
#define OMOP_CHECK_FACTS_H

#include "omop/check.h"
#include "table/folder.h"

/* A field of the CDM, and what was found in it. */
struct omop_cdm_field {
	const char *name;
	enum table_type type;
	bool required;
	bool found;
	int64_t filled; /* values of the type */
	int64_t bad;    /* values of another */
};

struct omop_cdm_table {
	const char *name;
	bool vocabulary; /* of the schema VOCAB: needed whole or not at all */
	bool found;
	int64_t rows;
	VEC(struct omop_cdm_field) fields;
};

struct omop_facts {
	struct omop_check_result *result; /* gets types and checks; its arena holds all text */
	VEC(struct omop_cdm_table) tables;
	enum omop_cdm_version version;
	date_t today;
	bool vocabulary;
	size_t order;
};

#define AUTO_FACTS AUTO(omop_facts_clear)

/*
 * Fill `facts` from data/dqd, the checks from the files of `folder` when it is
 * not NULL. ERR_IO, ERR_FORMAT: that folder's files.
 */
MUST_CHECK int omop_facts_load(struct omop_facts *facts, const char *folder, struct err *err);
void omop_facts_clear(struct omop_facts *facts);
/* NULL when there is no such table or field. Borrowed. */
struct omop_cdm_table *omop_facts_table(const struct omop_facts *facts, const char *name);
struct omop_cdm_field *omop_facts_field(const struct omop_facts *facts, const char *table,
    const char *field);

#endif
