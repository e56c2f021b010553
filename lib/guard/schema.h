/*
 * What a file should hold: Frictionless Table Schema, version 2 (and 1 where
 * they differ), alone or in a Data Package.
 * https://datapackage.org/standard/table-schema/
 *
 *   package ─ tables ─ fields (type, format, constraints)
 *                    ├ primary key, unique keys
 *                    └ links: fields of one table point at fields of another
 *
 * Beside the standard, fields know what the SNDS needs (properties that begin
 * with "hygie:", which other readers ignore): see `loose`, `plain`, `list`.
 *
 * Limits: JSON_FILE_MAX bytes; those below. ERR_FORMAT and ERR_LIMIT say where:
 * "resources[2].schema.fields[0].constraints.minimum".
 */
#ifndef GUARD_SCHEMA_H
#define GUARD_SCHEMA_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

enum {
	GUARD_SCHEMA_TABLES_MAX = 5000,
	GUARD_SCHEMA_FIELDS_MAX = 10000, /* of a table */
	GUARD_SCHEMA_LINKS_MAX = 1000,   /* of a table; unique keys too */
	GUARD_SCHEMA_KEY_MAX = 16,       /* fields of a key */
	GUARD_SCHEMA_PATTERN_MAX = 10000,
};

enum guard_field_type {
	GUARD_FIELD_ANY,
	GUARD_FIELD_STRING,
	GUARD_FIELD_NUMBER,
	GUARD_FIELD_INTEGER,
	GUARD_FIELD_BOOLEAN,
	GUARD_FIELD_DATE,
	GUARD_FIELD_TIME,
	GUARD_FIELD_DATETIME,
	GUARD_FIELD_YEAR,
	GUARD_FIELD_YEARMONTH,
	GUARD_FIELD_DURATION,
	GUARD_FIELD_GEOPOINT,
	GUARD_FIELD_GEOJSON,
	GUARD_FIELD_OBJECT,
	GUARD_FIELD_ARRAY,
	GUARD_FIELD_LIST,
	GUARD_FIELD_TYPES,
};

/* How a value is compared. */
enum guard_value_kind {
	GUARD_VALUE_NONE, /* the cell is no value of the field */
	GUARD_VALUE_TEXT,
	GUARD_VALUE_INTEGER, /* integers, booleans, days, months, microseconds */
	GUARD_VALUE_NUMBER,
};

struct guard_typed {
	enum guard_value_kind kind;
	int64_t integer;
	double number;    /* of INTEGER and NUMBER */
	struct view text; /* the cell, without blanks around where the field is loose; borrowed */
	size_t length;    /* characters, items, keys: what minLength is about */
};

enum guard_limit {
	GUARD_LIMIT_MINIMUM,
	GUARD_LIMIT_EXCLUSIVE_MINIMUM,
	GUARD_LIMIT_MAXIMUM,
	GUARD_LIMIT_EXCLUSIVE_MAXIMUM,
	GUARD_LIMITS,
};

struct guard_texts {
	VEC(struct view) list;
};

struct guard_regex; /* a compiled regular expression */

struct guard_field {
	const char *name;
	const char *path; /* where it stands in the file, for messages */
	enum guard_field_type type;
	const char *format;                    /* "default" */
	const char *decimal_char, *group_char; /* group_char "": none */
	const char *delimiter;                 /* of a list */
	enum guard_field_type item_type;
	bool bare_number;
	struct guard_texts true_values, false_values;
	struct guard_texts missing; /* texts that stand for nothing */

	bool required, unique;
	bool has_min_length, has_max_length;
	size_t min_length, max_length;
	bool has_limit[GUARD_LIMITS];
	struct guard_typed limits[GUARD_LIMITS];
	struct guard_regex *pattern;      /* NULL: none */
	const struct guard_list *list;    /* enum; NULL: none */
	const struct guard_list *classes; /* categories; NULL: none */
	bool has_json_schema;

	/*
	 * "hygie:loose": blanks around are nothing, "1963.0" is an integer, days are
	 * 2018-01-31, 20180131, 31012018 or 31JAN2018:00:00:00, months 201801 or 2018-01,
	 * and maxLength of a number is that of the digits before its point.
	 */
	bool loose;
	bool plain;    /* "hygie:plain": in keys without leading zeros and ".0" */
	bool optional; /* "hygie:optional": the file may lack the field; a note */
	bool advice;   /* "hygie:advice": lengths, limits and lists warn only */
};

struct guard_fields {
	struct guard_field *ptr;
	size_t len, cap; /* a VEC with a name */
};

enum guard_list_by {
	GUARD_LIST_VALUES, /* guard_typed_spell */
	GUARD_LIST_TEXTS,  /* the cell as it stands; "hygie:list" of a package */
	GUARD_LIST_PLAIN,  /* without leading zeros and ".0"; idem with "hygie:listPlain" */
};

/* Values that are allowed, in one spelling each. */
struct guard_list {
	const char *name; /* "" unless it is one of the package's */
	enum guard_list_by by;
	struct map values;
};

struct guard_key {
	size_t count;
	size_t fields[GUARD_SCHEMA_KEY_MAX];
	const char *names; /* "A+B", "A+B+C+2 more" */
};

struct guard_link {
	struct guard_key from;
	size_t target;       /* of the package's tables */
	struct guard_key to; /* fields of it */
};

enum guard_fields_match {
	GUARD_MATCH_EXACT,
	GUARD_MATCH_EQUAL,
	GUARD_MATCH_SUBSET,
	GUARD_MATCH_SUPERSET,
	GUARD_MATCH_PARTIAL,
	GUARD_MATCHES,
};

struct guard_table {
	const char *name; /* of the resource; "" for a schema alone */
	const char *path; /* of its data, as the package says; "" */
	enum guard_fields_match match;
	bool optional; /* "hygie:optional": not being there is a note */
	bool advice;   /* "hygie:advice": not being there warns only, so do other variables */
	struct guard_fields fields;
	struct map names;
	struct guard_key key; /* count 0: none */
	VEC(struct guard_key) unique;
	VEC(struct guard_link) links;
};

struct guard_schema {
	struct arena arena;
	const char *name; /* the file */
	bool is_package;
	VEC(struct guard_table) tables;
	VEC(struct guard_list *) lists;
	struct map list_names, table_names;
};

#define AUTO_SCHEMA AUTO(guard_schema_clear)

/* `name` is for messages. Linked schemas of a package stand in `folder`; NULL: refused. */
MUST_CHECK int guard_schema_parse(struct guard_schema *ret, const char *name, const char *folder,
    struct view json, struct err *err);
MUST_CHECK int guard_schema_read(struct guard_schema *ret, const char *path, struct err *err);
void guard_schema_clear(struct guard_schema *s);
const char *guard_field_type_name(enum guard_field_type t);
/* GUARD_FIELD_TYPES when there is none. */
enum guard_field_type guard_field_type_parse(struct view name);
/* Of a table's fields, in any case where `nocase`; SIZE_MAX: none. */
size_t guard_table_field(const struct guard_table *t, struct view name, bool nocase);

#endif
