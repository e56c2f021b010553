/*
 * SQL of one check or one pass, from the files of sql/check/. For lib/omop's
 * own files.
 */
#ifndef OMOP_CHECK_SQL_H
#define OMOP_CHECK_SQL_H

#include "omop/check_facts.h"

/* The passes in which checks are counted together; and the others. */
enum omop_pass {
	OMOP_PASS_NONE, /* presence, or what the first pass counts anyway */
	OMOP_PASS_TABLE,
	OMOP_PASS_BIRTH,
	OMOP_PASS_DEATH,
	OMOP_PASS_VISIT,
	OMOP_PASSES,
	OMOP_PASS_ALONE,   /* a statement of its own */
	OMOP_PASS_CONCEPT, /* concept_used, concept_result */
	OMOP_PASS_GENDER,
	OMOP_PASS_UNIT,
};

enum omop_pass omop_sql_pass(const struct omop_check *c);
/* SELECT of the counts of a pass; `counts` holds fragments with commas between. */
void omop_sql_frame(struct str *sql, enum omop_pass pass, const char *table, const char *counts);
/* The two counts of a check, or its whole statement. */
void omop_sql_check(struct str *sql, const struct omop_facts *facts, const struct omop_check *c);
/* An embedded file of sql/check/ with @table@, @field@... of this table and field filled in. */
void omop_sql_field(struct str *sql, const char *file, const char *table, const char *field);

#endif
