/* Filling a schema, for its two sources and their tests. */
#ifndef SNDS_SCHEMA_BUILD_H
#define SNDS_SCHEMA_BUILD_H

#include "snds/schema.h"

enum {
	SNDS_NAME_MAX = 64,    /* characters of a name */
	SNDS_LABEL_MAX = 2000, /* bytes */
	SNDS_TABLES_MAX = 2000,
	SNDS_COLUMNS_MAX = 100000, /* of all tables */
	SNDS_KEY_MAX = 16,         /* columns of a key */
	SNDS_LINKS_MAX = 20000,
	SNDS_NOMENCLATURES_MAX = 5000,
	SNDS_CODES_MAX = 2000000, /* of one nomenclature */
	SNDS_LENGTH_MAX = 4000,   /* of a cell */
};

struct snds_schema *snds_schema_new(const char *source);
/* The name as maps know it: in capitals. */
void snds_schema_fold(struct str *out, struct view name);
/*
 * Each is ERR_FORMAT when the name is not one or stands there already (in any
 * case), ERR_LIMIT beyond the limits above. A table's columns come one after another.
 */
MUST_CHECK int snds_schema_add_table(struct snds_schema *s, struct view name,
    struct snds_schema_table **ret, struct err *err);
MUST_CHECK int snds_schema_add_column(struct snds_schema *s, struct snds_schema_table *t,
    struct view name, struct snds_schema_column **ret, struct err *err);
MUST_CHECK int snds_schema_add_nomenclature(struct snds_schema *s, struct view name,
    struct snds_nomenclature **ret, struct err *err);
/* "BEN_NIR_PSA+BEN_RNG_GEM": columns of `t`, its primary key. */
MUST_CHECK int snds_schema_set_key(struct snds_schema *s, struct snds_schema_table *t,
    struct view columns, struct err *err);
/* The columns `from` of table `t` point at `to` of `target`, which may come later. */
MUST_CHECK int snds_schema_add_link(struct snds_schema *s, struct snds_schema_table *t,
    struct view from, struct view target, struct view to, struct err *err);
/*
 * Find the ends of the links (those to tables that are not described are
 * dropped; to a nomenclature: it is the column's) and settle types and lengths.
 */
MUST_CHECK int snds_schema_finish(struct snds_schema *s, struct err *err);
/* One Table Schema document. `name` is what messages call it. */
MUST_CHECK int snds_schema_parse(struct snds_schema *s, const char *name, struct view json,
    struct err *err);

#endif
