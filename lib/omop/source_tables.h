/*
 * What is read of the SNDS: tables, columns, keys. Names and types are those
 * of the SNDS dictionary; where its files disagree about a type (ETA_NUM is an
 * integer in T_MCOaaB and text in T_MCOaaA) the key is text. For lib/omop's
 * own files.
 */
#ifndef OMOP_SOURCE_TABLES_H
#define OMOP_SOURCE_TABLES_H

#include "table/folder.h"

struct omop_snds_table {
	const char *name; /* MCO: the letter behind the year */
	const char *view;
	const char *key; /* columns of the primary key; NULL: none is checked */
	bool optional;
	const struct table_need *needs;
	size_t need_count;
};

extern const struct omop_snds_table omop_snds_tables[];
extern const size_t omop_snds_table_count;
/* Once a year each. */
extern const struct omop_snds_table omop_mco_tables[];
extern const size_t omop_mco_table_count;

#endif
