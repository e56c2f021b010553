/*
 * OMOP CDM 5.4, the tables that are written: columns in their order, with
 * types, from data/cdm54.csv (after OMOP_CDMv5.4_Field_Level.csv of OHDSI
 * CommonDataModel, Apache-2.0; ids of records are 64-bit).
 */
#ifndef OMOP_SPEC_H
#define OMOP_SPEC_H

#include "base/arena.h"
#include "base/vec.h"

struct omop_column {
	const char *name;
	const char *type; /* DuckDB's */
	bool required;
};

struct omop_table {
	const char *name;
	VEC(struct omop_column) columns;
};

struct omop_spec {
	struct arena arena;
	VEC(struct omop_table) tables; /* in the order of the file */
};

#define AUTO_SPEC AUTO(omop_spec_clear)

MUST_CHECK int omop_spec_load(struct omop_spec *spec, struct err *err);
void omop_spec_clear(struct omop_spec *spec);

#endif
