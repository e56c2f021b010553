/*
 * The description of the SNDS as data: tables, columns, types, keys, links,
 * nomenclatures.
 *
 * Two sources fill the same model: the tables of data/schema, which studies
 * use (names, types, lengths, keys and years are facts of the official schema
 * published by the Health Data Hub, indsante/synthetic-snds 4d1c749, Licence
 * Ouverte 2.0; labels are ours), and any folder in the layout of that
 * repository: Table Schema as JSON, nomenclatures as JSON and CSV.
 *
 * A yearly table has a pattern as its name: T_MCOaaB is the file T_MCO18B,
 * CT_IDE_AAAA_GN is CT_IDE_2018_G8.
 *
 * Types are those of the official schema but where it contradicts itself:
 *  - a key whose two sides have different types is text (FINESS numbers begin
 *    with 0), and the longer length holds on both sides;
 *  - a return code (*_RET) declared boolean is text: it holds 0 to 9
 *    (SNDStoolers/sndsTools issue 110).
 */
#ifndef SNDS_SCHEMA_H
#define SNDS_SCHEMA_H

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"

enum snds_type {
	SNDS_STRING,
	SNDS_INTEGER,
	SNDS_NUMBER,
	SNDS_DATE,
	SNDS_MONTH,     /* 01..12 */
	SNDS_YEAR,      /* 2018 */
	SNDS_YEARMONTH, /* 201801 */
	SNDS_DATETIME,
	SNDS_BOOLEAN,
	SNDS_TYPES,
};

/* "string", "integer", "yearmonth": as in data/schema/columns.csv. */
const char *snds_type_name(enum snds_type type);
/* SNDS_TYPES when there is no such type. */
enum snds_type snds_type_parse(struct view name);

enum snds_lang {
	SNDS_FR,
	SNDS_EN,
	SNDS_LANGS,
};
#define SNDS_LANG_WORDS "fr|en"

/* By enum snds_lang; "" is honest: nobody has written one. */
struct snds_label {
	const char *text[SNDS_LANGS];
};

/* Years in which a table or column exists; 0: no limit known. */
struct snds_life_span {
	int created;                   /* first year */
	int deleted;                   /* gone after that year */
	int absent_first, absent_last; /* a gap in between */
};

struct snds_schema_column {
	const char *name;
	enum snds_type declared;  /* by the official schema */
	enum snds_type type;      /* how it is read here */
	int length;               /* characters, or digits before the point; 0: not said */
	const char *nomenclature; /* name, or "" */
	struct snds_life_span years;
	struct snds_label label;
	bool key;    /* of its table's primary key */
	bool linked; /* part of a link, on either side */
	bool digits; /* a number somewhere: compared without leading zeros */
};

struct snds_schema_table {
	const char *name;
	const char *product; /* "DCIR", "MCO" */
	struct snds_life_span years;
	struct snds_label label;
	size_t first, count; /* in the schema's columns */
	VEC(size_t) key;     /* indices of columns */
};

/* Columns of one table point at columns of another. */
struct snds_link {
	size_t table, target; /* indices of tables */
	size_t count;
	const size_t *from, *to; /* indices of columns */
};

struct snds_code {
	const char *code;
	struct snds_label label;
};

struct snds_nomenclature {
	const char *name;
	struct snds_label label;
	const char *path;                 /* CSV of the codes; NULL: none, or read already */
	size_t code_column, label_column; /* of that file; label SIZE_MAX: none */
	bool numbers;                     /* codes are declared integer: 01 is 1 */
	VEC(struct snds_code) codes;
};

/* A link as written, until snds_schema_finish finds its ends. */
struct snds_link_names {
	size_t table;
	const char *target;
	size_t count;
	const char **from, **to;
};

struct snds_schema {
	struct arena arena;
	const char *source; /* "built-in", or the folder */
	VEC(struct snds_schema_table) tables;
	VEC(struct snds_schema_column) columns;
	VEC(struct snds_link) links;
	VEC(struct snds_link_names) link_names;
	VEC(struct snds_nomenclature) nomenclatures;
	struct map table_names, column_names, nomenclature_names; /* upper case; "TABLE.COLUMN" */
	/* Of columns that link tables; of those, whose declared types differ. */
	size_t key_pairs, mixed_pairs;
};

#define AUTO_SNDS_SCHEMA AUTO(snds_schema_free)

/* What travels in the program. ERR_INTERNAL when data/schema contradicts itself. */
MUST_CHECK int snds_schema_builtin(struct snds_schema **ret, struct err *err);
/*
 * DIR/schemas/ and DIR/nomenclatures/ (any depth); without schemas/ all of DIR
 * holds table schemas. ERR_IO, ERR_FORMAT, ERR_LIMIT name the file and the rule.
 */
MUST_CHECK int snds_schema_folder(struct snds_schema **ret, const char *folder, struct err *err);
/* The folder's when `folder` is not NULL, else the built-in one. */
MUST_CHECK int snds_schema_open(struct snds_schema **ret, const char *folder, struct err *err);
void snds_schema_free(struct snds_schema **s);
/* Nomenclatures of a folder replace or complete those of the schema. */
MUST_CHECK int snds_schema_add_nomenclatures(struct snds_schema *s, const char *folder,
    struct err *err);
/* Read the codes of one, when that has not been done. */
MUST_CHECK int snds_nomenclature_load(struct snds_schema *s, struct snds_nomenclature *n,
    struct err *err);

/* NULL when there is none; names match in any case. Borrowed until the schema grows. */
struct snds_schema_table *snds_schema_table(const struct snds_schema *s, struct view name);
struct snds_schema_column *snds_schema_column(const struct snds_schema *s,
    const struct snds_schema_table *t, struct view name);
struct snds_nomenclature *snds_schema_nomenclature(const struct snds_schema *s, struct view name);
/*
 * The table of a file name: "ER_PRS_F", "T_MCO18B" with its year, also a
 * pattern itself ("T_MCOaaB", year 0). NULL when there is none.
 */
struct snds_schema_table *snds_schema_match(const struct snds_schema *s, struct view file,
    int *ret_year);
/* The file of a yearly table's sibling: the digits of `file` put into `pattern`. */
void snds_schema_sibling(struct str *out, const char *pattern, const char *own_pattern,
    const char *file);
/* Does it exist in that year? Always when the year is 0. */
bool snds_life_span_has(const struct snds_life_span *span, int year);
/* The label in that language, or in the other one, or "". */
const char *snds_label_text(const struct snds_label *label, enum snds_lang lang);

#endif
